//! Who takes part in a school year: candidates, interviews, decisions, the two bases, coverage of the target groups.
//!
//! Rules kept: mentor or mentee is a property of a participation, not of a person; who counts is decided by the settings
//! of the year; an application names nobody until the coordinator says whom, and is never a consent.

pub mod model;

pub use model::{Decision, LeaveReason, ParticipationId, Side, Source};

use crate::{access::SchoolId, measure::Readings, school_year::SchoolYear, web::Routes};
use chrono::NaiveDate;
use database::{Result, Tx};

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = &[];

/// The pages of this slice.
pub fn routes() -> Routes {
    Routes::new()
}

/// Returns what this slice counts as of a day; nothing as long as the school has no people on record.
pub async fn readings(_tx: &mut Tx, _school: SchoolId, _year: SchoolYear, _on: NaiveDate) -> Result<Readings> {
    Ok(vec![])
}
