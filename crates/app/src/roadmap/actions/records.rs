//! The records of a row: numbers entered by hand, tasks, notes, documents.

use super::Open;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    files::{self, NotStored, StoredFile, Upload},
    roadmap::{
        measures::{self, Supply},
        model::{DocumentId, RowId, TaskId},
        queries::{self, NewReading, NewTask},
    },
    state::App,
    words,
};

/// Enters a number of a measure that no slice counts yet.
pub async fn enter_reading(app: &App, visitor: &Visitor, id: RowId, new: &NewReading) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let Some(rule) = open.row.rules.0.iter().find(|rule| rule.measure == new.measure).cloned() else {
        return Err(Failure::NotFound);
    };
    if measures::supply(&new.measure) == Supply::Live {
        return Err(Failure::Refused(
            "Этот показатель программа считает сама по записям: вводить его не нужно.".into(),
        ));
    }
    if new.as_of > visitor.today {
        return Err(Failure::Refused("Дата значения ещё не наступила.".into()));
    }
    let key = (visitor.school_id(), id);
    queries::insert_reading(&mut open.tx, key, new, visitor.user, open.now).await?;
    let value = rule.value_text(Some(&as_reading(new)));
    let changes = [Change::fact(&rule.title, value), Change::fact("Источник", new.source.clone())];
    open.finish(Event::ReadingEntered, changes).await
}

fn as_reading(new: &NewReading) -> super::super::indicator::Reading {
    use super::super::indicator::{GroupReading, Reading};
    let group = |part: &super::super::model::Part| GroupReading {
        name: part.name.clone(),
        numerator: part.numerator,
        denominator: part.denominator,
    };
    Reading {
        as_of: new.as_of,
        numerator: new.numerator,
        denominator: new.denominator,
        groups: new.parts.iter().map(group).collect(),
        subjects: vec![],
        source: Some(new.source.clone()),
    }
}

/// Adds a task to a row.
pub async fn add_task(app: &App, visitor: &Visitor, id: RowId, new: &NewTask) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    if let Some(user) = new.user {
        // A task is given to a person of the same school or to nobody.
        crate::access::user(&mut open.tx, visitor.school_id(), user).await?;
    }
    queries::insert_task(&mut open.tx, (visitor.school_id(), id), new, visitor.user, open.now).await?;
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
pub async fn add_note(app: &App, visitor: &Visitor, id: RowId, text: &str) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    queries::insert_note(&mut open.tx, (visitor.school_id(), id), text, visitor.user, open.now).await?;
    open.finish(Event::NoteAdded, []).await
}

async fn kept(app: &App, open: &mut Open<'_>, upload: &Upload) -> Answer<StoredFile> {
    let file = app.files.keep(upload, open.now).await.map_err(|error| match error {
        NotStored::Bad(bad) => Failure::Refused(bad.to_string()),
        NotStored::Disk(error) => error.into(),
    })?;
    files::insert(&mut open.tx, open.visitor.school_id(), &file, Some(open.visitor.user)).await?;
    Ok(file)
}

/// Attaches a document to a row.
pub async fn add_document(app: &App, visitor: &Visitor, id: RowId, title: &str, upload: &Upload) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let file = kept(app, &mut open, upload).await?;
    let title = if title.is_empty() { file.name.clone() } else { title.to_owned() };
    let key = (visitor.school_id(), id);
    let document = queries::insert_document(&mut open.tx, key, &title, open.now).await?;
    queries::add_version(&mut open.tx, key, (document, file.id), visitor.user, open.now).await?;
    open.finish(Event::DocumentAdded, file_facts(title, &file)).await
}

/// Adds a new version of a document; the old ones stay.
pub async fn replace_document(
    app: &App,
    visitor: &Visitor,
    id: RowId,
    document: DocumentId,
    upload: &Upload,
) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let file = kept(app, &mut open, upload).await?;
    let key = (visitor.school_id(), id);
    let (title, _) = queries::add_version(&mut open.tx, key, (document, file.id), visitor.user, open.now).await?;
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
