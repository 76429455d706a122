//! Whom a paper names.

use crate::{access::SchoolId, paperwork::model::PaperId, people::PersonId};
use database::{Result, Tx, args};
use std::collections::BTreeSet;

database::queries! {
    /// Says that a paper names nobody, before those it names are noted.
    CLEAR_PEOPLE = "DELETE FROM paper_people WHERE school_id = $1 AND paper_id = $2";
    /// Notes somebody a paper names.
    INSERT_PERSON = "INSERT INTO paper_people (school_id, paper_id, person_id) VALUES ($1, $2, $3)";
}

/// Notes everybody a paper names.
pub async fn set_people(tx: &mut Tx, school: SchoolId, paper: PaperId, people: &[PersonId]) -> Result<()> {
    tx.run(CLEAR_PEOPLE, args![school, paper]).await?;
    let people: BTreeSet<PersonId> = people.iter().copied().collect();
    let people = people.into_iter().map(|person| args![school, paper, person]).collect();
    tx.run_many(INSERT_PERSON, people).await.map(|_| ())
}
