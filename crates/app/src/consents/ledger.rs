//! Everything a visitor may know about consents, put together out of three statements.

use super::{
    model::{Consent, Purpose},
    queries::{self, Guardian, Subject},
    renewal::{self, Reason},
    signing::Policy,
    standing::{best, by_person},
    state::State,
};
use crate::{
    people::{ClassId, ClassName, PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx};
use std::collections::{BTreeMap, HashMap};

/// The consents of everybody a visitor sees, on a day.
pub struct Ledger {
    pub policy: Policy,
    pub subjects: Vec<Subject>,
    pub today: NaiveDate,
    consents: HashMap<PersonId, Vec<Consent>>,
    guardians: HashMap<PersonId, Vec<Guardian>>,
}

/// One document with whom it is about.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    pub subject: &'a Subject,
    pub consent: &'a Consent,
    pub state: State,
}

impl Ledger {
    /// Loads what a visitor may see.
    pub async fn load(tx: &mut Tx, sight: Sight, today: NaiveDate) -> Result<Self> {
        let year = SchoolYear::containing(today);
        Ok(Self {
            policy: queries::policy(tx, sight.school(), year).await?,
            subjects: queries::subjects(tx, sight, year).await?,
            today,
            consents: by_person(queries::consents(tx, sight, None).await?, |consent| consent.person_id),
            guardians: by_person(queries::guardians(tx, sight, None).await?, |guardian| guardian.minor_id),
        })
    }

    /// Returns the documents of a person, the oldest first.
    pub fn of(&self, person: PersonId) -> &[Consent] {
        self.consents.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Returns every document, by name and then by age.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.subjects.iter().flat_map(move |subject| {
            self.of(subject.id).iter().map(move |consent| Line {
                subject,
                consent,
                state: consent.state_on(self.today),
            })
        })
    }

    /// Returns where a person stands with a purpose.
    pub fn standing(&self, person: PersonId, purpose: Purpose) -> Option<State> {
        best(self.of(person), purpose, self.today)
    }

    /// Returns participants who have no valid document of a purpose and none that waits for signatures.
    pub fn lacking(&self, purpose: Purpose) -> Vec<&Subject> {
        let lacks = |subject: &&Subject| {
            subject.takes_part
                && !self.standing(subject.id, purpose).is_some_and(|state| state.is_valid() || state.is_open())
        };
        self.subjects.iter().filter(lacks).collect()
    }

    /// Returns participants without a valid consent to take part.
    pub fn without_consent(&self) -> usize {
        let lacks = |subject: &&Subject| {
            subject.takes_part && !self.standing(subject.id, Purpose::Participation).is_some_and(State::is_valid)
        };
        self.subjects.iter().filter(lacks).count()
    }

    /// Returns documents to be made anew, with the reason; those whose successor waits for signatures are in hand.
    pub fn renewals(&self) -> Vec<(Line<'_>, Reason)> {
        let mut found = vec![];
        for subject in &self.subjects {
            let own = self.of(subject.id);
            let guardians: Vec<PersonId> =
                self.guardians.get(&subject.id).into_iter().flatten().map(|guardian| guardian.id).collect();
            for purpose in Purpose::ALL {
                let of_purpose = || own.iter().filter(|consent| consent.purpose == *purpose);
                if of_purpose().any(|consent| consent.state_on(self.today).is_open()) {
                    continue;
                }
                let newest = of_purpose().filter(|consent| consent.withdrawn_on.is_none()).max_by_key(|c| c.signed_on);
                let Some(consent) = newest else { continue };
                if let Some(reason) = renewal::reason(consent, subject.born_on, &guardians, self.today) {
                    found.push((Line { subject, consent, state: consent.state_on(self.today) }, reason));
                }
            }
        }
        found
    }

    /// Returns the classes of the people in the ledger, in order.
    pub fn classes(&self) -> BTreeMap<ClassName, ClassId> {
        self.subjects.iter().filter_map(|subject| Some((subject.class()?, subject.class_id?))).collect()
    }
}
