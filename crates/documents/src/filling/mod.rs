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

mod package;
mod part;
mod picture;
mod tags;
mod unfilled;
mod wording;

use minijinja::value::Value;
use serde::Serialize;

pub use unfilled::{Misplaced, Unfilled};

use package::Package;

/// Fills a .docx with values and returns it.
///
/// # Errors
/// [`Unfilled`] with a sentence that says what is wrong and where.
pub fn fill(docx: &[u8], values: &impl Serialize) -> Result<Vec<u8>, Unfilled> {
    let mut package = Package::open(docx)?;
    let values: Value = minijinja::value::Serde(values).into();
    for name in package.wordings() {
        let Some(xml) = package.text(&name)? else { continue };
        let wording = wording::Wording::of(&xml, title_of(&name))?;
        let filled = wording.fill(&values)?;
        let pictures = filled.pictures;
        package.replace(&name, filled.xml)?;
        picture::add(&mut package, &name, &pictures)?;
    }
    package.pack()
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
