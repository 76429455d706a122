//! The way from the first word to the base and out of it: what may be recorded, and where somebody stands. Pure.

use super::model::{Decision, LeaveReason, Side};
use chrono::NaiveDate;

database::stored_as_text! {
    /// Where somebody stands; follows from the facts, never stored.
    pub enum Stage {
        Candidate = "candidate" => "кандидат",
        Interviewed = "interviewed" => "собеседование проведено",
        Reserve = "reserve" => "в резерве",
        Declined = "declined" => "отказ",
        InBase = "in_base" => "в базе",
        Left = "left" => "участие завершено",
    }

    /// What the register still lacks about somebody (row 3.4 of the road map).
    pub enum Gap {
        BornOn = "born_on" => "дата рождения",
        Place = "place" => "класс, должность или место работы",
        Form = "form" => "форма наставничества",
        Request = "request" => "запрос",
        Competences = "competences" => "компетенции",
        Time = "time" => "время",
    }
}

/// The facts a stage follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub offered_on: NaiveDate,
    pub interviewed_on: Option<NaiveDate>,
    pub decision: Option<Decision>,
    pub entered_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
}

/// Why a fact is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Дата позже сегодняшней: записывается то, что уже было.")]
    InTheFuture,
    #[error("Дата раньше, чем о кандидате узнали.")]
    BeforeTheOffer,
    #[error("Участие завершено: сначала верните участника.")]
    HasLeft,
    #[error("Участник уже в базе: решение принято.")]
    IsInBase,
    #[error("Напишите причину отказа: её увидят те, кто будет спрашивать.")]
    NoReason,
    #[error("Завершить можно участие того, кто в базе.")]
    IsNotInBase,
    #[error("Дата раньше дня вхождения в программу.")]
    BeforeTheEntry,
    #[error("Для «другой причины» напишите, какая она.")]
    NoNote,
    #[error("Участие не завершено: возвращать не нужно.")]
    HasNotLeft,
}

impl Facts {
    /// Returns the facts of somebody who was just offered.
    pub fn offered(offered_on: NaiveDate) -> Self {
        Self { offered_on, interviewed_on: None, decision: None, entered_on: None, left_on: None }
    }

    /// Returns the stage.
    pub fn stage(&self) -> Stage {
        match (self.left_on, self.entered_on, self.decision) {
            (Some(_), ..) => Stage::Left,
            (None, Some(_), _) => Stage::InBase,
            (None, None, Some(Decision::Declined)) => Stage::Declined,
            (None, None, Some(Decision::Reserve)) => Stage::Reserve,
            (None, None, _) if self.interviewed_on.is_some() => Stage::Interviewed,
            (None, None, _) => Stage::Candidate,
        }
    }

    /// Tells whether an interview or, further on, a decision is still ahead of somebody.
    pub fn awaits(&self, decision: bool) -> bool {
        match self.stage() {
            Stage::Left => false,
            Stage::InBase => !decision,
            Stage::Candidate | Stage::Interviewed | Stage::Reserve | Stage::Declined => true,
        }
    }

    /// Tells whether an interview of a day may be recorded; one in the base may be talked to again.
    pub fn interview(&self, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if self.left_on.is_some() {
            return Err(Refusal::HasLeft);
        }
        self.dated(on, today)
    }

