//! Where everybody stands: consents and clearances of the people of a year on a day.

use super::{
    clearance,
    model::{Clearance, Consent, Purpose},
    queries,
    state::State,
};
use crate::{
    access::SchoolId,
    measure::{Reading, Readings},
    people::{PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx};
use std::collections::HashMap;

/// The measure of row 1.8 of the road map.
pub const VALID: &str = "consents.valid";

/// Where one person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The state of the consent to take part; nothing as long as nobody has asked for it.
    pub consent: Option<State>,
    pub clearance: clearance::Standing,
    /// Whether a lacking clearance keeps the person from working with children: a setting of the year.
    pub is_blocked: bool,
}

impl Standing {
    /// Tells whether every mandatory consent is valid.
    pub fn has_consent(&self) -> bool {
        self.consent.is_some_and(State::is_valid)
    }
}

/// Returns where everybody stands who takes part in a year or is a candidate, of those a visitor sees.
pub async fn standing(
    tx: &mut Tx,
    sight: Sight,
    year: SchoolYear,
    on: NaiveDate,
) -> Result<HashMap<PersonId, Standing>> {
    let policy = queries::policy(tx, sight.school(), year).await?;
    let subjects = queries::subjects(tx, sight, year).await?;
    let consents = by_person(queries::consents(tx, sight, None).await?, |consent| consent.person_id);
    let clearances = by_person(queries::clearances(tx, sight, None).await?, |clearance| clearance.person_id);
    let found = subjects.iter().filter(|subject| subject.takes_part).map(|subject| {
        let own = consents.get(&subject.id).map_or(&[][..], Vec::as_slice);
        let shown = clearances.get(&subject.id).map_or(&[][..], Vec::as_slice);
        let clearance = clearance_of(&subject.kinds(), subject.born_on, shown, on);
        let is_blocked = policy.clearance_blocks && !clearance.is_cleared();
        (subject.id, Standing { consent: best(own, Purpose::Participation, on), clearance, is_blocked })
    });
    Ok(found.collect())
}

/// Tells whether a person may work with children on a day, as far as clearances go.
pub async fn is_cleared(tx: &mut Tx, sight: Sight, person: PersonId, on: NaiveDate) -> Result<bool> {
    let subject = queries::subject(tx, sight, SchoolYear::containing(on), person).await?;
    let shown = queries::clearances(tx, sight, Some(person)).await?;
    Ok(clearance_of(&subject.kinds(), subject.born_on, &shown, on).is_cleared())
}

/// Returns where somebody stands with clearances; pupils and staff need none.
pub fn clearance_of(
    kinds: &[crate::people::Kind],
    born_on: Option<NaiveDate>,
    shown: &[Clearance],
    on: NaiveDate,
) -> clearance::Standing {
    if clearance::is_needed(kinds, born_on, on) {
        clearance::standing(shown, on)
    } else {
        clearance::Standing::NotNeeded
    }
}

/// Groups records by whom they are about; their order stays.
pub fn by_person<T>(records: Vec<T>, whose: impl Fn(&T) -> PersonId) -> HashMap<PersonId, Vec<T>> {
    let mut groups: HashMap<PersonId, Vec<T>> = HashMap::new();
    for record in records {
        groups.entry(whose(&record)).or_default().push(record);
    }
    groups
}

/// Returns the state that counts among the documents of a purpose: a valid one, else one that waits for signatures,
/// else what became of the last one.
pub fn best(consents: &[Consent], purpose: Purpose, on: NaiveDate) -> Option<State> {
    let weight = |state: &State| match state {
        State::Signed => 4,
        State::Expiring => 3,
        State::Printed => 2,
        State::Needed => 1,
        State::Expired | State::Withdrawn => 0,
    };
    let states = consents.iter().filter(|consent| consent.purpose == purpose && consent.asked_on <= on);
    states.map(|consent| consent.state_on(on)).max_by_key(weight)
}

/// Returns what this slice counts as of a day; nothing as long as nobody takes part in the year.
pub async fn readings(tx: &mut Tx, school: SchoolId, year: SchoolYear, on: NaiveDate) -> Result<Readings> {
    let tally = queries::tally(tx, school, year, on).await?;
    if tally.participations == 0 {
        return Ok(vec![]);
    }
    Ok(vec![(VALID, Reading::share(on, tally.with_consent, tally.participants))])
}
