//! The rows of an .xls of Excel 97–2003.
//!
//! calamine reads the book whole; an .xls has 65 536 rows of 256 columns at most, and the reading process is limited.

use super::super::Unreadable;
use super::super::xlsx::styles::Look;
use super::super::xlsx::value::{Raw, show};
use super::{Item, Sink, Spent, Stopped, tidy_into};
use calamine::{Data, Reader as _, Xls, XlsError};
use std::io::Cursor;

/// Hands over the rows of every sheet.
pub fn stream(bytes: &[u8], spent: &mut Spent<'_>, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Unreadable::Encrypted,
        _ => Unreadable::Broken,
    })?;
    let mut cells: Vec<String> = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| Unreadable::Broken)?;
        sink(Item::Sheet(&name))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let (mut line, skipped) = (usize::try_from(first_row).unwrap_or(0), usize::try_from(first_column).unwrap_or(0));
        for row in range.rows() {
            line += 1;
            cells.iter_mut().for_each(String::clear);
            let last = row.iter().rposition(|value| !matches!(value, Data::Empty)).map_or(0, |last| last + 1);
            spent.check_column((skipped + last).saturating_sub(1))?;
            cells.resize(cells.len().max(skipped + last), String::new());
            for (cell, value) in cells.iter_mut().skip(skipped).zip(&row[..last]) {
                tidy_into(cell, &text_of(value), spent.limits)?;
            }
            spent.row(line, &cells, sink)?;
        }
    }
    if spent.rows == 0 { Err(Unreadable::NoTables.into()) } else { Ok(()) }
}

/// Writes a value as a person sees it.
fn text_of(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) => show(&Raw::Number(*number), Look::General, false),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => show(&Raw::Truth(*truth), Look::General, false),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            if moment.is_datetime() { format!("{day:02}.{month:02}.{year}") } else { moment.as_f64().to_string() }
        }
        Data::Empty | Data::Error(_) => String::new(),
    }
}