    /// Tells whether a decision of a day may be recorded, and returns the day of entering the base, if it opens it.
    pub fn decide(
        &self,
        decision: Decision,
        reason: &str,
        on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Option<NaiveDate>, Refusal> {
        match self.stage() {
            Stage::Left => return Err(Refusal::HasLeft),
            Stage::InBase => return Err(Refusal::IsInBase),
            _ => self.dated(on, today)?,
        }
        if decision == Decision::Declined && reason.is_empty() {
            return Err(Refusal::NoReason);
        }
        Ok((decision == Decision::Accepted).then_some(on))
    }

    /// Tells whether somebody may leave on a day.
    pub fn leave(&self, reason: LeaveReason, note: &str, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        match self.entered_on {
            _ if self.left_on.is_some() => Err(Refusal::HasLeft),
            None => Err(Refusal::IsNotInBase),
            _ if on > today => Err(Refusal::InTheFuture),
            Some(entered) if on < entered => Err(Refusal::BeforeTheEntry),
            _ if reason == LeaveReason::Other && note.is_empty() => Err(Refusal::NoNote),
            Some(_) => Ok(()),
        }
    }

    /// Tells whether somebody may come back.
    pub fn come_back(&self) -> Result<(), Refusal> {
        if self.left_on.is_some() { Ok(()) } else { Err(Refusal::HasNotLeft) }
    }

    fn dated(&self, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if on > today {
            Err(Refusal::InTheFuture)
        } else if on < self.offered_on {
            Err(Refusal::BeforeTheOffer)
        } else {
            Ok(())
        }
    }
}

impl Gap {
    /// Tells whether the register needs to know this of a side; the statement `REGISTRY` counts by the same rule.
    pub const fn is_required(self, side: Side) -> bool {
        match self {
            Self::BornOn | Self::Place | Self::Form => true,
            Self::Request => matches!(side, Side::Mentee),
            Self::Competences | Self::Time => matches!(side, Side::Mentor),
        }
    }
}

/// Returns what is missing of what the register needs to know of a side.
pub fn gaps(side: Side, is_known: impl Fn(Gap) -> bool) -> Vec<Gap> {
    Gap::ALL.iter().copied().filter(|gap| gap.is_required(side) && !is_known(*gap)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
    }

    fn facts() -> Facts {
        Facts::offered(day(5))
    }

    fn in_base() -> Facts {
        Facts { decision: Some(Decision::Accepted), entered_on: Some(day(10)), ..facts() }
    }

    #[test]
    fn the_stage_follows_from_the_facts() {
        let interviewed = Facts { interviewed_on: Some(day(6)), ..facts() };
        let stages = [
            facts(),
            interviewed,
            Facts { decision: Some(Decision::Reserve), ..interviewed },
            Facts { decision: Some(Decision::Declined), ..interviewed },
            in_base(),
            Facts { left_on: Some(day(20)), ..in_base() },
        ];
        assert_eq!(stages.map(|facts| facts.stage()).as_slice(), Stage::ALL);
    }

    #[rstest]
    #[case(Decision::Accepted, "", Ok(Some(day(8))))]
    #[case(Decision::Reserve, "", Ok(None))]
    #[case(Decision::Declined, "уехал", Ok(None))]
    #[case(Decision::Declined, "", Err(Refusal::NoReason))]
    fn a_decision_opens_the_base_or_says_why_not(
        #[case] decision: Decision,
        #[case] reason: &str,
        #[case] expected: Result<Option<NaiveDate>, Refusal>,
    ) {
        assert_eq!(facts().decide(decision, reason, day(8), day(9)), expected);
    }

    #[test]
    fn a_refusal_may_be_reconsidered_and_the_base_may_not_be_entered_twice() {
        let declined = Facts { decision: Some(Decision::Declined), ..facts() };
        assert_eq!(declined.decide(Decision::Accepted, "", day(8), day(9)), Ok(Some(day(8))));
        assert_eq!(in_base().decide(Decision::Accepted, "", day(11), day(12)), Err(Refusal::IsInBase));
    }

    #[test]
    fn only_what_has_happened_is_recorded() {
        assert_eq!(facts().interview(day(10), day(9)), Err(Refusal::InTheFuture));
        assert_eq!(facts().interview(day(4), day(9)), Err(Refusal::BeforeTheOffer));
        assert_eq!(in_base().interview(day(11), day(12)), Ok(()));
        assert_eq!(facts().decide(Decision::Reserve, "", day(4), day(9)), Err(Refusal::BeforeTheOffer));
    }

    #[test]
    fn a_step_is_taken_with_whom_it_may_still_concern() {
        assert!(facts().awaits(false) && facts().awaits(true));
        assert!(in_base().awaits(false) && !in_base().awaits(true));
        assert!(!Facts { left_on: Some(day(20)), ..in_base() }.awaits(false));
    }

    #[test]
    fn somebody_in_the_base_leaves_with_a_reason_and_comes_back() {
        let wish = LeaveReason::OwnWish;
        assert_eq!(in_base().leave(wish, "", day(20), day(21)), Ok(()));
        assert_eq!(in_base().leave(wish, "", day(9), day(21)), Err(Refusal::BeforeTheEntry));
        assert_eq!(in_base().leave(LeaveReason::Other, "", day(20), day(21)), Err(Refusal::NoNote));
        assert_eq!(facts().leave(wish, "", day(20), day(21)), Err(Refusal::IsNotInBase));
        let left = Facts { left_on: Some(day(20)), ..in_base() };
        assert_eq!(left.leave(wish, "", day(20), day(21)), Err(Refusal::HasLeft));
        assert_eq!((left.come_back(), in_base().come_back()), (Ok(()), Err(Refusal::HasNotLeft)));
    }

    #[test]
    fn a_mentee_needs_a_request_and_a_mentor_competences_and_time() {
        assert_eq!(gaps(Side::Mentee, |_| false), [Gap::BornOn, Gap::Place, Gap::Form, Gap::Request]);
        let is_common = |gap| [Gap::BornOn, Gap::Place, Gap::Form].contains(&gap);
        assert_eq!(gaps(Side::Mentor, is_common), [Gap::Competences, Gap::Time]);
    }
}
