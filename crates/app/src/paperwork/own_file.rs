//! Papers in a school's own .docx: the file is filled as it is, in the child process, whenever the paper is read.
//!
//! How such a paper looks knows Word alone: there is no PDF of it, and on a page stands what is written in it.

use super::{
    model::{Filling, Paper},
    render,
    wording::Wording,
};
use crate::{
    access::SchoolId,
    error::{Answer, Failure},
    files::{self, FileId},
    state::App,
    worker::{
        Unread,
        filling::{Filled, Sheet},
    },
};
use documents::{
    block::Document,
    kinds::{Kind, NameForms},
};

/// Why there is no PDF.
pub const NO_PDF: &str = "Документ составлен в файле школы, и как он выглядит, знает только Word. Скачайте файл Word: \
                          его можно напечатать или сохранить из Word как PDF.";

/// What a scan is missing.
pub const NO_CODE: &str = "В файле школы нет кода документа: скан с подписями сам не найдёт своё место, его придётся \
                           прикладывать вручную. Чтобы код печатался, вставьте в файл {{ code | qr }}.";

/// What the code of an example says.
const EXAMPLE_CODE: &str = "NS-00000000000000000000000000";

/// How a paper reads, and whether its scan will find its way home.
pub struct Reading {
    pub document: Document,
    pub has_code: bool,
}

/// Returns the bytes of a school's file.
pub async fn bytes_of(app: &App, school: SchoolId, file: FileId) -> Answer<Vec<u8>> {
    let mut tx = app.db.read().await?;
    let file = files::file(&mut tx, school, file).await?;
    drop(tx);
    Ok(app.files.bytes(&file).await?)
}

/// Returns what a paper is filled with.
pub fn sheet(paper: &Paper, filling: &Filling) -> Sheet {
    Sheet { input: filling.input.0.clone(), names: filling.name_forms.0.clone(), code: paper.code.clone() }
}

/// Fills the file of a paper; only for papers in a file of the school.
pub async fn filled(app: &App, school: SchoolId, paper: &Paper, filling: &Filling) -> Answer<Filled> {
    let (kind, file) = (paper.kind(), paper.wording_file_id);
    let (Some(kind), Some(file)) = (kind, file) else { return Err(Failure::NotFound) };
    let docx = bytes_of(app, school, file).await?;
    app.worker.fill_one(kind, docx, sheet(paper, filling)).await.map_err(|unread| refused(&unread))
}

/// Fills a file with the example of its kind, which has every field.
///
/// # Errors
/// [`Unread`] with the place of the mistake.
pub async fn tried(app: &App, kind: &Kind, docx: Vec<u8>) -> Result<Filled, Unread> {
    let input = serde_json::from_str(kind.example).unwrap_or_default();
    let sheet = Sheet { input, names: NameForms::default(), code: EXAMPLE_CODE.to_owned() };
    app.worker.fill_one(kind, docx, sheet).await
}

/// Says why a file was not filled with the data of a paper.
pub fn refused(unread: &Unread) -> Failure {
    Failure::Refused(format!("Документ не составлен: файл школы не подошёл к данным. {unread}"))
}

/// Returns how a paper reads, whatever it is made with.
pub async fn read(app: &App, school: SchoolId, paper: &Paper, filling: &Filling) -> Answer<Reading> {
    if paper.is_in_own_file() {
        let Filled { document, has_code, .. } = filled(app, school, paper, filling).await?;
        return Ok(Reading { document, has_code });
    }
    Ok(Reading { document: render::document(paper, filling)?, has_code: true })
}

/// Returns how a paper of a kind would read in a wording.
pub async fn foreseen(
    app: &App,
    school: SchoolId,
    (kind, wording): (&Kind, &Wording),
    input: &serde_json::Value,
) -> Answer<Document> {
    let Some(file) = wording.file else {
        return kind.make_with(&wording.text, &input.to_string()).map_err(render::refused);
    };
    let docx = bytes_of(app, school, file).await?;
    let sheet = Sheet { input: input.clone(), names: NameForms::default(), code: EXAMPLE_CODE.to_owned() };
    Ok(app.worker.fill_one(kind, docx, sheet).await.map_err(|unread| refused(&unread))?.document)
}

/// Returns a paper as a Word file, whatever it is made with.
pub async fn docx(app: &App, school: SchoolId, paper: &Paper, filling: &Filling) -> Answer<Vec<u8>> {
    if paper.is_in_own_file() {
        return Ok(filled(app, school, paper, filling).await?.docx);
    }
    render::docx_of(&render::document(paper, filling)?)
}
