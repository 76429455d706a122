use std::collections::BTreeMap;

use matching::people::settings::Mode;
use matching::people::validate::Problem;
use matching::{Control, Input, Matching, PairId, Proposal, ProposeError, Settings, propose, propose_again, verify};

use crate::people::{school, shuffled};
use crate::random::Random;

fn proposal(input: &Input, settings: &Settings) -> Proposal {
    propose(input, settings, Control::none()).unwrap()
}

fn pairs(proposal: &Proposal) -> Vec<PairId> {
    let pair =
        |pair: &matching::proposal::ProposedPair| PairId { mentee: pair.mentee.clone(), mentor: pair.mentor.clone() };
    proposal.pairs.iter().map(pair).collect()
}

#[test]
fn a_proposal_keeps_every_rule_and_counts_everybody_once() {
    for seed in 0..600 {
        let (input, settings) = school(&mut Random::new(seed), 14, 10);
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        let proposal = proposal(&input, &settings);
        let mut load: BTreeMap<&str, u32> = BTreeMap::new();
        for pair in &proposal.pairs {
            assert_eq!(matching.obstacles(&pair.mentee, &pair.mentor), Some(vec![]), "seed {seed}: {pair:?}");
            assert_eq!(pair.score, pair.shares.score());
            *load.entry(&pair.mentor).or_default() += 1;
        }
        for mentor in &input.mentors {
            assert!(load.get(mentor.id.as_str()).is_none_or(|&load| load <= mentor.capacity - mentor.load));
        }
        let mut names: Vec<&str> = proposal.pairs.iter().map(|pair| pair.mentee.as_str()).collect();
        names.extend(proposal.unmatched.iter().map(|person| person.mentee.as_str()));
        names.sort_unstable();
        let mut all: Vec<&str> = input.mentees.iter().map(|mentee| mentee.id.as_str()).collect();
        all.sort_unstable();
        assert_eq!(names, all);
        let proof = proposal.proof.as_ref().unwrap();
        assert_eq!(verify(&matching.task(), &proof.answer), Ok(proposal.objectives.clone()), "seed {seed}");
    }
}

#[test]
fn the_graph_holds_exactly_the_pairs_that_break_no_rule_with_the_sum_of_their_shares() {
    for seed in 0..300 {
        let (input, settings) = school(&mut Random::new(seed), 12, 12);
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        for mentee in &input.mentees {
            let candidates = matching.candidates_of(&mentee.id).unwrap();
            for mentor in &input.mentors {
                let free = matching.obstacles(&mentee.id, &mentor.id).unwrap().is_empty();
                let found = candidates.iter().find(|candidate| candidate.with == mentor.id);
                assert_eq!(found.is_some(), free, "seed {seed}: {} {}", mentee.id, mentor.id);
                assert!(found.is_none_or(|candidate| candidate.score == candidate.shares.score()), "seed {seed}");
            }
        }
    }
}

#[test]
fn a_limit_keeps_the_best_candidates_of_each_mentee() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        // Some schools fill several blocks of the index, in some people share more words than it counts.
        let (mut input, mut settings) = school(&mut random, 8, if seed % 4 == 0 { 600 } else { 60 });
        if seed % 3 == 0 {
            share_many_words(&mut random, &mut input);
            settings.forms.iter_mut().for_each(|form| form.full_overlap = 1 + random.below(12));
        }
        let all = Matching::new(&input, &settings, Control::none()).unwrap();
        let limit = 1 + random.below(11);
        settings.candidates_per_mentee = Some(limit);
        settings.threads = 3;
        let few = Matching::new(&input, &settings, Control::none()).unwrap();
        for mentee in &input.mentees {
            let mut expected = all.candidates_of(&mentee.id).unwrap();
            expected.truncate(limit as usize);
            assert_eq!(few.candidates_of(&mentee.id).unwrap(), expected, "seed {seed}: {}", mentee.id);
        }
    }
}

fn share_many_words(random: &mut Random, input: &mut Input) {
    let mut words = |prefix: &str| -> Vec<String> {
        (0..20).filter(|_| random.chance(70)).map(|number| format!("{prefix}{number}")).collect()
    };
    for mentee in &mut input.mentees {
        (mentee.requests, mentee.interests, mentee.slots) = (words("t"), words("i"), words("s"));
    }
    for mentor in &mut input.mentors {
        (mentor.competences, mentor.interests, mentor.slots) = (words("t"), words("i"), words("s"));
    }
}

#[test]
fn order_of_input_and_number_of_threads_change_nothing() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let (mut input, mut settings) = school(&mut random, 16, 12);
        if random.chance(30) {
            settings.mode = Mode::Mutual;
        }
        input.previous = pairs(&proposal(&input, &settings));
        input.previous.retain(|_| random.chance(60));
        let first = serde_json::to_string(&proposal(&input, &settings)).unwrap();
        let other = shuffled(&mut random, &input);
        settings.threads = 4;
        let second = serde_json::to_string(&proposal(&other, &settings)).unwrap();
        assert_eq!(first, second, "seed {seed}");
    }
}

