//! The lists behind the numbers of the road map: who or what counts and who is missing, as of a day.

mod organisations;
mod people;
mod rows;
mod sheet;

pub use sheet::List;

use super::contents::Reader;
use crate::{
    consents,
    error::Answer,
    participation::coverage,
    partners,
    roadmap::{board::Board, measures},
};
use database::Tx;

/// Returns the list behind a measure, if the program counts it and the reader may open the page behind it.
pub async fn list(tx: &mut Tx, reader: &Reader<'_>, board: &Board, measure: &str) -> Answer<Option<List>> {
    if measures::is_total(measure) {
        return Ok(Some(rows::of_total(board, measure)));
    }
    if measures::page_behind(measure, &reader.visitor).is_none() {
        return Ok(None);
    }
    Ok(match measure {
        coverage::COVERAGE => Some(people::covered(tx, reader).await?),
        coverage::REGISTRY => Some(people::registry(tx, reader).await?),
        consents::VALID => Some(people::with_consent(tx, reader).await?),
        partners::GIVING_MENTORS => Some(organisations::giving(tx, reader).await?),
        partners::AGREEMENTS_SIGNED => Some(organisations::agreed(tx, reader).await?),
        _ => None,
    })
}
