//! Who takes part in a school year: candidates, interviews, decisions, the two bases, coverage of the target groups.
//!
//! Rules kept: mentor or mentee is a property of a participation, not of a person; who counts is decided by the settings
//! of the year; an application names nobody until the coordinator says whom, and is never a consent.

pub mod actions;
pub mod application;
pub mod coverage;
pub mod dictionary;
mod forms;
pub mod funnel;
pub mod model;
pub mod pages;
pub mod paths;
pub mod queries;
pub mod registers;
pub mod settings;
pub mod slots;

pub use model::{Decision, LeaveReason, Participant, ParticipationId, Side, Source};
pub use pages::person_card;
pub use settings::Settings;

use crate::{
    access::SchoolId,
    measure::{Reading, Readings},
    school_year::SchoolYear,
    web::Routes,
};
use chrono::NaiveDate;
use database::{Result, Tx};

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = queries::ALL;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

/// Returns what this slice counts as of a day; nothing as long as the year has no classes on record, and nothing about a
/// year that is over in which nobody took part: what was entered by hand then stays.
///
/// Three statements, whatever the number of people: the road map asks at every page.
pub async fn readings(tx: &mut Tx, school: SchoolId, year: SchoolYear, on: NaiveDate) -> Result<Readings> {
    let settings = queries::settings(tx, school, year).await?;
    let groups = queries::groups(tx, (school, year), &settings, on).await?;
    if groups.is_empty() {
        return Ok(vec![]);
    }
    let (entered, complete) = queries::complete(tx, (school, year), on).await?;
    // Whoever asks about a year that is over asks about its last day.
    if entered == 0 && on >= year.last_day() {
        return Ok(vec![]);
    }
    Ok(vec![
        (coverage::COVERAGE, coverage::reading(&settings, &groups, on)),
        (coverage::REGISTRY, Reading::share(on, complete, entered)),
    ])
}
