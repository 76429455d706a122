//! What the engine says about a handful of people whom one can oversee.

use matching::control::{Progress, Stage};
use matching::criteria::Constraint;
use matching::explain::Change;
use matching::explain::unmatched::{Competition, Group, Reason};
use matching::people::settings::{FormSettings, Mode};
use matching::proposal::{AlternativeCost, TRIED_CHANGES};
use matching::protocol::{Method, Objective, normalised, protocol};
use matching::scenario::compare;
use matching::{
    Control, Input, Matching, Mentee, Mentor, PairId, Proposal, ProposeError, Settings, SolveError, propose,
};

fn mentee(id: &str, requests: &[&str], slots: &[&str]) -> Mentee {
    Mentee {
        id: id.into(),
        form: "pupil_pupil".into(),
        consent: true,
        requests: requests.iter().map(|&word| word.into()).collect(),
        slots: slots.iter().map(|&word| word.into()).collect(),
        languages: vec!["ru".into()],
        ..Mentee::default()
    }
}

fn mentor(id: &str, competences: &[&str], slots: &[&str]) -> Mentor {
    Mentor {
        id: id.into(),
        forms: vec!["pupil_pupil".into()],
        consent: true,
        capacity: 1,
        competences: competences.iter().map(|&word| word.into()).collect(),
        slots: slots.iter().map(|&word| word.into()).collect(),
        languages: vec!["ru".into()],
        ..Mentor::default()
    }
}

fn settings() -> Settings {
    let form = FormSettings { code: "pupil_pupil".into(), ..FormSettings::default() };
    Settings { forms: vec![form], ..Settings::default() }
}

fn run(input: &Input) -> Proposal {
    propose(input, &settings(), Control::none()).unwrap()
}

/// Two ask for mathematics on Monday, one mentor is free then; somebody else is free on Friday.
fn monday() -> Input {
    Input {
        mentees: vec![mentee("anna", &["maths"], &["mon"]), mentee("boris", &["maths", "chess"], &["mon"])],
        mentors: vec![mentor("vera", &["maths"], &["mon"]), mentor("gleb", &["chess"], &["fri"])],
        ..Input::default()
    }
}

#[test]
fn competition_is_explained_by_those_who_compete_and_their_places() {
    let proposal = run(&monday());
    assert_eq!(proposal.objectives.placed, 1);
    assert_eq!(proposal.pairs[0].mentee, "anna", "her request is met fully");
    let left = &proposal.unmatched[0];
    let Reason::Competition(found) = &left.reason else { panic!("{left:?}") };
    let Competition { mentees, mentors } = &**found;
    assert_eq!(mentees, &["anna", "boris"]);
    assert_eq!((mentors[0].mentor.as_str(), mentors[0].places), ("vera", 1));
    assert_eq!(left.change, Some(Change::MorePlaces { mentor: "vera".into(), places: 1 }));
}

#[test]
fn a_mentee_nobody_fits_learns_which_rules_remove_how_many() {
    let mut input = monday();
    input.mentees.push(mentee("vasya", &["chess"], &["sun"]));
    let left = run(&input).unmatched.pop().unwrap();
    let Reason::NobodyAdmissible(rules) = &left.reason else { panic!("{left:?}") };
    assert_eq!((rules[&Constraint::Time].mentors, rules[&Constraint::Time].only), (2, 2));
    assert_eq!(left.change, Some(Change::Admit { mentor: "gleb".into(), rules: vec![Constraint::Time] }));
}

#[test]
fn a_pair_knows_what_another_choice_would_cost() {
    let mut input = monday();
    input.mentors[1].slots.push("mon".into());
    let proposal = run(&input);
    let pair = proposal.pairs.iter().find(|pair| pair.mentee == "anna").unwrap();
    let other = pair.for_mentee.as_ref().unwrap();
    assert_eq!((pair.mentor.as_str(), other.with.as_str()), ("vera", "gleb"));
    let locked = Input { locks: vec![PairId { mentee: "anna".into(), mentor: "gleb".into() }], ..input };
    let loss = proposal.objectives.total - run(&locked).objectives.total;
    let AlternativeCost::Points(least) = other.cost else { panic!("{other:?}") };
    assert!((0..=loss).contains(&least), "{least} of {loss}");
}

#[test]
fn an_alternative_that_costs_a_placement_with_priority_says_so() {
    let mut input = monday();
    input.mentees[0].priority = true;
    input.mentees[0].requests = vec!["physics".into()];
    let proposal = run(&input);
    assert_eq!((proposal.pairs[0].mentee.as_str(), proposal.pairs[0].mentor.as_str()), ("anna", "vera"));
    let other = proposal.pairs[0].for_mentor.as_ref().unwrap();
    assert_eq!((other.with.as_str(), other.cost), ("boris", AlternativeCost::Priority));
    assert!(other.score > proposal.pairs[0].score, "boris fits better, so points alone would speak for him");
}

