//! Somebody's participations of all years.

use crate::{
    access::SchoolId,
    participation::{
        funnel::{Facts, Stage},
        model::{Decision, LeaveReason, ParticipationId, Side},
    },
    people::{PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// The participations of a person whom the visitor may see, the newest first.
    INVOLVEMENTS = "
        SELECT n.id, n.school_year, n.side, n.offered_on, n.interviewed_on, n.decision, n.entered_on, n.left_on,
               n.leave_reason
        FROM participations n
        JOIN people p ON p.school_id = n.school_id AND p.id = n.person_id
        WHERE n.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND n.person_id = $3
        ORDER BY n.school_year DESC, n.side, n.id";
    /// How many participations and candidates a year has.
    BEGUN = "
        SELECT COUNT(*)
        FROM participations
        WHERE school_id = $1 AND school_year = $2";
}

database::record! {
    /// That somebody takes or took part in a year.
    #[derive(Debug, Clone)]
    pub struct Involvement {
        pub id: ParticipationId,
        pub school_year: i64,
        pub side: Side,
        pub offered_on: NaiveDate,
        pub interviewed_on: Option<NaiveDate>,
        pub decision: Option<Decision>,
        pub entered_on: Option<NaiveDate>,
        pub left_on: Option<NaiveDate>,
        pub leave_reason: Option<LeaveReason>,
    }
}

impl Involvement {
    /// Returns how far the way into the base has come.
    pub fn stage(&self) -> Stage {
        let facts = Facts {
            offered_on: self.offered_on,
            interviewed_on: self.interviewed_on,
            decision: self.decision,
            entered_on: self.entered_on,
            left_on: self.left_on,
        };
        facts.stage()
    }

    /// Returns the school year.
    pub fn year(&self) -> Option<SchoolYear> {
        i32::try_from(self.school_year).ok().and_then(SchoolYear::starting_in)
    }
}

/// Returns the participations of a person who may be seen, the newest first.
pub async fn involvements(tx: &mut Tx, sight: Sight, person: PersonId) -> Result<Vec<Involvement>> {
    tx.all(INVOLVEMENTS, args![sight.school(), sight.viewer(), person]).await
}

/// Tells whether anybody was invited or applied in a year.
pub async fn has_begun(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<bool> {
    tx.one::<(i64,)>(BEGUN, args![school, year.start_year()]).await.map(|(count,)| count > 0)
}
