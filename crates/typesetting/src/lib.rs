//! Pages as PDF: the only crate that names typst, so that nothing else is compiled with it.
//!
//! A program of ours (a constant of the caller, written in typst) reads files that stand in memory and sets them in the
//! fonts of the binary. It sees no disk, no network, no clock and no package; values come as data, never as its code.

mod fonts;
mod world;

use std::{
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use chrono::{Datelike, NaiveDate};
use thiserror::Error;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use fonts::{FAMILY, has_fonts, shows};

/// What is to be set.
#[derive(Debug, Clone, Copy)]
pub struct Sheets<'a> {
    /// The program that sets the pages.
    pub program: &'static str,
    /// What it reads as `data.json`.
    pub data: &'a [u8],
    /// What it reads as `squares.bin`.
    pub squares: &'a [u8],
    /// The day in the properties of the file.
    pub dated: NaiveDate,
}

/// How long typst may remember what it does not need.
const ROUND: Duration = Duration::from_millis(250);

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unset {
    #[error("the fonts were not built into the program")]
    NoFonts,
    /// A mistake in the program or its data.
    #[error("{0}")]
    Failed(String),
}

/// Sets pages and writes them as PDF/A-2a: tagged, with fonts inside.
pub fn pdf(sheets: Sheets<'_>) -> Result<Vec<u8>, Unset> {
    forgotten(set(sheets)?, |document| written(document, sheets))
}

/// Does as [`pdf`] when there are just so many pages, and returns nothing when there are more or fewer.
pub fn pdf_of(pages: usize, sheets: Sheets<'_>) -> Result<Option<Vec<u8>>, Unset> {
    forgotten(set(sheets)?, |document| (document.pages().len() == pages).then(|| written(document, sheets)).transpose())
}

/// Sets pages and counts them.
pub fn count(sheets: Sheets<'_>) -> Result<usize, Unset> {
    forgotten(set(sheets)?, |document| Ok(document.pages().len()))
}

/// Makes something of a document and forgets it: what typst remembers of one helps no other and would stay for ever.
fn forgotten<T>(document: PagedDocument, make: impl FnOnce(&PagedDocument) -> Result<T, Unset>) -> Result<T, Unset> {
    let outcome = make(&document);
    drop(document);
    comemo::evict(0);
    outcome
}

fn written(document: &PagedDocument, sheets: Sheets<'_>) -> Result<Vec<u8>, Unset> {
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a]).map_err(|error| Unset::Failed(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Nastavnik".to_owned())),
        timestamp: midnight(sheets.dated).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| failed(&errors))
}

fn set(sheets: Sheets<'_>) -> Result<PagedDocument, Unset> {
    if !has_fonts() {
        return Err(Unset::NoFonts);
    }
    let world = world::World::new(sheets)?;
    forgetting(|| typst::compile::<PagedDocument>(&world)).output.map_err(|errors| failed(&errors))
}

fn failed(errors: &[typst::diag::SourceDiagnostic]) -> Unset {
    Unset::Failed(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// Does a piece of work while a second thread throws away what typst remembered and did not need since the last round.
///
/// typst remembers the layout of every cell in case the document is set again with one word changed. Ours are set once:
/// a register of a hundred pages would keep half as much again as its pages take.
fn forgetting<T>(work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let (done, waits) = mpsc::channel::<()>();
        scope.spawn(move || {
            while waits.recv_timeout(ROUND) == Err(RecvTimeoutError::Timeout) {
                comemo::evict(1);
            }
        });
        let made = work();
        drop(done);
        made
    })
}

fn midnight(day: NaiveDate) -> Option<Datetime> {
    let part = |number: u32| u8::try_from(number).ok();
    Datetime::from_ymd_hms(day.year(), part(day.month())?, part(day.day())?, 0, 0, 0)
}
