//! What the engine says would change is carried out on the people and looked at.

use std::collections::BTreeMap;

use matching::criteria::Constraint;
use matching::explain::Change;
use matching::explain::unmatched::{Competition, Reason, Unmatched};
use matching::people::settings::{ClassRule, FormSettings, Mode};
use matching::proposal::AlternativeCost;
use matching::{Control, Input, Matching, Mentor, PairId, Proposal, Settings, propose, propose_again};

use crate::people::{alike, decided_school, school};
use crate::random::Random;

fn proposal(input: &Input, settings: &Settings) -> Proposal {
    propose(input, settings, Control::none()).unwrap()
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
fn every_reason_can_be_checked_by_hand() {
    let mut told = [0; 4];
    for seed in 0..1_500 {
        let (input, settings) = decided_school(seed);
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        let proposal = proposal(&input, &settings);
        let candidates = |mentee: &str| matching.candidates_of(mentee).unwrap();
        let in_group = |mentor: &str| proposal.pairs.iter().filter(|pair| pair.mentor == mentor).count();
        for person in &proposal.unmatched {
            match &person.reason {
                Reason::NobodyAdmissible(removed) => {
                    let broken: Vec<_> = input
                        .mentors
                        .iter()
                        .map(|mentor| matching.obstacles(&person.mentee, &mentor.id).unwrap())
                        .collect();
                    assert!(broken.iter().all(|rules| !rules.is_empty()), "seed {seed}");
                    for rule in Constraint::ALL {
                        let all = broken.iter().filter(|rules| rules.contains(&rule)).count() as u64;
                        let only = broken.iter().filter(|rules| rules[..] == [rule]).count() as u64;
                        let told = removed.get(&rule).copied().unwrap_or_default();
                        assert_eq!((told.mentors, told.only), (all, only), "seed {seed}: {rule:?}");
                    }
                    told[0] += 1;
                }
                Reason::Competition(competition) => {
                    let Competition { mentees, mentors } = &**competition;
                    let places: u32 = mentors.iter().map(|mentor| mentor.places).sum();
                    assert!(mentees.contains(&person.mentee) && mentees.len() > places as usize, "seed {seed}");
                    for place in mentors {
                        let mentor = input.mentors.iter().find(|mentor| mentor.id == place.mentor).unwrap();
                        let locked = input.locks.iter().filter(|lock| lock.mentor == place.mentor).count();
                        assert_eq!(place.places as usize + locked, (mentor.capacity - mentor.load) as usize);
                    }
                    let among = |name: &str| mentors.iter().any(|mentor| mentor.mentor == name);
                    let others = mentees.iter().flat_map(|mentee| candidates(mentee));
                    assert!(others.into_iter().all(|candidate| among(&candidate.with)), "seed {seed}");
                    told[1] += 1;
                }
                Reason::Groups(groups) => {
                    for group in groups {
                        let waits =
                            |left: &&Unmatched| candidates(&left.mentee).iter().any(|one| one.with == group.mentor);
                        let waiting = proposal.unmatched.iter().filter(waits).count();
                        let found = (in_group(&group.mentor), waiting);
                        assert_eq!(found, (group.members as usize, group.waiting as usize), "seed {seed}");
                        assert!(group.members == 0 || group.members == group.minimum, "seed {seed}: {group:?}");
                    }
                    told[2] += 1;
                }
                Reason::Preferences => {
                    assert_eq!(settings.mode, Mode::Mutual, "seed {seed}: {person:?}");
                    told[3] += 1;
                }
            }
        }
    }
    assert!(told.iter().all(|&count| count > 10), "{told:?}");
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

/// Proofs that belong to others, or to nobody, are a bad start, but a start.
#[test]
fn a_proof_full_of_nonsense_changes_no_value_and_no_advice() {
    let extremes = [i64::MIN, i64::MIN + 1, -(1 << 40), -1, 0, 1, 1 << 40, 1 << 62, i64::MAX];
    for seed in 0..600 {
        let (input, settings) = decided_school(seed);
        let settings = Settings { mode: Mode::Optimal, ..settings };
        let genuine = proposal(&input, &settings);
        let mut random = Random::new(seed);
        let mut extreme = || extremes[random.below(9) as usize];
        let mut forged = genuine.clone();
        let proof = forged.proof.as_mut().unwrap();
        let certificate = &mut proof.answer.certificate;
        match seed % 6 {
            0 => certificate.mentor_prices.iter_mut().for_each(|price| *price = extreme()),
            1 => certificate.mentee_prices.iter_mut().for_each(|price| *price = extreme()),
            2 => {
                (certificate.scale, certificate.priority_price) = (extreme(), extreme());
                certificate.placement_price = extreme();
            }
            3 => proof.answer.mentor_of.fill(Some(u32::MAX)),
            4 => {
                proof.mentees.reverse();
                certificate.mentor_prices.clear();
                proof.answer.closed = vec![u32::MAX];
            }
            _ => {
                proof.answer.mentor_of.clear();
                proof.mentors.clear();
                proof.answer.started = vec![7, u32::MAX];
            }
        }
        let again = propose_again(&input, &settings, &forged, Control::none()).unwrap();
        let honest = propose_again(&input, &settings, &genuine, Control::none()).unwrap();
        assert_eq!(again.objectives, honest.objectives, "seed {seed}");
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        for person in genuine.unmatched.iter().take(2) {
            let forged = forged.proof.as_ref().unwrap();
            let change = matching.change_for(&person.mentee, forged, Control::none()).unwrap();
            assert_eq!(change.is_some(), person.change.is_some(), "seed {seed}: {}", person.mentee);
        }
    }
}
