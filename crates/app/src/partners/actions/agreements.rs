//! Agreements with partners.

use super::{Facts, differences, facts, subject, written};
use crate::{
    access::Visitor,
    audit::{self, Author, Change, Event},
    error::{Answer, Failure, once},
    files::{self, NotStored, StoredFile, Upload},
    partners::{
        model::{Agreement, AgreementId, PartnerId},
        queries::{self, NewAgreement},
    },
    state::App,
    words::{bytes, short_date},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;

/// Adds an agreement; the same form sent twice adds one.
pub async fn add_agreement(app: &App, visitor: &Visitor, partner: PartnerId, new: &NewAgreement) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    if add_agreement_in(&mut tx, Author::visitor(visitor), (partner, new), app.clock.now()).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Adds an agreement in a transaction; `false` when it was added before.
pub async fn add_agreement_in(
    tx: &mut Tx,
    author: Author<'_>,
    (partner, new): (PartnerId, &NewAgreement),
    now: DateTime<Utc>,
) -> Answer<bool> {
    let key = (author.school_id(), partner);
    let partner = queries::partner(tx, key.0, key.1).await?;
    if once(queries::insert_agreement(tx, key, new, now).await)?.is_none() {
        return Ok(false);
    }
    let changes = wanted_facts(new).into_iter().filter(|(_, value)| !value.is_empty());
    let changes: Vec<Change> = changes.map(|(what, value)| Change::fact(&what, value)).collect();
    audit::record(tx, author.act(Event::AgreementAdded, subject(&partner)).with(changes), now).await?;
    Ok(true)
}

/// Saves what is said about an agreement.
pub async fn change_agreement(app: &App, visitor: &Visitor, partner: PartnerId, wanted: &NewAgreement) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let key = (visitor.school_id(), partner);
    let partner = queries::partner(&mut tx, key.0, key.1).await?;
    let before = queries::agreement(&mut tx, key, wanted.id).await?;
    let (yours, theirs) = (wanted_facts(wanted), stored_facts(&before));
    if !queries::update_agreement(&mut tx, key, wanted).await? {
        return Err(Failure::Stale { yours, theirs });
    }
    let act = Author::visitor(visitor).act(Event::AgreementChanged, subject(&partner));
    let changes = [Change::fact("Соглашение", before.caption())].into_iter().chain(differences(theirs, yours));
    audit::record(&mut tx, act.with(changes), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn wanted_facts(new: &NewAgreement) -> Facts {
    facts([
        ("Номер", new.number.clone()),
        ("Предмет", new.subject.clone()),
        ("Формы наставничества", new.forms.join(", ")),
        ("Подготовка начата", short_date(new.prepared_on)),
        ("Подписано", written(new.signed_on)),
        ("Действует с", written(new.valid_from)),
        ("Действует по", written(new.valid_until)),
        ("Примечание", new.note.clone()),
    ])
}

fn stored_facts(agreement: &Agreement) -> Facts {
    facts([
        ("Номер", agreement.number.clone()),
        ("Предмет", agreement.subject.clone()),
        ("Формы наставничества", agreement.forms_text()),
        ("Подготовка начата", short_date(agreement.prepared_on)),
        ("Подписано", written(agreement.signed_on)),
        ("Действует с", written(agreement.valid_from)),
        ("Действует по", written(agreement.valid_until)),
        ("Примечание", agreement.note.clone()),
    ])
}

/// Notes that a signed agreement ends before its time.
pub async fn terminate(
    app: &App,
    visitor: &Visitor,
    (partner, id, version): (PartnerId, AgreementId, i64),
    (on, reason): (NaiveDate, &str),
) -> Answer<()> {
    set_termination(app, visitor, (partner, id, version), (Some(on), reason)).await
}

/// Takes the note of a termination back.
pub async fn restore(
    app: &App,
    visitor: &Visitor,
    (partner, id, version): (PartnerId, AgreementId, i64),
) -> Answer<()> {
    set_termination(app, visitor, (partner, id, version), (None, "")).await
}

async fn set_termination(
    app: &App,
    visitor: &Visitor,
    (partner, id, version): (PartnerId, AgreementId, i64),
    (on, reason): (Option<NaiveDate>, &str),
) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let key = (visitor.school_id(), partner);
    let partner = queries::partner(&mut tx, key.0, key.1).await?;
    let before = queries::agreement(&mut tx, key, id).await?;
    if before.terminated_on == on && before.termination == reason {
        return Ok(());
    }
    if before.signed_on.is_none() {
        return Err(Failure::Refused(
            "Неподписанное соглашение не расторгают: сначала внесите день подписания.".into(),
        ));
    }
    let asked = Agreement { version, ..before.clone() };
    if !queries::terminate(&mut tx, key.0, &asked, (on, reason)).await? {
        let fact = |on, reason: &str| facts([("Расторгнуто", written(on)), ("Основание", reason.to_owned())]);
        let theirs = fact(before.terminated_on, &before.termination);
        return Err(Failure::Stale { yours: fact(on, reason), theirs });
    }
    let named = Change::fact("Соглашение", before.caption());
    let (event, changes) = match on {
        Some(on) => (
            Event::AgreementTerminated,
            vec![named, Change::fact("День", short_date(on)), Change::fact("Основание", reason)],
        ),
        None => (Event::AgreementRestored, vec![named]),
    };
    let act = Author::visitor(visitor).act(event, subject(&partner)).with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Attaches the signed file of an agreement; the former one stays on record.
pub async fn keep_file(app: &App, visitor: &Visitor, key: (PartnerId, AgreementId), upload: &Upload) -> Answer<()> {
    let of_school = (visitor.school_id(), key.0);
    let mut tx = app.db.read().await?;
    let agreement = queries::agreement(&mut tx, of_school, key.1).await?;
    drop(tx);
    if agreement.signed_on.is_none() {
        return Err(Failure::Refused("Сначала внесите день подписания: здесь хранится подписанное соглашение.".into()));
    }
    // The bytes before the transaction: writing 20 MB must not hold the only writer of SQLite.
    let file = app.files.keep(upload, app.clock.now()).await.map_err(|error| match error {
        NotStored::Bad(bad) => Failure::Refused(bad.to_string()),
        NotStored::Disk(error) => error.into(),
    })?;
    let mut tx = app.db.begin().await?;
    let partner = queries::partner(&mut tx, of_school.0, of_school.1).await?;
    files::insert(&mut tx, of_school.0, &file, Some(visitor.user)).await?;
    queries::keep_file(&mut tx, of_school, (key.1, file.id)).await?;
    let size = bytes(u64::try_from(file.size).unwrap_or_default());
    let changes =
        [Change::fact("Соглашение", agreement.caption()), Change::fact("Файл", format!("{} ({size})", file.name))];
    let act = Author::visitor(visitor).act(Event::AgreementFiled, subject(&partner)).with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Returns the signed file of an agreement with its bytes and notes that it was read.
pub async fn file_bytes(
    app: &App,
    visitor: &Visitor,
    (partner, id): (PartnerId, AgreementId),
) -> Answer<(StoredFile, Vec<u8>)> {
    let mut tx = app.db.begin().await?;
    let key = (visitor.school_id(), partner);
    let partner = queries::partner(&mut tx, key.0, key.1).await?;
    let file = queries::agreement_file(&mut tx, key, id).await?;
    let file = files::file(&mut tx, key.0, file).await?;
    let act = Author::visitor(visitor).act(Event::AgreementRead, subject(&partner));
    audit::record(&mut tx, act.with([Change::fact("Файл", file.name.clone())]), app.clock.now()).await?;
    tx.commit().await?;
    let bytes = app.files.bytes(&file).await?;
    Ok((file, bytes))
}
