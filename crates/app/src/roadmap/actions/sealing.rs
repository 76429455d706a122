//! Closing a school year.

use super::subject_of;
use crate::{
    access::Visitor,
    audit::{self, Act, Event},
    error::{Answer, Failure},
    roadmap::{model::ProgrammeId, queries},
    state::App,
};

/// Seals a running year that is over: from now on nothing in it changes.
pub async fn seal(app: &App, visitor: &Visitor, id: ProgrammeId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let programme = queries::programme(&mut tx, visitor.school_id(), id).await?;
    if !queries::seal_programme(&mut tx, visitor.school_id(), id).await? {
        return Err(Failure::Refused("Завершить можно только учебный год, который идёт.".into()));
    }
    let act = Act::of(visitor, Event::ProgrammeSealed, subject_of(&programme));
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
