//! Leaving the programme and coming back.

use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    participation::{
        model::{LeaveReason, ParticipationId},
        queries,
    },
    people::{Sight, actions::subject},
    state::App,
    words,
};
use chrono::NaiveDate;

/// Records that somebody left.
pub async fn depart(
    app: &App,
    visitor: &Visitor,
    (id, version): (ParticipationId, i64),
    (on, reason, note): (NaiveDate, LeaveReason, &str),
) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let one = queries::participant(&mut tx, Sight::of(visitor)?, id).await?;
    if one.version != version {
        return Err(Failure::stale());
    }
    one.facts().leave(reason, note, on, visitor.today)?;
    if !queries::set_departure(&mut tx, visitor.school_id(), (id, version), Some((on, reason)), note).await? {
        return Err(Failure::stale());
    }
    let act = Act::of(visitor, Event::ParticipantLeft, subject(one.person_id)).with([
        Change::fact("Кем", one.side.label()),
        Change::fact("Дата", words::short_date(on)),
        Change::fact("Причина", reason.label()),
    ]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Records that somebody came back: the day of entering the base stays, the time away stands in the history.
pub async fn take_back(app: &App, visitor: &Visitor, id: ParticipationId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let one = queries::participant(&mut tx, Sight::of(visitor)?, id).await?;
    one.facts().come_back()?;
    if !queries::set_departure(&mut tx, visitor.school_id(), (id, one.version), None, "").await? {
        return Err(Failure::stale());
    }
    let left = one.left_on.map(words::short_date).unwrap_or_default();
    let act = Act::of(visitor, Event::ParticipantReturned, subject(one.person_id))
        .with([Change::fact("Кем", one.side.label()), Change::fact("Завершал участие", left)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
