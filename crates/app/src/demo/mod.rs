//! The invented school: people, a year in progress, last year, everything a page may show.
//!
//! The same day gives the same school on every machine. People are composed from lists; numbers of the road map are
//! counts over these people and what they did; deeds go through the actions of the slices.
//!
//! How a new slice extends it:
//! 1. what it needs of people or happenings goes to `population` or `records`, each topic with its own
//!    `Random::about`, so that nothing else changes;
//! 2. what people do becomes an `Act` with its lines in the script of the year, performed through the slice's actions
//!    at past moments;
//! 3. a measure the slice counts itself is no longer entered by hand: its lines leave the script.

mod calendar;
mod folk;
pub mod large;
mod names;
mod papers;
mod paperwork;
mod population;
mod random;
mod records;
mod school;
mod year;

pub(crate) use folk::QUERIES;
pub use school::{Account, PASSWORD};

use crate::{access, clock::day_in, error::Answer, school_year::SchoolYear, state::App};
use chrono::{DateTime, Utc};
use database::Tx;
use population::Population;
use records::Records;

/// What came of the wish for an invented school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demo {
    /// It is there, with these accounts.
    Ready(Vec<Account>),
    /// The database belongs to a school with this name.
    Occupied(String),
}

/// Makes the invented school, or finishes making it, or finds it as it is.
pub async fn create(app: &App) -> Answer<Demo> {
    let now = app.clock.now();
    let mut tx = app.db.begin_alone().await?;
    let schools = access::schools(&mut tx).await?;
    if let Some(other) = schools.iter().find(|school| school.id != school::id()) {
        return Ok(Demo::Occupied(other.short_name.clone()));
    }
    let founded = access::founded_at(&mut tx).await?;
    let as_of = founded.unwrap_or(now);
    let population = people_of(as_of);
    if founded.is_none() {
        // The day of founding is kept as the day up to which the year is played, also when the play is cut off.
        access::found_installation(&mut tx, now).await?;
        let at = year::founding(population.year);
        school::found(&mut tx, &population, &app.hasher, at).await?;
        inhabit(&mut tx, population.year, (as_of, at), 1).await?;
        tx.commit().await?;
        app.db.learn().await?;
    } else {
        drop(tx);
    }
    year::play(app, as_of).await?;
    Ok(Demo::Ready(school::accounts(&population)))
}

/// Writes the people of a year as records, several times over for a larger school.
async fn inhabit(
    tx: &mut Tx,
    year: SchoolYear,
    (as_of, founded): (DateTime<Utc>, DateTime<Utc>),
    copies: usize,
) -> Answer<()> {
    let school = access::school(tx, school::id()).await?;
    let users = access::users_of(tx, school.id).await?;
    let (records, today) = (Records::of(year, year), day_in(as_of, school::ZONE));
    for copy in 0..copies {
        let scene = folk::Scene { school: &school, users: &users, records: &records, today, founded, copy };
        folk::settle(tx, &scene).await?;
    }
    Ok(())
}

fn people_of(as_of: DateTime<Utc>) -> Population {
    let year = SchoolYear::containing(day_in(as_of, school::ZONE));
    Population::of(year, year)
}
