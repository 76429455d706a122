//! Consents are asked for, blanks are printed.

use super::{purpose_of, subject};
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
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
    let sight = Sight::of(visitor)?;
    let mut tx = app.db.begin().await?;
    let mut printed = 0;
    for id in ids {
        let mut consent = queries::consent(&mut tx, sight, *id).await?;
        if consent.printed_on.is_some() || !consent.state_on(visitor.today).is_open() {
            continue;
        }
        consent.printed_on = Some(visitor.today);
        if !queries::update(&mut tx, visitor.school_id(), &consent, Some(visitor.user)).await? {
            return Err(Failure::stale());
        }
        let act = Act::of(visitor, Event::ConsentPrinted, subject(consent.person_id)).with([purpose_of(&consent)]);
        audit::record(&mut tx, act, app.clock.now()).await?;
        printed += 1;
    }
    tx.commit().await?;
    Ok(printed)
}
