//! Everything known about the partners of a school on a day: what the lists, files and pages are drawn from.

use super::{
    model::{Agreement, Contact, Partner, PartnerId},
    queries::{self, Mentor},
    rules::{AgreementState, leading},
};
use crate::{access::Visitor, error::Answer, people::Sight, school_year::SchoolYear};
use chrono::NaiveDate;
use database::Tx;

/// The partners of a school on a day.
pub struct Book {
    pub entries: Vec<Entry>,
    /// How many organisations there are to be partners, as entered for the year.
    pub total: Option<i64>,
    pub year: SchoolYear,
    pub today: NaiveDate,
}

/// A partner with everything that belongs to it.
pub struct Entry {
    pub partner: Partner,
    /// Who signs comes first.
    pub contacts: Vec<Contact>,
    /// The newest first.
    pub agreements: Vec<Agreement>,
    /// People of the partner; those who entered the base this year are its mentors.
    pub people: Vec<Mentor>,
}

impl Book {
    /// Loads all partners with five statements, whatever their number.
    pub async fn load(tx: &mut Tx, visitor: &Visitor) -> Answer<Self> {
        let (school, today) = (visitor.school_id(), visitor.today);
        let year = SchoolYear::containing(today);
        let contacts = queries::contacts(tx, school).await?;
        let agreements = queries::agreements(tx, school).await?;
        let people = queries::mentors(tx, Sight::of(visitor)?, year).await?;
        let entry = |partner: Partner| Entry {
            contacts: contacts.iter().filter(|one| one.partner_id == partner.id).cloned().collect(),
            agreements: agreements.iter().filter(|one| one.partner_id == partner.id).cloned().collect(),
            people: people.iter().filter(|one| one.partner_id == partner.id).cloned().collect(),
            partner,
        };
        let entries = queries::partners(tx, school).await?.into_iter().map(entry).collect();
        let total = queries::newest_total(tx, school, year, today).await?;
        Ok(Self { entries, total, year, today })
    }

    /// Returns a partner.
    pub fn take(self, id: PartnerId) -> Option<Entry> {
        self.entries.into_iter().find(|entry| entry.partner.id == id)
    }

    /// Returns the partners the school works with today.
    pub fn working(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.partner.is_working_on(self.today))
    }

    /// Returns the partners that gave a mentor this year.
    pub fn giving(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.mentors(self.today).next().is_some())
    }
}

impl Entry {
    /// Returns the agreement that says most about the partner.
    pub fn leading(&self, today: NaiveDate) -> Option<&Agreement> {
        leading(&self.agreements, today)
    }

    /// Returns where that agreement stands.
    pub fn standing(&self, today: NaiveDate) -> Option<AgreementState> {
        self.leading(today).map(|agreement| agreement.state_on(today))
    }

    /// Tells whether a signed agreement is not over.
    pub fn is_bound(&self, today: NaiveDate) -> bool {
        self.standing(today).is_some_and(AgreementState::binds)
    }

    /// Returns those who entered the base of mentors by today.
    pub fn mentors(&self, today: NaiveDate) -> impl Iterator<Item = &Mentor> {
        self.people.iter().filter(move |one| one.entered_on.is_some_and(|entered| entered <= today))
    }
}
