//! Journals: how papers are numbered. Pure.
//!
//! Numbers of a journal begin with 1 every school year (or calendar year) and go on one by one. Somebody may pass numbers
//! over, because the school has given them to papers outside of the program, and says so; a number is never given twice.

use super::model::Period;
use crate::school_year::SchoolYear;
use chrono::{Datelike as _, NaiveDate};

database::record! {
    /// A journal in which papers are registered.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Journal {
        /// The word in addresses and tables; built-in journals have words, a school's own have ids.
        pub journal: String,
        pub title: String,
        pub prefix: String,
        pub suffix: String,
        pub period: Period,
        /// 0 as long as the school has changed nothing.
        pub version: i64,
    }
}

/// The journals the program comes with: word, title, suffix, period.
const BUILT_IN: &[(&str, &str, &str, Period)] = &[
    ("orders", "Приказы по основной деятельности", "-ОД", Period::CalendarYear),
    ("agreements", "Соглашения и договоры", "-Н", Period::CalendarYear),
    ("minutes", "Протоколы педагогического совета", "", Period::SchoolYear),
    ("memos", "Справки, списки и реестры", "-С", Period::SchoolYear),
    ("awards", "Сертификаты и благодарности", "-Б", Period::SchoolYear),
];

/// Why a number is not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    #[error("Номера начинаются с 1.")]
    NotPositive,
    #[error(
        "Следующий номер в журнале — {next}. Чтобы пропустить номера {next}–{last}, напишите, чем они заняты: пропуск остаётся в журнале."
    )]
    Gap { next: i64, last: i64 },
    #[error("Такой большой номер — опечатка? За раз можно пропустить не больше 1000 номеров.")]
    TooFar,
}

/// The most numbers passed over at once: a school writes some 800 orders a year.
const WIDEST_GAP: i64 = 1000;

/// A number to be given, with what it passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    pub number: i64,
    /// First and last number passed over.
    pub gap: Option<(i64, i64)>,
}

impl Journal {
    /// Returns the journals of a school: the built-in ones, as the school has changed them, then its own.
    pub fn all(stored: Vec<Self>) -> Vec<Self> {
        let mut own = stored;
        let mut all: Vec<Self> = BUILT_IN
            .iter()
            .map(|built_in| match own.iter().position(|journal| journal.journal == built_in.0) {
                Some(place) => own.remove(place),
                None => Self::built_in(*built_in),
            })
            .collect();
        all.append(&mut own);
        all
    }

    fn built_in((word, title, suffix, period): (&str, &str, &str, Period)) -> Self {
        Self {
            journal: word.to_owned(),
            title: title.to_owned(),
            prefix: String::new(),
            suffix: suffix.to_owned(),
            period,
            version: 0,
        }
    }

    /// Returns the year whose numbers a day belongs to, by the calendar year it begins in.
    pub fn year_of(&self, day: NaiveDate) -> i64 {
        match self.period {
            Period::SchoolYear => SchoolYear::containing(day).start_year().into(),
            Period::CalendarYear => day.year().into(),
        }
    }

    /// Writes a number as it stands on paper: «45-ОД».
    pub fn written(&self, number: i64) -> String {
        format!("{}{number}{}", self.prefix, self.suffix)
    }
}

/// Decides which number is given after `last`: the next one, or the wanted one with a reason for what it passes over.
///
/// A wanted number below the next one fills a gap; whether it is free the journal itself knows.
pub fn give(last: i64, wanted: Option<i64>, reason: &str) -> Result<Given, BadNumber> {
    let next = last + 1;
    let number = wanted.unwrap_or(next);
    if number < 1 {
        return Err(BadNumber::NotPositive);
    }
    if number <= next {
        return Ok(Given { number, gap: None });
    }
    if number - next > WIDEST_GAP {
        return Err(BadNumber::TooFar);
    }
    if reason.trim().is_empty() {
        return Err(BadNumber::Gap { next, last: number - 1 });
    }
    Ok(Given { number, gap: Some((next, number - 1)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paperwork::kinds::TRAITS;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn orders() -> Journal {
        Journal::all(vec![]).remove(0)
    }

    #[test]
    fn numbers_go_on_one_by_one() {
        assert_eq!(give(0, None, ""), Ok(Given { number: 1, gap: None }));
        assert_eq!(give(44, None, ""), Ok(Given { number: 45, gap: None }));
        assert_eq!(give(44, Some(45), ""), Ok(Given { number: 45, gap: None }));
    }

    #[test]
    fn a_gap_needs_a_reason_and_is_noted() {
        assert_eq!(give(44, Some(48), " "), Err(BadNumber::Gap { next: 45, last: 47 }));
        assert_eq!(give(44, Some(48), "приказы по кадрам"), Ok(Given { number: 48, gap: Some((45, 47)) }));
    }

    #[test]
    fn a_number_of_a_gap_may_still_be_given_and_nonsense_may_not() {
        assert_eq!(give(48, Some(46), ""), Ok(Given { number: 46, gap: None }));
        assert_eq!(give(48, Some(0), ""), Err(BadNumber::NotPositive));
        assert_eq!(give(48, Some(450_000), "опечатка"), Err(BadNumber::TooFar));
    }

    #[test]
    fn numbers_begin_anew_with_the_year_of_the_journal() {
        let orders = orders();
        assert_eq!((orders.year_of(day("2026-12-31")), orders.year_of(day("2027-01-01"))), (2026, 2027));
        let minutes = Journal { period: Period::SchoolYear, ..orders };
        assert_eq!((minutes.year_of(day("2026-12-31")), minutes.year_of(day("2027-01-01"))), (2026, 2026));
        assert_eq!(minutes.year_of(day("2027-09-01")), 2027);
    }

    #[test]
    fn a_number_is_written_between_prefix_and_suffix() {
        assert_eq!(orders().written(45), "45-ОД");
        assert_eq!(Journal { prefix: "01-".into(), ..orders() }.written(7), "01-7-ОД");
    }

    #[test]
    fn a_school_changes_a_built_in_journal_and_adds_its_own() {
        let changed = Journal { suffix: "-о".into(), version: 2, ..orders() };
        let own = Journal { journal: "0190".into(), title: "Распоряжения".into(), ..changed.clone() };
        let all = Journal::all(vec![own.clone(), changed.clone()]);
        assert_eq!((all[0].clone(), all.last().cloned()), (changed, Some(own)));
        assert_eq!(all.len(), BUILT_IN.len() + 1);
    }

    #[test]
    fn every_kind_that_is_registered_has_a_journal() {
        let journals = Journal::all(vec![]);
        for known in TRAITS.iter().filter(|known| known.journal != "consents") {
            assert!(journals.iter().any(|journal| journal.journal == known.journal), "{}", known.kind);
        }
    }
}
