//! Consents are asked for, blanks are printed.

use super::{purpose_of, subject};
use crate::{
    access::Visitor,
    audit::{self, Act, Author, Change, Event},
    consents::{
        ledger::Ledger,
        model::{Consent, ConsentId, Purpose},
        queries::{self, NewConsent, Subject},
        wording::Wording,
    },
    error::{Answer, Failure},
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;
use sha2::{Digest as _, Sha256};

database::id_type! {
    /// The id of a form that asks for consents of several people at once.
    pub AskKey;
}

/// Whom a purpose is asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Everybody who takes part and lacks a document.
    Lacking,
    /// Those of them who are in a class: «7Б».
    LackingOfClass(String),
    /// These people, of those a visitor sees.
    These(Vec<PersonId>),
}

/// Asks people for a consent and returns how many were asked.
///
/// Who has a document that waits for signatures is passed by.
pub async fn ask(app: &App, visitor: &Visitor, key: AskKey, purpose: Purpose, whom: &Whom) -> Answer<usize> {
    let (sight, year) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today));
    let wording = Wording::newest(purpose).ok_or(Failure::NotFound)?;
    let mut tx = app.db.begin().await?;
    let ledger = Ledger::load(&mut tx, sight, visitor.today).await?;
    if Purpose::offered(ledger.policy.special_categories).all(|offered| offered != purpose) {
        return Err(Failure::Refused("Особые категории в школе не ведутся: такое согласие не нужно.".into()));
    }
    let mut asked = 0;
    for chosen in chosen(&mut tx, sight, &ledger, purpose, whom).await? {
        let new = NewConsent {
            id: id_of(key, chosen.id, purpose),
            person: chosen.id,
            year,
            purpose,
            signers: chosen.required(visitor.today, ledger.policy).signers,
            wording,
            asked_on: visitor.today,
        };
        if queries::insert(&mut tx, visitor.school_id(), &new, Some(visitor.user), app.clock.now()).await? {
            let changes = [Change::fact("Цель", purpose.label()), Change::fact("Бланк", wording.id.clone())];
            let act = Act::of(visitor, Event::ConsentAsked, subject(chosen.id)).with(changes);
            audit::record(&mut tx, act, app.clock.now()).await?;
            asked += 1;
        }
    }
    tx.commit().await?;
    Ok(asked)
}

/// Returns who is to be asked; somebody unknown, of another school or out of sight is a missing record.
async fn chosen(tx: &mut Tx, sight: Sight, ledger: &Ledger, purpose: Purpose, whom: &Whom) -> Answer<Vec<Subject>> {
    let lacking = || ledger.lacking(purpose).into_iter().cloned();
    let people = match whom {
        Whom::Lacking => return Ok(lacking().collect()),
        Whom::LackingOfClass(class) => return Ok(lacking().filter(|one| one.class_text() == *class).collect()),
        Whom::These(people) => people,
    };
    let year = SchoolYear::containing(ledger.today);
    let mut chosen = vec![];
    for person in people {
        let waits = |consent: &Consent| consent.purpose == purpose && consent.state_on(ledger.today).is_open();
        if !ledger.of(*person).iter().any(waits) {
            chosen.push(queries::subject(tx, sight, year, *person).await?);
        }
    }
    Ok(chosen)
}

/// Returns the id of a consent by its form, person and purpose: the same form sent twice asks once.
fn id_of(key: AskKey, person: PersonId, purpose: Purpose) -> ConsentId {
    let digest = Sha256::digest(format!("{key} {person} {}", purpose.word()).as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().into()
}

/// Notes that blanks were printed and returns how many; those that were printed or signed before stay as they are.
pub async fn mark_printed(app: &App, visitor: &Visitor, ids: &[ConsentId]) -> Answer<usize> {
    let mut tx = app.db.begin().await?;
    let mut printed = 0;
    for id in ids {
        let author = Author::visitor(visitor);
        if mark_printed_in(&mut tx, author, (*id, None), visitor.today, app.clock.now()).await? {
            printed += 1;
        }
    }
    tx.commit().await?;
    Ok(printed)
}

/// Notes that the blank of an open consent was printed, in the wording with this name and digest if it is another one
/// than the consent was asked for in; `false` when nothing changes.
pub async fn mark_printed_in(
    tx: &mut Tx,
    author: Author<'_>,
    (id, wording): (ConsentId, Option<(String, String)>),
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Answer<bool> {
    let before = queries::consent(tx, Sight::of_author(author)?, id).await?;
    let (template, template_sha256) =
        wording.unwrap_or_else(|| (before.template.clone(), before.template_sha256.clone()));
    let printed = Consent { printed_on: before.printed_on.or(Some(on)), template, template_sha256, ..before.clone() };
    if !before.state_on(on).is_open() || printed == before {
        return Ok(false);
    }
    if !queries::update(tx, author.school_id(), &printed, author.user()).await? {
        return Err(Failure::stale());
    }
    let act = author.act(Event::ConsentPrinted, subject(printed.person_id)).with([purpose_of(&printed)]);
    audit::record(tx, act, now).await?;
    Ok(true)
}
