//! Many papers on one pile: printed as one PDF, each on sheets of its own with its own code.

use super::{draft_in, mark_printed_in, refill_in};
use crate::{
    access::{SchoolId, Visitor},
    audit::Author,
    consents::{
        ConsentId,
        model::Consent,
        queries::{self as consents, Guardian, Subject},
        signing::Policy,
    },
    error::{Answer, Failure},
    paperwork::{
        CLOSED,
        building::{self, Asked},
        model::{Paper, PaperId},
        queries, render,
        state::State,
    },
    partners,
    people::Sight,
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;
use documents::block::Document;

/// The most papers printed at once while somebody waits: three classes, some three seconds.
pub const MOST: usize = 100;

/// A pile that was printed.
pub struct Pile {
    pub bytes: Vec<u8>,
    pub printed: usize,
    /// Why some were left out: whom, and the reason.
    pub left_out: Vec<(String, String)>,
}

/// Prints papers that are there; each is marked as printed.
pub async fn print(app: &App, visitor: &Visitor, ids: &[PaperId]) -> Answer<Pile> {
    few_enough(ids.len())?;
    let mut tx = app.db.begin().await?;
    let mut sheets = vec![];
    for id in ids {
        let paper = queries::paper(&mut tx, Sight::of(visitor)?, *id).await?;
        sheets.push(printed(&mut tx, visitor, &paper, app.clock.now()).await?);
    }
    set(visitor, tx, (sheets, vec![])).await
}

/// Prints the blanks of consents, making their papers, or filling them anew, from what is on record today.
pub async fn print_consents(app: &App, visitor: &Visitor, ids: &[ConsentId]) -> Answer<Pile> {
    few_enough(ids.len())?;
    let mut tx = app.db.begin().await?;
    let (mut sheets, mut left_out) = (vec![], vec![]);
    let known = Known::load(&mut tx, visitor).await?;
    for id in ids {
        let asked = known.asked(&mut tx, visitor, *id).await?;
        match known.paper(&mut tx, visitor, &asked, app.clock.now()).await? {
            Ok(paper) => sheets.push(printed(&mut tx, visitor, &paper, app.clock.now()).await?),
            Err(reason) => left_out.push((asked.subject.name().to_string(), reason)),
        }
    }
    set(visitor, tx, (sheets, left_out)).await
}

fn few_enough(count: usize) -> Answer<()> {
    match count {
        0 => Err(Failure::Refused("Печатать нечего: отметьте документы.".into())),
        1..=MOST => Ok(()),
        _ => Err(Failure::Refused(format!("За один раз печатается до {MOST} документов: печатайте по классам."))),
    }
}

/// Marks a paper as printed and returns what is printed.
async fn printed(tx: &mut Tx, visitor: &Visitor, paper: &Paper, now: DateTime<Utc>) -> Answer<Document> {
    if paper.is_closed {
        return Err(Failure::Refused(CLOSED.into()));
    }
    mark_printed_in(tx, Author::visitor(visitor), paper, visitor.today, now).await?;
    render::document(paper, &queries::filling(tx, visitor.school_id(), paper.id).await?)
}

/// Sets the pile and commits: nothing is marked as printed that could not be set.
async fn set(visitor: &Visitor, tx: Tx, (sheets, left_out): (Vec<Document>, Vec<(String, String)>)) -> Answer<Pile> {
    let printed = sheets.len();
    let bytes = if sheets.is_empty() { vec![] } else { render::pdf_of(sheets, visitor.today).await? };
    tx.commit().await?;
    Ok(Pile { bytes, printed, left_out })
}

/// What all blanks of a pile share.
struct Known {
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

impl Known {
    async fn load(tx: &mut Tx, visitor: &Visitor) -> Answer<Self> {
        let (school, year): (SchoolId, _) = (visitor.school_id(), SchoolYear::containing(visitor.today));
        let partners = partners::queries::partners(tx, school).await?;
        let working = partners.into_iter().filter(|partner| partner.is_working_on(visitor.today));
        Ok(Self {
            year,
            policy: consents::policy(tx, school, year).await?,
            partners: working.map(|partner| partner.name).collect(),
        })
    }

    async fn asked(&self, tx: &mut Tx, visitor: &Visitor, id: ConsentId) -> Answer<Wanted> {
        let sight = Sight::of(visitor)?;
        let consent = consents::consent(tx, sight, id).await?;
        let subject = consents::subject(tx, sight, self.year, consent.person_id).await?;
        let guardians = consents::guardians(tx, sight, Some(consent.person_id)).await?;
        Ok(Wanted { consent, subject, guardians })
    }

    /// Returns the paper of a consent as it is printed today, or why there is none.
    async fn paper(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        wanted: &Wanted,
        now: DateTime<Utc>,
    ) -> Answer<Result<Paper, String>> {
        if !wanted.consent.state_on(visitor.today).is_open() {
            return Ok(Err("согласие уже подписано или отозвано".into()));
        }
        let built = building::consent(&Asked {
            school: &visitor.school,
            year: self.year,
            consent: &wanted.consent,
            subject: &wanted.subject,
            guardians: &wanted.guardians,
            signers: wanted.subject.required(visitor.today, self.policy).signers,
            partners: &self.partners,
        });
        let draft = match built {
            Ok(draft) => draft,
            Err(reason) => return Ok(Err(reason)),
        };
        let (sight, author) = (Sight::of(visitor)?, Author::visitor(visitor));
        let papers = queries::of_consent(tx, sight, wanted.consent.id).await?;
        let id = if let Some(paper) = papers.iter().find(|paper| paper.state() != State::Cancelled) {
            let people: Vec<_> = draft.people.iter().copied().chain(draft.person).collect();
            refill_in(tx, author, paper, (&draft.input, Some(&people)), now).await?;
            paper.id
        } else {
            draft_in(tx, author, &draft, now).await?;
            draft.id
        };
        Ok(Ok(queries::paper(tx, sight, id).await?))
    }
}
