use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::school_year::SchoolYear;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(if month >= 9 { 2023 } else { 2024 }, month, day).unwrap()
}

fn year() -> SchoolYear {
    SchoolYear::containing(day(10, 1))
}

fn october() -> RowFacts {
    RowFacts { window: Window::between(day(10, 1), day(10, 31)), ..RowFacts::default() }
}

fn done(on: NaiveDate) -> RowFacts {
    RowFacts { done_on: Some(on), ..october() }
}

fn accepted() -> RowFacts {
    RowFacts { is_accepted: true, ..done(day(10, 20)) }
}

fn cancelled() -> RowFacts {
    RowFacts { cancelled_on: Some(day(10, 5)), ..october() }
}

/// Confirms on 10 November, after the term.
fn confirm_proven(facts: &RowFacts, done_on: NaiveDate) -> Result<Confirmation, Refusal> {
    confirm(facts, year(), true, None, done_on, day(11, 10))
}

fn confirm_unproven(reason: Option<&str>) -> Result<Confirmation, Refusal> {
    confirm(&october(), year(), false, reason, day(10, 20), day(11, 10))
}

#[test]
fn the_last_day_of_a_term_is_still_in_time() {
    assert_eq!(state(&october(), day(10, 31)), RowState::NotStarted);
    assert_eq!(state(&october(), day(11, 1)), RowState::Overdue);
    assert_eq!(state(&done(day(10, 31)), day(12, 1)), RowState::Done);
    assert_eq!(state(&done(day(11, 1)), day(12, 1)), RowState::DoneLate);
}

#[test]
fn a_row_done_in_time_and_confirmed_later_is_not_late() {
    let confirmation = confirm_proven(&october(), day(10, 20)).unwrap();
    assert_eq!(state(&done(confirmation.done_on), day(11, 10)), RowState::Done);
}

#[test]
fn records_put_a_row_in_work_and_never_close_it() {
    let with_records = RowFacts { has_records: true, ..october() };
    assert_eq!(state(&with_records, day(10, 10)), RowState::InWork);
    assert_eq!(state(&with_records, day(11, 10)), RowState::Overdue);
}

#[test]
fn a_row_without_days_is_never_late() {
    let as_needed = RowFacts { has_records: true, ..RowFacts::default() };
    assert_eq!(state(&as_needed, NaiveDate::MAX), RowState::InWork);
    assert!(!as_needed.was_due(NaiveDate::MAX));
    let done = RowFacts { done_on: Some(day(5, 20)), ..as_needed };
    assert_eq!(state(&done, day(6, 1)), RowState::Done);
    assert!(done.was_done_in_time());
}

#[test]
fn a_row_counts_as_due_once_its_term_has_passed_or_it_is_done() {
    assert!(!october().was_due(day(10, 31)));
    assert!(october().was_due(day(11, 1)));
    assert!(done(day(10, 5)).was_due(day(10, 6)));
    assert!(!cancelled().was_due(day(11, 1)));
}

#[test]
fn only_a_row_done_by_its_last_day_counts_as_in_time() {
    assert!(done(day(10, 31)).was_done_in_time());
    assert!(!done(day(11, 1)).was_done_in_time());
    assert!(!october().was_done_in_time());
    assert!(!RowFacts { cancelled_on: Some(day(11, 1)), ..done(day(10, 5)) }.was_done_in_time());
}

#[test]
fn a_proven_row_is_confirmed_without_a_reason() {
    let expected = Confirmation { done_on: day(10, 20), reason: None };
    assert_eq!(confirm_proven(&october(), day(10, 20)), Ok(expected.clone()));
    assert_eq!(
        confirm(&october(), year(), true, Some("записано на всякий случай"), day(10, 20), day(11, 10)),
        Ok(expected)
    );
}

#[test]
fn an_unproven_row_is_confirmed_only_with_a_reason_that_says_something() {
    for nothing in [None, Some(""), Some("   \n ")] {
        assert_eq!(confirm_unproven(nothing), Err(Refusal::RuleNotMet), "{nothing:?}");
    }
    for short in ["сделано", "сделали  ", "а \n\n\n\n\n\n\n б"] {
        assert_eq!(confirm_unproven(Some(short)), Err(Refusal::ReasonTooShort), "{short:?}");
    }
    let confirmation = confirm_unproven(Some(" Один класс\nна карантине ")).unwrap();
    assert_eq!(confirmation.reason.as_deref(), Some("Один класс на карантине"));
    assert!(confirm_unproven(Some("карантин 7")).is_ok());
}

