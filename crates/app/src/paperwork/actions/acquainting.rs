//! Colleagues are made acquainted with a paper, and the rows it proves are chosen.

use super::{rows_are_open, subject};
use crate::{
    access::{self, UserId, Visitor},
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    paperwork::{
        model::{AcquaintanceId, Paper, PaperId, ProvenRowId},
        queries,
        state::State,
    },
    people::{self, PersonId, Sight},
    school_year::SchoolYear,
    state::App,
};
use chrono::NaiveDate;
use database::Tx;

/// Who may stand in a list of acquaintance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Person(PersonId),
    User(UserId),
}

async fn listed(tx: &mut Tx, visitor: &Visitor, id: PaperId) -> Answer<Paper> {
    let paper = queries::paper(tx, Sight::of(visitor)?, id).await?;
    if paper.state() == State::Cancelled {
        return Err(Failure::Refused("Документ отменён: знакомить с ним не нужно.".into()));
    }
    Ok(paper)
}

/// Adds colleagues to the list of a paper and returns how many were new.
pub async fn add_readers(app: &App, visitor: &Visitor, id: PaperId, readers: &[Reader]) -> Answer<usize> {
    let sight = Sight::of(visitor)?;
    let mut tx = app.db.begin().await?;
    let paper = listed(&mut tx, visitor, id).await?;
    let mut added = 0;
    for reader in readers {
        let who = match *reader {
            Reader::Person(person) => (Some(people::queries::person(&mut tx, sight, person).await?.id), None),
            Reader::User(user) => (None, Some(access::user(&mut tx, visitor.school_id(), user).await?.id)),
        };
        if queries::insert_acquaintance(&mut tx, sight, id, who).await? {
            added += 1;
        }
    }
    if added > 0 {
        let act =
            Act::of(visitor, Event::ReadersAdded, subject(&paper)).with([Change::fact("Человек", added.to_string())]);
        audit::record(&mut tx, act, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(added)
}

/// Notes that somebody has signed the list on a day, or, without a day, takes the note back.
pub async fn note_acquaintance(
    app: &App,
    visitor: &Visitor,
    (id, line): (PaperId, AcquaintanceId),
    on: Option<NaiveDate>,
) -> Answer<()> {
    if on.is_some_and(|on| on > visitor.today) {
        return Err(Failure::Refused("Дата ознакомления ещё не наступила.".into()));
    }
    let mut tx = app.db.begin().await?;
    let paper = listed(&mut tx, visitor, id).await?;
    if !queries::set_acquainted(&mut tx, Sight::of(visitor)?, (id, line), on).await? {
        return Err(Failure::NotFound);
    }
    let event = if on.is_some() { Event::ReaderAcquainted } else { Event::AcquaintanceTakenBack };
    audit::record(&mut tx, Act::of(visitor, event, subject(&paper)), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Takes somebody who has not signed off the list.
pub async fn remove_reader(app: &App, visitor: &Visitor, (id, line): (PaperId, AcquaintanceId)) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let paper = listed(&mut tx, visitor, id).await?;
    if !queries::remove_acquaintance(&mut tx, Sight::of(visitor)?, (id, line)).await? {
        return Err(Failure::Refused("Подпись уже отмечена: из листа ознакомления не убирают.".into()));
    }
    audit::record(&mut tx, Act::of(visitor, Event::ReaderRemoved, subject(&paper)), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Chooses the rows of the road map that a paper proves.
pub async fn choose_rows(app: &App, visitor: &Visitor, id: PaperId, rows: &[ProvenRowId]) -> Answer<()> {
    let school = visitor.school_id();
    let mut tx = app.db.begin().await?;
    let paper = queries::paper(&mut tx, Sight::of(visitor)?, id).await?;
    rows_are_open(&mut tx, school, &paper).await?;
    let year = i32::try_from(paper.school_year).ok().and_then(SchoolYear::starting_in).ok_or(Failure::NotFound)?;
    let known = queries::rows_of_year(&mut tx, school, year).await?;
    let is_open = |row: &ProvenRowId| known.iter().any(|one| one.id == *row && one.programme_state == "running");
    if paper.person_id.is_some() || !rows.iter().all(is_open) {
        return Err(Failure::Refused("Эти мероприятия документ подтвердить не может.".into()));
    }
    queries::set_rows(&mut tx, school, id, rows).await?;
    let numbers: Vec<&str> = known.iter().filter(|row| rows.contains(&row.id)).map(|row| row.number.as_str()).collect();
    let act = Act::of(visitor, Event::PaperRowsChosen, subject(&paper))
        .with([Change::fact("Мероприятия", numbers.join(", "))]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
