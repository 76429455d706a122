//! Bad data are values that name the person and the field; nothing panics.

use matching::graph::{GraphError, SCORE_LIMIT};
use matching::people::model::AgeRange;
use matching::people::settings::{FormSettings, Weights};
use matching::people::validate::{Field, Problem, Subject};
use matching::{
    CandidateGraph, Control, GraphBuilder, Input, Mentee, Mentor, PairId, ProposeError, Settings, SolveError, Task,
    propose, solve,
};

fn input() -> Input {
    let mentee = Mentee { id: "anna".into(), form: "f".into(), consent: true, ..Mentee::default() };
    let mentor = Mentor { id: "vera".into(), forms: vec!["f".into()], consent: true, capacity: 1, ..Mentor::default() };
    Input { mentees: vec![mentee], mentors: vec![mentor], ..Input::default() }
}

fn settings() -> Settings {
    let form = FormSettings { code: "f".into(), common_slots: 0, language: false, ..FormSettings::default() };
    Settings { forms: vec![form], ..Settings::default() }
}

fn refusal(input: &Input, settings: &Settings) -> (Subject, Field, Problem) {
    let Err(ProposeError::Input(error)) = propose(input, settings, Control::none()) else { unreachable!("accepted") };
    (error.subject, error.field, error.problem)
}

fn of_mentee(change: impl Fn(&mut Mentee)) -> (Field, Problem) {
    let mut input = input();
    change(&mut input.mentees[0]);
    let (subject, field, problem) = refusal(&input, &settings());
    assert_eq!(subject, Subject::Mentee(input.mentees[0].id.clone()));
    (field, problem)
}

fn of_mentor(change: impl Fn(&mut Mentor)) -> (Field, Problem) {
    let mut input = input();
    change(&mut input.mentors[0]);
    let (subject, field, problem) = refusal(&input, &settings());
    assert_eq!(subject, Subject::Mentor(input.mentors[0].id.clone()));
    (field, problem)
}

fn of_form(change: impl Fn(&mut FormSettings)) -> (Field, Problem) {
    let mut settings = settings();
    change(&mut settings.forms[0]);
    let (subject, field, problem) = refusal(&input(), &settings);
    assert_eq!(subject, Subject::Form(settings.forms[0].code.clone()));
    (field, problem)
}

#[test]
fn mentees_are_checked_field_by_field() {
    let unknown = |name: &str| Problem::Unknown(name.into());
    assert_eq!(of_mentee(|mentee| mentee.id.clear()), (Field::Id, Problem::Empty));
    assert_eq!(of_mentee(|mentee| mentee.form = "g".into()), (Field::Form, unknown("g")));
    assert_eq!(of_mentee(|mentee| mentee.age = Some(200)), (Field::Age, Problem::OutOfRange));
    let upside_down = Some(AgeRange { from: 30, to: 20 });
    assert_eq!(of_mentee(|mentee| mentee.mentor_age = upside_down), (Field::AgeWish, Problem::OutOfRange));
    assert_eq!(of_mentee(|mentee| mentee.wishes = vec!["x".into()]), (Field::Wishes, unknown("x")));
    let twice = vec!["vera".to_owned(); 2];
    assert_eq!(of_mentee(|mentee| mentee.wishes.clone_from(&twice)), (Field::Wishes, Problem::Duplicate));
    assert_eq!(of_mentee(|mentee| mentee.vetoes = vec!["x".into()]), (Field::Vetoes, unknown("x")));
    assert_eq!(of_mentee(|mentee| mentee.relatives = vec!["x".into()]), (Field::Relatives, unknown("x")));
}

#[test]
fn mentors_are_checked_field_by_field() {
    let unknown = |name: &str| Problem::Unknown(name.into());
    assert_eq!(of_mentor(|mentor| mentor.id.clear()), (Field::Id, Problem::Empty));
    assert_eq!(of_mentor(|mentor| mentor.forms.push("g".into())), (Field::Form, unknown("g")));
    assert_eq!(of_mentor(|mentor| mentor.capacity = 1_000_000), (Field::Capacity, Problem::OutOfRange));
    assert_eq!(of_mentor(|mentor| mentor.load = 2), (Field::Load, Problem::OutOfRange));
    assert_eq!(of_mentor(|mentor| mentor.minimum = 2), (Field::Minimum, Problem::OutOfRange));
    let taken = |mentor: &mut Mentor| (mentor.capacity, mentor.load, mentor.minimum) = (4, 3, 2);
    assert_eq!(of_mentor(taken), (Field::Minimum, Problem::OutOfRange));
    assert_eq!(of_mentor(|mentor| mentor.wishes = vec!["x".into()]), (Field::Wishes, unknown("x")));
    assert_eq!(of_mentor(|mentor| mentor.vetoes = vec!["x".into()]), (Field::Vetoes, unknown("x")));
    assert_eq!(of_mentor(|mentor| mentor.relatives = vec!["x".into()]), (Field::Relatives, unknown("x")));
}