#[test]
fn work_is_done_between_the_start_of_the_school_year_and_today() {
    assert!(confirm_proven(&october(), day(11, 10)).is_ok());
    assert_eq!(
        confirm_proven(&october(), day(11, 11)).unwrap_err().to_string(),
        "Дата выполнения 11.11.2023 ещё не наступила."
    );
    assert!(confirm_proven(&october(), day(9, 1)).is_ok());
    let august = NaiveDate::from_ymd_opt(2023, 8, 31).unwrap();
    assert_eq!(
        confirm_proven(&october(), august).unwrap_err().to_string(),
        "Дата выполнения 31.08.2023 раньше начала учебного года 2023/24, 01.09.2023."
    );
}

#[test]
fn a_row_is_confirmed_once() {
    assert_eq!(
        confirm_proven(&done(day(10, 20)), day(10, 21)).unwrap_err().to_string(),
        "Выполнение уже подтверждено: 20 октября 2023\u{a0}г."
    );
}

#[test]
fn the_head_accepts_what_was_confirmed_and_nothing_else() {
    assert_eq!(accept(&done(day(10, 20))), Ok(()));
    assert_eq!(accept(&october()), Err(Refusal::NotConfirmed));
    assert_eq!(accept(&accepted()), Err(Refusal::AlreadyAccepted));
}

#[test]
fn an_accepted_row_is_withdrawn_only_after_the_head_gives_it_back() {
    assert_eq!(withdraw(&done(day(10, 20))), Ok(()));
    assert_eq!(withdraw(&accepted()), Err(Refusal::AcceptedByHead));
    assert_eq!(reopen(&accepted()), Ok(()));
    assert_eq!(reopen(&done(day(10, 20))), Err(Refusal::NotAccepted));
    assert_eq!(withdraw(&october()), Err(Refusal::NotConfirmed));
}

#[test]
fn a_row_is_cancelled_with_a_reason_and_before_it_is_done() {
    assert_eq!(cancel(&october(), " Партнёр отказался "), Ok("Партнёр отказался".to_owned()));
    assert_eq!(cancel(&october(), "нет"), Err(Refusal::ReasonTooShort));
    assert_eq!(cancel(&done(day(10, 20)), "Партнёр отказался"), Err(Refusal::ConfirmedCannotBeCancelled));
}

#[test]
fn a_cancelled_row_waits_to_be_restored() {
    let refused = Err(Refusal::Cancelled { on: day(10, 5) });
    assert_eq!(confirm_proven(&cancelled(), day(10, 20)).map(|_| ()), refused);
    assert_eq!(accept(&cancelled()), refused);
    assert_eq!(withdraw(&cancelled()), refused);
    assert_eq!(reopen(&cancelled()), refused);
    assert_eq!(cancel(&cancelled(), "Партнёр отказался").map(|_| ()), refused);
    assert_eq!(restore(&cancelled()), Ok(()));
    assert_eq!(restore(&october()), Err(Refusal::NotCancelled));
}

#[test]
fn a_refusal_says_what_to_do() {
    assert_eq!(Refusal::ReasonTooShort.to_string(), "Причина слишком короткая: нужно не менее 10 знаков.");
    assert!(Refusal::Cancelled { on: day(10, 5) }.to_string().contains("Сначала верните его в работу"));
}

#[test]
fn keys_and_labels_name_one_state_each() {
    for state in RowState::ALL {
        assert_eq!(RowState::from_key(state.key()), Some(state));
        assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{}\"", state.key()));
    }
    let labels: BTreeSet<_> = RowState::ALL.map(RowState::label).into();
    assert_eq!(labels.len(), RowState::ALL.len());
    assert_eq!(RowState::from_key("готово"), None);
}

#[test]
fn every_state_is_either_open_or_done_or_cancelled() {
    for state in RowState::ALL {
        let sorts = [state.is_open(), state.is_done(), state == RowState::Cancelled];
        assert_eq!(sorts.into_iter().filter(|sort| *sort).count(), 1, "{state:?}");
    }
}