#[test]
fn locks_and_bans_are_kept() {
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let (mut input, settings) = school(&mut random, 14, 10);
        let draft = pairs(&proposal(&input, &settings));
        for pair in draft {
            match random.below(4) {
                0 => input.locks.push(pair),
                1 => input.bans.push(pair),
                _ => {}
            }
        }
        let second = proposal(&input, &settings);
        let found = pairs(&second);
        assert!(input.locks.iter().all(|pair| found.contains(pair)), "seed {seed}");
        assert!(input.bans.iter().all(|pair| !found.contains(pair)), "seed {seed}");
        assert_eq!(second.objectives.locked, input.locks.len() as u64);
    }
}

#[test]
fn warm_equals_cold_on_random_sequences_of_changes() {
    for seed in 0..250 {
        let mut random = Random::new(seed);
        let (mut input, settings) = school(&mut random, 16, 12);
        let mut earlier = proposal(&input, &settings);
        for step in 0..6 {
            change_something(&mut random, &mut input, &earlier);
            let warm = propose_again(&input, &settings, &earlier, Control::none()).unwrap();
            let cold = proposal(&Input { previous: pairs(&earlier), ..input.clone() }, &settings);
            assert_eq!(warm.objectives, cold.objectives, "seed {seed} step {step}");
            let again = Input { previous: pairs(&earlier), ..input.clone() };
            let matching = Matching::new(&again, &settings, Control::none()).unwrap();
            let answer = &warm.proof.as_ref().unwrap().answer;
            assert!(verify(&matching.task(), answer).is_ok(), "seed {seed} step {step}");
            earlier = warm;
        }
    }
}

fn change_something(random: &mut Random, input: &mut Input, earlier: &Proposal) {
    let place = |random: &mut Random, length: usize| random.below(u32::try_from(length).unwrap()) as usize;
    match random.below(5) {
        3 if input.mentees.len() > 1 => {
            let gone = input.mentees.remove(place(random, input.mentees.len())).id;
            forget(input, &gone);
        }
        0 if input.mentors.len() > 1 => {
            let gone = input.mentors.remove(place(random, input.mentors.len())).id;
            forget(input, &gone);
        }
        1 => {
            let copy = &input.mentees[place(random, input.mentees.len())];
            let new = matching::Mentee { id: format!("new{}", random.below(1_000_000)), ..copy.clone() };
            input.mentees.push(new);
        }
        2 => {
            let free = earlier.pairs.iter().filter(|pair| !pair.locked);
            let free: Vec<_> =
                free.filter(|pair| input.mentors.iter().any(|mentor| mentor.id == pair.mentor)).collect();
            if !free.is_empty() {
                let pair = free[place(random, free.len())];
                input.locks.push(PairId { mentee: pair.mentee.clone(), mentor: pair.mentor.clone() });
            }
        }
        _ => {
            let index = place(random, input.mentors.len());
            input.mentors[index].capacity += 1;
        }
    }
}

/// Takes somebody who left out of the data of the others; identifiers of mentees and mentors differ.
fn forget(input: &mut Input, gone: &str) {
    let there = |pair: &PairId| pair.mentee != gone && pair.mentor != gone;
    input.locks.retain(there);
    input.bans.retain(there);
    for mentee in &mut input.mentees {
        for list in [&mut mentee.wishes, &mut mentee.vetoes, &mut mentee.relatives] {
            list.retain(|name| name != gone);
        }
    }
    for mentor in &mut input.mentors {
        for list in [&mut mentor.wishes, &mut mentor.vetoes, &mut mentor.relatives] {
            list.retain(|name| name != gone);
        }
    }
}

#[test]
fn bad_data_name_the_person_and_the_field() {
    let (input, settings) = school(&mut Random::new(7), 6, 6);
    let mut twice = input.clone();
    twice.mentees.push(twice.mentees[0].clone());
    let Err(ProposeError::Input(error)) = propose(&twice, &settings, Control::none()) else { panic!() };
    assert_eq!(error.problem, Problem::Duplicate);
    let mut unknown = input.clone();
    unknown.mentees[0].wishes = vec!["nobody".into()];
    let Err(ProposeError::Input(error)) = propose(&unknown, &settings, Control::none()) else { panic!() };
    assert_eq!(error.problem, Problem::Unknown("nobody".into()));
}

#[test]
fn a_caller_can_stop_the_engine() {
    let (input, settings) = school(&mut Random::new(3), 10, 10);
    let result = propose(&input, &settings, Control::watching(&|_| false));
    assert_eq!(result, Err(ProposeError::Solve(matching::SolveError::Cancelled)));
}
