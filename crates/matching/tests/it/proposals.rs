use std::collections::BTreeMap;

use matching::criteria::Constraint;
use matching::explain::Change;
use matching::people::settings::{ClassRule, FormSettings, Mode};
use matching::people::validate::Problem;
use matching::proposal::AlternativeCost;
use matching::{
    Control, Input, Matching, Mentor, PairId, Proposal, ProposeError, Settings, propose, propose_again, verify,
};

use crate::people::{alike, school, shuffled};
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

/// Forces every pair that is told as another choice and looks at what really suffers.
#[test]
fn what_another_choice_would_cost_is_never_told_too_high() {
    let mut told = BTreeMap::new();
    for seed in 0..2_000 {
        let (input, settings) = decided_school(seed);
        let settings = Settings { mode: Mode::Optimal, ..settings };
        let best = proposal(&input, &settings);
        for pair in &best.pairs {
            let of_mentee = pair.for_mentee.iter().map(|other| (pair.mentee.clone(), other.with.clone(), other));
            let of_mentor = pair.for_mentor.iter().map(|other| (other.with.clone(), pair.mentor.clone(), other));
            for (mentee, mentor, other) in of_mentee.chain(of_mentor) {
                let lock = PairId { mentee, mentor };
                let mut locks = input.locks.clone();
                locks.push(lock.clone());
                let forced = proposal(&Input { locks, ..input.clone() }, &settings);
                let free = forced.pairs.iter().filter(|pair| !pair.locked || pair.mentee == lock.mentee);
                let worst = free.map(|pair| pair.score).min();
                let (old, new) = (&best.objectives, &forced.objectives);
                let before = (old.placed, old.priority_placed, settings.worst_pair.then_some(old.worst));
                let after = (new.placed, new.priority_placed, settings.worst_pair.then_some(worst));
                let kind = match other.cost {
                    AlternativeCost::Unknown => {
                        let answer = &best.proof.as_ref().unwrap().answer;
                        assert!(!answer.closed.is_empty() || !answer.started.is_empty(), "seed {seed}: {lock:?}");
                        "unknown"
                    }
                    AlternativeCost::Place => {
                        assert!(new.placed < old.placed, "seed {seed}: {lock:?}");
                        "place"
                    }
                    AlternativeCost::Priority => {
                        assert!(new.priority_placed < old.priority_placed, "seed {seed}: {lock:?}");
                        "priority"
                    }
                    AlternativeCost::Worst => {
                        assert!(worst < old.worst, "seed {seed}: {lock:?}");
                        "worst"
                    }
                    AlternativeCost::Points(points) => {
                        let lost = old.total - new.total;
                        assert!(after < before || lost >= points, "seed {seed}: {lock:?}: {lost} of {points}");
                        "points"
                    }
                };
                *told.entry(kind).or_insert(0) += 1;
            }
        }
    }
    assert!(told.len() == 5 && told.values().all(|&count| count > 20), "{told:?}");
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

/// A school with everything a commission can decide, and with people who are alike in every second one.
fn decided_school(seed: u64) -> (Input, Settings) {
    let mut random = Random::new(seed);
    let (mut input, mut settings) = school(&mut random, 16, 8);
    settings.mode = if random.chance(70) { Mode::Optimal } else { Mode::Mutual };
    if random.chance(50) {
        alike(&mut random, &mut input);
    }
    if random.chance(30) {
        for mentor in &mut input.mentors {
            mentor.minimum = random.below(4).min(mentor.capacity - mentor.load);
        }
    }
    if random.chance(25) {
        settings.candidates_per_mentee = Some(1 + random.below(4));
    }
    for pair in pairs(&proposal(&input, &settings)) {
        match random.below(8) {
            0 => input.locks.push(pair),
            1 => input.bans.push(pair),
            2 => input.previous.push(pair),
            _ => {}
        }
    }
    (input, settings)
}

#[test]
fn every_proposed_change_applied_to_the_people_places_the_mentee() {
    let mut helped = BTreeMap::new();
    for seed in 0..2_500 {
        let (input, settings) = decided_school(seed);
        for person in proposal(&input, &settings).unmatched {
            let own = input.mentees.iter().find(|mentee| mentee.id == person.mentee).unwrap();
            assert_eq!(person.change.is_none(), own.has_mentor, "seed {seed}: {person:?}");
            let Some(change) = person.change else { continue };
            let (input, settings) = with_change(&input, &settings, &person.mentee, &change);
            let after = proposal(&input, &settings);
            assert!(
                after.pairs.iter().any(|pair| pair.mentee == person.mentee),
                "seed {seed}: {:?} {change:?}",
                person.reason
            );
            let kind = match change {
                Change::MorePlaces { .. } => "more places",
                Change::StartGroup { .. } => "start a group",
                Change::Admit { .. } => "admit",
                Change::NewMentor { rules } if rules.is_empty() => "new mentor",
                Change::NewMentor { .. } => "new mentor and own data",
            };
            *helped.entry((settings.mode == Mode::Optimal, kind)).or_insert(0) += 1;
        }
    }
    assert!(helped.len() == 10 && helped.values().all(|&count| count > 5), "{helped:?}");
}

#[test]
fn one_more_place_is_proposed_wherever_it_would_help() {
    let (mut helped, mut hopeless) = (0, 0);
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let (mut input, mut settings) = school(&mut random, 20, 10);
        if random.chance(50) {
            alike(&mut random, &mut input);
            settings.forms.iter_mut().for_each(|form| form.weights.balance = random.below(10));
        }
        for person in proposal(&input, &settings).unmatched {
            if matches!(person.change, Some(Change::MorePlaces { places: 1, .. })) {
                helped += 1;
                continue;
            }
            // Who takes nobody today has another rule to be lifted first.
            let with_places = |&index: &usize| input.mentors[index].capacity > input.mentors[index].load;
            for index in (0..input.mentors.len()).filter(with_places) {
                let mut input = input.clone();
                input.mentors[index].capacity += 1;
                let after = proposal(&input, &settings);
                let placed = after.pairs.iter().any(|pair| pair.mentee == person.mentee);
                assert!(!placed, "seed {seed}: {} gets no place at {}", person.mentee, input.mentors[index].id);
                hopeless += 1;
            }
        }
    }
    assert!(helped > 50 && hopeless > 500, "{helped} {hopeless}");
}

