use super::*;
use chrono::NaiveDate;

fn day(number: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 10, number)
}

/// Returns facts that give a state.
fn facts_of(wanted: State) -> Facts {
    let mut facts = Facts::default();
    if wanted != State::Draft {
        facts.printed_on = day(1);
    }
    if !wanted.is_open() {
        facts.signed_on = day(2);
    }
    if matches!(wanted, State::Registered | State::Amended | State::Cancelled) {
        facts.registered_on = day(3);
    }
    if wanted == State::Amended {
        facts.amended_on = day(4);
    }
    if wanted == State::Cancelled {
        facts.cancelled_on = day(5);
    }
    facts
}

/// Returns the facts after something happened.
fn after(facts: Facts, cause: Cause) -> Facts {
    match cause {
        Cause::Printed => Facts { printed_on: day(6), ..facts },
        Cause::Signed => Facts { signed_on: day(6), ..facts },
        Cause::Registered => Facts { registered_on: day(6), ..facts },
        Cause::Amended => Facts { amended_on: day(6), ..facts },
        Cause::Restored => Facts { amended_on: None, ..facts },
        Cause::Cancelled => Facts { cancelled_on: day(6), ..facts },
    }
}

#[test]
fn the_list_of_changes_is_the_one_the_rule_gives() {
    let mut given = vec![];
    for from in State::ALL {
        for cause in Cause::ALL {
            given.extend(next(from, cause).map(|to| Transition { from, cause, to }));
        }
    }
    assert_eq!(TRANSITIONS, given);
}

#[test]
fn a_change_of_facts_gives_the_state_the_list_says() {
    for Transition { from, cause, to } in TRANSITIONS {
        assert_eq!(state(&facts_of(*from)), *from);
        assert_eq!(state(&after(facts_of(*from), *cause)), *to, "{from:?} after {cause:?}");
    }
}

#[test]
fn a_registered_paper_waits_for_its_signature_and_stays_registered() {
    let unsigned = Facts { registered_on: day(1), ..Facts::default() };
    assert_eq!(state(&unsigned), State::Registered);
    assert_eq!(state(&Facts { signed_on: day(2), ..unsigned }), State::Registered);
}

#[test]
fn a_cancelled_paper_never_comes_back_and_proves_nothing() {
    assert!(Cause::ALL.iter().all(|cause| next(State::Cancelled, *cause).is_none()));
    assert!(!State::Cancelled.proves() && !State::Draft.proves() && !State::Printed.proves());
}

#[test]
fn states_are_read_back_from_addresses() {
    for state in State::ALL {
        assert_eq!(State::named(state.key()), Some(state));
    }
    assert_eq!(State::named("черновик"), None);
}
