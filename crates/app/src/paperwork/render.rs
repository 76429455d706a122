//! A paper as it is read: the model of its blocks, and the files it is written to. Pure but for the thread that sets type.

use super::{
    kinds,
    model::{Filling, Paper},
};
use crate::error::{Answer, Failure};
use chrono::NaiveDate;
use documents::{
    block::{Block, Document, Unwritable},
    docx,
    kinds::Unmade,
    pdf, xlsx,
};

/// A kind of file a paper is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Docx,
    Pdf,
    /// Of a table only.
    Xlsx,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Xlsx];

    /// Recognises a format by its file extension.
    pub fn named(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }

    /// Names the kind of file as people do.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Docx => "Word",
            Self::Pdf => "PDF",
            Self::Xlsx => "Excel",
        }
    }
}

/// Makes the model of a paper, with its QR code.
pub fn document(paper: &Paper, filling: &Filling) -> Answer<Document> {
    let kind = paper.kind().ok_or(Failure::NotFound)?;
    let text = filling.text.as_deref().unwrap_or(kind.text);
    let is_consent = kinds::is_consent(kind.name);
    let mut input = filling.input.0.clone();
    if is_consent && let Some(fields) = input.as_object_mut() {
        fields.insert("code".to_owned(), paper.code.clone().into());
    }
    let mut document = kind.make_naming(text, &input.to_string(), &filling.name_forms.0).map_err(refused)?;
    if !is_consent {
        document.blocks.push(Block::Code { text: paper.code.clone(), caption: paper.code.clone() });
    }
    Ok(document)
}

/// Says why there is no document.
pub fn refused(unmade: Unmade) -> Failure {
    Failure::Refused(match unmade {
        Unmade::Input(bad) => format!("Документ не составлен. {bad}"),
        Unmade::Text(mistake) => format!("Текст документа не подошёл к данным. {mistake}"),
    })
}

/// Writes papers as one PDF, on a thread of its own: setting type takes a while.
pub async fn pdf_of(documents: Vec<Document>, dated: NaiveDate) -> Answer<Vec<u8>> {
    let set = tokio::task::spawn_blocking(move || pdf::write_all(&documents, dated)).await;
    set.map_err(|error| Failure::unforeseen(&error))?.map_err(unwritten)
}

/// Writes a paper as a Word file.
pub fn docx_of(document: &Document) -> Answer<Vec<u8>> {
    docx::write(document).map_err(unwritten)
}

/// Writes a table as an Excel file; a kind that is no table has none.
pub fn xlsx_of(paper: &Paper, filling: &Filling) -> Answer<Vec<u8>> {
    let kind = paper.kind().ok_or(Failure::NotFound)?;
    let workbook = kind
        .workbook(&filling.input.0.to_string())
        .ok_or_else(|| Failure::Refused("Этот документ — не таблица: его можно скачать в Word и PDF.".into()))?;
    let workbook = workbook.map_err(|bad| refused(Unmade::Input(bad)))?;
    xlsx::write(&workbook).map_err(unwritten)
}

fn unwritten(error: Unwritable) -> Failure {
    match error {
        Unwritable::NoFonts => Failure::Refused(error.to_string()),
        other => Failure::unforeseen(&other),
    }
}
