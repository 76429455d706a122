//! Papers leave the program as files, which leaves a trace.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    files::{self, FileId, StoredFile},
    paperwork::{
        CLOSED,
        model::{Paper, PaperId},
        own_file::{self, NO_PDF},
        queries,
        render::{self, Format},
    },
    people::Sight,
    state::App,
};

/// Returns a paper as a file with its name: the kept bytes of a registered one, made now of another.
pub async fn take(app: &App, visitor: &Visitor, id: PaperId, format: Format) -> Answer<(String, Vec<u8>)> {
    let mut tx = app.db.begin().await?;
    let paper = opened(&mut tx, visitor, id).await?;
    if format == Format::Pdf && paper.is_in_own_file() {
        return Err(Failure::Refused(NO_PDF.into()));
    }
    let filling = queries::filling(&mut tx, visitor.school_id(), id).await?;
    let kept = match format {
        Format::Docx => paper.docx_id,
        Format::Pdf => paper.final_id,
        Format::Xlsx => None,
    };
    let kept = match kept {
        Some(file) => Some(files::file(&mut tx, visitor.school_id(), file).await?),
        None => None,
    };
    let act = Act::of(visitor, Event::PaperTaken, subject(&paper)).with([Change::fact("Файл", format.label())]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    let name = format!("{}.{}", paper.title.replace(':', ","), format.extension());
    let bytes = match (kept, format) {
        (Some(file), _) => app.files.bytes(&file).await?,
        (None, Format::Docx) => own_file::docx(app, visitor.school_id(), &paper, &filling).await?,
        (None, Format::Pdf) => render::pdf_of(vec![render::document(&paper, &filling)?], visitor.today).await?,
        (None, Format::Xlsx) => render::xlsx_of(&paper, &filling)?,
    };
    Ok((name, bytes))
}

/// Returns the signed copy of a paper.
pub async fn take_scan(app: &App, visitor: &Visitor, id: PaperId) -> Answer<(StoredFile, Vec<u8>)> {
    let mut tx = app.db.begin().await?;
    let paper = opened(&mut tx, visitor, id).await?;
    let file: FileId = paper.scan_id.ok_or(Failure::NotFound)?;
    let file = files::file(&mut tx, visitor.school_id(), file).await?;
    let act =
        Act::of(visitor, Event::PaperTaken, subject(&paper)).with([Change::fact("Файл", "подписанный экземпляр")]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    let bytes = app.files.bytes(&file).await?;
    Ok((file, bytes))
}

/// Returns a paper that may be handed out.
async fn opened(tx: &mut database::Tx, visitor: &Visitor, id: PaperId) -> Answer<Paper> {
    let paper = queries::paper(tx, Sight::of(visitor)?, id).await?;
    if paper.is_closed { Err(Failure::Refused(CLOSED.into())) } else { Ok(paper) }
}