/// Carries a change out on the people themselves, not on the graph.
fn with_change(input: &Input, settings: &Settings, mentee: &str, change: &Change) -> (Input, Settings) {
    let (mut input, mut settings) = (input.clone(), settings.clone());
    let number = input.mentees.iter().position(|other| other.id == mentee).unwrap();
    if !matches!(change, Change::MorePlaces { .. }) {
        // What is lifted for one pair is not lifted for others.
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        for mentor in &input.mentors {
            let named = matches!(change, Change::Admit { mentor: named, .. } if *named == mentor.id);
            if !named && !matching.obstacles(mentee, &mentor.id).unwrap().is_empty() {
                input.bans.push(PairId { mentee: mentee.into(), mentor: mentor.id.clone() });
            }
        }
    }
    let by_hand = |mentor: &str| PairId { mentee: mentee.into(), mentor: mentor.into() };
    match change {
        Change::StartGroup { mentor, minimum } => {
            input.mentors.iter_mut().find(|other| other.id == *mentor).unwrap().minimum = *minimum;
        }
        // The pair was cut off by the limit of candidates: it is made by hand.
        Change::Admit { mentor, rules } if rules.is_empty() => input.locks.push(by_hand(mentor)),
        Change::MorePlaces { mentor, places } => {
            let mentor = input.mentors.iter_mut().find(|other| other.id == *mentor).unwrap();
            mentor.capacity += places;
        }
        Change::NewMentor { rules } => {
            let form = lifted(&mut input, &settings, number, rules);
            let mentee = &input.mentees[number];
            input.mentors.push(Mentor {
                id: "stranger".into(),
                forms: vec![form.code.clone()],
                class: mentee.class.clone().filter(|_| form.class == ClassRule::Same),
                consent: true,
                cleared: true,
                capacity: 1,
                slots: mentee.slots.clone(),
                languages: mentee.languages.clone(),
                places: mentee.places.clone(),
                ..Mentor::default()
            });
            settings.forms.push(form);
            if settings.candidates_per_mentee.is_some() {
                // Nobody knows whether a stranger would be among the best few.
                input.locks.push(by_hand("stranger"));
            }
        }
        Change::Admit { mentor, rules } => admit(&mut input, &mut settings, number, mentor, rules),
    }
    (input, settings)
}

/// Returns the mentee's form without the rules in question, under a code that is the mentee's alone from now on.
fn lifted(input: &mut Input, settings: &Settings, number: usize, rules: &[Constraint]) -> FormSettings {
    let mentee = &mut input.mentees[number];
    let mut form = settings.forms.iter().find(|form| form.code == mentee.form).unwrap().clone();
    for rule in rules {
        match rule {
            Constraint::MenteeConsent => mentee.consent = true,
            Constraint::AgeGap => form.age_gap = None,
            Constraint::Class => form.class = ClassRule::Any,
            Constraint::Time => form.common_slots = 0,
            Constraint::Language => form.language = false,
            Constraint::Place => form.place = false,
            _ => {}
        }
    }
    form.code += "*";
    mentee.form.clone_from(&form.code);
    form
}

/// Moves the two into a form of their own without the rules in question.
fn admit(input: &mut Input, settings: &mut Settings, number: usize, mentor: &str, rules: &[Constraint]) {
    let other = input.mentors.iter().position(|other| other.id == mentor).unwrap();
    let own = input.mentees[number].form.clone();
    let form = lifted(input, settings, number, rules);
    let mentee = &input.mentees[number].id;
    for rule in rules {
        match rule {
            Constraint::MentorConsent => input.mentors[other].consent = true,
            Constraint::Banned => input.bans.retain(|pair| pair.mentor != mentor || pair.mentee != *mentee),
            Constraint::NoPlace => input.mentors[other].capacity += 1,
            _ => {}
        }
    }
    // Other mentees keep their form; this one gets the changed rules with the same mentors.
    input.mentors[other].forms.push(form.code.clone());
    let ids: Vec<usize> = (0..input.mentors.len()).filter(|&index| input.mentors[index].forms.contains(&own)).collect();
    settings.forms.push(form);
    for index in ids {
        let code = settings.forms.last().unwrap().code.clone();
        if !input.mentors[index].forms.contains(&code) {
            input.mentors[index].forms.push(code);
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
