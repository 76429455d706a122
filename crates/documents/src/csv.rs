//! Writes a sheet as CSV for the Russian Excel: UTF-8 with its mark, `;` between values, CRLF between rows.
//!
//! A text that begins like a formula gets an apostrophe in front: a class list is opened with a double click.

use std::io;

use crate::sheet::{Sheet, Value, looks_like_formula};

/// Writes header and rows; title, notes and merges have no place in the format.
pub fn write(sheet: &Sheet) -> Vec<u8> {
    let mut text = header(sheet);
    for row in &sheet.rows {
        push_values(&mut text, sheet, row);
    }
    text.into_bytes()
}

/// Writes the header of a sheet and rows as they come, which need never be in memory together; those of the sheet
/// itself are not looked at.
pub fn write_rows<R: AsRef<[Value]>>(
    mut out: impl io::Write,
    sheet: &Sheet,
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    out.write_all(header(sheet).as_bytes())?;
    let mut line = String::new();
    for row in rows {
        line.clear();
        push_values(&mut line, sheet, row.as_ref());
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

fn header(sheet: &Sheet) -> String {
    let mut text = String::from('\u{FEFF}');
    push_row(&mut text, sheet.columns.iter().map(|column| guarded(&column.title)));
    text
}

fn push_values(text: &mut String, sheet: &Sheet, row: &[Value]) {
    let missing = sheet.columns.len().saturating_sub(row.len());
    push_row(text, row.iter().chain(std::iter::repeat_n(&Value::Empty, missing)).map(write_value));
}

fn write_value(value: &Value) -> String {
    match value {
        Value::Text(text) => guarded(text),
        Value::Link { address, .. } => guarded(address),
        // A number below zero begins with a minus and is no formula.
        value => value.shown(),
    }
}

fn guarded(text: &str) -> String {
    if looks_like_formula(text) { format!("'{text}") } else { text.to_owned() }
}

fn push_row(text: &mut String, values: impl Iterator<Item = String>) {
    for (index, value) in values.enumerate() {
        if index > 0 {
            text.push(';');
        }
        if value.contains([';', '"', '\r', '\n', '\t']) || value.trim() != value {
            text.push('"');
            text.push_str(&value.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&value);
        }
    }
    text.push_str("\r\n");
}
