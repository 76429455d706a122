//! Papers are printed.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Author, Event},
    consents,
    error::{Answer, Failure},
    paperwork::{
        model::{Paper, PaperId},
        queries,
        state::State,
    },
    people::Sight,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;

/// Notes that a paper was printed on behalf of a visitor.
pub async fn mark_printed(app: &App, visitor: &Visitor, id: PaperId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let paper = queries::paper(&mut tx, Sight::of(visitor)?, id).await?;
    mark_printed_in(&mut tx, Author::visitor(visitor), &paper, visitor.today, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Notes that a paper was printed, and with it the blank of its consent; printing it again changes nothing.
pub async fn mark_printed_in(
    tx: &mut Tx,
    author: Author<'_>,
    paper: &Paper,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Answer<()> {
    if paper.state() == State::Cancelled {
        return Err(Failure::Refused("Документ отменён: печатать его не нужно.".into()));
    }
    if queries::mark_printed(tx, author.school_id(), paper.id, on).await? {
        audit::record(tx, author.act(Event::PaperPrinted, subject(paper)), now).await?;
    }
    if let Some(consent) = paper.consent_id {
        let wording = (format!("{}/{}", paper.kind, paper.wording_version), paper.wording_sha256.clone());
        consents::actions::mark_printed_in(tx, author, (consent, Some(wording)), on, now).await?;
    }
    Ok(())
}
