//! Writes [`Document`]s as one PDF.
//!
//! The blocks become data (`paper.rs`), a program of ours sets them (`paper.typ`), the crate `typesetting` runs it. A
//! batch is set at once: 300 consents share fonts and styles, and each counts its pages from one.

mod paper;
mod pictures;

pub use pictures::of_pictures;

use chrono::NaiveDate;

use crate::block::{Document, Unwritable};
use paper::Numbers;

/// Writes a document; `dated` is the day in the properties of the file.
pub fn write(document: &Document, dated: NaiveDate) -> Result<Vec<u8>, Unwritable> {
    write_all(std::slice::from_ref(document), dated)
}

/// Writes documents one after another, each on new pages with numbers of its own.
///
/// A number at the head of a page is known only when the pages are set, so typst sets them twice. A batch is nearly always
/// of one kind: where the first paper takes one page, all are tried without numbers, which a single page has none of.
pub fn write_all(documents: &[Document], dated: NaiveDate) -> Result<Vec<u8>, Unwritable> {
    if let [first, _, ..] = documents
        && count_pages(first)? == 1
    {
        let written = set(documents, Numbers::None, dated, |sheets| typesetting::pdf_of(documents.len(), sheets))?;
        if let Some(written) = written {
            return Ok(written);
        }
    }
    set(documents, Numbers::FromTheSecond, dated, typesetting::pdf)
}

/// Counts the pages a document takes when it is printed.
pub fn count_pages(document: &Document) -> Result<usize, Unwritable> {
    // Numbers stand in the margin: there are as many pages without them.
    set(std::slice::from_ref(document), Numbers::None, NaiveDate::default(), typesetting::count)
}

fn set<T>(
    documents: &[Document],
    numbers: Numbers,
    dated: NaiveDate,
    how: impl FnOnce(typesetting::Sheets<'_>) -> Result<T, typesetting::Unset>,
) -> Result<T, Unwritable> {
    let (batch, squares) = paper::batch(documents, numbers)?;
    let data = serde_json::to_vec(&batch).map_err(|error| Unwritable::Packing(error.to_string()))?;
    let sheets = typesetting::Sheets { program: include_str!("paper.typ"), data: &data, squares: &squares, dated };
    how(sheets).map_err(|unset| match unset {
        typesetting::Unset::NoFonts => Unwritable::NoFonts,
        typesetting::Unset::Failed(reason) => Unwritable::Packing(reason),
    })
}
