//! The class of a pupil, the post of a member of staff, leaving and coming back.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Author, Event},
    error::{Answer, Failure},
    people::{
        Sight,
        model::{ClassId, Kind, PersonId, Staff},
        queries::{self, NewEnrolment},
    },
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;

/// Puts a pupil into a class on behalf of a visitor.
pub async fn put_in_class(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    (class, on): (ClassId, NaiveDate),
) -> Answer<bool> {
    let mut tx = app.db.begin().await?;
    queries::person(&mut tx, Sight::of(visitor)?, person).await?;
    queries::class(&mut tx, visitor.school_id(), class).await?;
    let author = Author::visitor(visitor);
    let moved = put_in_class_in(&mut tx, author, person, (class, on), app.clock.now()).await?;
    tx.commit().await?;
    Ok(moved)
}

/// Puts a pupil into a class from a day on; the time in the former class ends, its history stays.
///
/// `false` when the pupil is in the class already; then nothing is written.
pub async fn put_in_class_in(
    tx: &mut Tx,
    author: Author<'_>,
    person: PersonId,
    (class, on): (ClassId, NaiveDate),
    now: DateTime<Utc>,
) -> Answer<bool> {
    let key = (author.school_id(), person);
    let current = queries::enrolments(tx, key).await?.into_iter().find(|known| known.left_on.is_none());
    if current.is_some_and(|current| current.class_id == class) {
        return Ok(false);
    }
    queries::close_enrolments(tx, key, on).await?;
    queries::insert_enrolment(tx, key.0, NewEnrolment { person, class, entered_on: on }).await?;
    audit::record(tx, author.act(Event::PersonEnrolled, subject(person)), now).await?;
    Ok(true)
}

/// Sets the post of somebody on behalf of a visitor.
pub async fn set_staff(app: &App, visitor: &Visitor, person: PersonId, staff: &Staff) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    queries::person(&mut tx, Sight::of(visitor)?, person).await?;
    set_staff_in(&mut tx, Author::visitor(visitor), person, staff, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Sets the post of somebody, who becomes a teacher or a member of staff by it.
///
/// An account that belongs to somebody else is refused.
pub async fn set_staff_in(
    tx: &mut Tx,
    author: Author<'_>,
    person: PersonId,
    staff: &Staff,
    now: DateTime<Utc>,
) -> Answer<()> {
    let key = (author.school_id(), person);
    match queries::set_staff(tx, key, staff).await {
        Err(database::Error::Taken(_)) => {
            return Err(Failure::Refused("Эта учётная запись уже связана с другим человеком.".into()));
        }
        other => other?,
    }
    let (gained, lost) = if staff.is_teaching { (Kind::Teacher, Kind::Staff) } else { (Kind::Staff, Kind::Teacher) };
    queries::add_kind(tx, key, gained).await?;
    queries::remove_kind(tx, key, lost).await?;
    Ok(audit::record(tx, author.act(Event::StaffSet, subject(person)), now).await?)
}

/// Notes on behalf of a visitor that somebody left the school.
pub async fn mark_left(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    (on, reason): (NaiveDate, &str),
) -> Answer<bool> {
    let mut tx = app.db.begin().await?;
    queries::person(&mut tx, Sight::of(visitor)?, person).await?;
    let left = mark_left_in(&mut tx, Author::visitor(visitor), person, (on, reason), app.clock.now()).await?;
    tx.commit().await?;
    Ok(left)
}

/// Notes that somebody left the school on a day; the time in the class ends with it. `false` when that is noted already.
pub async fn mark_left_in(
    tx: &mut Tx,
    author: Author<'_>,
    person: PersonId,
    (on, reason): (NaiveDate, &str),
    now: DateTime<Utc>,
) -> Answer<bool> {
    let key = (author.school_id(), person);
    if !queries::leave(tx, key, on, reason).await? {
        return Ok(false);
    }
    queries::close_enrolments(tx, key, on).await?;
    audit::record(tx, author.act(Event::PersonLeft, subject(person)), now).await?;
    Ok(true)
}

/// Notes on behalf of a visitor that somebody is back.
pub async fn mark_returned(app: &App, visitor: &Visitor, person: PersonId) -> Answer<bool> {
    let mut tx = app.db.begin().await?;
    queries::person(&mut tx, Sight::of(visitor)?, person).await?;
    let returned = mark_returned_in(&mut tx, Author::visitor(visitor), person, app.clock.now()).await?;
    tx.commit().await?;
    Ok(returned)
}

/// Notes that somebody is back; the class is given anew. `false` for somebody who never left.
pub async fn mark_returned_in(tx: &mut Tx, author: Author<'_>, person: PersonId, now: DateTime<Utc>) -> Answer<bool> {
    if !queries::return_person(tx, (author.school_id(), person)).await? {
        return Ok(false);
    }
    audit::record(tx, author.act(Event::PersonReturned, subject(person)), now).await?;
    Ok(true)
}
