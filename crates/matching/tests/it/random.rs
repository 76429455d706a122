//! Small random questions, from a seed.

use matching::{CandidateGraph, GraphBuilder, Task};

/// A tiny deterministic generator (xorshift64*), so that a failing seed can be named.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        u32::try_from(high % u64::from(bound.max(1))).unwrap()
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }
}

/// A question that owns its data.
#[derive(Clone, Debug)]
pub struct Question {
    pub graph: CandidateGraph,
    pub priority: Vec<bool>,
    pub locks: Vec<(u32, u32)>,
    pub previous: Option<Vec<Option<u32>>>,
    pub worst_pair: bool,
    pub minimums: Vec<u32>,
}

impl Question {
    pub fn task(&self) -> Task<'_> {
        Task {
            graph: &self.graph,
            priority: &self.priority,
            locks: &self.locks,
            previous: self.previous.as_deref(),
            worst_pair: self.worst_pair,
            minimums: &self.minimums,
        }
    }
}

/// Returns a question with up to `most` mentees and mentors.
pub fn question(random: &mut Random, most: u32) -> Question {
    let mentees = 1 + random.below(most);
    let mentors = 1 + random.below(most);
    let capacities: Vec<u32> = (0..mentors).map(|_| if random.chance(8) { 0 } else { 1 + random.below(3) }).collect();
    let density = 15 + random.below(80);
    let span = [3, 10, 100, 1000, 1_000_000][random.below(5) as usize];
    let mut builder = GraphBuilder::new(mentees as usize, capacities.clone());
    for mentee in 0..mentees {
        for mentor in 0..mentors {
            if random.chance(density) {
                let score = i32::try_from(random.below(span)).unwrap() - if random.chance(10) { 5 } else { 0 };
                builder.pair(mentee as usize, mentor, score).unwrap();
            }
        }
    }
    let graph = builder.build().unwrap();
    let priority = if random.chance(60) {
        (0..mentees).map(|_| random.chance(40)).collect()
    } else {
        vec![false; mentees as usize]
    };
    let previous =
        random.chance(40).then(|| (0..mentees).map(|_| random.chance(70).then(|| random.below(mentors))).collect());
    let mut minimums = Vec::new();
    if random.chance(25) {
        minimums = capacities.iter().map(|_| if random.chance(60) { 2 + random.below(2) } else { 0 }).collect();
    }
    let locks = if random.chance(30) { locks(random, &graph) } else { Vec::new() };
    Question { graph, priority, locks, previous, worst_pair: random.chance(40), minimums }
}

fn locks(random: &mut Random, graph: &CandidateGraph) -> Vec<(u32, u32)> {
    let mut places = graph.capacities().to_vec();
    let mut locks = Vec::new();
    for mentee in 0..graph.mentees() {
        let row = graph.mentors_of(mentee);
        if row.is_empty() || !random.chance(20) {
            continue;
        }
        let mentor = row[random.below(u32::try_from(row.len()).unwrap()) as usize];
        if places[mentor as usize] > 0 {
            places[mentor as usize] -= 1;
            locks.push((u32::try_from(mentee).unwrap(), mentor));
        }
    }
    locks
}
