//! Papers on one pile, step by step: they are made, set, and marked as printed when they are.
//!
//! The steps are the same for the few that somebody waits for and for a school that a job prints. Papers are made and
//! marked some at a time, so that nobody waits for a pile to write something else; a pile that is made again is of the same
//! papers with the same codes, whatever happened between the steps.

use super::{Order, blanks::Blanks, mark_printed_in};
use crate::{
    access::Visitor,
    audit::Author,
    consents::ConsentId,
    error::{Answer, Failure},
    files::tidy_name,
    jobs::{Pulse, Unfinished},
    paperwork::{
        CLOSED,
        model::{Filling, Paper, PaperId},
        own_file, queries, render,
        state::State,
    },
    people::Sight,
    state::App,
    words,
    worker::filling::SHEETS_MAX,
};
use std::{
    collections::BTreeMap,
    io::{Seek, Write},
};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// Papers that are made or marked in one transaction.
const STEP: usize = 25;

/// Why a pile is not handed out.
const CHANGED: &str = "Пока документы печатались, один из них изменили, отменили или закрыли. Напечатайте их ещё раз.";

/// A pile to be printed, and who hears how far it is.
pub struct Piling<'a> {
    pub app: &'a App,
    pub visitor: &'a Visitor,
    /// Nobody while somebody waits for the pile.
    pub pulse: Option<&'a Pulse>,
}

/// A pile that was printed.
#[derive(Debug)]
pub struct Pile {
    /// «pdf», «docx» or «zip».
    pub extension: &'static str,
    pub printed: usize,
    pub left_out: Vec<LeftOut>,
}

/// Whom a pile leaves out, where it may be said, and why.
pub type LeftOut = (Option<String>, String);

/// A paper with what it is filled with.
struct Sheet {
    paper: Paper,
    filling: Filling,
}

impl Pile {
    /// Says what was printed and why some were not, without anybody's name.
    pub fn summary(&self) -> String {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, reason) in &self.left_out {
            *reasons.entry(reason.trim_end_matches('.')).or_default() += 1;
        }
        let counted =
            |n: usize| words::counted(i64::try_from(n).unwrap_or(i64::MAX), &["документ", "документа", "документов"]);
        let printed = format!("Напечатано: {}.", counted(self.printed));
        if reasons.is_empty() {
            return printed;
        }
        let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{reason} ({count})")).collect();
        format!("{printed} Не напечатано: {}. Причины: {}.", counted(self.left_out.len()), reasons.join("; "))
    }
}

