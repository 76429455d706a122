//! The verifier must refuse whatever is not exactly right.

use matching::{Answer, Control, Flaw, GraphBuilder, Task, solve, verify};

use crate::brute;
use crate::random::{Question, Random, question};

fn place(random: &mut Random, length: usize) -> usize {
    random.below(u32::try_from(length).unwrap()) as usize
}

/// Changes one thing; returns whether the answer must become wrong.
fn mutate(random: &mut Random, question: &Question, answer: &mut Answer) -> bool {
    let mentees = question.graph.mentees();
    let mentors = question.graph.mentors_len();
    let mentee = place(random, mentees);
    match random.below(9) {
        0 => {
            let old = answer.mentor_of[mentee].take();
            old.is_some()
        }
        1 => {
            let new = u32::try_from(place(random, mentors)).unwrap();
            let old = answer.mentor_of[mentee].replace(new);
            // Another mentor with the same score may be just as good.
            old != Some(new)
                && old.and_then(|old| question.graph.score(mentee, old)) != question.graph.score(mentee, new)
        }
        2 => {
            let other = place(random, mentees);
            let scores = |mentee: usize, of: Option<u32>| of.map(|of| question.graph.score(mentee, of));
            let (a, b) = (answer.mentor_of[mentee], answer.mentor_of[other]);
            answer.mentor_of.swap(mentee, other);
            // An equally good swap would be right too; only swaps onto no candidate are surely wrong.
            a != b && (scores(mentee, b) == Some(None) || scores(other, a) == Some(None))
        }
        3 => {
            answer.objectives.total += 1;
            true
        }
        4 => {
            answer.objectives.placed += 1;
            true
        }
        5 => {
            // Overpricing one placed mentee breaks the sum; an unplaced one must have no price at all.
            answer.certificate.mentee_prices[mentee] += 1;
            !question.locks.iter().any(|&(locked, _)| locked as usize == mentee)
        }
        6 => {
            answer.certificate.placement_price += 1;
            answer.objectives.placed > answer.objectives.locked
        }
        7 => {
            answer.certificate.placed.mentees[mentee] ^= true;
            true
        }
        _ => {
            answer.certificate.scale += 1;
            question.previous.is_none()
        }
    }
}

#[test]
fn the_verifier_refuses_mutated_answers() {
    let (mut refused, mut seed) = (0, 0);
    while refused < 3_000 {
        seed += 1;
        let mut random = Random::new(seed);
        let mut question = question(&mut random, 12);
        question.minimums.clear();
        let task = question.task();
        let mut answer = solve(&task, Control::none()).unwrap();
        if mutate(&mut random, &question, &mut answer) {
            assert!(verify(&task, &answer).is_err(), "seed {seed}: {question:?} {answer:?}");
            refused += 1;
        }
    }
}

#[test]
fn an_answer_to_one_question_does_not_pass_for_another() {
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let mut question = question(&mut random, 12);
        question.locks.clear();
        question.minimums.clear();
        let answer = solve(&question.task(), Control::none()).unwrap();
        let Some(mentee) = answer.mentor_of.iter().position(Option::is_some) else { continue };
        let row = question.graph.mentors_of(mentee);
        let Some(&other) = row.iter().find(|&&mentor| answer.mentor_of[mentee] != Some(mentor)) else { continue };
        question.locks.push((u32::try_from(mentee).unwrap(), other));
        assert!(verify(&question.task(), &answer).is_err(), "seed {seed}");
    }
}

