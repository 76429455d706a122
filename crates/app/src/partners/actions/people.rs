//! People of a partner: a new record, or one that is there already. Names are not repeated in the journal.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Author, Event, Subject, SubjectKind},
    error::Answer,
    partners::{model::PartnerId, queries},
    people::{self, Kind, PersonFacts, PersonId, Sight},
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Puts somebody on record as a person of a partner; the same form sent twice makes one record.
pub async fn add_person(
    app: &App,
    visitor: &Visitor,
    partner: PartnerId,
    (id, facts): (PersonId, &PersonFacts),
) -> Answer<()> {
    let (author, now) = (Author::visitor(visitor), app.clock.now());
    let mut tx = app.db.begin().await?;
    // Of another school or of none: nothing is written.
    queries::partner(&mut tx, visitor.school_id(), partner).await?;
    if people::actions::create_person_in(&mut tx, author, id, facts, now).await? {
        set_partner(&mut tx, author, (id, partner), true, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Says that somebody on record is a person of the partner.
pub async fn link_person(app: &App, visitor: &Visitor, partner: PartnerId, person: PersonId) -> Answer<()> {
    change(app, visitor, (person, partner), true).await
}

/// Says that somebody is no person of the partner.
pub async fn unlink_person(app: &App, visitor: &Visitor, partner: PartnerId, person: PersonId) -> Answer<()> {
    change(app, visitor, (person, partner), false).await
}

async fn change(app: &App, visitor: &Visitor, (person, partner): (PersonId, PartnerId), belongs: bool) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    people::queries::person(&mut tx, Sight::of(visitor)?, person).await?;
    set_partner(&mut tx, Author::visitor(visitor), (person, partner), belongs, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

async fn set_partner(
    tx: &mut Tx,
    author: Author<'_>,
    (person, partner): (PersonId, PartnerId),
    belongs: bool,
    now: DateTime<Utc>,
) -> Answer<()> {
    let key = (author.school_id(), person);
    let known = queries::partner(tx, key.0, partner).await?;
    people::queries::set_partner(tx, key, belongs.then(|| partner.uuid())).await?;
    if belongs {
        people::queries::add_kind(tx, key, Kind::Employer).await?;
    }
    let event = if belongs { Event::PartnerPersonAdded } else { Event::PartnerPersonRemoved };
    audit::record(tx, author.act(event, subject(&known)), now).await?;
    let whose = Subject { kind: SubjectKind::Person, id: Some(person.uuid()), name: String::new() };
    Ok(audit::record(tx, author.act(event, whose), now).await?)
}
