//! A stack is filed by one confirmation, or what is left of it is removed.

use super::{forget_bytes, forget_in, subject};
use crate::{
    access::Visitor,
    audit::{self, Act, Author, Change, Event},
    error::{Answer, Failure},
    files::{NotStored, StoredFile, Upload},
    paperwork::{
        actions::{Scan, attach_scan_in},
        model::{Paper, PaperId},
        queries as papers,
        scans::{
            model::{ScanPage, StackId},
            queries,
            review::{Fate, Line, Review},
        },
    },
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
};
use chrono::NaiveDate;
use database::Tx;

/// What somebody confirms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The version of the stack that was looked through.
    pub version: i64,
    pub signed_on: NaiveDate,
    pub papers: Vec<PaperId>,
    /// Who has signed for whom, where there are several to choose from.
    pub guardians: Vec<(PaperId, PersonId)>,
}

/// A signed copy whose bytes are kept.
struct Copy {
    paper: PaperId,
    name: String,
    file: StoredFile,
}

/// Files what was confirmed, all of it or nothing; returns how many papers were signed. Confirmed twice, it files once.
pub async fn file(app: &App, visitor: &Visitor, id: StackId, wish: &Wish) -> Answer<usize> {
    let mut tx = app.db.read().await?;
    let review = Review::load(&mut tx, visitor, id, wish.signed_on).await?;
    if review.stack.finished_at.is_some() {
        return Ok(0);
    }
    if review.stack.version != wish.version {
        // The same form again: what it asks for is done.
        return if have_copies(&mut tx, visitor, &wish.papers).await? { Ok(0) } else { Err(Failure::stale()) };
    }
    drop(tx);
    let chosen: Vec<(&Paper, &Line)> = review.filed().filter(|(paper, _)| wish.papers.contains(&paper.id)).collect();
    if chosen.len() != wish.papers.len() {
        return Err(Failure::stale());
    }
    // The bytes are written before the transaction begins: a class set must not hold the only writer of SQLite.
    let mut copies = vec![];
    let written = write_all(app, visitor, &chosen, &mut copies).await;
    let filed = match written {
        Ok(()) => file_in(app, visitor, (&review, wish), &copies).await,
        Err(failure) => Err(failure),
    };
    match filed {
        Ok(forgotten) => forget_bytes(app, &forgotten).await,
        Err(failure) => {
            forget_bytes(app, &copies.into_iter().map(|copy| copy.file).collect::<Vec<_>>()).await;
            return Err(failure);
        }
    }
    Ok(chosen.len())
}

/// Tells whether papers, at least one, have their signed copies.
async fn have_copies(tx: &mut Tx, visitor: &Visitor, ids: &[PaperId]) -> Answer<bool> {
    for id in ids {
        if papers::paper(tx, Sight::of(visitor)?, *id).await?.scan_id.is_none() {
            return Ok(false);
        }
    }
    Ok(!ids.is_empty())
}

/// Writes a PDF of its pages for every paper.
async fn write_all(app: &App, visitor: &Visitor, chosen: &[(&Paper, &Line)], copies: &mut Vec<Copy>) -> Answer<()> {
    for (paper, line) in chosen {
        let pictures = pictures(app, visitor, &line.pages).await?;
        let bytes = documents::pdf::of_pictures(&pictures).map_err(|error| Failure::unforeseen(&error))?;
        let upload = Upload { name: "Скан.pdf".into(), bytes };
        let file = app.files.keep(&upload, app.clock.now()).await.map_err(|error| match error {
            NotStored::Bad(bad) => Failure::Refused(format!("{}: {bad} Разделите документ на части.", paper.title)),
            NotStored::Disk(error) => error.into(),
        })?;
        let name = paper.person_name().map_or_else(|| paper.title.clone(), |name| format!("{}, {name}", paper.title));
        copies.push(Copy { paper: paper.id, name, file });
    }
    Ok(())
}

