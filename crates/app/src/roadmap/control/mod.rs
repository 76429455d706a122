//! What a head is shown of a road map: the statement of what is done (row 5.1) and the check of deadlines (row 5.2).
//!
//! Pure figures over a [`Board`]. The totals are the measures of rows 5.1 and 5.2 themselves, so a statement cannot say
//! anything else than the road map does; the rows that total the others are not counted, as there.

mod deadlines;
mod statement;

#[cfg(test)]
mod tests;

pub use deadlines::{Deadline, Deadlines, Mark, deadlines};
pub use statement::{Statement, Tally, statement};

use super::{
    board::{Board, BoardRow},
    indicator::Reading,
    measures,
    model::Row,
    state::RowState,
};
use crate::words;

/// Reads a total of the road map from the states the board shows.
fn total(measure: &str, board: &Board) -> Reading {
    let states: Vec<(&Row, RowState)> = board.rows.iter().map(|row| (&row.row, row.state)).collect();
    measures::total(measure, &states, board.today)
}

/// Says which rows total the others and are therefore not counted; nothing when the road map has none.
fn uncounted_note(board: &Board) -> Option<String> {
    let totals: Vec<&str> =
        board.rows.iter().filter(|row| row.row.is_total()).map(|row| row.row.number.as_str()).collect();
    match totals.as_slice() {
        [] => None,
        [only] => Some(format!("Мероприятие {only} подводит итог остальным и само в подсчёт не входит.")),
        several => {
            Some(format!("Мероприятия {} подводят итог остальным и сами в подсчёт не входят.", words::list(several)))
        }
    }
}

/// Names rows in a sentence by their numbers: «1.4, 2.1 и ещё 3».
fn numbers(rows: &[&BoardRow]) -> String {
    const MOST: usize = 12;
    let named: Vec<&str> = rows.iter().take(MOST).map(|row| row.row.number.as_str()).collect();
    match rows.len().saturating_sub(MOST) {
        0 => named.join(", "),
        more => format!("{} и ещё {more}", named.join(", ")),
    }
}
