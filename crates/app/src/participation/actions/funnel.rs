//! The way into the base, for many people at once: offered, talked to, decided.

use super::about;
use crate::{
    access::Visitor,
    audit::{self, Act, Author, Change, Event},
    error::Answer,
    participation::{
        forms::Search,
        funnel::Facts,
        model::{Decision, ParticipationId, Side},
        queries::{self, Asked},
    },
    people::{PersonId, Sight, actions::subject},
    school_year::SchoolYear,
    state::App,
    words,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;

/// People whom a list found, at most: more than any school has.
const EVERYBODY: i64 = 100_000;

/// Whom an invitation is about.
#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    /// Those who were ticked.
    Ticked(&'a [PersonId]),
    /// Everybody whom the list found, however few of them it showed.
    Found(&'a Search),
}

/// How many of those invited are new and how many took part on this side already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    pub added: usize,
    pub already: usize,
}

/// Invites people: adds them as candidates and, when the base is opened at once, records the decision of the same day.
pub async fn invite(
    app: &App,
    visitor: &Visitor,
    whom: Whom<'_>,
    (asked, opens_base): (&Asked, bool),
) -> Answer<Invited> {
    let (author, year, now) = (Author::visitor(visitor), SchoolYear::containing(visitor.today), app.clock.now());
    let mut tx = app.db.begin().await?;
    let people: Vec<PersonId> = match whom {
        Whom::Ticked(people) => people.to_vec(),
        Whom::Found(search) => {
            let settings = queries::settings(&mut tx, visitor.school_id(), year).await?;
            let wanted = search.wanted(&settings, visitor.today);
            let found = queries::outsiders(&mut tx, (Sight::of(visitor)?, year), &wanted, EVERYBODY).await?;
            found.into_iter().map(|one| one.id).collect()
        }
    };
    let mut added = 0;
    for person in &people {
        let Some(id) = add(&mut tx, author, year, (*person, asked), now).await? else { continue };
        added += 1;
        if opens_base {
            let on = asked.offered_on;
            let entered = Facts::offered(on).decide(Decision::Accepted, "", on, visitor.today)?;
            let whose = (id, 1, *person, asked.side);
            decide(&mut tx, author, whose, ((on, Decision::Accepted, ""), entered), now).await?;
        }
    }
    tx.commit().await?;
    Ok(Invited { added, already: people.len() - added })
}

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
        if add(tx, author, year, (*id, asked), now).await?.is_some() {
            added += 1;
        }
    }
    Ok(added)
}

/// Adds a candidate; nothing when the person takes part on this side already.
async fn add(
    tx: &mut Tx,
    author: Author<'_>,
    year: SchoolYear,
    (person, asked): (PersonId, &Asked),
    now: DateTime<Utc>,
) -> Answer<Option<ParticipationId>> {
    let id = ParticipationId::fresh();
    if !queries::insert(tx, (author.school_id(), year), (id, person), asked, now).await? {
        return Ok(None);
    }
    let changes = [Change::fact("Кем", asked.side.label()), Change::fact("Откуда", asked.source.label())];
    audit::record(tx, author.act(Event::CandidateAdded, subject(person)).with(changes), now).await?;
    Ok(Some(id))
}

/// Writes a decision that the rules allow, with its trace.
async fn decide(
    tx: &mut Tx,
    author: Author<'_>,
    (id, version, person, side): (ParticipationId, i64, PersonId, Side),
    ((on, decision, reason), entered): ((NaiveDate, Decision, &str), Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Answer<()> {
    queries::set_decision(tx, author.school_id(), (id, version), (on, decision, reason), entered).await?;
    let changes = [
        Change::fact("Кем", side.label()),
        Change::fact("Решение", decision.label()),
        Change::fact("Дата", words::short_date(on)),
    ];
    Ok(audit::record(tx, author.act(Event::DecisionRecorded, subject(person)).with(changes), now).await?)
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
        let whose = (one.id, one.version, one.person_id, one.side);
        decide(&mut tx, Author::visitor(visitor), whose, ((on, decision, reason), entered), now).await?;
    }
    Ok(tx.commit().await?)
}
