//! Questions too large for brute force: the independent verifier proves every answer.

use std::sync::atomic::{AtomicU32, Ordering};

use matching::{Answer, Control, GraphBuilder, SolveError, Task, solve, verify};

use crate::random::{Question, Random};

/// What a larger question looks like.
struct Shape {
    mentees: u32,
    mentors: u32,
    capacity: u32,
    /// Candidates of a mentee, at most.
    degree: u32,
    /// Scores are below this.
    span: u32,
}

fn question(random: &mut Random, shape: &Shape) -> Question {
    let capacities: Vec<u32> = (0..shape.mentors).map(|_| 1 + random.below(shape.capacity)).collect();
    let mut builder = GraphBuilder::new(shape.mentees as usize, capacities);
    for mentee in 0..shape.mentees {
        let mut row: Vec<u32> = if shape.degree < shape.mentors {
            (0..shape.degree).map(|_| random.below(shape.mentors)).collect()
        } else {
            (0..shape.mentors).filter(|_| random.chance(90)).collect()
        };
        row.sort_unstable();
        row.dedup();
        for mentor in row {
            let score = i32::try_from(random.below(shape.span)).unwrap();
            builder.pair(mentee as usize, mentor, score).unwrap();
        }
    }
    Question {
        graph: builder.build().unwrap(),
        priority: (0..shape.mentees).map(|_| random.chance(10)).collect(),
        locks: Vec::new(),
        previous: None,
        worst_pair: false,
        minimums: Vec::new(),
    }
}

fn proved(question: &Question) -> Answer {
    let task = question.task();
    let answer = solve(&task, Control::none()).unwrap();
    assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()));
    answer
}

#[test]
fn long_rows_are_searched_as_far_as_they_matter() {
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let span = [5, 101, 100_000_000, 1_000_000_000][random.below(4) as usize];
        // As many places as mentees, more, and fewer: the last turns the rows of the question round.
        let mentors = [150, 220, 110][random.below(3) as usize];
        let shape = Shape { mentees: 150, mentors, capacity: 1, degree: u32::MAX, span };
        let mut question = question(&mut random, &shape);
        let first = proved(&question);
        let keep = |of: &Option<u32>| of.map(|mentor| (mentor + u32::from(mentor % 3 == 0)) % mentors);
        question.previous = Some(first.mentor_of.iter().map(keep).collect());
        assert_eq!(
            proved(&question).objectives.total,
            first.objectives.total,
            "seed {seed}: kept pairs cost no points"
        );
    }
}

/// Machol & Wien 1976: no search ends early, so all of them go over a table.
#[test]
fn products_are_solved_over_a_table_of_costs() {
    for (mentees, mentors, capacity, scale) in [(150, 150, 1, 1), (150, 60, 3, 1), (120, 150, 1, 40_000)] {
        let mut builder = GraphBuilder::new(mentees as usize, vec![capacity; mentors as usize]);
        for mentee in 0..mentees {
            for mentor in (0..mentors).filter(|mentor| (mentee + mentor) % 17 > 0) {
                let score = i32::try_from((mentee + 1) * (mentor + 1)).unwrap() * -scale;
                builder.pair(mentee as usize, mentor, score).unwrap();
            }
        }
        let graph = builder.build().unwrap();
        let priority = vec![false; graph.mentees()];
        let task = Task::plain(&graph, &priority);
        let answer = solve(&task, Control::none()).unwrap();
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()));
    }
}

#[test]
fn scarce_candidates_are_placed_by_long_chains() {
    for seed in 0..6 {
        let mut random = Random::new(seed);
        let shape = Shape { mentees: 3_000, mentors: 3_000, capacity: 1, degree: 3, span: 101 };
        let mut question = question(&mut random, &shape);
        question.worst_pair = seed % 2 == 0;
        proved(&question);
    }
}

/// Most wait in vain for one place; whoever can be placed beside them is.
#[test]
fn a_crowd_for_one_place_stops_nobody_else() {
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let mut builder = GraphBuilder::new(2_400, vec![1; 401]);
        for mentee in 0..2_400 {
            let mut row: Vec<u32> = (0..2 + random.below(2)).map(|_| 1 + random.below(400)).collect();
            row.sort_unstable();
            row.dedup();
            for mentor in if mentee < 400 { row } else { vec![0] } {
                builder.pair(mentee, mentor, i32::try_from(random.below(101)).unwrap()).unwrap();
            }
        }
        let graph = builder.build().unwrap();
        let priority = vec![false; graph.mentees()];
        let task = Task::plain(&graph, &priority);
        let answer = solve(&task, Control::none()).unwrap();
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()), "seed {seed}");
    }
}

#[test]
fn many_alike_are_seated_by_an_auction_with_and_without_spare_places() {
    for (seed, mentors, capacity) in [(1, 2_400, 1), (2, 2_600, 1), (3, 1_600, 2), (4, 1_200, 2)] {
        for span in [101, 30_000] {
            let shape = Shape { mentees: 2_400, mentors, capacity, degree: 60, span };
            proved(&question(&mut Random::new(seed), &shape));
        }
    }
}

