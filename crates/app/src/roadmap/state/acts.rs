//! What people do to a row: each act checks the facts and gives what is to be stored, or refuses.

use chrono::NaiveDate;

use super::RowFacts;
use crate::school_year::SchoolYear;
use crate::words;

/// The shortest reason that says anything, in characters.
pub const SHORTEST_REASON: usize = 10;

/// A confirmed row, as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    pub done_on: NaiveDate,
    /// Why the row is confirmed although its rule is not met; it stays visible beside the row.
    pub reason: Option<String>,
}

/// Why an act is not possible, in a sentence for the person who tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Мероприятие отменено {} Сначала верните его в работу.", words::long_date(*.on))]
    Cancelled { on: NaiveDate },
    #[error("Выполнение уже подтверждено: {}", words::long_date(*.done_on))]
    AlreadyConfirmed { done_on: NaiveDate },
    #[error(
        "Показатель не достигнут. Подтвердить выполнение можно, если написать причину: она останется рядом с мероприятием."
    )]
    RuleNotMet,
    #[error("Причина слишком короткая: нужно не менее {}.", words::counted_genitive(i64::try_from(SHORTEST_REASON).unwrap_or(i64::MAX), &["знак", "знака", "знаков"]))]
    ReasonTooShort,
    #[error("Дата выполнения {} ещё не наступила.", words::short_date(*.done_on))]
    DoneInFuture { done_on: NaiveDate },
    #[error("Дата выполнения {} раньше начала учебного года {year}, {}.", words::short_date(*.done_on), words::short_date(.year.first_day()))]
    DoneBeforeYear { done_on: NaiveDate, year: SchoolYear },
    #[error("Выполнение ещё не подтверждено ответственным.")]
    NotConfirmed,
    #[error("Выполнение уже принято.")]
    AlreadyAccepted,
    #[error("Выполнение ещё не принято.")]
    NotAccepted,
    #[error("Выполнение принято директором. Сначала директор возвращает его на доработку.")]
    AcceptedByHead,
    #[error("Выполнение уже подтверждено. Сначала снимите подтверждение, затем отменяйте мероприятие.")]
    ConfirmedCannotBeCancelled,
    #[error("Мероприятие не отменено.")]
    NotCancelled,
}

/// Confirms that a row was done; a row whose rule is not met needs a written reason.
pub fn confirm(
    facts: &RowFacts,
    year: SchoolYear,
    proven: bool,
    reason: Option<&str>,
    done_on: NaiveDate,
    today: NaiveDate,
) -> Result<Confirmation, Refusal> {
    not_cancelled(facts)?;
    if let Some(done_on) = facts.done_on {
        return Err(Refusal::AlreadyConfirmed { done_on });
    }
    if done_on > today {
        return Err(Refusal::DoneInFuture { done_on });
    }
    if done_on < year.first_day() {
        return Err(Refusal::DoneBeforeYear { done_on, year });
    }
    let written = reason.map(words::one_line).filter(|reason| !reason.is_empty());
    let reason = match written {
        _ if proven => None,
        None => return Err(Refusal::RuleNotMet),
        Some(reason) => Some(long_enough(reason)?),
    };
    Ok(Confirmation { done_on, reason })
}

/// Takes a confirmation back, unless the head has accepted it.
pub fn withdraw(facts: &RowFacts) -> Result<(), Refusal> {
    not_cancelled(facts)?;
    match (facts.done_on, facts.is_accepted) {
        (None, _) => Err(Refusal::NotConfirmed),
        (Some(_), true) => Err(Refusal::AcceptedByHead),
        (Some(_), false) => Ok(()),
    }
}

/// Lets the head accept what was confirmed.
pub fn accept(facts: &RowFacts) -> Result<(), Refusal> {
    not_cancelled(facts)?;
    match (facts.done_on, facts.is_accepted) {
        (None, _) => Err(Refusal::NotConfirmed),
        (Some(_), true) => Err(Refusal::AlreadyAccepted),
        (Some(_), false) => Ok(()),
    }
}

/// Lets the head take an acceptance back; the confirmation stays.
pub fn reopen(facts: &RowFacts) -> Result<(), Refusal> {
    not_cancelled(facts)?;
    if facts.is_accepted { Ok(()) } else { Err(Refusal::NotAccepted) }
}

/// Cancels a row that will not be done and gives the reason to be stored.
pub fn cancel(facts: &RowFacts, reason: &str) -> Result<String, Refusal> {
    not_cancelled(facts)?;
    if facts.done_on.is_some() {
        return Err(Refusal::ConfirmedCannotBeCancelled);
    }
    long_enough(words::one_line(reason))
}

/// Takes a cancelled row back into the road map.
pub fn restore(facts: &RowFacts) -> Result<(), Refusal> {
    facts.cancelled_on.map_or(Err(Refusal::NotCancelled), |_| Ok(()))
}

fn not_cancelled(facts: &RowFacts) -> Result<(), Refusal> {
    facts.cancelled_on.map_or(Ok(()), |on| Err(Refusal::Cancelled { on }))
}

fn long_enough(reason: String) -> Result<String, Refusal> {
    if reason.chars().count() < SHORTEST_REASON { Err(Refusal::ReasonTooShort) } else { Ok(reason) }
}
