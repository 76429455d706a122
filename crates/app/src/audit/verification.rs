//! Does the chain of acts hold? Asked by `nastavnik audit verify` and by the page of the journal.

use super::{
    chain::{Broken, Head, Walk},
    queries::chains,
};
use crate::access::{self, SchoolId};
use database::{Db, Result, Tx};

/// Walks through every act of a school; `printed` is a head noted earlier, in a backup or on paper.
pub async fn verify(tx: &mut Tx, school: SchoolId, printed: Option<&Head>) -> Result<Result<Head, Broken>> {
    let foreign = chains::count_unchained(tx, school).await?;
    if foreign > 0 {
        return Ok(Err(Broken::Foreign { acts: foreign }));
    }
    let mut walk = Walk::new(school, printed);
    loop {
        let links = chains::links_after(tx, school, walk.head().place).await?;
        if links.is_empty() {
            let head = chains::head(tx, school).await?;
            return Ok(walk.end(&head));
        }
        for link in &links {
            if let Err(broken) = walk.step(link) {
                return Ok(Err(broken));
            }
        }
    }
}

/// Chains the acts that versions before the chain have left; does nothing when there are none.
pub async fn chain_old_acts(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    for school in access::schools(&mut tx).await? {
        let acts = chains::chain_old(&mut tx, school.id).await?;
        if acts > 0 {
            tracing::info!(acts, "the acts of a school were chained");
        }
    }
    tx.commit().await
}
