//! Scans that come home: bytes in; pages, the texts of their QR codes and small pictures out.
//!
//! | module | what it does |
//! |---|---|
//! | [`read`] | tells a PDF, a JPEG, a PNG and a ZIP of these apart and hands their pages over one by one |
//! | [`Grey`] | a picture in grey: made smaller, turned, blurred, thresholded |
//! | [`find_codes`] | reads QR codes of a picture: rotated, skewed, noisy, dim, 150 to 300 dots per inch |
//!
//! Nothing here knows a file, a clock, a document or a school. Bytes are hostile until they are read: [`Limits`] say how
//! much is looked at, a page that cannot be read says why and leaves the others alone. It is meant for a child process
//! with limits of its own; see `docs/decisions/0014-reading-scans.md`.

mod archive;
mod codes;
mod grey;
mod limits;
mod pdf;
mod picture;
mod unreadable;

pub use codes::{Found, find_codes};
pub use grey::Grey;
pub use limits::Limits;
pub use unreadable::{Stopped, Unreadable};

use std::io;

/// One page of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The name of the file it stood in.
    pub file: String,
    /// Its number in that file, from 1.
    pub number: usize,
    /// What the page is, or why it cannot be looked at.
    pub content: Result<Seen, Unreadable>,
}

/// What is seen on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The texts of the QR codes, each once, from the top down.
    pub codes: Vec<String>,
    /// Quarters by which the page is turned clockwise to stand upright, guessed by its code.
    pub turns: u8,
    /// A picture for a screen as JPEG, upright.
    pub preview: Vec<u8>,
}

/// Takes the pages one by one.
pub type Sink<'a> = &'a mut dyn FnMut(Page) -> io::Result<()>;

/// Reads a file and hands its pages over in their order.
///
/// # Errors
/// [`Stopped::Unreadable`] when the file as a whole is refused: pages before that were handed over already.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, sink: Sink<'_>) -> Result<(), Stopped> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty.into());
    }
    if bytes.len() > limits.packed {
        return Err(Unreadable::TooLarge { megabytes: limits.packed >> 20 }.into());
    }
    let mut left = limits.pages;
    match Format::of(bytes) {
        Some(Format::Zip) => archive::read(bytes, limits, &mut left, sink),
        Some(format) => read_one(format, name, bytes, limits, &mut left, sink),
        None => Err(Unreadable::UnknownFormat.into()),
    }
}

/// Reads a file that is no archive; `left` counts the pages that may still come.
fn read_one(
    format: Format,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    left: &mut usize,
    sink: Sink<'_>,
) -> Result<(), Stopped> {
    if format == Format::Pdf {
        return pdf::read(name, bytes, limits, left, sink);
    }
    *left = left.checked_sub(1).ok_or(Unreadable::TooManyPages { limit: limits.pages })?;
    let content = picture::read(bytes, limits).map(|grey| look_at(&grey));
    Ok(sink(Page { file: name.to_owned(), number: 1, content })?)
}

/// Reads the codes of a picture and makes a smaller one for a screen.
fn look_at(grey: &Grey) -> Seen {
    let found = find_codes(grey);
    let turns = found.first().map_or(0, |found| found.turns);
    let mut codes: Vec<String> = Vec::new();
    for found in found {
        if !codes.contains(&found.text) {
            codes.push(found.text);
        }
    }
    Seen { codes, turns, preview: picture::preview(grey, turns) }
}

/// What a file is, by its first bytes: names promise anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pdf,
    Jpeg,
    Png,
    Zip,
}

impl Format {
    fn of(bytes: &[u8]) -> Option<Self> {
        // ISO 32000 lets a header stand within the first 1024 bytes; scanners put a mark of encoding before it.
        let beginning = &bytes[..bytes.len().min(1024)];
        if bytes.starts_with(b"\xFF\xD8\xFF") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else {
            beginning.windows(5).any(|window| window == b"%PDF-").then_some(Self::Pdf)
        }
    }
}