/// Three days around a term that ends on the middle one: enough for every order of term, work and today.
fn days() -> [NaiveDate; 3] {
    [day(10, 30), day(10, 31), day(11, 1)]
}

fn all_facts() -> Vec<RowFacts> {
    let optional_days: Vec<Option<NaiveDate>> = std::iter::once(None).chain(days().map(Some)).collect();
    let mut all = Vec::new();
    for due in &optional_days {
        for done_on in &optional_days {
            for cancelled_on in [None, Some(day(10, 1))] {
                for has_records in [false, true] {
                    let window = due.and_then(|due| Window::between(day(10, 1), due));
                    all.push(RowFacts { window, cancelled_on, done_on: *done_on, is_accepted: false, has_records });
                }
            }
        }
    }
    all
}

/// What a row and its day may become when something happens.
fn after(facts: &RowFacts, today: NaiveDate, cause: Cause) -> Vec<(RowFacts, NaiveDate)> {
    let same_day = |facts: RowFacts| vec![(facts, today)];
    match cause {
        Cause::Recorded => same_day(RowFacts { has_records: true, ..*facts }),
        Cause::RecordsRemoved => same_day(RowFacts { has_records: false, ..*facts }),
        Cause::TermPassed => vec![(*facts, today.succ_opt().unwrap())],
        Cause::TermMoved => {
            let moved = days().map(|due| RowFacts { window: Window::between(day(10, 1), due), ..*facts });
            moved.map(|facts| (facts, today)).into()
        }
        Cause::Confirmed => days()
            .into_iter()
            .filter_map(|on| confirm(facts, year(), true, None, on, today).ok())
            .map(|confirmation| (RowFacts { done_on: Some(confirmation.done_on), ..*facts }, today))
            .collect(),
        Cause::Withdrawn if withdraw(facts).is_ok() => same_day(RowFacts { done_on: None, ..*facts }),
        Cause::Cancelled if cancel(facts, "Партнёр отказался").is_ok() => {
            same_day(RowFacts { cancelled_on: Some(today), ..*facts })
        }
        Cause::Restored if restore(facts).is_ok() => same_day(RowFacts { cancelled_on: None, ..*facts }),
        Cause::Withdrawn | Cause::Cancelled | Cause::Restored => Vec::new(),
    }
}

#[test]
fn the_list_of_transitions_is_exactly_what_can_happen() {
    let mut possible = BTreeSet::new();
    for facts in all_facts() {
        let both_done_and_cancelled = facts.done_on.is_some() && facts.cancelled_on.is_some();
        for today in days() {
            if both_done_and_cancelled || facts.done_on.is_some_and(|done| done > today) {
                continue;
            }
            for cause in Cause::ALL {
                for (then, that_day) in after(&facts, today, cause) {
                    let (from, to) = (state(&facts, today), state(&then, that_day));
                    if from != to {
                        possible.insert(Transition { from, cause, to });
                    }
                }
            }
        }
    }
    let listed: BTreeSet<Transition> = TRANSITIONS.iter().copied().collect();
    assert_eq!(listed.len(), TRANSITIONS.len(), "a transition is listed twice");
    assert_eq!(listed.difference(&possible).collect::<Vec<_>>(), Vec::<&Transition>::new(), "listed, never happens");
    assert_eq!(possible.difference(&listed).collect::<Vec<_>>(), Vec::<&Transition>::new(), "happens, not listed");
}

#[test]
fn the_diagram_draws_every_state_and_every_transition() {
    let diagram = mermaid();
    assert!(diagram.starts_with("stateDiagram-v2\n"));
    assert!(diagram.contains("    overdue : просрочено\n"));
    assert!(diagram.contains("    in_work --> done : выполнение подтверждено\n"));
    assert_eq!(diagram.matches(" --> ").count(), TRANSITIONS.len() + 1);
}

proptest! {
    #[test]
    fn a_row_becomes_late_but_never_early_as_days_pass(ahead in 0..400_i64, index in 0..64_usize) {
        let facts = all_facts()[index % all_facts().len()];
        let today = day(10, 30);
        let later = today + chrono::Duration::days(ahead);
        if state(&facts, today) == RowState::Overdue {
            prop_assert_eq!(state(&facts, later), RowState::Overdue);
        }
        prop_assert!(!facts.was_due(today) || facts.was_due(later));
    }
}
