//! Office documents: bytes in and tables out, plain structs in and bytes out.
//!
//! | module | what it does |
//! |---|---|
//! | [`tables`] | reads the tables of a .docx, an .xlsx or a pasted text, within [`tables::Limits`] |
//! | [`block`] | the model of a document on paper, the same for every format it is written to |
//! | [`kinds`] | the kinds of documents a school writes: text, example, type of the input |
//! | [`filling`] | fills a school's own .docx with values and leaves the rest of it alone |
//! | [`template`] | fills a school's wording with values and makes a [`block::Document`] |
//! | [`docx`], [`pdf`] | write a [`block::Document`] as .docx and .pdf |
//! | [`sheet`] | the model of a workbook and of its values |
//! | [`xlsx`], [`csv`] | write a [`sheet::Workbook`] as .xlsx, a [`sheet::Sheet`] as .csv |
//!
//! Nothing here knows a file, a clock, a database or a school: the same bytes come out of the same structs on every
//! machine. Uploaded bytes are hostile until they are read; see `docs/decisions/0010-documents.md`.

pub mod block;
mod code;
pub mod csv;
pub mod docx;
pub mod filling;
pub mod kinds;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod sheet;
pub mod tables;
pub mod template;
#[cfg(feature = "testing")]
pub mod testing;
mod words;
pub mod xlsx;

pub use words::capitalised;