#[test]
fn a_place_given_away_by_a_lock_is_named_and_one_more_helps() {
    let input = Input { locks: vec![PairId { mentee: "anna".into(), mentor: "vera".into() }], ..monday() };
    let proposal = run(&input);
    assert_eq!(proposal.pairs[0].for_mentor, None, "a lock has no other choice");
    let left = &proposal.unmatched[0];
    let Reason::Competition(found) = &left.reason else { panic!("{left:?}") };
    let Competition { mentees, mentors } = &**found;
    assert_eq!(mentees, &["boris"]);
    assert_eq!((mentors[0].mentor.as_str(), mentors[0].places), ("vera", 0));
    assert_eq!(left.change, Some(Change::MorePlaces { mentor: "vera".into(), places: 1 }));
}

#[test]
fn candidates_by_hand_come_best_first_with_reasons() {
    let matching = Matching::new(&monday(), &settings(), Control::none()).unwrap();
    let candidates = matching.candidates_of_mentor("vera").unwrap();
    assert_eq!(candidates.iter().map(|candidate| candidate.with.as_str()).collect::<Vec<_>>(), ["anna", "boris"]);
    assert!(candidates[0].shares.request > candidates[1].shares.request);
    assert_eq!(matching.obstacles("anna", "gleb"), Some(vec![Constraint::Time]));
    assert_eq!(matching.candidates_of("nobody"), None);
}

#[test]
fn a_veto_is_counted_but_never_lifted() {
    let mut input = monday();
    input.mentees.truncate(1);
    input.mentees[0].vetoes = vec!["vera".into()];
    let left = &run(&input).unmatched[0];
    assert!(matches!(&left.reason, Reason::NobodyAdmissible(rules) if rules[&Constraint::Blocked].only == 1));
    assert_eq!(left.change, Some(Change::Admit { mentor: "gleb".into(), rules: vec![Constraint::Time] }));
}

#[test]
fn wishes_of_both_sides_decide_in_mutual_mode() {
    let mut input = monday();
    input.mentees[1].wishes = vec!["vera".into()];
    input.mentors[0].wishes = vec!["boris".into()];
    let proposal = propose(&input, &Settings { mode: Mode::Mutual, ..settings() }, Control::none()).unwrap();
    assert_eq!((proposal.pairs[0].mentee.as_str(), proposal.pairs[0].mentor.as_str()), ("boris", "vera"));
    assert!(proposal.fairness.blocking.is_empty() && proposal.proof.is_none());
    let minutes = protocol(&input, &settings(), &proposal);
    assert_eq!(minutes.method, Method::KiralyTwoThirds);
}

#[test]
fn a_group_that_is_too_small_does_not_start_in_mutual_mode_either() {
    let mut input = monday();
    (input.mentors[0].capacity, input.mentors[0].minimum) = (4, 3);
    input.mentors[1].slots.push("mon".into());
    let mutual = Settings { mode: Mode::Mutual, ..settings() };
    let proposal = propose(&input, &mutual, Control::none()).unwrap();
    assert_eq!(proposal.closed, ["vera"]);
    assert_eq!(proposal.pairs.len(), 1, "gleb takes one of the two");
    assert!(proposal.pairs[0].mentor == "gleb" && proposal.fairness.blocking.is_empty(), "{proposal:?}");
    input.mentees.push(mentee("vasya", &["maths"], &["mon"]));
    input.mentors.truncate(1);
    let whole = propose(&input, &mutual, Control::none()).unwrap();
    assert!(whole.closed.is_empty() && whole.pairs.len() == 3, "{whole:?}");
}

#[test]
fn mutual_choice_can_be_stopped() {
    let mutual = Settings { mode: Mode::Mutual, ..settings() };
    let stages = |progress: Progress| progress.stage != Stage::Mutual;
    let stopped = propose(&monday(), &mutual, Control::watching(&stages));
    assert_eq!(stopped, Err(ProposeError::Solve(SolveError::Cancelled)));
}

#[test]
fn a_lock_stands_in_mutual_mode_too() {
    let input = Input { locks: vec![PairId { mentee: "boris".into(), mentor: "vera".into() }], ..monday() };
    let proposal = propose(&input, &Settings { mode: Mode::Mutual, ..settings() }, Control::none()).unwrap();
    assert!(proposal.pairs[0].locked && proposal.pairs[0].mentee == "boris");
}

#[test]
fn scenarios_say_who_changes_and_what_it_costs() {
    let first = run(&monday());
    let second = run(&Input { locks: vec![PairId { mentee: "boris".into(), mentor: "vera".into() }], ..monday() });
    let comparison = compare(&first, &second);
    assert_eq!((comparison.gained, comparison.lost), (vec!["boris".to_owned()], vec!["anna".to_owned()]));
    assert!(comparison.difference.total < 0 && comparison.difference.placed == 0);
    assert_eq!(compare(&first, &first).same, 1);
}

