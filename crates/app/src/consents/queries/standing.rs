//! How many of those who take part have what they need.

use crate::{access::SchoolId, school_year::SchoolYear};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// Who is in the bases of a year on a day, how many of them have a valid consent to take part, and whether the year
    /// has participations at all.
    TALLY = "
        SELECT COUNT(*),
               COUNT(*) FILTER (WHERE EXISTS (
                   SELECT 1 FROM consents n
                   WHERE n.school_id = $1 AND n.person_id = b.person_id AND n.purpose = 'participation'
                     AND n.signed_on <= $3 AND (n.withdrawn_on IS NULL OR n.withdrawn_on > $3)
                     AND (n.valid_until IS NULL OR n.valid_until >= $3))),
               (SELECT COUNT(*) FROM participations a WHERE a.school_id = $1 AND a.school_year = $2)
        FROM (SELECT DISTINCT t.person_id
              FROM participations t
              JOIN people p ON p.school_id = t.school_id AND p.id = t.person_id
              WHERE t.school_id = $1 AND t.school_year = $2 AND t.entered_on <= $3
                AND (t.left_on IS NULL OR t.left_on > $3)) AS b";
}

/// Who is in both bases, and how many of them have every mandatory consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub participants: i64,
    pub with_consent: i64,
    /// Participations of the year, of whatever state; none means that nothing can be said.
    pub participations: i64,
}

/// Counts who has every mandatory consent on a day.
pub async fn tally(tx: &mut Tx, school: SchoolId, year: SchoolYear, on: NaiveDate) -> Result<Tally> {
    let (participants, with_consent, participations) =
        tx.one::<(i64, i64, i64)>(TALLY, args![school, year.start_year(), on]).await?;
    Ok(Tally { participants, with_consent, participations })
}
