//! Papers are cancelled: they stay on record, with the reason, and prove nothing.

use super::{allow, rows_are_open, subject};
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    paperwork::{model::PaperId, queries, state::Cause},
    people::Sight,
    state::App,
};

/// Cancels a paper as it was seen in a version.
pub async fn cancel(app: &App, visitor: &Visitor, (id, version): (PaperId, i64), reason: &str) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let paper = queries::paper(&mut tx, Sight::of(visitor)?, id).await?;
    allow(&paper, Cause::Cancelled)?;
    rows_are_open(&mut tx, visitor.school_id(), &paper).await?;
    if !queries::cancel(&mut tx, visitor.school_id(), (id, version), (visitor.today, reason)).await? {
        return Err(Failure::stale());
    }
    let act = Act::of(visitor, Event::PaperCancelled, subject(&paper)).with([Change::fact("Причина", reason)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
