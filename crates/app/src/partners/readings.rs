//! What the road map counts over partners: rows 1.3 and 1.4.

use super::queries;
use crate::{
    access::SchoolId,
    measure::{Reading, Readings},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx};
use std::collections::BTreeSet;

/// Partners that gave a mentor, of the organisations there are to be partners (row 1.3).
pub const GIVING_MENTORS: &str = "partners.giving_mentors";

/// Partners with a signed agreement that is not over, of those the school works with (row 1.4).
pub const AGREEMENTS_SIGNED: &str = "agreements.signed";

/// Returns what this slice counts as of a day; nothing as long as there are no partners on record.
///
/// A partner that was put on record after the day does not count. The day of the record is taken in UTC: every zone of
/// Russia is ahead of it, so nothing recorded today is left out today.
pub async fn readings(tx: &mut Tx, school: SchoolId, year: SchoolYear, on: NaiveDate) -> Result<Readings> {
    let mut partners = queries::partners(tx, school).await?;
    partners.retain(|partner| partner.created_at.date_naive() <= on);
    if partners.is_empty() {
        return Ok(vec![]);
    }
    let known: BTreeSet<_> = partners.iter().map(|partner| partner.id).collect();
    let givers = queries::givers(tx, school, year, on).await?;
    let giving = givers.iter().filter(|partner| known.contains(partner)).count();
    // Without the number of organisations there is nothing to take a share of: «нет данных».
    let total = queries::newest_total(tx, school, year, on).await?.unwrap_or(0);

    let agreed: BTreeSet<_> = queries::agreements(tx, school)
        .await?
        .iter()
        .filter(|agreement| agreement.state_on(on).binds())
        .map(|agreement| agreement.partner_id)
        .collect();
    let working: Vec<_> = partners.iter().filter(|partner| partner.is_working_on(on)).collect();
    let signed = working.iter().filter(|partner| agreed.contains(&partner.id)).count();
    Ok(vec![
        (GIVING_MENTORS, Reading::share(on, count(giving), total)),
        (AGREEMENTS_SIGNED, Reading::share(on, count(signed), count(working.len()))),
    ])
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