/// With a seat for every place these would take three gigabytes.
#[test]
fn places_that_nobody_can_sit_on_cost_nothing_and_change_nothing() {
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let shape = Shape { mentees: 120, mentors: 40, capacity: 1, degree: 3, span: 101 };
        let mut question = question(&mut random, &shape);
        let generous: Vec<bool> = (0..40).map(|_| random.chance(30)).collect();
        question.worst_pair = random.chance(50);
        let mut offer = |places: u32| {
            let capacities = generous.iter().map(|&generous| if generous { places } else { 1 }).collect();
            let mut builder = GraphBuilder::new(120, capacities);
            for mentee in 0..120 {
                question.graph.row(mentee).for_each(|(mentor, score)| builder.pair(mentee, mentor, score).unwrap());
            }
            question.graph = builder.build().unwrap();
            proved(&question).objectives
        };
        assert_eq!(offer(1 << 22), offer(120), "seed {seed}");
    }
}

#[test]
fn a_caller_can_stop_at_every_stage() {
    let shape = Shape { mentees: 400, mentors: 300, capacity: 1, degree: 8, span: 101 };
    let mut question = question(&mut Random::new(5), &shape);
    question.worst_pair = true;
    let asked = AtomicU32::new(0);
    let count = |_| asked.fetch_add(1, Ordering::Relaxed) < u32::MAX;
    let whole = solve(&question.task(), Control::watching(&count)).unwrap();
    let signs = asked.load(Ordering::Relaxed);
    assert!(signs > 10, "{signs}");
    for stop in 0..signs {
        let left = AtomicU32::new(stop);
        let watch = |_| left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        let stopped = solve(&question.task(), Control::watching(&watch));
        assert_eq!(stopped, Err(SolveError::Cancelled), "after {stop} signs of {signs}");
    }
    assert_eq!(solve(&question.task(), Control::none()), Ok(whole));
}

#[test]
fn a_search_over_too_many_groups_is_refused_and_never_a_guess() {
    let mut random = Random::new(1);
    let shape = Shape { mentees: 60, mentors: 60, capacity: 3, degree: 5, span: 1_000 };
    let question = question(&mut random, &shape);
    let minimums = vec![3; 60];
    let task = Task { minimums: &minimums, ..question.task() };
    assert_eq!(solve(&task, Control::none()), Err(SolveError::TooManyGroups));
}

/// A crowd that competes for a few mentors, beside people of whom some find a place only by long exchanges.
fn beside_a_crowd(random: &mut Random) -> Question {
    const CROWD: u32 = 200;
    const FEW: u32 = 30;
    const OTHERS: u32 = 60;
    let mut builder = GraphBuilder::new((CROWD + OTHERS) as usize, vec![1; (FEW + OTHERS) as usize]);
    for mentee in 0..CROWD {
        for mentor in 0..FEW {
            builder.pair(mentee as usize, mentor, 1).unwrap();
        }
    }
    for mentee in 0..OTHERS {
        let mut row = [mentee, random.below(OTHERS), random.below(OTHERS), random.below(OTHERS)];
        row.sort_unstable();
        for (place, &mentor) in row.iter().enumerate() {
            if !row[..place].contains(&mentor) {
                builder.pair((CROWD + mentee) as usize, FEW + mentor, 1).unwrap();
            }
        }
    }
    Question {
        graph: builder.build().unwrap(),
        priority: vec![false; (CROWD + OTHERS) as usize],
        locks: Vec::new(),
        previous: None,
        worst_pair: false,
        minimums: Vec::new(),
    }
}

#[test]
fn a_hopeless_crowd_hides_nobody_who_can_be_placed() {
    for seed in 0..300 {
        // All others can be placed at once: mentee `k` with mentor `k`.
        let answer = proved(&beside_a_crowd(&mut Random::new(seed)));
        assert_eq!(answer.objectives.placed, 90, "seed {seed}");
    }
}

#[test]
fn chains_are_placed_from_their_ends() {
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let (length, capacity) = (300, 1 + random.below(3));
        let mentors = length / capacity;
        let mut builder = GraphBuilder::new((mentors * capacity) as usize, vec![capacity; mentors as usize]);
        for mentee in 0..mentors * capacity {
            let own = mentee / capacity;
            let mut row = vec![own, (own + 1).min(mentors - 1)];
            // Now and then a way out of the chain, so that its ends are not all there is.
            row.extend(random.chance(3).then(|| random.below(mentors)));
            row.sort_unstable();
            row.dedup();
            for mentor in row {
                let score = if mentor == own { random.below(40) } else { 60 + random.below(40) };
                builder.pair(mentee as usize, mentor, i32::try_from(score).unwrap()).unwrap();
            }
        }
        let graph = builder.build().unwrap();
        let priority: Vec<bool> = (0..graph.mentees()).map(|_| random.chance(10)).collect();
        let task = Task::plain(&graph, &priority);
        let answer = solve(&task, Control::none()).unwrap();
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()));
        assert_eq!(answer.objectives.placed, u64::from(mentors * capacity), "seed {seed}");
    }
}
