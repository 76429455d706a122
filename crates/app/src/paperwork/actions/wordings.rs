//! The wording of a kind is changed, or the one the program comes with is put back. No version is lost.

use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    paperwork::{
        model::Origin,
        queries::{self, NewWording},
        wording::{self, digest},
    },
    state::App,
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
    let act = Act::of(visitor, event, subject).with([version]);
    Ok(audit::record(tx, act, app.clock.now()).await?)
}
