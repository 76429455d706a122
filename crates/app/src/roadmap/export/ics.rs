//! The terms of the road map for a calendar program (RFC 5545).
//!
//! A row of up to a week is an event of all its days; a longer one is an event of its last day, for a month of thirteen
//! rows over every day would hide the calendar. An event keeps its UID, so loading the file again moves it instead of
//! adding another, and a cancelled row is told as cancelled.

use crate::{
    access::School,
    roadmap::{
        board::{Board, BoardRow},
        state::RowState,
        term::Window,
    },
    words,
};
use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

/// The longest row that is an event of all its days.
const LONGEST_SPAN: i64 = 7;

/// Octets of a line without its end (RFC 5545, section 3.1).
const LINE: usize = 75;

/// Writes the calendar.
pub fn calendar(board: &Board, school: &School, now: DateTime<Utc>) -> String {
    let name = format!("Дорожная карта наставничества {}, {}", board.programme.year(), school.short_name);
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", "-//Nastavnik//Roadmap//RU"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(key, value));
    }
    // Not `NAME` of RFC 7986: the library would not escape its commas.
    calendar.append_property(Property::new("X-WR-CALNAME", name));
    for row in &board.rows {
        if let Some(window) = row.row.window() {
            calendar.push(event(row, window, now));
        }
    }
    folded(&calendar.to_string())
}

fn event(row: &BoardRow, window: Window, now: DateTime<Utc>) -> Event {
    let from = if window.days() <= LONGEST_SPAN { window.from } else { window.to };
    // The end of an all-day event is the first day after it.
    let until = window.to.succ_opt().unwrap_or(window.to);
    let mut event = Event::new();
    event
        .uid(&format!("{}@nastavnik", row.row.id))
        .timestamp(now)
        .sequence(u32::try_from(row.row.version).unwrap_or(u32::MAX))
        .summary(&format!("{}: {}", summary_word(row.state), words::one_line(&row.row.caption())))
        .description(&description(row))
        .starts(from)
        .ends(until)
        .status(if row.state == RowState::Cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed })
        // The row takes nobody's time of the day.
        .add_property("TRANSP", "TRANSPARENT");
    event.done()
}

const fn summary_word(state: RowState) -> &'static str {
    match state {
        RowState::Done | RowState::DoneLate => "Выполнено",
        RowState::Cancelled => "Отменено",
        RowState::NotStarted | RowState::InWork | RowState::Overdue => "Срок",
    }
}

fn description(row: &BoardRow) -> String {
    let lines = [
        ("Срок", row.row.term_text.clone()),
        ("Ответственный", row.responsible_text()),
        ("Ожидаемый результат", row.row.expected_result.clone()),
        ("Состояние", row.state.label().to_owned()),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    lines.map(|(name, text)| format!("{name}: {}", words::one_line(&text))).collect::<Vec<_>>().join("\n")
}

/// Folds the lines anew: the library forgets that the blank of a continued line takes an octet of it.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut taken = 0;
        for c in line.chars() {
            if taken + c.len_utf8() > LINE {
                folded.push_str("\r\n ");
                taken = 1;
            }
            folded.push(c);
            taken += c.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}
