//! Reading a stack beside the pages.

use super::{
    actions::{forget_pages, forget_stack, release, subject},
    model::{ScanFile, ScanPage, ScanPageId, Stack, StackId},
    queries,
};
use crate::{
    access::{Right, SchoolId, Visitor},
    audit::{self, Act, Change, Event},
    error::Failure,
    files::{self, NotStored, StoredFile, Upload},
    jobs::{Done, Kind, NewJob, Unfinished, Work},
    paperwork::{code, model::Paper, queries as papers, render},
    people::Sight,
    state::App,
    words,
    worker::scans::ScannedPage,
};
use database::Tx;
use serde::{Deserialize, Serialize};

/// Reading a stack of scans.
pub const JOB: Kind = Kind {
    word: "scans",
    label: "Чтение сканов с подписями",
    right: Right::SignPapers,
    run: |work| Box::pin(run(work)),
    forget: Some(|app, school, order| Box::pin(forget(app, school, order))),
};

/// Which stack is to be read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Order {
    stack: StackId,
}

/// Returns the job that reads a stack.
pub fn job(stack: StackId) -> NewJob {
    NewJob {
        kind: JOB.word, title: "Сканы с подписями".into(), payload: serde_json::json!({ "stack": stack })
    }
}

async fn forget(app: App, school: SchoolId, order: serde_json::Value) -> Result<(), Failure> {
    let order: Order = serde_json::from_value(order).map_err(|error| Failure::unforeseen(&error))?;
    match forget_stack(&app, school, order.stack).await {
        Err(Failure::NotFound) => Ok(()),
        other => other,
    }
}

async fn run(work: Work) -> Result<Done, Unfinished> {
    let Order { stack: id } = work.order()?;
    let (app, visitor) = (&work.app, &work.visitor);
    let mut tx = app.db.read().await?;
    let stack = queries::stack(&mut tx, visitor.school_id(), id).await?;
    let sent = queries::files_of(&mut tx, (visitor.school_id(), id)).await?;
    drop(tx);
    if stack.read_at.is_none() {
        let mut reading = Reading { work: &work, stack: id, pages: 0 };
        forget_pages(app, visitor.school_id(), id).await?;
        for (at, file) in sent.iter().enumerate() {
            reading.file(file, (at, sent.len())).await?;
        }
        count_pages(app, visitor, id).await?;
        close(app, visitor, &stack).await?;
    }
    let mut tx = app.db.read().await?;
    let stack = queries::stack(&mut tx, visitor.school_id(), id).await?;
    let said = if stack.left_count == 0 {
        "Ни одного листа не прочитано: почему, сказано на странице сканов.".to_owned()
    } else {
        let pages = words::counted(stack.left_count, &["страница", "страницы", "страниц"]);
        format!("Прочитано: {pages}. Проверьте и разложите их по документам.")
    };
    Ok(Done::page(said, id.show_path()))
}

/// A stack while it is read.
struct Reading<'w> {
    work: &'w Work,
    stack: StackId,
    pages: i64,
}

impl Reading<'_> {
    /// Reads a file; one that cannot be read says why and leaves the others alone.
    async fn file(&mut self, file: &ScanFile, (at, of): (usize, usize)) -> Result<(), Unfinished> {
        let (app, school) = (&self.work.app, self.work.visitor.school_id());
        let Some(id) = file.file_id else { return Ok(()) };
        let mut tx = app.db.read().await?;
        let stored = files::file(&mut tx, school, id).await?;
        drop(tx);
        let said = |pages| format!("Файл {} из {of}, прочитано страниц: {pages}", at + 1);
        self.work.pulse.say((at, of), said(self.pages))?;
        let bytes = app.files.bytes(&stored).await?;
        let mut trouble = String::new();
        match app.worker.read_scans(&file.name, bytes).await {
            Err(unread) => trouble = unread.to_string(),
            Ok(mut scans) => loop {
                match scans.next().await {
                    Ok(None) => break,
                    Ok(Some(page)) => {
                        self.keep(file, page).await?;
                        self.work.pulse.say((at, of), said(self.pages))?;
                    }
                    Err(unread) => {
                        trouble = unread.to_string();
                        break;
                    }
                }
            },
        }
        let mut tx = app.db.begin().await?;
        queries::set_trouble(&mut tx, (school, self.stack), (file.place, &trouble)).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps a page with its picture.
    async fn keep(&mut self, file: &ScanFile, page: ScannedPage) -> Result<(), Unfinished> {
        let (app, visitor) = (&self.work.app, &self.work.visitor);
        let (code, trouble, picture) = match page.content {
            Ok(seen) => {
                let (code, trouble) = code_of(&seen.codes);
                let picture = picture(app, seen.preview).await?;
                (code, trouble, picture)
            }
            Err(why) => (String::new(), why, None),
        };
        // Inside an archive every file has a name of its own.
        let file_name = if page.file == file.name { page.file } else { format!("{} / {}", file.name, page.file) };
        let kept = ScanPage {
            id: ScanPageId::fresh(),
            place: self.pages,
            file_name: words::shortened(&words::one_line(&file_name), 120),
            number: i64::try_from(page.number).unwrap_or(i64::MAX),
            code,
            expected: 0,
            picture_id: picture.as_ref().map(|picture| picture.id),
            trouble,
            paper_id: None,
            is_dropped: false,
        };
        let mut tx = app.db.begin().await?;
        if let Some(picture) = &picture {
            files::insert(&mut tx, visitor.school_id(), picture, Some(visitor.user)).await?;
        }
        queries::insert_page(&mut tx, (visitor.school_id(), self.stack), &kept).await?;
        tx.commit().await?;
        self.pages += 1;
        Ok(())
    }
}

