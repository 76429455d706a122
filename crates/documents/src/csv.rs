//! Writes a sheet as CSV for the Russian Excel: UTF-8 with its mark, `;` between values, CRLF between rows.
//!
//! A text that begins like a formula gets an apostrophe in front: a class list is opened with a double click.

use crate::sheet::{Sheet, Value, looks_like_formula};

/// Writes header and rows; title, notes and merges have no place in the format.
pub fn write(sheet: &Sheet) -> Vec<u8> {
    let mut text = String::from('\u{FEFF}');
    let header = sheet.columns.iter().map(|column| guarded(&column.title));
    push_row(&mut text, header);
    for row in &sheet.rows {
        let missing = sheet.columns.len().saturating_sub(row.len());
        let values = row.iter().chain(std::iter::repeat_n(&Value::Empty, missing));
        push_row(&mut text, values.map(write_value));
    }
    text.into_bytes()
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
