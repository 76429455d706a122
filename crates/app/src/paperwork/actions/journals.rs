//! Journals are added and changed.

use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    paperwork::{journals::Journal, queries},
    state::App,
};

/// Saves a journal: a new one, a built-in one changed for the first time, or one as it was seen in a version.
pub async fn save_journal(app: &App, visitor: &Visitor, wanted: &Journal) -> Answer<()> {
    let school = visitor.school_id();
    let mut tx = app.db.begin().await?;
    let known = queries::journals(&mut tx, school).await?;
    let before = known.iter().find(|journal| journal.journal == wanted.journal);
    let changed = match before {
        Some(before) => vec![
            Change::between("Название", &before.title, &wanted.title),
            Change::between("Приставка", &before.prefix, &wanted.prefix),
            Change::between("Окончание", &before.suffix, &wanted.suffix),
            Change::between("Нумерация", before.period.label(), wanted.period.label()),
        ],
        None => vec![Some(Change::fact("Журнал", wanted.title.clone()))],
    };
    if before.is_some() && changed.iter().all(Option::is_none) {
        return Ok(());
    }
    let is_stored = before.is_some_and(|before| before.version > 0);
    let saved = if is_stored {
        queries::update_journal(&mut tx, school, wanted).await?
    } else {
        match queries::insert_journal(&mut tx, school, wanted).await {
            Ok(()) => true,
            Err(database::Error::Taken(_)) => false,
            Err(error) => return Err(error.into()),
        }
    };
    if !saved || before.is_some_and(|before| before.version != wanted.version) {
        return Err(Failure::Stale { yours: shown(wanted), theirs: before.map(shown).unwrap_or_default() });
    }
    let name = &visitor.school.short_name;
    let subject = Subject { kind: SubjectKind::School, id: Some(school.uuid()), name: name.clone() };
    let act = Act::of(visitor, Event::JournalSaved, subject).with(changed.into_iter().flatten());
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn shown(journal: &Journal) -> Vec<(String, String)> {
    [
        ("Название", journal.title.clone()),
        ("Приставка", journal.prefix.clone()),
        ("Окончание", journal.suffix.clone()),
        ("Нумерация", journal.period.label().to_owned()),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}
