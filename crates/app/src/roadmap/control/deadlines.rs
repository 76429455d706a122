//! «Контрольный лист сроков»: for each row when it was due, when it was done, and how far the two are apart.

use super::{numbers, total, uncounted_note};
use crate::{
    roadmap::{
        board::{Board, BoardRow},
        indicator::Reading,
        measures,
        model::Section,
    },
    words,
};
use chrono::NaiveDate;

const DAYS: [&str; 3] = ["день", "дня", "дней"];

/// How a row keeps its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    InTime,
    Late,
    /// The term is over and nothing is confirmed.
    Overdue,
    /// The term is not over yet.
    Ahead,
    /// The term has no last day.
    NoTerm,
    Cancelled,
}

impl Mark {
    pub const ALL: [Self; 6] = [Self::InTime, Self::Late, Self::Overdue, Self::Ahead, Self::NoTerm, Self::Cancelled];

    /// Names the mark in the sheet.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InTime => "в срок",
            Self::Late => "с опозданием",
            Self::Overdue => "просрочено",
            Self::Ahead => "срок не наступил",
            Self::NoTerm => "без срока",
            Self::Cancelled => "отменено",
        }
    }

    /// Tells whether the row counts in the total: its term is over or it is done.
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::InTime | Self::Late | Self::Overdue)
    }
}

/// A row with its term.
#[derive(Debug, Clone)]
pub struct Deadline<'a> {
    pub row: &'a BoardRow,
    pub mark: Mark,
    /// Days from the last day of the term to the day it was done, or to today while it is overdue; below zero is early.
    pub days: Option<i64>,
}

/// The terms of a road map on a day.
#[derive(Debug, Clone)]
pub struct Deadlines<'a> {
    pub sections: Vec<(&'a Section, Vec<Deadline<'a>>)>,
    /// The measure of row 5.2.
    pub reading: Reading,
    /// Which rows are not counted, in words.
    pub note: Option<String>,
    as_of: String,
}

/// Compares the rows of a road map with their terms.
pub fn deadlines(board: &Board) -> Deadlines<'_> {
    Deadlines {
        sections: board.by_section().map(|(section, rows)| (section, lines(rows, board.today))).collect(),
        reading: total(measures::ROWS_ON_TIME, board),
        note: uncounted_note(board),
        as_of: words::short_date(board.today),
    }
}

fn lines(rows: Vec<&BoardRow>, today: NaiveDate) -> Vec<Deadline<'_>> {
    rows.into_iter().filter(|row| !row.row.is_total()).map(|row| deadline(row, today)).collect()
}

fn deadline(row: &BoardRow, today: NaiveDate) -> Deadline<'_> {
    let (mark, until) = match (row.row.cancelled_on, row.row.due_on, row.row.done_on) {
        (Some(_), _, _) => (Mark::Cancelled, None),
        (None, None, _) => (Mark::NoTerm, None),
        (None, Some(due), Some(done)) if done > due => (Mark::Late, Some(done)),
        (None, Some(_), Some(done)) => (Mark::InTime, Some(done)),
        (None, Some(due), None) if today > due => (Mark::Overdue, Some(today)),
        (None, Some(_), None) => (Mark::Ahead, None),
    };
    let days = until.zip(row.row.due_on).map(|(until, due)| (until - due).num_days());
    Deadline { row, mark, days }
}

impl Deadline<'_> {
    /// Says how far the row is from its term: «на 3 дня раньше», «на 2 дня позже», «в последний день».
    pub fn days_text(&self) -> String {
        match self.days {
            None => String::new(),
            Some(0) => "в последний день".to_owned(),
            Some(late @ 1..) => format!("на {} позже", words::counted(late, &DAYS)),
            Some(early) => format!("на {} раньше", words::counted(-early, &DAYS)),
        }
    }
}

impl Deadlines<'_> {
    /// All rows in order.
    pub fn lines(&self) -> impl Iterator<Item = &Deadline<'_>> {
        self.sections.iter().flat_map(|(_, lines)| lines)
    }

    /// Returns how many rows have a mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.lines().filter(|line| line.mark == mark).count()
    }

    /// Says in a few sentences how the terms are kept.
    pub fn conclusion(&self) -> String {
        let due = self.reading.denominator.unwrap_or_default();
        if due == 0 {
            return format!("На {} ни один срок ещё не наступил.", self.as_of);
        }
        let in_time = self.reading.numerator;
        let mut sentences = vec![format!(
            "На {} учтено мероприятий: {} (срок прошёл или работа уже выполнена). В срок выполнено {} ({}).",
            self.as_of,
            words::number(due),
            words::number(in_time),
            words::percent(in_time, due).unwrap_or_else(|| words::NO_DATA.to_owned()),
        )];
        for (mark, words) in [(Mark::Late, "Выполнены с опозданием"), (Mark::Overdue, "Просрочены")]
        {
            let rows: Vec<&BoardRow> = self.lines().filter(|line| line.mark == mark).map(|line| line.row).collect();
            if !rows.is_empty() {
                sentences.push(format!("{words}: {}.", numbers(&rows)));
            }
        }
        sentences.join(" ")
    }
}