/// Moves the whole price of a full mentor onto the mentees there: every sum stays right, only other candidates of the
/// mentor may not be covered any more.
#[test]
fn prices_that_do_not_cover_a_candidate_are_refused() {
    let (mut refused, mut seed) = (0, 0);
    while refused < 1_000 {
        seed += 1;
        let mut random = Random::new(seed);
        let mut question = question(&mut random, 12);
        (question.worst_pair, question.previous) = (false, None);
        question.minimums.clear();
        question.locks.clear();
        let mut answer = solve(&question.task(), Control::none()).unwrap();
        let proof = &mut answer.certificate;
        // Who takes nobody at all is outside the question, whatever the price.
        let full = |mentor: usize| question.graph.capacities()[mentor] > 0 && proof.mentor_prices[mentor] > 0;
        let Some(mentor) = (0..question.graph.mentors_len()).find(|&mentor| full(mentor)) else { continue };
        let price = std::mem::take(&mut proof.mentor_prices[mentor]);
        let own = |of: Option<u32>| of.is_some_and(|of| of as usize == mentor);
        for (of, mentee_price) in answer.mentor_of.iter().zip(&mut proof.mentee_prices) {
            *mentee_price += if own(*of) { price } else { 0 };
        }
        let uncovered = (0..question.graph.mentees()).any(|mentee| {
            let score = question.graph.score(mentee, u32::try_from(mentor).unwrap());
            let priority = if question.priority[mentee] { proof.priority_price } else { 0 };
            score.is_some_and(|score| i64::from(score) > proof.placement_price + priority + proof.mentee_prices[mentee])
        });
        if uncovered {
            let verdict = verify(&question.task(), &answer);
            assert!(matches!(verdict, Err(Flaw::Price { .. })), "seed {seed}: {verdict:?}");
            refused += 1;
        }
    }
}

#[test]
fn only_a_group_with_a_minimum_is_believed_to_stay_closed_or_to_be_made_to_start() {
    let mut refused = 0;
    for seed in 0..400 {
        let question = question(&mut Random::new(seed), 8);
        let answer = solve(&question.task(), Control::none()).unwrap();
        for mentor in 0..u32::try_from(question.graph.mentors_len()).unwrap() {
            let minimum = question.minimums.get(mentor as usize).copied().unwrap_or(0);
            if minimum > 1 && !question.locks.iter().any(|&(_, locked)| locked == mentor) {
                continue;
            }
            for closed in [true, false] {
                let mut forged = answer.clone();
                if closed { &mut forged.closed } else { &mut forged.started }.push(mentor);
                assert!(verify(&question.task(), &forged).is_err(), "seed {seed}: mentor {mentor}");
                refused += 1;
            }
        }
    }
    assert!(refused > 2_000, "{refused}");
}

/// What is best while the better mentor is away is not best.
#[test]
fn an_answer_without_a_mentor_does_not_pass_by_calling_him_closed() {
    let with = |places: u32| {
        let mut builder = GraphBuilder::new(1, vec![1, places]);
        builder.pair(0, 0, 5).unwrap();
        builder.pair(0, 1, 9).unwrap();
        builder.build().unwrap()
    };
    let priority = [false];
    let mut answer = solve(&Task::plain(&with(0), &priority), Control::none()).unwrap();
    answer.closed = vec![1];
    assert_eq!(answer.objectives.total, 5);
    let whole = with(1);
    assert_eq!(verify(&Task::plain(&whole, &priority), &answer), Err(Flaw::Group { mentor: 1 }));
    let minimums = [0, 2];
    let group = Task { minimums: &minimums, ..Task::plain(&whole, &priority) };
    assert!(verify(&group, &answer).is_ok(), "one mentee is no group of two");
}

#[test]
fn a_group_made_to_start_has_its_minimum() {
    let mut builder = GraphBuilder::new(1, vec![3]);
    builder.pair(0, 0, 5).unwrap();
    let graph = builder.build().unwrap();
    let priority = [false];
    let mut answer = solve(&Task::plain(&graph, &priority), Control::none()).unwrap();
    answer.started = vec![0];
    let task = Task { minimums: &[2], ..Task::plain(&graph, &priority) };
    assert_eq!(verify(&task, &answer), Err(Flaw::Minimum { mentor: 0 }));
    answer.started = vec![7];
    assert_eq!(verify(&task, &answer), Err(Flaw::Shape));
}

