//! Consents of minors and adults, clearances of adults from outside, special categories.
//!
//! Rules kept: one consent is one purpose and one separate document (152-FZ art. 9, since 2025-09-01); who signs follows
//! from the age on the day; a withdrawal works in the transaction it is recorded in and is undone by a new consent only;
//! of a clearance only the fact and its days are kept.

pub mod model;

pub use model::{ConsentId, Purpose};

use crate::{access::SchoolId, measure::Readings, school_year::SchoolYear, web::Routes};
use chrono::NaiveDate;
use database::{Result, Tx};

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = &[];

/// The pages of this slice.
pub fn routes() -> Routes {
    Routes::new()
}

/// Returns what this slice counts as of a day; nothing as long as nobody takes part.
pub async fn readings(_tx: &mut Tx, _school: SchoolId, _year: SchoolYear, _on: NaiveDate) -> Result<Readings> {
    Ok(vec![])
}
