//! Where everybody who takes part stands, and how many have what they need.

use crate::{
    access::SchoolId,
    consents::model::Clearance,
    people::{PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// The clearances of everybody, or of one person, the oldest first.
    CLEARANCES = "
        SELECT c.id, c.person_id, c.kind, c.issued_on, c.valid_until, c.seen_on, c.revoked_on
        FROM clearances c
        JOIN people p ON p.school_id = c.school_id AND p.id = c.person_id
        WHERE c.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND (c.person_id = $3 OR $3 IS NULL)
        ORDER BY c.seen_on, c.created_at, c.id";
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

/// Returns the clearances of everybody, or of one person, the oldest first.
pub async fn clearances(tx: &mut Tx, sight: Sight, person: Option<PersonId>) -> Result<Vec<Clearance>> {
    tx.all(CLEARANCES, args![sight.school(), sight.viewer(), person]).await
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
