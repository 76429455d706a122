//! Closing a school year.

use super::{running, subject_of};
use crate::{
    access::Visitor,
    audit::{self, Act, Event},
    error::{Answer, Failure},
    roadmap::{model::ProgrammeId, queries},
    state::App,
    words,
};

/// Seals a running year that is over, or that a person says has ended early: from now on nothing in it changes.
pub async fn seal(app: &App, visitor: &Visitor, id: ProgrammeId, ends_early: bool) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let programme = queries::programme(&mut tx, visitor.school_id(), id).await?;
    running(&programme)?;
    if !programme.is_over(visitor.today) && !ends_early {
        let last = words::short_date(programme.year().last_day());
        return Err(Failure::Refused(format!("Учебный год идёт до {last}. Если он закончен раньше, отметьте это.")));
    }
    if !queries::seal_programme(&mut tx, visitor.school_id(), id).await? {
        return Err(Failure::stale());
    }
    let act = Act::of(visitor, Event::ProgrammeSealed, subject_of(&programme));
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
