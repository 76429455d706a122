//! «Справка о выполнении дорожной карты»: how many rows stand where, by section and in total.

use super::{numbers, total, uncounted_note};
use crate::{
    roadmap::{
        board::{Board, BoardRow},
        indicator::Reading,
        measures,
        model::Section,
        nouns,
        state::RowState,
    },
    words,
};

/// How many rows are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub done: usize,
    pub done_late: usize,
    pub in_work: usize,
    pub not_started: usize,
    pub overdue: usize,
    pub cancelled: usize,
}

/// The statement of a day.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    pub sections: Vec<(&'a Section, Tally)>,
    pub total: Tally,
    /// The measure of row 5.1.
    pub reading: Reading,
    /// Rows confirmed although their indicator was not met, each with its written reason.
    pub unproven: Vec<&'a BoardRow>,
    pub overdue: Vec<&'a BoardRow>,
    /// Which rows are not counted, in words.
    pub note: Option<String>,
    as_of: String,
}

impl Tally {
    /// Counts rows by their states.
    pub fn of(states: impl IntoIterator<Item = RowState>) -> Self {
        let mut tally = Self::default();
        for state in states {
            *match state {
                RowState::Done => &mut tally.done,
                RowState::DoneLate => &mut tally.done_late,
                RowState::InWork => &mut tally.in_work,
                RowState::NotStarted => &mut tally.not_started,
                RowState::Overdue => &mut tally.overdue,
                RowState::Cancelled => &mut tally.cancelled,
            } += 1;
        }
        tally
    }

    /// Returns how many rows there are.
    pub fn rows(self) -> usize {
        self.planned() + self.cancelled
    }

    /// Returns how many rows were to be done: all but the cancelled ones.
    pub fn planned(self) -> usize {
        self.finished() + self.in_work + self.not_started + self.overdue
    }

    /// Returns how many rows are done, in time or late.
    pub fn finished(self) -> usize {
        self.done + self.done_late
    }

    /// Returns the share of what is done: «41,3 %», or «нет данных».
    pub fn share_text(self) -> String {
        words::percent(nouns::count(self.finished()), nouns::count(self.planned()))
            .unwrap_or_else(|| words::NO_DATA.to_owned())
    }
}

/// Counts the rows of a road map.
pub fn statement(board: &Board) -> Statement<'_> {
    let counted = |row: &&BoardRow| !row.row.is_total();
    let tally = |rows: Vec<&BoardRow>| Tally::of(rows.into_iter().filter(counted).map(|row| row.state));
    let rows = || board.rows.iter();
    Statement {
        sections: board.by_section().map(|(section, rows)| (section, tally(rows))).collect(),
        total: tally(rows().collect()),
        reading: total(measures::ROWS_DONE, board),
        unproven: rows().filter(|row| row.state.is_done() && row.row.unproven_reason.is_some()).collect(),
        overdue: rows().filter(counted).filter(|row| row.state == RowState::Overdue).collect(),
        note: uncounted_note(board),
        as_of: words::short_date(board.today),
    }
}

impl Statement<'_> {
    /// Says in a few sentences how the road map is carried out.
    pub fn conclusion(&self) -> String {
        let all = self.total.planned();
        if all == 0 {
            return format!("На {} в дорожной карте нет мероприятий, которые нужно выполнить.", self.as_of);
        }
        let mut sentences = vec![format!(
            "На {} выполнено {} из {} дорожной карты ({}){}.",
            self.as_of,
            self.total.finished(),
            nouns::of_rows(all),
            self.total.share_text(),
            if self.total.done_late > 0 {
                format!(", с опозданием — {}", self.total.done_late)
            } else {
                String::new()
            },
        )];
        if self.overdue.is_empty() {
            sentences.push("Просроченных мероприятий нет.".to_owned());
        } else {
            sentences.push(format!("Просрочено {}: {}.", nouns::rows(self.overdue.len()), numbers(&self.overdue)));
        }
        if !self.unproven.is_empty() {
            let which = numbers(&self.unproven);
            sentences.push(format!("Показатель не достигнут, причина указана: {which}."));
        }
        if self.total.cancelled > 0 {
            sentences.push(format!("Отменено: {}.", nouns::rows(self.total.cancelled)));
        }
        sentences.join(" ")
    }
}
