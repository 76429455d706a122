//! The texts of documents: a school's own wording with `{{ fields }}`, filled and laid out.
//!
//! Two steps, each with one job. [`expand`] puts values into the text (minijinja: fields, lists, conditions, filters),
//! [`markup`] reads the few marks that office papers need and makes a [`Document`]. A value is never read as a mark: a
//! surname with an asterisk stays a surname with an asterisk.
//!
//! What is written in a text and why it is so: `docs/decisions/0012-templates.md`.
//!
//! ```
//! let text = ">< **ПРИКАЗ**\n\n1. Назначить куратором: {{ curator | short }}.\n";
//! let document = documents::template::fill(text, &serde_json::json!({ "curator": "Петрова Анна Ивановна" }))?;
//! assert_eq!(document.blocks.len(), 2);
//! # Ok::<(), documents::template::Mistake>(())
//! ```

mod expand;
mod filters;
mod inline;
mod markup;
mod mistake;
mod names;
mod table;
mod unfilled;

pub(crate) use expand::{CODE_BEGINS, CODE_ENDS, VALUE_BREAK, check_file, expand_file};
pub use filters::declined;
pub use mistake::Mistake;
pub use names::NameForms;

use serde::Serialize;

use crate::block::Document;

/// A text longer than this is no wording of a school: the longest of ours has 9 KB.
const LONGEST_TEXT: usize = 200_000;

/// Fills a text with values and lays it out.
///
/// A field that the values do not have is a mistake, and so is an empty one, unless the text says `{{ field | blank }}`.
pub fn fill(text: &str, values: &impl Serialize) -> Result<Document, Mistake> {
    fill_with(text, values, &NameForms::default())
}

/// Fills a text with values, with some names put into cases as the school writes them.
pub fn fill_with(text: &str, values: &impl Serialize, names: &NameForms) -> Result<Document, Mistake> {
    if text.len() > LONGEST_TEXT {
        return Err(Mistake::at(text, 0, "Текст слишком длинный: не больше 200 000 байт."));
    }
    let values = minijinja::value::Serde(values).into();
    let filled = expand::expand(text, &values, names)?;
    markup::read(&filled).map_err(|slip| {
        let offset = expand::origin(text, (&values, names), slip.offset);
        Mistake::at(text, offset, slip.sentence)
    })
}

/// Lays a text out with its fields as they are written, to be changed in Word and filled as a file of the school.
pub fn with_fields(text: &str) -> Result<Document, Mistake> {
    let written = unfilled::with_fields(text);
    markup::read(&written).map_err(|slip| Mistake::at(&written, slip.offset, slip.sentence))
}

/// Checks a text without values: what is written wrong whatever it is filled with.
pub fn check(text: &str) -> Result<(), Mistake> {
    expand::check(text)
}

/// What is wrong in a filled text, by its byte.
#[derive(Debug)]
struct Slip {
    offset: usize,
    sentence: String,
}

impl Slip {
    fn new(offset: usize, sentence: impl Into<String>) -> Self {
        Self { offset, sentence: sentence.into() }
    }
}
