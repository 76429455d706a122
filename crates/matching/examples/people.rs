//! Measures the way from people to candidates, and for a school from people to the explained result.
//!
//! `cargo run --release -p matching --example people -- MENTEES MENTORS [CANDIDATES_PER_MENTEE [THREADS]]`; without a
//! limit everything up to the explanations is done, with one only the candidates are built.

use std::time::Instant;

use matching::people::settings::FormSettings;
use matching::{Control, Input, Matching, Mentee, Mentor, Settings, propose};

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    /// Returns words of which the first of their kind are the most frequent.
    fn words(&mut self, kind: &str, of: u32, least: u32, most: u32) -> Vec<String> {
        let count = least + self.below(most - least + 1);
        let mut words: Vec<String> =
            (0..count).map(|_| format!("{kind}{}", self.below(of).min(self.below(of)))).collect();
        words.sort();
        words.dedup();
        words
    }
}

fn mentee(random: &mut Random, number: u32, mentors: u32) -> Mentee {
    Mentee {
        id: format!("e{number:06}"),
        form: "pupil_pupil".into(),
        age: u16::try_from(10 + random.below(9)).ok(),
        consent: random.below(50) > 0,
        priority: random.below(6) == 0,
        requests: random.words("t", 32, 1, 4),
        interests: random.words("i", 40, 3, 8),
        slots: random.words("s", 20, 4, 10),
        languages: vec!["ru".into()],
        wishes: [random.below(mentors), random.below(mentors)].map(|number| format!("o{number:06}")).into(),
        ..Mentee::default()
    }
}

fn mentor(random: &mut Random, number: u32) -> Mentor {
    Mentor {
        id: format!("o{number:06}"),
        forms: vec!["pupil_pupil".into()],
        age: u16::try_from(12 + random.below(40)).ok(),
        consent: random.below(50) > 0,
        capacity: 1 + random.below(3),
        competences: random.words("t", 32, 2, 8),
        interests: random.words("i", 40, 3, 8),
        slots: random.words("s", 20, 2, 6),
        languages: vec!["ru".into()],
        ..Mentor::default()
    }
}

fn main() {
    let numbers: Vec<u32> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let [mentees, mentors, more @ ..] = &numbers[..] else {
        eprintln!("usage: people MENTEES MENTORS [CANDIDATES_PER_MENTEE [THREADS]]");
        return;
    };
    let mut random = Random(7);
    let mut input = Input {
        mentees: (0..*mentees).map(|number| mentee(&mut random, number, *mentors)).collect(),
        mentors: (0..*mentors).map(|number| mentor(&mut random, number)).collect(),
        ..Input::default()
    };
    for mentee in &mut input.mentees {
        mentee.wishes.dedup();
    }
    let form = FormSettings { code: "pupil_pupil".into(), age_gap: Some((1, 60)), ..FormSettings::default() };
    let threads = more.get(1).map_or(1, |&threads| threads as usize);
    let settings =
        Settings { forms: vec![form], candidates_per_mentee: more.first().copied(), threads, ..Settings::default() };
    let start = Instant::now();
    if more.is_empty() {
        let proposal = propose(&input, &settings, Control::none());
        let seconds = start.elapsed().as_secs_f64();
        let counts = proposal.map(|proposal| (proposal.pairs.len(), proposal.unmatched.len()));
        println!("{seconds:.3} s from people to the explained result: {counts:?}");
    } else {
        let pairs = Matching::new(&input, &settings, Control::none()).map(|matching| matching.graph().pairs());
        println!("{:.3} s from people to candidates on {threads} threads: {pairs:?}", start.elapsed().as_secs_f64());
    }
}
