use matching::stable::{Ranks, blocking_pairs, stable};

use crate::random::{Random, question};

fn ranks(random: &mut Random, pairs: usize, levels: u32) -> Ranks {
    let mut list = || (0..pairs).map(|_| i64::from(random.below(levels))).collect();
    Ranks { of_mentor: list(), of_mentee: list() }
}

#[test]
fn mutual_answers_have_no_blocking_pair() {
    for seed in 0..3_000 {
        let mut random = Random::new(seed);
        let graph = question(&mut random, 25).graph;
        let levels = 1 + random.below(6);
        let ranks = ranks(&mut random, graph.pairs(), levels);
        let answer = stable(&graph, &ranks).unwrap();
        assert_eq!(blocking_pairs(&graph, &ranks, &answer), [], "seed {seed}");
        for (mentor, &capacity) in (0u32..).zip(graph.capacities()) {
            assert!(answer.iter().filter(|&&of| of == Some(mentor)).count() <= capacity as usize);
        }
    }
}

#[test]
fn a_mutual_answer_has_two_thirds_of_the_largest_stable_one() {
    for seed in 0..4_000 {
        let mut random = Random::new(seed);
        let graph = question(&mut random, 5).graph;
        let levels = 1 + random.below(3);
        let ranks = ranks(&mut random, graph.pairs(), levels);
        let found = stable(&graph, &ranks).unwrap().iter().flatten().count();
        let mut largest = 0;
        let mut chosen = vec![None; graph.mentees()];
        each_placement(&graph, 0, &mut graph.capacities().to_vec(), &mut chosen, &mut |placement| {
            let size = placement.iter().flatten().count();
            if size > largest && blocking_pairs(&graph, &ranks, placement).is_empty() {
                largest = size;
            }
        });
        assert!(3 * found >= 2 * largest, "seed {seed}: {found} of {largest}");
    }
}

fn each_placement(
    graph: &matching::CandidateGraph,
    mentee: usize,
    places: &mut [u32],
    chosen: &mut Vec<Option<u32>>,
    visit: &mut impl FnMut(&[Option<u32>]),
) {
    if mentee == chosen.len() {
        return visit(chosen);
    }
    chosen[mentee] = None;
    each_placement(graph, mentee + 1, places, chosen, visit);
    for &mentor in graph.mentors_of(mentee) {
        if places[mentor as usize] > 0 {
            places[mentor as usize] -= 1;
            chosen[mentee] = Some(mentor);
            each_placement(graph, mentee + 1, places, chosen, visit);
            places[mentor as usize] += 1;
        }
    }
    chosen[mentee] = None;
}
