//! The road map as a file: for the head's signature, for counting, for a calendar, for another program.
//!
//! Pure: a [`Board`] in, bytes out.

mod control;
mod docx;
mod ics;
mod json;
mod papers;
mod xlsx;

#[cfg(test)]
mod tests;

pub use control::{deadlines_workbook, statement_workbook};
pub use papers::{control_sheet, memo};

use super::{board::Board, model::Section};
use crate::{access::School, school_year::SchoolYear};
use chrono::{DateTime, Utc};
use documents::block::Unwritable;

/// A kind of file the road map is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Docx,
    Xlsx,
    Ics,
    Json,
}

impl Format {
    /// Recognises a format by its file extension.
    pub fn named(extension: &str) -> Option<Self> {
        [Self::Docx, Self::Xlsx, Self::Ics, Self::Json].into_iter().find(|format| format.extension() == extension)
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Ics => "ics",
            Self::Json => "json",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => XLSX,
            Self::Ics => "text/calendar; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// Names the kind of file as the journal does.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Docx => "Word",
            Self::Xlsx => "Excel",
            Self::Ics => "календарь",
            Self::Json => "JSON",
        }
    }
}

/// The media type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Writes a road map as a file.
///
/// # Errors
/// [`Unwritable`] when the model of the file makes no sense, which is a mistake of the program.
pub fn write(format: Format, board: &Board, school: &School, now: DateTime<Utc>) -> Result<Vec<u8>, Unwritable> {
    match format {
        Format::Docx => documents::docx::write(&docx::document(board, school)),
        Format::Xlsx => documents::xlsx::write(&xlsx::workbook(board, school, now)),
        Format::Ics => Ok(ics::calendar(board, school, now).into_bytes()),
        Format::Json => serde_json::to_vec_pretty(&json::value(board, school))
            .map_err(|error| Unwritable::Packing(error.to_string())),
    }
}

/// Returns the heading of a section: «1. Организационное сопровождение».
fn heading(section: &Section) -> String {
    if section.number.is_empty() { section.title.clone() } else { format!("{}. {}", section.number, section.title) }
}

/// Names the file of a year: «Дорожная карта 2026-2027.docx».
pub fn file_name(what: &str, year: SchoolYear, extension: &str) -> String {
    format!("{what} {}-{}.{extension}", year.start_year(), year.end_year())
}
