use matching::{Control, Objectives, solve, verify};

use crate::brute;
use crate::random::{Random, question};

fn value(objectives: &Objectives, worst_pair: bool) -> brute::Value {
    let worst = if worst_pair { objectives.worst.map_or(i64::MAX, i64::from) } else { i64::MAX };
    (objectives.placed, objectives.priority_placed, worst, objectives.total, objectives.kept)
}

#[test]
fn every_objective_equals_brute_force_on_many_small_questions() {
    for seed in 0..24_000 {
        let question = question(&mut Random::new(seed), 5);
        let task = question.task();
        let answer = solve(&task, Control::none()).unwrap();
        assert_eq!(value(&answer.objectives, task.worst_pair), brute::best(&task), "seed {seed}: {question:?}");
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()), "seed {seed}: {question:?} {answer:?}");
    }
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