/// Returns the one code of ours on a page, and what is wrong when there are several.
fn code_of(texts: &[String]) -> (String, String) {
    let mut codes = texts.iter().filter_map(|text| code::read(text));
    match (codes.next(), codes.next()) {
        (None, _) => (String::new(), String::new()),
        (Some(code), None) => (code, String::new()),
        (Some(_), Some(_)) => {
            (String::new(), "На странице два кода: отсканируйте каждый лист отдельно или укажите документ.".into())
        }
    }
}

/// Keeps the picture of a page; nothing when the child could not make one.
async fn picture(app: &App, bytes: Vec<u8>) -> Result<Option<StoredFile>, Failure> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let upload = Upload { name: "страница.jpg".into(), bytes };
    match app.files.keep(&upload, app.clock.now()).await {
        Ok(kept) => Ok(Some(kept)),
        Err(NotStored::Bad(_)) => Ok(None),
        Err(NotStored::Disk(error)) => Err(error.into()),
    }
}

/// Counts the pages of papers beside whose code stands a page without one.
async fn count_pages(app: &App, visitor: &Visitor, id: StackId) -> Result<(), Unfinished> {
    let school = visitor.school_id();
    let mut tx = app.db.read().await?;
    let pages = queries::pages_of(&mut tx, (school, id)).await?;
    let own = queries::own(&mut tx, school, id).await?;
    let named = queries::named(&mut tx, Sight::of(visitor)?, &own).await?;
    let is_beside = |paper: &&Paper| {
        let alone = |page: &ScanPage| page.code.is_empty();
        pages
            .windows(2)
            .any(|two| (two[0].code == paper.code && alone(&two[1])) || (two[1].code == paper.code && alone(&two[0])))
    };
    let mut counts = vec![];
    for paper in named.iter().filter(is_beside) {
        counts.push((paper.code.clone(), count(&mut tx, school, paper).await?));
    }
    drop(tx);
    let mut tx = app.db.begin().await?;
    for (code, count) in counts {
        queries::set_expected(&mut tx, (school, id), (&code, count)).await?;
    }
    Ok(tx.commit().await?)
}

/// Counts the pages of a paper; 0 when it cannot be set, which leaves its pages to a person: how many a file of the
/// school has, only Word knows.
async fn count(tx: &mut Tx, school: SchoolId, paper: &Paper) -> Result<i64, Failure> {
    if paper.is_in_own_file() {
        return Ok(0);
    }
    let filling = papers::filling(tx, school, paper.id).await?;
    let Ok(document) = render::document(paper, &filling) else { return Ok(0) };
    let counted = tokio::task::spawn_blocking(move || documents::pdf::count_pages(&document)).await;
    let counted = counted.map_err(|error| Failure::unforeseen(&error))?;
    Ok(counted.map_or(0, |count| i64::try_from(count).unwrap_or(0)))
}

/// Notes that the stack was read and forgets the files it was read from.
async fn close(app: &App, visitor: &Visitor, stack: &Stack) -> Result<(), Unfinished> {
    let (school, now) = (visitor.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if !queries::set_read(&mut tx, (school, stack.id), now).await? {
        return Ok(());
    }
    let forgotten = release(&mut tx, school, stack.id).await?;
    let pages = queries::stack(&mut tx, school, stack.id).await?.left_count;
    let act = Act::of(visitor, Event::ScansRead, subject(stack.id));
    audit::record(&mut tx, act.with([Change::fact("Страниц", pages.to_string())]), now).await?;
    tx.commit().await?;
    for file in &forgotten {
        app.files.forget(file).await;
    }
    Ok(())
}
