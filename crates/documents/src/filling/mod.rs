//! A school's own .docx with `{{ fields }}`, filled as it is: whatever nobody asked to change stays as it was.
//!
//! Fields, lists, conditions and filters are those of [`crate::template`]; one more draws a QR code: `{{ code | qr }}`.
//! What stands alone disappears with its paragraph or its row: a row of a table with nothing but `{% for … %}` repeats
//! the rows up to that with `{% endfor %}`; a row that begins with the one and ends with the other repeats itself.
//! A mistake names the paragraph. Files with macros, embedded programs or links to other files are refused.
//!
//! | module | what it does |
//! |---|---|
//! | [`package`] | opens the archive within bounds, refuses what is hostile, packs it again |
//! | [`part`] | reads a part into tokens: marks, texts, whose they are |
//! | [`tags`] | gathers a `{{ tag }}` that Word split over runs |
//! | [`wording`] | turns a part into a text for [`crate::template`] and back |
//! | [`picture`] | a QR code as a drawing |
//! | [`reading`] | a filled file as blocks, for a page to show |

mod package;
mod part;
mod picture;
mod reading;
pub(crate) mod tags;
mod unfilled;
mod wording;

use minijinja::value::Value;
use serde::Serialize;

pub use unfilled::{Misplaced, Unfilled};

use crate::block::Document;
use crate::template::NameForms;
use package::Package;

/// A file that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledFile {
    pub docx: Vec<u8>,
    /// The texts of the codes drawn in each part.
    codes: Vec<(String, Vec<String>)>,
}

impl FilledFile {
    /// Tells whether a code is drawn somewhere: without it a scan does not find its way home.
    pub fn draws(&self, code: &str) -> bool {
        self.codes.iter().flat_map(|(_, codes)| codes).any(|drawn| drawn == code)
    }

    /// Returns what is written in the file, as far as a page can show it.
    ///
    /// # Errors
    /// [`Unfilled`] when the file is not one that was filled here.
    pub fn document(&self) -> Result<Document, Unfilled> {
        reading::read(self)
    }
}

/// Fills a .docx with values and returns it.
///
/// # Errors
/// [`Unfilled`] with a sentence that says what is wrong and where.
pub fn fill(docx: &[u8], values: &impl Serialize) -> Result<Vec<u8>, Unfilled> {
    fill_with(docx, values, &NameForms::default()).map(|filled| filled.docx)
}

/// Fills a .docx with values, with some names put into cases as the school writes them.
///
/// # Errors
/// [`Unfilled`] with a sentence that says what is wrong and where.
pub fn fill_with(docx: &[u8], values: &impl Serialize, names: &NameForms) -> Result<FilledFile, Unfilled> {
    let mut package = Package::open(docx)?;
    let values: Value = minijinja::value::Serde(values).into();
    let mut codes = Vec::new();
    for name in package.wordings() {
        let Some(xml) = package.text(&name)? else { continue };
        let wording = wording::Wording::of(&xml, title_of(&name))?;
        let filled = wording.fill(&values, names)?;
        package.replace(&name, filled.xml)?;
        picture::add(&mut package, &name, &filled.pictures)?;
        codes.push((name, filled.pictures));
    }
    Ok(FilledFile { docx: package.pack()?, codes })
}

/// Checks a .docx without values: whether it may be kept, and what is written wrong whatever it is filled with.
///
/// # Errors
/// [`Unfilled`] with a sentence that says what is wrong and where.
pub fn check(docx: &[u8]) -> Result<(), Unfilled> {
    let package = Package::open(docx)?;
    for name in package.wordings() {
        if let Some(xml) = package.text(&name)? {
            wording::Wording::of(&xml, title_of(&name))?.check()?;
        }
    }
    Ok(())
}

/// Returns where in a document a part stands, in the words of Word.
fn title_of(name: &str) -> &'static str {
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.starts_with("header") {
        "Верхний колонтитул, абзац"
    } else if last.starts_with("footer") {
        "Нижний колонтитул, абзац"
    } else if last.starts_with("footnotes") || last.starts_with("endnotes") {
        "Сноски, абзац"
    } else {
        "Абзац"
    }
}