#[test]
fn settings_are_checked_field_by_field() {
    let heavy = Weights { request: 1_000_000, ..Weights::default() };
    assert_eq!(of_form(|form| form.weights = heavy), (Field::Weights, Problem::OutOfRange));
    assert_eq!(of_form(|form| form.wish_percent.clear()), (Field::WishPercent, Problem::Empty));
    assert_eq!(of_form(|form| form.wish_percent = vec![101]), (Field::WishPercent, Problem::OutOfRange));
    assert_eq!(of_form(|form| form.full_overlap = 0), (Field::FullOverlap, Problem::OutOfRange));
    assert_eq!(of_form(|form| form.age_gap = Some((5, 1))), (Field::AgeGap, Problem::OutOfRange));
    assert_eq!(of_form(|form| form.code.clear()), (Field::Form, Problem::Empty));
    let mut settings = settings();
    settings.forms.push(settings.forms[0].clone());
    assert_eq!(refusal(&input(), &settings), (Subject::Form("f".into()), Field::Form, Problem::Duplicate));
    settings.candidates_per_mentee = Some(0);
    assert_eq!(refusal(&input(), &settings), (Subject::Settings, Field::Candidates, Problem::OutOfRange));
}

#[test]
fn fixed_pairs_are_checked() {
    let pair = PairId { mentee: "anna".into(), mentor: "vera".into() };
    let stranger = PairId { mentee: "anna".into(), mentor: "x".into() };
    let with = |locks: &[&PairId], bans: &[&PairId]| Input {
        locks: locks.iter().map(|&pair| pair.clone()).collect(),
        bans: bans.iter().map(|&pair| pair.clone()).collect(),
        ..input()
    };
    let problem = |input: &Input| refusal(input, &settings());
    assert_eq!(problem(&with(&[&stranger], &[])).2, Problem::Unknown("x".into()));
    assert_eq!(problem(&with(&[], &[&stranger])).1, Field::Ban);
    assert_eq!(problem(&with(&[&pair], &[&pair])).2, Problem::Contradiction);
    assert_eq!(problem(&with(&[&pair, &pair], &[])), (Subject::Mentee("anna".into()), Field::Lock, Problem::Duplicate));
    let mut full = with(&[&pair], &[]);
    full.mentors[0].load = 1;
    assert_eq!(problem(&full), (Subject::Mentor("vera".into()), Field::Lock, Problem::OutOfRange));
    let mut silent = with(&[&pair], &[]);
    silent.mentees[0].consent = false;
    assert!(
        matches!(problem(&silent), (Subject::Pair(_), Field::Lock, Problem::Inadmissible(rules)) if rules.len() == 1)
    );
}

#[test]
fn graphs_are_checked() {
    let graph = |offsets: &[usize], mentors: &[u32], scores: &[i32]| {
        CandidateGraph::new(vec![1, 1], offsets.to_vec(), mentors.to_vec(), scores.to_vec()).unwrap_err()
    };
    assert_eq!(graph(&[], &[], &[]), GraphError::Shape);
    assert_eq!(graph(&[0, 2], &[0], &[1]), GraphError::Shape);
    assert_eq!(graph(&[0, 1], &[7], &[1]), GraphError::UnknownMentor { mentee: 0, mentor: 7 });
    assert_eq!(graph(&[0, 2], &[1, 1], &[1, 1]), GraphError::Order { mentee: 0, mentor: 1 });
    let score = SCORE_LIMIT + 1;
    assert_eq!(graph(&[0, 1], &[0], &[score]), GraphError::Score { mentee: 0, mentor: 0, score });
    assert!(GraphBuilder::new(1, vec![u32::MAX, 5]).build().is_err());
    assert!(GraphBuilder::new(1, vec![1]).pair(3, 0, 1).is_err());
    assert_eq!(GraphBuilder::new(usize::MAX, vec![]).build(), Err(GraphError::TooMany));
}

#[test]
fn impossible_questions_are_refused() {
    let mut builder = GraphBuilder::new(2, vec![1, 1]);
    builder.pair(0, 0, 1).unwrap();
    builder.pair(1, 0, 1).unwrap();
    let graph = builder.build().unwrap();
    let priority = [false; 2];
    let task = Task::plain(&graph, &priority);
    let refused = |task: &Task| solve(task, Control::none()).unwrap_err();
    assert_eq!(refused(&Task { priority: &[], ..task }), SolveError::Lengths);
    assert_eq!(refused(&Task { minimums: &[2], ..task }), SolveError::Lengths);
    let absent = SolveError::LockNotCandidate { mentee: 0, mentor: 1 };
    assert_eq!(refused(&Task { locks: &[(0, 1)], ..task }), absent);
    assert_eq!(refused(&Task { locks: &[(0, 0), (0, 0)], ..task }), SolveError::LockedTwice { mentee: 0 });
    assert_eq!(refused(&Task { locks: &[(0, 0), (1, 0)], ..task }), SolveError::LockOverCapacity { mentor: 0 });
}

#[test]
fn nobody_at_all_is_a_question_too() {
    let proposal = propose(&Input::default(), &Settings::default(), Control::none()).unwrap();
    assert!(proposal.pairs.is_empty() && proposal.unmatched.is_empty());
}
