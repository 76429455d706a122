//! Clearances are noted and revoked.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    consents::{
        clearance,
        model::{ClearanceId, ClearanceKind},
        queries::{self, NewClearance},
    },
    error::{Answer, Failure},
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
};

/// Notes that a paper of an adult from outside was seen; the same form sent twice is one record.
pub async fn add_clearance(app: &App, visitor: &Visitor, new: &NewClearance) -> Answer<()> {
    let (sight, year) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today));
    let mut tx = app.db.begin().await?;
    let person = queries::subject(&mut tx, sight, year, new.person).await?;
    if !clearance::is_needed(&person.kinds(), person.born_on, visitor.today) {
        return Err(Failure::Refused(
            "Допуск ведётся для взрослых не из школы: сотрудников проверяет отдел кадров, обучающимся он не нужен."
                .into(),
        ));
    }
    if queries::insert_clearance(&mut tx, visitor.school_id(), new, visitor.user, app.clock.now()).await? {
        let changes = [Change::fact("Документ", new.kind.label())];
        let act = Act::of(visitor, Event::ClearanceAdded, subject(new.person)).with(changes);
        audit::record(&mut tx, act, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Revokes a clearance from today on and returns whose it was; revoking it twice changes nothing.
pub async fn revoke_clearance(app: &App, visitor: &Visitor, id: ClearanceId) -> Answer<(PersonId, ClearanceKind)> {
    let mut tx = app.db.begin().await?;
    let clearance = queries::clearance(&mut tx, Sight::of(visitor)?, id).await?;
    if queries::revoke_clearance(&mut tx, visitor.school_id(), id, visitor.today).await? {
        let changes = [Change::fact("Документ", clearance.kind.label())];
        let act = Act::of(visitor, Event::ClearanceRevoked, subject(clearance.person_id)).with(changes);
        audit::record(&mut tx, act, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok((clearance.person_id, clearance.kind))
}