impl Piling<'_> {
    /// Prints a pile into `out`; when nothing could be printed, nothing is written.
    pub async fn print<W: Write + Seek + Send>(&self, order: &Order, out: &mut W) -> Result<Pile, Unfinished> {
        let (sheets, left_out) = match order {
            Order::Papers(ids) => (self.papers(ids).await?, vec![]),
            Order::Consents(ids) => self.blanks(ids).await?,
        };
        let extension = if sheets.is_empty() { "pdf" } else { self.set(&sheets, out).await? };
        self.mark(&sheets).await?;
        Ok(Pile { extension, printed: sheets.len(), left_out })
    }

    fn say(&self, counts: (usize, usize), sentence: impl Into<String>) -> Result<(), Unfinished> {
        self.pulse.map_or(Ok(()), |pulse| pulse.say(counts, sentence))
    }

    async fn papers(&self, ids: &[PaperId]) -> Result<Vec<Sheet>, Unfinished> {
        let (sight, school) = (Sight::of(self.visitor)?, self.visitor.school_id());
        let mut tx = self.app.db.read().await?;
        let papers = queries::papers(&mut tx, sight, ids.iter().copied()).await?;
        if ids.iter().any(|id| papers.iter().all(|paper| paper.id != *id)) {
            return Err(Failure::NotFound.into());
        }
        let mut sheets = vec![];
        for paper in papers {
            if paper.is_closed {
                return Err(Failure::Refused(CLOSED.into()).into());
            }
            if paper.state() == State::Cancelled {
                return Err(Failure::Refused("Документ отменён: печатать его не нужно.".into()).into());
            }
            let filling = queries::filling(&mut tx, school, paper.id).await?;
            sheets.push(Sheet { paper, filling });
        }
        Ok(sheets)
    }

    /// Makes the papers of consents, or fills them anew.
    async fn blanks(&self, ids: &[ConsentId]) -> Result<(Vec<Sheet>, Vec<LeftOut>), Unfinished> {
        let (app, visitor) = (self.app, self.visitor);
        let mut tx = app.db.read().await?;
        let blanks = Blanks::load(&mut tx, visitor).await?;
        drop(tx);
        let (mut sheets, mut left_out) = (vec![], vec![]);
        for some in ids.chunks(STEP) {
            let mut tx = app.db.begin().await?;
            for id in some {
                match blanks.paper(&mut tx, visitor, *id, app.clock.now()).await {
                    Ok(Ok(paper)) => {
                        let filling = queries::filling(&mut tx, visitor.school_id(), paper.id).await?;
                        sheets.push(Sheet { paper, filling });
                    }
                    Ok(Err((name, reason))) => left_out.push((Some(name), reason)),
                    // Somebody waits for a page; a job was asked for when the consent could still be seen.
                    Err(Failure::NotFound) if self.pulse.is_some() => {
                        left_out.push((None, "согласие отозвано или больше не видно".to_owned()));
                    }
                    Err(failure) => return Err(failure.into()),
                }
            }
            tx.commit().await?;
            let done = sheets.len() + left_out.len();
            self.say((done, ids.len()), format!("Составлено: {done} из {}", ids.len()))?;
        }
        Ok((sheets, left_out))
    }

    /// Sets the sheets: one PDF, one file of the school as it is, or an archive of such files with the PDF of the others.
    async fn set<W: Write + Seek + Send>(&self, sheets: &[Sheet], out: &mut W) -> Result<&'static str, Unfinished> {
        let (own, ours): (Vec<&Sheet>, Vec<&Sheet>) = sheets.iter().partition(|sheet| sheet.paper.is_in_own_file());
        let mut pdf = vec![];
        if !ours.is_empty() {
            self.say((0, 0), format!("Верстается PDF: листов {}", ours.len()))?;
            let documents = ours.iter().map(|sheet| render::document(&sheet.paper, &sheet.filling));
            pdf = render::pdf_of(documents.collect::<Answer<_>>()?, self.visitor.today).await?;
        }
        match own.as_slice() {
            [] => out.write_all(&pdf)?,
            [only] if ours.is_empty() => {
                let school = self.visitor.school_id();
                out.write_all(&own_file::docx(self.app, school, &only.paper, &only.filling).await?)?;
                return Ok("docx");
            }
            own => {
                self.archive(own, &pdf, out).await?;
                return Ok("zip");
            }
        }
        Ok("pdf")
    }

    async fn archive<W: Write + Seek + Send>(&self, own: &[&Sheet], pdf: &[u8], out: &mut W) -> Result<(), Unfinished> {
        // What is inside is packed already.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let broken = |error: ZipError| Failure::unforeseen(&error);
        let mut archive = ZipWriter::new(out);
        if !pdf.is_empty() {
            archive.start_file("Документы.pdf", options).map_err(broken)?;
            archive.write_all(pdf)?;
        }
        let mut done = 0;
        for alike in own.chunk_by(|one, other| {
            (one.paper.wording_file_id, &one.paper.kind) == (other.paper.wording_file_id, &other.paper.kind)
        }) {
            let paper = &alike[0].paper;
            let (Some(kind), Some(file)) = (paper.kind(), paper.wording_file_id) else {
                return Err(Failure::NotFound.into());
            };
            let docx = own_file::bytes_of(self.app, self.visitor.school_id(), file).await?;
            for some in alike.chunks(SHEETS_MAX) {
                let sheets: Vec<_> = some.iter().map(|sheet| own_file::sheet(&sheet.paper, &sheet.filling)).collect();
                let refused = |unread| own_file::refused(&unread);
                let mut fillings = self.app.worker.fill(kind, docx.clone(), &sheets).await.map_err(refused)?;
                for sheet in some {
                    let filled = fillings.next().await.map_err(refused)?;
                    done += 1;
                    archive.start_file(name(done, &sheet.paper), options).map_err(broken)?;
                    archive.write_all(&filled.docx)?;
                    self.say((done, own.len()), format!("Заполнено файлов: {done} из {}", own.len()))?;
                }
            }
        }
        archive.finish().map_err(broken)?;
        Ok(())
    }

    /// Marks the papers as printed: nothing is that could not be set, or that is another one by now.
    async fn mark(&self, sheets: &[Sheet]) -> Result<(), Unfinished> {
        let (app, visitor, now) = (self.app, self.visitor, self.app.clock.now());
        let sight = Sight::of(visitor)?;
        let changed = || Failure::Refused(CHANGED.into());
        for some in sheets.chunks(STEP) {
            let mut tx = app.db.begin().await?;
            let papers = queries::papers(&mut tx, sight, some.iter().map(|sheet| sheet.paper.id)).await?;
            if papers.len() < some.len() {
                return Err(changed().into());
            }
            for (paper, Sheet { paper: set, filling }) in papers.into_iter().zip(some) {
                let is_the_same = paper.wording_sha256 == set.wording_sha256
                    && queries::filling(&mut tx, visitor.school_id(), set.id).await? == *filling;
                if paper.is_closed || paper.state() == State::Cancelled || !is_the_same {
                    return Err(changed().into());
                }
                mark_printed_in(&mut tx, Author::visitor(visitor), &paper, visitor.today, now).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Names a file in the archive in the order of the pile.
fn name(number: usize, paper: &Paper) -> String {
    let whose = paper.person_name().unwrap_or_else(|| paper.title.clone());
    tidy_name(&format!("{number:03} {whose}.docx"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_counted_by_reason_and_nobody_is_named() {
        let left = |name: &str, reason: &str| (Some(name.to_owned()), reason.to_owned());
        let mut pile = Pile { extension: "pdf", printed: 2, left_out: vec![] };
        assert_eq!(pile.summary(), "Напечатано: 2 документа.");
        pile.left_out =
            vec![left("Осинин Лев", "Внесите дату."), left("Вербин Пётр", "Внесите дату."), (None, "отозвано".into())];
        assert_eq!(
            pile.summary(),
            "Напечатано: 2 документа. Не напечатано: 3 документа. Причины: Внесите дату (2); отозвано (1)."
        );
    }
}
