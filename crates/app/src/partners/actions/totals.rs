//! The number of organisations there are to be partners.

use crate::{
    access::Visitor,
    audit::{self, Author, Change, Event, Subject, SubjectKind},
    error::{Answer, once},
    partners::queries::{self, NewTotal},
    school_year::SchoolYear,
    state::App,
    words::{number, short_date},
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Enters the number for the current school year; the same form sent twice enters one.
pub async fn enter_total(app: &App, visitor: &Visitor, new: &NewTotal) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let year = SchoolYear::containing(visitor.today);
    if enter_total_in(&mut tx, Author::visitor(visitor), (year, new), app.clock.now()).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Enters the number in a transaction; `false` when it was entered before.
pub async fn enter_total_in(
    tx: &mut Tx,
    author: Author<'_>,
    (year, new): (SchoolYear, &NewTotal),
    now: DateTime<Utc>,
) -> Answer<bool> {
    let school = author.school;
    if once(queries::insert_total(tx, (school.id, year), new, author.user(), now).await)?.is_none() {
        return Ok(false);
    }
    let subject = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let changes = [
        Change::fact("Организаций", number(new.total)),
        Change::fact("На день", short_date(new.as_of)),
        Change::fact("Источник", new.source.clone()),
    ];
    audit::record(tx, author.act(Event::OrganisationsCounted, subject).with(changes), now).await?;
    Ok(true)
}
