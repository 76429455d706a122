//! Partner organisations, people to talk to, agreements.
//!
//! Rules kept: whether an agreement is valid follows from its days; the number of organisations there are to be partners
//! is entered by a person with its source.

pub mod model;

pub use model::{AgreementId, PartnerId};

use crate::{access::SchoolId, measure::Readings, school_year::SchoolYear, web::Routes};
use chrono::NaiveDate;
use database::{Result, Tx};

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = &[];

/// The pages of this slice.
pub fn routes() -> Routes {
    Routes::new()
}

/// Returns what this slice counts as of a day; nothing as long as there are no partners on record.
pub async fn readings(_tx: &mut Tx, _school: SchoolId, _year: SchoolYear, _on: NaiveDate) -> Result<Readings> {
    Ok(vec![])
}
