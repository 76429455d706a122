//! The wording of a kind is changed, in words or by a file of the school, or the one the program comes with is put back.
//! No version is lost.

use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    files::{self, NotStored, StoredFile, Upload},
    paperwork::{
        model::Origin,
        own_file,
        queries::{self, NewWording},
        wording::{self, digest},
    },
    state::App,
    worker::filling::Filled,
};
use documents::{
    block::Document,
    kinds::{Kind, Unmade},
    template::Mistake,
};

/// Why a wording is not saved.
pub enum Unsaved {
    /// The text has a mistake: its place and what to do.
    Mistake(Mistake),
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Unsaved {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Fills a text with the example of its kind, which has every field: a text that cannot be filled is a mistake.
pub fn tried(kind: &Kind, text: &str) -> Result<Document, Mistake> {
    match kind.make_with(text, kind.example) {
        Ok(document) => Ok(document),
        Err(Unmade::Text(mistake)) => Err(mistake),
        Err(Unmade::Input(bad)) => Err(Mistake { line: 1, column: 1, sentence: bad.to_string() }),
    }
}

/// Saves a text of the school as the next version; the same text again is no new version. Returns the version in use.
///
/// # Errors
/// [`Failure::Stale`] when somebody saved another version since `seen`.
pub async fn save_wording(
    app: &App,
    visitor: &Visitor,
    kind: &'static Kind,
    (seen, text): (i64, &str),
) -> Result<i64, Unsaved> {
    let text = text.replace("\r\n", "\n");
    tried(kind, &text).map_err(Unsaved::Mistake)?;
    let (school, sha256) = (visitor.school_id(), digest(&text));
    let mut tx = app.db.begin().await?;
    let current = wording::current(&mut tx, school, kind).await?;
    if current.sha256 == sha256 {
        return Ok(current.version);
    }
    if current.version != seen {
        let theirs = vec![("Текст".to_owned(), current.text)];
        return Err(Failure::Stale { yours: vec![("Текст".to_owned(), text)], theirs }.into());
    }
    let version = current.version + 1;
    queries::insert_text(&mut tx, school, (&sha256, &text)).await?;
    let new = NewWording { kind: kind.name, version, origin: Origin::School, sha256: &sha256, file: None };
    add(&mut tx, app, visitor, (kind, new), Event::WordingSaved).await?;
    tx.commit().await?;
    Ok(version)
}

/// Fills a file of the school with the example of its kind: a file that cannot be filled is refused with its place.
pub async fn tried_file(app: &App, kind: &'static Kind, upload: &Upload) -> Answer<Filled> {
    if !upload.name.is_empty() && !upload.name.to_lowercase().ends_with(".docx") {
        let sentence = "Нужен файл .docx: откройте документ в Word и сохраните его как «Документ Word (.docx)».";
        return Err(Failure::Refused(sentence.into()));
    }
    upload.check().map_err(|bad| Failure::Refused(bad.to_string()))?;
    let filled = own_file::tried(app, kind, upload.bytes.clone()).await;
    filled.map_err(|unread| Failure::Refused(unread.to_string()))
}

/// Saves a .docx of the school as the next version; the same file again is no new one. Returns the version in use and
/// the file filled with the example.
///
/// # Errors
/// [`Failure::Stale`] when somebody saved another version since `seen`, a refusal when the file cannot be filled.
pub async fn save_own_file(
    app: &App,
    visitor: &Visitor,
    kind: &'static Kind,
    (seen, upload): (i64, &Upload),
) -> Answer<(i64, Filled)> {
    let filled = tried_file(app, kind, upload).await?;
    // The bytes are written before the transaction begins: 10 MB must not hold the only writer of SQLite.
    let file = app.files.keep(upload, app.clock.now()).await.map_err(|error| match error {
        NotStored::Bad(bad) => Failure::Refused(bad.to_string()),
        NotStored::Disk(error) => error.into(),
    })?;
    let saved = add_file(app, visitor, kind, (seen, &file)).await;
    if !matches!(saved, Ok((_, true))) {
        app.files.forget(&file).await;
    }
    saved.map(|(version, _)| (version, filled))
}

/// Adds a kept file as the next version; returns the version in use and whether it is the file.
async fn add_file(
    app: &App,
    visitor: &Visitor,
    kind: &'static Kind,
    (seen, file): (i64, &StoredFile),
) -> Answer<(i64, bool)> {
    let school = visitor.school_id();
    let mut tx = app.db.begin().await?;
    let current = wording::current(&mut tx, school, kind).await?;
    if current.sha256 == file.sha256 {
        return Ok((current.version, false));
    }
    if current.version != seen {
        return Err(Failure::stale());
    }
    let version = current.version + 1;
    files::insert(&mut tx, school, file, Some(visitor.user)).await?;
    let new = NewWording { kind: kind.name, version, origin: Origin::File, sha256: &file.sha256, file: Some(file.id) };
    add(&mut tx, app, visitor, (kind, new), Event::WordingSaved).await?;
    tx.commit().await?;
    Ok((version, true))
}

/// Puts the wording back that the program comes with.
pub async fn restore_wording(app: &App, visitor: &Visitor, kind: &'static Kind) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let current = wording::current(&mut tx, visitor.school_id(), kind).await?;
    if current.origin == Origin::BuiltIn {
        return Ok(());
    }
    let sha256 = digest(kind.text);
    let version = current.version + 1;
    let new = NewWording { kind: kind.name, version, origin: Origin::BuiltIn, sha256: &sha256, file: None };
    add(&mut tx, app, visitor, (kind, new), Event::WordingRestored).await?;
    Ok(tx.commit().await?)
}

async fn add(
    tx: &mut database::Tx,
    app: &App,
    visitor: &Visitor,
    (kind, new): (&Kind, NewWording<'_>),
    event: Event,
) -> Answer<()> {
    let version = Change::fact("Версия", new.version.to_string());
    match queries::insert_wording(tx, visitor.school_id(), new, Some(visitor.user), app.clock.now()).await {
        Err(database::Error::Taken(_)) => return Err(Failure::stale()),
        other => other?,
    }
    let subject = Subject { kind: SubjectKind::Paper, id: None, name: kind.title.to_owned() };
    let act = Act::of(visitor, event, subject).with([version, Change::fact("Чей текст", new.origin.label())]);
    Ok(audit::record(tx, act, app.clock.now()).await?)
}
