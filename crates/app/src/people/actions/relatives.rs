//! Who represents a minor.

use super::{create_person_in, subject};
use crate::{
    access::Visitor,
    audit::{self, Act, Author, Event},
    error::{Answer, Failure},
    people::{
        Sight,
        model::{Kind, PersonFacts, PersonId},
        queries::{self, NewGuardianship},
    },
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Notes on behalf of a visitor who represents a minor: somebody on record, or somebody new with these facts.
pub async fn add_guardian(
    app: &App,
    visitor: &Visitor,
    facts: Option<&PersonFacts>,
    new: NewGuardianship<'_>,
) -> Answer<()> {
    let (author, now) = (Author::visitor(visitor), app.clock.now());
    let mut tx = app.db.begin().await?;
    if let Some(facts) = facts {
        create_person_in(&mut tx, author, new.guardian, facts, now).await?;
    }
    for person in [new.minor, new.guardian] {
        queries::person(&mut tx, Sight::of(visitor)?, person).await?;
    }
    add_guardian_in(&mut tx, author, new, now).await?;
    Ok(tx.commit().await?)
}

/// Notes who represents a minor; the representative becomes a parent (legal representative) by it.
pub async fn add_guardian_in(
    tx: &mut Tx,
    author: Author<'_>,
    new: NewGuardianship<'_>,
    now: DateTime<Utc>,
) -> Answer<()> {
    if new.minor == new.guardian {
        return Err(Failure::Refused("Человек не может представлять сам себя.".into()));
    }
    let school = author.school_id();
    queries::insert_guardianship(tx, school, new).await?;
    queries::add_kind(tx, (school, new.guardian), Kind::Parent).await?;
    Ok(audit::record(tx, author.act(Event::GuardianAdded, subject(new.minor)), now).await?)
}

/// Notes that somebody does not represent a minor any more.
pub async fn remove_guardian(app: &App, visitor: &Visitor, (minor, guardian): (PersonId, PersonId)) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    queries::person(&mut tx, Sight::of(visitor)?, minor).await?;
    if !queries::delete_guardianship(&mut tx, visitor.school_id(), (minor, guardian)).await? {
        return Err(Failure::NotFound);
    }
    audit::record(&mut tx, Act::of(visitor, Event::GuardianRemoved, subject(minor)), app.clock.now()).await?;
    Ok(tx.commit().await?)
}