#[test]
fn scenarios_name_who_moves_from_whom_to_whom() {
    let mut input = monday();
    input.mentors[1].slots.push("mon".into());
    input.mentees[0].categories = vec!["a".into()];
    let first = run(&input);
    let turned = [("anna", "gleb"), ("boris", "vera")];
    input.locks = turned.map(|(mentee, mentor)| PairId { mentee: mentee.into(), mentor: mentor.into() }).into();
    let comparison = compare(&first, &run(&input));
    let moved: Vec<_> =
        comparison.moved.iter().map(|one| [one.mentee.as_str(), one.from.as_str(), one.to.as_str()]).collect();
    assert_eq!(moved, [["anna", "vera", "gleb"], ["boris", "gleb", "vera"]]);
    let points: i32 = comparison.moved.iter().map(|one| one.score_after - one.score_before).sum();
    assert_eq!(i64::from(points), comparison.difference.total);
    let (before, after) = comparison.categories["a"];
    assert_eq!((before.placed, after.placed, after.all), (1, 1, 1));
}

#[test]
fn the_change_for_one_person_is_asked_of_an_earlier_answer() {
    let matching = Matching::new(&monday(), &settings(), Control::none()).unwrap();
    let proposal = matching.propose(None, Control::none()).unwrap();
    let proof = proposal.proof.unwrap();
    let change = matching.change_for("boris", &proof, Control::none()).unwrap();
    assert_eq!(change, Some(Change::MorePlaces { mentor: "vera".into(), places: 1 }));
    assert_eq!(matching.change_for("nobody", &proof, Control::none()), Ok(None));
    assert_eq!(matching.graph().pairs(), 2, "both are free on Monday with one mentor");
}

#[test]
fn a_proposal_survives_being_written_and_read() {
    let proposal = run(&monday());
    let text = serde_json::to_string(&proposal).unwrap();
    assert_eq!(serde_json::from_str::<Proposal>(&text).unwrap(), proposal);
}

#[test]
fn the_protocol_lists_objectives_in_their_order() {
    let input = Input { previous: vec![PairId { mentee: "anna".into(), mentor: "gone".into() }], ..monday() };
    let settings = Settings { worst_pair: true, ..settings() };
    let proposal = propose(&input, &settings, Control::none()).unwrap();
    let minutes = protocol(&input, &settings, &proposal);
    assert_eq!(minutes.method, Method::ExactWithCertificate);
    let values = &proposal.objectives;
    let expected = [
        Objective::LocksKept(0),
        Objective::Placed(1),
        Objective::PriorityPlaced(0),
        Objective::WorstPair(values.worst),
        Objective::Total(values.total),
        Objective::PairsKept(0),
    ];
    assert_eq!(minutes.objectives, expected);
    let mut other = input.clone();
    other.mentees.reverse();
    other.mentors[0].slots.reverse();
    assert_eq!(normalised(&other), normalised(&input));
}

#[test]
fn a_group_that_cannot_fill_stays_closed() {
    let mut input = monday();
    input.mentors[0].capacity = 4;
    input.mentors[0].minimum = 3;
    let proposal = run(&input);
    assert_eq!((&proposal.closed, proposal.objectives.placed), (&vec!["vera".to_owned()], 0));
    let group = Group { mentor: "vera".into(), minimum: 3, members: 0, waiting: 2 };
    assert_eq!(proposal.unmatched[0].reason, Reason::Groups(vec![group]));
    assert_eq!(proposal.unmatched[0].change, Some(Change::StartGroup { mentor: "vera".into(), minimum: 2 }));
    assert_eq!(protocol(&input, &settings(), &proposal).method, Method::ExactSearchOverGroups);
    input.mentors[0].minimum = 2;
    assert_eq!(run(&input).objectives.placed, 2);
}

#[test]
fn fairness_counts_by_category() {
    let mut input = monday();
    input.mentees[0].categories = vec!["a".into(), "a".into()];
    input.mentees[1].categories = vec!["a".into()];
    input.mentees[1].priority = true;
    let facts = run(&input).fairness;
    assert_eq!((facts.categories["a"].placed, facts.categories["a"].all), (1, 2));
    assert_eq!((facts.priority.placed, facts.priority.all), (1, 1), "priority is placed first");
    assert_eq!(facts.spread.unwrap().least, facts.spread.unwrap().most);
}

#[test]
fn those_who_have_a_mentor_take_no_advice_away_from_others() {
    let mut input = monday();
    for number in 0..TRIED_CHANGES {
        let name = format!("a{number:03}");
        input.mentees.push(Mentee { has_mentor: true, ..mentee(&name, &["maths"], &["mon"]) });
    }
    let left = run(&input).unmatched.pop().unwrap();
    assert_eq!(left.mentee, "boris");
    assert_eq!(left.change, Some(Change::MorePlaces { mentor: "vera".into(), places: 1 }));
}

#[test]
fn a_mentor_with_room_whom_the_limit_cut_off_is_the_first_advice() {
    let mut input = monday();
    input.mentors[1].slots.push("mon".into());
    input.mentees[1].requests = vec!["maths".into()];
    let settings = Settings { candidates_per_mentee: Some(1), ..settings() };
    let proposal = propose(&input, &settings, Control::none()).unwrap();
    assert_eq!(proposal.unmatched[0].change, Some(Change::Admit { mentor: "gleb".into(), rules: vec![] }));
}
