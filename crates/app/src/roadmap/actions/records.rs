//! The records of a row: numbers entered by hand, tasks, notes, documents.

use super::Open;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure, once},
    files::{self, NotStored, StoredFile, Upload},
    roadmap::{
        measures::{self, Supply},
        model::{DocumentId, NoteId, RowId, TaskId},
        queries::{self, NewReading, NewTask},
    },
    school_year::SchoolYear,
    state::App,
    words,
};
use chrono::{Months, NaiveDate};

/// Enters a number of a measure that no slice counts yet.
pub async fn enter_reading(app: &App, visitor: &Visitor, id: RowId, new: &NewReading) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let Some(rule) = open.row.rules.0.iter().find(|rule| rule.measure == new.measure).cloned() else {
        return Err(Failure::NotFound);
    };
    let board = open.board.row(id);
    let shown = board.and_then(|row| row.indicators.iter().find(|one| one.rule.measure == new.measure));
    if shown.is_none_or(|indicator| indicator.supply == Supply::Live) {
        return Err(Failure::Refused(
            "Этот показатель программа считает сама по записям: вводить его не нужно.".into(),
        ));
    }
    if new.as_of > visitor.today {
        return Err(Failure::Refused("Дата значения ещё не наступила.".into()));
    }
    if new.as_of < earliest(open.board.programme.year()) {
        return Err(Failure::Refused("Дата значения раньше подготовки этого учебного года: проверьте год.".into()));
    }
    let key = (visitor.school_id(), id);
    if once(queries::insert_reading(&mut open.tx, key, new, visitor.user, open.now).await)?.is_none() {
        return Ok(());
    }
    let reading = measures::entered(new.as_of, (new.numerator, new.denominator), &new.parts, &new.source);
    let value = rule.value_text(Some(&reading));
    let changes = [Change::fact(&rule.title, value), Change::fact("Источник", new.source.clone())];
    open.finish(Event::ReadingEntered, changes).await
}

/// Returns the first day numbers of a school year may have: its preparation begins in June.
fn earliest(year: SchoolYear) -> NaiveDate {
    let first = year.first_day();
    first.checked_sub_months(Months::new(3)).unwrap_or(first)
}

/// Adds a task to a row.
pub async fn add_task(app: &App, visitor: &Visitor, id: RowId, new: &NewTask) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    if let Some(user) = new.user {
        // A task is given to a person of the same school or to nobody.
        crate::access::user(&mut open.tx, visitor.school_id(), user).await?;
    }
    let key = (visitor.school_id(), id);
    if once(queries::insert_task(&mut open.tx, key, new, visitor.user, open.now).await)?.is_none() {
        return Ok(());
    }
    open.finish(Event::TaskAdded, [Change::fact("Задача", new.text.clone())]).await
}

/// Marks a task as done; doing it twice changes nothing.
pub async fn finish_task(app: &App, visitor: &Visitor, id: RowId, task: TaskId) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let key = (visitor.school_id(), id);
    match queries::finish_task(&mut open.tx, key, task, visitor.user, open.now).await? {
        Some(text) => open.finish(Event::TaskDone, [Change::fact("Задача", text)]).await,
        None => Ok(()),
    }
}

/// Opens a task again; an open one stays as it is.
pub async fn reopen_task(app: &App, visitor: &Visitor, id: RowId, task: TaskId) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    match queries::reopen_task(&mut open.tx, (visitor.school_id(), id), task).await? {
        Some(text) => open.finish(Event::TaskReopened, [Change::fact("Задача", text)]).await,
        None => Ok(()),
    }
}

/// Adds a note to a row.
pub async fn add_note(app: &App, visitor: &Visitor, id: RowId, (note, text): (NoteId, &str)) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let key = (visitor.school_id(), id);
    if once(queries::insert_note(&mut open.tx, key, (note, text), visitor.user, open.now).await)?.is_none() {
        return Ok(());
    }
    open.finish(Event::NoteAdded, []).await
}

