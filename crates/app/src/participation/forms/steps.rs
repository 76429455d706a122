//! The steps of the way into the base and out of it, for many people at once.

use super::{LINE_MAX, TEXT_MAX, day};
use crate::{
    participation::{
        forms::Search,
        model::{Decision, LeaveReason, ParticipationId, Side, Source},
        queries::Asked,
    },
    people::PersonId,
    web::Errors,
    words::one_line,
};
use chrono::NaiveDate;
use serde::Deserialize;

/// People at once: a large school asks a whole parallel.
const AT_ONCE: usize = 1000;

/// Candidates chosen from a list, one by one or all that the list found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CandidatesForm {
    pub person: Vec<PersonId>,
    /// «on» takes everybody whom the four questions below find.
    pub all: String,
    pub q: String,
    pub class: String,
    pub kind: String,
    pub group: String,
    /// «on» records the decision with the offer.
    pub base: String,
    pub side: String,
    pub source: String,
    pub source_note: String,
    pub offered_on: String,
}

impl CandidatesForm {
    /// Returns how they became candidates, or what is wrong.
    pub fn check(&self, today: NaiveDate) -> Result<Asked, Errors> {
        let mut errors = Errors::none();
        errors.expect(self.takes_all() || !self.person.is_empty(), "all", "Отметьте хотя бы одного человека.");
        let is_clear = !self.takes_all() || self.person.is_empty();
        errors.expect(is_clear, "all", "Отмечены и все, и отдельные люди: снимите одну из отметок.");
        errors.expect(self.person.len() <= AT_ONCE, "all", "За один раз можно отметить до 1000 человек.");
        let side = self.side.parse::<Side>().ok();
        errors.expect(side.is_some(), "side", "Выберите, кем человек будет: наставником или наставляемым.");
        let source = self.source.parse::<Source>().ok();
        errors.expect(source.is_some(), "source", "Выберите, откуда кандидат.");
        let source_note = errors.optional_text("source_note", &one_line(&self.source_note), LINE_MAX);
        let offered_on = day(&mut errors, "offered_on", &self.offered_on);
        errors.expect(offered_on.is_none_or(|on| on <= today), "offered_on", "Дата позже сегодняшней.");
        match (side, source, offered_on) {
            (Some(side), Some(source), Some(offered_on)) if errors.is_empty() => {
                Ok(Asked { side, source, source_note, offered_on, applied_on: None })
            }
            _ => Err(errors),
        }
    }

    /// Tells whether everybody is meant whom the list found.
    pub fn takes_all(&self) -> bool {
        self.all == "on"
    }

    /// Tells whether they enter the base at once.
    pub fn opens_base(&self) -> bool {
        self.base == "on"
    }

    /// Returns what was asked of the list.
    pub fn search(&self) -> Search {
        Search { q: self.q.clone(), class: self.class.clone(), kind: self.kind.clone(), group: self.group.clone() }
    }
}

/// Interviews of some people on a day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InterviewsForm {
    pub p: Vec<ParticipationId>,
    pub on: String,
    pub result: String,
}

impl InterviewsForm {
    /// Returns the day and the result, or what is wrong.
    pub fn check(&self) -> Result<(NaiveDate, String), Errors> {
        let mut errors = Errors::none();
        errors.expect(!self.p.is_empty(), "p", "Отметьте хотя бы одного человека.");
        let on = day(&mut errors, "on", &self.on);
        let result = errors.optional_text("result", &self.result, TEXT_MAX);
        on.filter(|_| errors.is_empty()).map(|on| (on, result)).ok_or(errors)
    }
}

/// One decision about some people.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecisionsForm {
    pub p: Vec<ParticipationId>,
    pub on: String,
    pub decision: String,
    pub reason: String,
}

impl DecisionsForm {
    /// Returns the decision with its day and reason, or what is wrong.
    pub fn check(&self) -> Result<(NaiveDate, Decision, String), Errors> {
        let mut errors = Errors::none();
        errors.expect(!self.p.is_empty(), "p", "Отметьте хотя бы одного человека.");
        let on = day(&mut errors, "on", &self.on);
        let decision = self.decision.parse::<Decision>().ok();
        errors.expect(decision.is_some(), "decision", "Выберите решение.");
        let reason = errors.optional_text("reason", &self.reason, TEXT_MAX);
        let is_reasoned = decision != Some(Decision::Declined) || !reason.is_empty();
        errors.expect(is_reasoned, "reason", "Напишите причину отказа.");
        on.zip(decision).filter(|_| errors.is_empty()).map(|(on, decision)| (on, decision, reason)).ok_or(errors)
    }
}

/// Somebody leaves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DepartureForm {
    pub on: String,
    pub reason: String,
    pub note: String,
    pub version: i64,
}

/// Why somebody leaves, without the withdrawal of a consent: that is recorded as a withdrawal.
pub const REASONS: [LeaveReason; 4] =
    [LeaveReason::Completed, LeaveReason::OwnWish, LeaveReason::LeftSchool, LeaveReason::Other];

impl DepartureForm {
    /// Returns the day, the reason and its words, or what is wrong.
    pub fn check(&self) -> Result<(NaiveDate, LeaveReason, String), Errors> {
        let mut errors = Errors::none();
        let on = day(&mut errors, "on", &self.on);
        let reason = self.reason.parse::<LeaveReason>().ok().filter(|reason| REASONS.contains(reason));
        errors.expect(reason.is_some(), "reason", "Выберите причину.");
        let note = errors.optional_text("note", &self.note, TEXT_MAX);
        let is_told = reason != Some(LeaveReason::Other) || !note.is_empty();
        errors.expect(is_told, "note", "Для «другой причины» напишите, какая она.");
        on.zip(reason).filter(|_| errors.is_empty()).map(|(on, reason)| (on, reason, note)).ok_or(errors)
    }
}
