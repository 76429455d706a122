//! Small timings for the inner loop of development; comparisons with others are made by `scripts/bench-matching`.

use divan::Bencher;
use matching::{CandidateGraph, Control, GraphBuilder, Task, solve, verify};

fn main() {
    divan::main();
}

/// Returns a graph in which every mentee has about `degree` candidates.
fn graph(mentees: u32, mentors: u32, degree: u32) -> CandidateGraph {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = |bound: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        u32::try_from(state >> 33).unwrap_or(0) % bound
    };
    let mut builder = GraphBuilder::new(mentees as usize, (0..mentors).map(|_| 1 + next(3)).collect());
    for mentee in 0..mentees as usize {
        let mut row: Vec<u32> = (0..degree).map(|_| next(mentors)).collect();
        row.sort_unstable();
        row.dedup();
        for mentor in row {
            builder.pair(mentee, mentor, i32::try_from(next(101)).unwrap_or(0)).unwrap_or_default();
        }
    }
    builder.build().unwrap_or_else(|error| unreachable!("{error:?}"))
}

#[divan::bench(args = [(300, 150, 60), (1500, 800, 300), (20_000, 10_000, 40)])]
fn solving(bencher: Bencher, (mentees, mentors, degree): (u32, u32, u32)) {
    let graph = graph(mentees, mentors, degree);
    let priority = vec![false; graph.mentees()];
    bencher.bench_local(|| solve(&Task::plain(&graph, &priority), Control::none()));
}

#[divan::bench]
fn verifying(bencher: Bencher) {
    let graph = graph(20_000, 10_000, 40);
    let priority = vec![false; graph.mentees()];
    let task = Task::plain(&graph, &priority);
    let answer = solve(&task, Control::none()).unwrap_or_else(|error| unreachable!("{error:?}"));
    bencher.bench_local(|| verify(&task, &answer));
}