/// Keeps the bytes of an upload before the transaction begins: writing 20 MB must not hold the only writer of SQLite.
async fn kept(app: &App, visitor: &Visitor, id: RowId, upload: &Upload) -> Answer<StoredFile> {
    drop(Open::for_work(app, visitor, id).await?);
    app.files.keep(upload, app.clock.now()).await.map_err(|error| match error {
        NotStored::Bad(bad) => Failure::Refused(bad.to_string()),
        NotStored::Disk(error) => error.into(),
    })
}

/// Attaches a document to a row.
pub async fn add_document(
    app: &App,
    visitor: &Visitor,
    id: RowId,
    (document, title): (DocumentId, &str),
    upload: &Upload,
) -> Answer<()> {
    let file = kept(app, visitor, id, upload).await?;
    let title = if title.is_empty() { file.name.clone() } else { title.to_owned() };
    let mut open = Open::for_work(app, visitor, id).await?;
    let key = (visitor.school_id(), id);
    if once(queries::insert_document(&mut open.tx, key, (document, &title), open.now).await)?.is_none() {
        app.files.forget(&file).await;
        return Ok(());
    }
    add_version(&mut open, document, &file).await?;
    open.finish(Event::DocumentAdded, file_facts(title, &file)).await
}

async fn add_version(open: &mut Open<'_>, document: DocumentId, file: &StoredFile) -> Answer<String> {
    let (key, by) = ((open.visitor.school_id(), open.row.id), open.visitor.user);
    files::insert(&mut open.tx, key.0, file, Some(by)).await?;
    let (title, _) = queries::add_version(&mut open.tx, key, (document, file.id), by, open.now).await?;
    Ok(title)
}

/// Adds a new version of a document; the old ones stay. The same bytes again are no new version.
pub async fn replace_document(
    app: &App,
    visitor: &Visitor,
    id: RowId,
    document: DocumentId,
    upload: &Upload,
) -> Answer<()> {
    let file = kept(app, visitor, id, upload).await?;
    let mut open = Open::for_work(app, visitor, id).await?;
    let versions = queries::documents(&mut open.tx, visitor.school_id(), id).await?;
    let newest = versions.iter().find(|version| version.document_id == document).ok_or(Failure::NotFound)?;
    if newest.sha256 == file.sha256 {
        app.files.forget(&file).await;
        return Ok(());
    }
    let title = add_version(&mut open, document, &file).await?;
    open.finish(Event::DocumentReplaced, file_facts(title, &file)).await
}

fn file_facts(title: String, file: &StoredFile) -> [Change; 2] {
    let size = words::bytes(u64::try_from(file.size).unwrap_or_default());
    [Change::fact("Документ", title), Change::fact("Файл", format!("{} ({size})", file.name))]
}

/// Takes a document off a row; its versions stay in the history.
pub async fn remove_document(app: &App, visitor: &Visitor, id: RowId, document: DocumentId) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let title = queries::remove_document(&mut open.tx, (visitor.school_id(), id), document, open.now).await?;
    open.finish(Event::DocumentRemoved, [Change::fact("Документ", title)]).await
}

/// Returns a version of a document with its bytes and notes that it was read.
pub async fn document_bytes(
    app: &App,
    visitor: &Visitor,
    id: RowId,
    which: (DocumentId, i64),
) -> Answer<(StoredFile, Vec<u8>)> {
    let mut tx = app.db.begin().await?;
    let row = queries::row(&mut tx, visitor.school_id(), id).await?;
    let file = queries::document_file(&mut tx, visitor.school_id(), id, which).await?;
    let file = files::file(&mut tx, visitor.school_id(), file).await?;
    let act =
        Act::of(visitor, Event::DocumentRead, super::subject(&row)).with([Change::fact("Файл", file.name.clone())]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    let bytes = app.files.bytes(&file).await?;
    Ok((file, bytes))
}
