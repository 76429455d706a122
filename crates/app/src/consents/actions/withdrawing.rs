//! Withdrawals, at once and in one transaction, and the new consent that undoes one.

use super::{
    purpose_of,
    signing::{Signing, keep, kept},
    subject,
};
use crate::{
    access::{SchoolId, Visitor},
    audit::{self, Act, Change, Event},
    consents::{
        model::{Channel, Consent, ConsentId, Purpose},
        queries::{self, NewConsent, Withdrawn},
        wording::Wording,
    },
    error::{Answer, Failure},
    files::Upload,
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Json, Tx};

/// Withdraws a consent that was signed, on a paper that reached the school; returns whose it was.
pub async fn withdraw(app: &App, visitor: &Visitor, id: ConsentId, note: &str) -> Answer<(PersonId, Purpose)> {
    let mut tx = app.db.begin().await?;
    let consent = queries::consent(&mut tx, Sight::of(visitor)?, id).await?;
    if consent.signed_on.is_none() {
        return Err(Failure::Refused("Это согласие ещё не подписано: отзывать нечего.".into()));
    }
    let what = (consent.person_id, consent.purpose);
    if consent.withdrawn_on.is_some() {
        return Ok(what);
    }
    let why = (visitor.today, Channel::Paper, note);
    let changes = withdraw_all(&mut tx, visitor.school_id(), what, why).await?;
    let act = Act::of(visitor, Event::ConsentWithdrawn, subject(consent.person_id)).with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(what)
}

/// Withdraws through a personal link; the second time changes nothing.
pub async fn withdraw_by_link(
    tx: &mut Tx,
    school: SchoolId,
    what: (PersonId, Purpose),
    (today, now): (NaiveDate, DateTime<Utc>),
) -> Answer<()> {
    let changes = withdraw_all(tx, school, what, (today, Channel::Link, "")).await?;
    let act = Act::of_system(school, Event::ConsentWithdrawn, subject(what.0)).with(changes);
    Ok(audit::record(tx, act, now).await?)
}

/// Withdraws every document of the purpose; without the consent to take part nobody sees the person any more.
async fn withdraw_all(
    tx: &mut Tx,
    school: SchoolId,
    (person, purpose): (PersonId, Purpose),
    (on, by, note): (NaiveDate, Channel, &str),
) -> Answer<Vec<Change>> {
    queries::withdraw(tx, school, (person, purpose), (on, by, note)).await?;
    let mut changes = vec![Change::fact("Цель", purpose.label()), Change::fact("Как", by.label())];
    if purpose.is_mandatory() {
        let suspended = queries::hide(tx, school, person, on).await?;
        changes.push(Change::fact("Приостановлено участий", suspended.to_string()));
    }
    Ok(changes)
}

/// Records a new signed consent of somebody who has withdrawn: the person is seen again, the participations resume.
pub async fn restore(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    (id, signing): (ConsentId, &Signing),
    scan: Option<&Upload>,
) -> Answer<()> {
    let school = visitor.school_id();
    let mut tx = app.db.read().await?;
    let withdrawn = queries::withdrawn(&mut tx, school, person).await?;
    renewed(&mut tx, visitor, &withdrawn, id, signing).await?;
    drop(tx);
    let file = kept(app, scan).await?;
    let mut tx = app.db.begin().await?;
    let withdrawn = queries::withdrawn(&mut tx, school, person).await?;
    let (new, mut consent) = renewed(&mut tx, visitor, &withdrawn, id, signing).await?;
    if !queries::insert(&mut tx, school, &new, Some(visitor.user), app.clock.now()).await? {
        return Ok(());
    }
    consent.file_id = keep(&mut tx, visitor, file.as_ref()).await?;
    queries::update(&mut tx, school, &consent, Some(visitor.user)).await?;
    let resumed = queries::unhide(&mut tx, school, person).await?;
    let changes = [purpose_of(&consent), Change::fact("Возобновлено участий", resumed.to_string())];
    let act = Act::of(visitor, Event::ConsentRestored, subject(person)).with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Returns the new document as it is asked for and as it is signed, or why it cannot be.
async fn renewed(
    tx: &mut Tx,
    visitor: &Visitor,
    withdrawn: &Withdrawn,
    id: ConsentId,
    signing: &Signing,
) -> Answer<(NewConsent, Consent)> {
    let (school, year) = (visitor.school_id(), SchoolYear::containing(visitor.today));
    let policy = queries::policy(tx, school, year).await?;
    let guardians = queries::guardians_of_withdrawn(tx, school, withdrawn.id).await?;
    let guardians: Vec<PersonId> = guardians.iter().map(|guardian| guardian.id).collect();
    let signers = withdrawn.subject().required(signing.signed_on, policy).signers;
    signing.check(signers, &guardians, visitor.today).map_err(|sentence| Failure::Refused(sentence.into()))?;
    if signing.signed_on < withdrawn.hidden_on {
        return Err(Failure::Refused("Новое согласие подписывают не раньше дня отзыва.".into()));
    }
    let wording = Wording::newest(Purpose::Participation).ok_or(Failure::NotFound)?;
    let new = NewConsent {
        id,
        person: withdrawn.id,
        year,
        purpose: Purpose::Participation,
        signers,
        wording,
        asked_on: visitor.today,
    };
    let signed = Consent {
        id,
        // Given when it is inserted; an update leaves it.
        number: 0,
        person_id: withdrawn.id,
        purpose: Purpose::Participation,
        signers,
        template: wording.id.clone(),
        template_sha256: wording.sha256.clone(),
        asked_on: visitor.today,
        printed_on: None,
        signed_on: Some(signing.signed_on),
        signed_by: Json(signing.signatures(withdrawn.id)),
        valid_until: signing.valid_until,
        file_id: None,
        withdrawn_on: None,
        withdrawn_by: String::new(),
        withdrawal_note: String::new(),
        version: 1,
    };
    Ok((new, signed))
}
