//! The blank of a consent: its paper, made or filled anew from what is on record today.

use super::{draft_in, refill_in};
use crate::{
    access::{SchoolId, Visitor},
    audit::Author,
    consents::{
        ConsentId,
        model::Consent,
        queries::{self as consents, Guardian, Subject},
        signing::Policy,
    },
    error::Answer,
    paperwork::{
        building::{self, Asked, Draft},
        model::{Paper, PaperId},
        queries,
        state::State,
    },
    partners,
    people::Sight,
    school_year::SchoolYear,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// What all blanks of a pile share.
pub struct Blanks {
    year: SchoolYear,
    policy: Policy,
    partners: Vec<String>,
}

/// A consent with whom it is about.
struct Wanted {
    consent: Consent,
    subject: Subject,
    guardians: Vec<Guardian>,
}

/// Why a consent has no blank: whose it is, and the reason.
pub type NoBlank = (String, String);

impl Blanks {
    /// Loads what all blanks share.
    pub async fn load(tx: &mut Tx, visitor: &Visitor) -> Answer<Self> {
        let (school, year): (SchoolId, _) = (visitor.school_id(), SchoolYear::containing(visitor.today));
        let partners = partners::queries::partners(tx, school).await?;
        let working = partners.into_iter().filter(|partner| partner.is_working_on(visitor.today));
        Ok(Self {
            year,
            policy: consents::policy(tx, school, year).await?,
            partners: working.map(|partner| partner.name).collect(),
        })
    }

    async fn wanted(&self, tx: &mut Tx, visitor: &Visitor, id: ConsentId) -> Answer<Wanted> {
        let sight = Sight::of(visitor)?;
        let consent = consents::consent(tx, sight, id).await?;
        let subject = consents::subject(tx, sight, self.year, consent.person_id).await?;
        let guardians = consents::guardians(tx, sight, Some(consent.person_id)).await?;
        Ok(Wanted { consent, subject, guardians })
    }

    /// Returns the paper of a consent as it is printed today, or why there is none.
    pub async fn paper(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        id: ConsentId,
        now: DateTime<Utc>,
    ) -> Answer<Result<Paper, NoBlank>> {
        let wanted = self.wanted(tx, visitor, id).await?;
        let none = |reason: String| Ok(Err((wanted.subject.name().to_string(), reason)));
        if !wanted.consent.state_on(visitor.today).is_open() {
            return none("согласие уже подписано или отозвано".into());
        }
        let draft = match self.draft(visitor, &wanted) {
            Ok(draft) => draft,
            Err(reason) => return none(reason),
        };
        let (sight, author) = (Sight::of(visitor)?, Author::visitor(visitor));
        let papers = queries::of_consent(tx, sight, id).await?;
        let id = if let Some(paper) = papers.iter().find(|paper| paper.state() != State::Cancelled) {
            let people: Vec<_> = draft.people.iter().copied().chain(draft.person).collect();
            refill_in(tx, author, paper, (&draft.input, Some(&people)), now).await?;
            paper.id
        } else {
            // Two who print at the same moment make the same paper, and a job that runs again finds its own.
            let id = PaperId::of_consent(&wanted.consent, papers.len());
            draft_in(tx, author, &Draft { id, ..draft }, now).await?;
            id
        };
        Ok(Ok(queries::paper(tx, sight, id).await?))
    }

    fn draft(&self, visitor: &Visitor, wanted: &Wanted) -> building::Built {
        building::consent(&Asked {
            school: &visitor.school,
            year: self.year,
            consent: &wanted.consent,
            subject: &wanted.subject,
            guardians: &wanted.guardians,
            signers: wanted.subject.required(visitor.today, self.policy).signers,
            partners: &self.partners,
        })
    }
}