/// Changes something of what covers, prices, groups and pairs say.
fn tamper(random: &mut Random, question: &Question, answer: &mut Answer) {
    let (mentees, mentors) = (question.graph.mentees(), question.graph.mentors_len());
    let (mentee, mentor) = (place(random, mentees), place(random, mentors));
    let number = u32::try_from(mentor).unwrap();
    let proof = &mut answer.certificate;
    match random.below(10) {
        0 => proof.worst = None,
        1 => {
            if let Some(worst) = &mut proof.worst {
                worst.cover.mentees[mentee] ^= true;
            }
        }
        2 => {
            if let Some(worst) = &mut proof.worst {
                worst.cover.mentors[mentor] ^= true;
            }
        }
        3 => {
            if let Some(worst) = &mut proof.worst {
                worst.priority ^= true;
            }
        }
        4 => answer.closed.retain(|&closed| closed != number),
        5 => answer.started.retain(|&started| started != number),
        6 if question.minimums.get(mentor).is_some_and(|&minimum| minimum > 1) => {
            let list = if random.chance(50) { &mut answer.closed } else { &mut answer.started };
            list.push(number);
        }
        7 => proof.mentor_prices[mentor] -= i64::from(1 + random.below(3)),
        8 => {
            let worst = answer.objectives.worst;
            answer.objectives.worst = worst.map(|worst| worst + [-1, 1][random.below(2) as usize]);
        }
        _ => {
            // Moves somebody and tells the new values: only the proof can know better.
            let Some(score) = question.graph.score(mentee, number) else { return };
            let old = answer.mentor_of[mentee].replace(number);
            let before = old.and_then(|old| question.graph.score(mentee, old));
            answer.objectives.placed += u64::from(old.is_none());
            answer.objectives.priority_placed += u64::from(old.is_none() && question.priority[mentee]);
            answer.objectives.total += i64::from(score) - before.map_or(0, i64::from);
            let kept = |of: Option<u32>| {
                u64::from(of.is_some() && question.previous.as_ref().is_some_and(|previous| previous[mentee] == of))
            };
            answer.objectives.kept = (answer.objectives.kept + kept(Some(number))).saturating_sub(kept(old));
            if question.worst_pair {
                let locked = |mentee: usize| question.locks.iter().any(|&(locked, _)| locked as usize == mentee);
                let free = answer.mentor_of.iter().enumerate().filter(|&(mentee, _)| !locked(mentee));
                answer.objectives.worst =
                    free.filter_map(|(mentee, of)| of.and_then(|of| question.graph.score(mentee, of))).min();
            }
        }
    }
}

/// Whatever is done to an answer: what the verifier lets through is the best there is with these groups.
#[test]
fn what_passes_after_tampering_is_optimal_all_the_same() {
    let (mut passed, mut refused) = (0, 0);
    for seed in 0..20_000 {
        let mut random = Random::new(seed);
        let question = question(&mut random, 5);
        let task = question.task();
        let genuine = solve(&task, Control::none()).unwrap();
        let mut answer = genuine.clone();
        for _ in 0..=random.below(2) {
            tamper(&mut random, &question, &mut answer);
        }
        if answer == genuine {
            continue;
        }
        let Ok(values) = verify(&task, &answer) else {
            refused += 1;
            continue;
        };
        passed += 1;
        let mut best = None;
        brute::visit(&Task { minimums: &[], ..task }, &mut |chosen, value| {
            let size = |mentor: u32| chosen.iter().filter(|&&of| of == Some(mentor)).count();
            let decided = answer.closed.iter().all(|&mentor| size(mentor) == 0)
                && answer.started.iter().all(|&mentor| size(mentor) >= question.minimums[mentor as usize] as usize);
            if decided {
                best = best.max(Some(value));
            }
        });
        let (placed, priority, worst, total, kept) = best.unwrap();
        // Where groups were made to start the worst pair is not proved.
        let told = if answer.started.is_empty() { values.worst.map_or(i64::MAX, i64::from) } else { worst };
        let values = (values.placed, values.priority_placed, told, values.total, values.kept);
        assert!(values == (placed, priority, worst, total, kept), "seed {seed}: {question:?} {answer:?}");
    }
    assert!(passed > 400 && refused > 5_000, "{passed} {refused}");
}