async fn pictures(app: &App, visitor: &Visitor, pages: &[ScanPage]) -> Answer<Vec<Vec<u8>>> {
    let mut tx = app.db.read().await?;
    let ids: Vec<_> = pages.iter().filter_map(|page| page.picture_id).collect();
    let mut known = crate::files::some(&mut tx, visitor.school_id(), &ids).await?;
    drop(tx);
    let mut pictures = vec![];
    for id in ids {
        let file = known.remove(&id).ok_or_else(Failure::stale)?;
        pictures.push(app.files.bytes(&file).await?);
    }
    Ok(pictures)
}

/// Attaches the copies, forgets the pages that are done with, notes it; returns the pictures nobody needs any more.
async fn file_in(
    app: &App,
    visitor: &Visitor,
    (review, wish): (&Review, &Wish),
    copies: &[Copy],
) -> Answer<Vec<StoredFile>> {
    let (school, now, stack) = (visitor.school_id(), app.clock.now(), review.stack.id);
    let mut tx = app.db.begin().await?;
    let filed = i64::try_from(copies.len()).unwrap_or(i64::MAX);
    if !queries::touch(&mut tx, (school, stack), (wish.version, filed)).await? {
        return Err(Failure::stale());
    }
    for copy in copies {
        let line = review.line(copy.paper).ok_or_else(Failure::stale)?;
        attach(&mut tx, visitor, (copy, line), wish, now).await.map_err(|failure| match failure {
            Failure::Refused(sentence) => Failure::Refused(format!("{}: {sentence}", copy.name)),
            other => other,
        })?;
    }
    let done = copies.iter().filter_map(|copy| review.line(copy.paper)).flat_map(|line| &line.pages);
    let forgotten = forget_in(&mut tx, (school, stack), done.chain(review.going())).await?;
    queries::finish(&mut tx, (school, stack), now).await?;
    let act = Act::of(visitor, Event::ScansFiled, subject(stack));
    audit::record(&mut tx, act.with([Change::fact("Документов", filed.to_string())]), now).await?;
    tx.commit().await?;
    Ok(forgotten)
}

async fn attach(
    tx: &mut Tx,
    visitor: &Visitor,
    (copy, line): (&Copy, &Line),
    wish: &Wish,
    now: chrono::DateTime<chrono::Utc>,
) -> Answer<()> {
    let signing = match &line.fate {
        Fate::Filed(Some(asked)) => {
            let chosen = wish.guardians.iter().find(|(paper, _)| *paper == copy.paper).map(|(_, guardian)| *guardian);
            let only = asked.guardians.first().filter(|_| asked.guardians.len() == 1).map(|(id, _)| *id);
            let last = SchoolYear::containing(visitor.today).last_day();
            Some(asked.signing(wish.signed_on, chosen.or(only), last))
        }
        _ => None,
    };
    let scan = Scan { file: &copy.file, signed_on: wish.signed_on, signing };
    attach_scan_in(tx, Author::visitor(visitor), copy.paper, &scan, now).await
}

/// Removes what is left of a stack: nothing of it is filed.
pub async fn remove(app: &App, visitor: &Visitor, id: StackId) -> Answer<()> {
    let (school, now) = (visitor.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let stack = queries::stack(&mut tx, school, id).await?;
    if stack.finished_at.is_some() {
        return Ok(());
    }
    if stack.read_at.is_none() {
        return Err(Failure::Refused("Сканы ещё читаются: сначала отмените задание.".into()));
    }
    let pages = queries::pages_of(&mut tx, (school, id)).await?;
    let forgotten = forget_in(&mut tx, (school, id), pages.iter()).await?;
    queries::finish(&mut tx, (school, id), now).await?;
    let act = Act::of(visitor, Event::ScansRemoved, subject(id));
    audit::record(&mut tx, act.with([Change::fact("Страниц", pages.len().to_string())]), now).await?;
    tx.commit().await?;
    forget_bytes(app, &forgotten).await;
    Ok(())
}
