//! The way into the base, for many people at once: offered, talked to, decided.

use super::about;
use crate::{
    access::Visitor,
    audit::{self, Act, Author, Change, Event},
    error::Answer,
    participation::{
        model::{Decision, ParticipationId},
        queries::{self, Asked},
    },
    people::{PersonId, Sight, actions::subject},
    school_year::SchoolYear,
    state::App,
    words,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;

/// Adds candidates in a transaction and returns how many were new; who takes part on this side already stays as is.
pub async fn add_candidates(
    tx: &mut Tx,
    author: Author<'_>,
    year: SchoolYear,
    (people, asked): (&[PersonId], &Asked),
    now: DateTime<Utc>,
) -> Answer<usize> {
    let mut added = 0;
    for id in people {
        let participation = ParticipationId::fresh();
        if queries::insert(tx, (author.school_id(), year), (participation, *id), asked, now).await? {
            added += 1;
            let changes = [Change::fact("Кем", asked.side.label()), Change::fact("Откуда", asked.source.label())];
            audit::record(tx, author.act(Event::CandidateAdded, subject(*id)).with(changes), now).await?;
        }
    }
    Ok(added)
}

/// Records an interview with each of some people.
pub async fn record_interviews(
    app: &App,
    visitor: &Visitor,
    ids: &[ParticipationId],
    (on, result): (NaiveDate, &str),
) -> Answer<()> {
    let (sight, now) = (Sight::of(visitor)?, app.clock.now());
    let mut tx = app.db.begin().await?;
    for id in ids {
        let one = queries::participant(&mut tx, sight, *id).await?;
        one.facts().interview(on, visitor.today).map_err(|refusal| about(&one, refusal))?;
        let facts = (on, Some(visitor.user), result);
        queries::set_interview(&mut tx, visitor.school_id(), (one.id, one.version), facts).await?;
        let act = Act::of(visitor, Event::InterviewRecorded, subject(one.person_id));
        let changes = [Change::fact("Кем", one.side.label()), Change::fact("Дата", words::short_date(on))];
        audit::record(&mut tx, act.with(changes), now).await?;
    }
    Ok(tx.commit().await?)
}

/// Records one decision about each of some people; a favourable one opens the base on its day.
pub async fn record_decisions(
    app: &App,
    visitor: &Visitor,
    ids: &[ParticipationId],
    (on, decision, reason): (NaiveDate, Decision, &str),
) -> Answer<()> {
    let (sight, now) = (Sight::of(visitor)?, app.clock.now());
    let mut tx = app.db.begin().await?;
    for id in ids {
        let one = queries::participant(&mut tx, sight, *id).await?;
        let entered =
            one.facts().decide(decision, reason, on, visitor.today).map_err(|refusal| about(&one, refusal))?;
        let facts = (on, decision, reason);
        queries::set_decision(&mut tx, visitor.school_id(), (one.id, one.version), facts, entered).await?;
        let act = Act::of(visitor, Event::DecisionRecorded, subject(one.person_id));
        let changes = [
            Change::fact("Кем", one.side.label()),
            Change::fact("Решение", decision.label()),
            Change::fact("Дата", words::short_date(on)),
        ];
        audit::record(&mut tx, act.with(changes), now).await?;
    }
    Ok(tx.commit().await?)
}
