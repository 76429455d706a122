//! Any bytes are a question; the engine refuses it or answers with a proof that its verifier accepts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matching::{Control, GraphBuilder, Task, solve, verify};

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        let (&first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        first
    }
}

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let (mentees, mentors, flags) = (bytes.next() % 12, bytes.next() % 10, bytes.next());
    let capacities = (0..mentors).map(|_| u32::from(bytes.next() % 5)).collect();
    let minimums: Vec<u32> =
        (0..mentors).map(|_| if flags & 1 == 1 { u32::from(bytes.next() % 4) } else { 0 }).collect();
    let priority: Vec<bool> = (0..mentees).map(|_| bytes.next() & 1 == 1).collect();
    let previous: Vec<Option<u32>> =
        (0..mentees).map(|_| Some(u32::from(bytes.next() % 12)).filter(|&of| of < 9)).collect();
    let locks: Vec<(u32, u32)> =
        (0..flags >> 6).map(|_| (u32::from(bytes.next() % 12), u32::from(bytes.next() % 10))).collect();
    let mut builder = GraphBuilder::new(mentees.into(), capacities);
    while bytes.0.len() >= 4 {
        let (mentee, mentor) = (bytes.next() % 14, bytes.next() % 11);
        let score = i32::from(i16::from_le_bytes([bytes.next(), bytes.next()])) << (flags >> 4 & 3) * 5;
        let _ = builder.pair(mentee.into(), mentor.into(), score);
    }
    let Ok(graph) = builder.build() else { return };
    let task = Task {
        graph: &graph,
        priority: &priority,
        locks: &locks,
        previous: (flags & 2 == 2).then_some(&previous[..]),
        worst_pair: flags & 4 == 4,
        minimums: &minimums,
    };
    if let Ok(answer) = solve(&task, Control::none()) {
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()));
    }
});
