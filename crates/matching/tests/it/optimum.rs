use matching::{Control, Objectives, solve, verify};

use crate::brute;
use crate::random::{Random, question};

fn value(objectives: &Objectives, worst_pair: bool) -> brute::Value {
    let worst = if worst_pair { objectives.worst.map_or(i64::MAX, i64::from) } else { i64::MAX };
    (objectives.placed, objectives.priority_placed, worst, objectives.total, objectives.kept)
}

/// How many small questions are compared for each order of objectives.
const QUESTIONS: u64 = 20_000;

fn equals_brute_force(worst_pair: bool, with_previous: bool) {
    for seed in 0..QUESTIONS {
        let mut random = Random::new(seed);
        let mut question = question(&mut random, 5);
        question.worst_pair = worst_pair;
        let (mentees, mentors) = (question.graph.mentees(), question.graph.mentors_len());
        let mut earlier = || random.chance(70).then(|| random.below(u32::try_from(mentors).unwrap()));
        question.previous = with_previous.then(|| (0..mentees).map(|_| earlier()).collect());
        let task = question.task();
        let answer = solve(&task, Control::none()).unwrap();
        assert_eq!(value(&answer.objectives, worst_pair), brute::best(&task), "seed {seed}: {question:?}");
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()), "seed {seed}: {question:?} {answer:?}");
    }
}

#[test]
fn placed_then_priority_then_total_equal_brute_force() {
    equals_brute_force(false, false);
}

#[test]
fn pairs_kept_after_the_total_equal_brute_force() {
    equals_brute_force(false, true);
}

#[test]
fn the_worst_pair_before_the_total_equals_brute_force() {
    equals_brute_force(true, false);
}

#[test]
fn the_worst_pair_the_total_and_pairs_kept_equal_brute_force() {
    equals_brute_force(true, true);
}

#[test]
fn the_verifier_accepts_answers_to_larger_questions() {
    for seed in 0..2_000 {
        let mut question = question(&mut Random::new(seed), 60);
        // A handful of groups, as in a school: a search over dozens may be refused.
        question.minimums.iter_mut().skip(5).for_each(|minimum| *minimum = 0);
        let task = question.task();
        let answer = solve(&task, Control::none()).unwrap();
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()), "seed {seed}");
    }
}
