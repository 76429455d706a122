use super::*;
use std::collections::BTreeSet;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn signed(valid_until: Option<&str>) -> Facts {
    Facts { signed_on: Some(day("2026-09-10")), valid_until: valid_until.map(day), ..Facts::default() }
}

#[test]
fn the_last_day_is_still_valid_and_thirty_days_before_it_a_new_one_is_wanted() {
    assert_eq!(state(&signed(None), today()), State::Signed);
    assert_eq!(state(&signed(Some("2026-12-23")), today()), State::Signed);
    assert_eq!(state(&signed(Some("2026-12-22")), today()), State::Expiring);
    assert_eq!(state(&signed(Some("2026-11-22")), today()), State::Expiring);
    assert_eq!(state(&signed(Some("2026-11-21")), today()), State::Expired);
}

#[test]
fn a_withdrawal_outweighs_everything_from_its_day_on() {
    let withdrawn = Facts { withdrawn_on: Some(today()), ..signed(None) };
    assert_eq!(state(&withdrawn, today()), State::Withdrawn);
    assert_eq!(state(&withdrawn, day("2026-11-21")), State::Signed);
    assert_eq!(state(&withdrawn, day("2026-09-09")), State::Needed);
}

#[test]
fn a_blank_that_was_printed_waits_for_signatures() {
    let printed = Facts { printed_on: Some(day("2026-09-01")), ..Facts::default() };
    assert_eq!(state(&Facts::default(), today()), State::Needed);
    assert_eq!(state(&printed, today()), State::Printed);
    assert!(state(&printed, today()).is_open() && !state(&printed, today()).is_valid());
}

#[test]
fn words_of_addresses_name_states() {
    for state in State::ALL {
        assert_eq!(State::named(state.key()), Some(state));
    }
    assert_eq!(State::named("lost"), None);
}

/// Last days somebody may write on a consent today: none, far, near.
const TERMS: [Option<&str>; 3] = [None, Some("2027-08-31"), Some("2026-12-01")];

/// Facts of every state, reached in every way, on the day of the story.
fn every() -> Vec<Facts> {
    let mut all = vec![Facts::default(), Facts { printed_on: Some(day("2026-11-01")), ..Facts::default() }];
    all.extend(TERMS.map(signed));
    all.push(signed(Some("2026-11-21")));
    all
}

/// What people may do to a consent that is not withdrawn, and what time does.
fn changes(facts: Facts) -> Vec<(Cause, Facts, NaiveDate)> {
    let mut all = vec![(Cause::Withdrawn, Facts { withdrawn_on: Some(today()), ..facts }, today())];
    if facts.signed_on.is_none() {
        all.push((Cause::Printed, Facts { printed_on: Some(today()), ..facts }, today()));
    }
    let cause = if facts.signed_on.is_none() { Cause::Signed } else { Cause::TermMoved };
    for term in TERMS {
        all.push((cause, Facts { signed_on: Some(today()), valid_until: term.map(day), ..facts }, today()));
    }
    for later in 1..400 {
        let near = matches!(state(&facts, today() + TimeDelta::days(later)), State::Expiring);
        let cause = if near { Cause::TermNears } else { Cause::TermPassed };
        all.push((cause, facts, today() + TimeDelta::days(later)));
    }
    all
}

#[test]
fn the_table_lists_exactly_the_changes_there_are() {
    let mut seen = BTreeSet::new();
    for facts in every() {
        for (cause, after, when) in changes(facts) {
            // Time passes day by day: what was before is the state of the eve.
            let eve = if when == today() { today() } else { when - TimeDelta::days(1) };
            let (from, to) = (state(&facts, eve), state(&after, when));
            if from != to {
                seen.insert(Transition { from, cause, to });
            }
        }
    }
    assert_eq!(seen, TRANSITIONS.iter().copied().collect());
}

#[test]
fn every_cause_stands_in_the_table_and_nothing_leads_out_of_a_withdrawal() {
    for cause in Cause::ALL {
        assert!(TRANSITIONS.iter().any(|change| change.cause == cause), "{}", cause.label());
    }
    assert!(TRANSITIONS.iter().all(|change| change.from != State::Withdrawn));
}
