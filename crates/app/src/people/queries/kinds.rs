//! What people are to the school.

use crate::{
    access::SchoolId,
    people::model::{Kind, PersonId},
};
use database::{Result, Tx, args};

database::queries! {
    /// The kinds of one person.
    KINDS = "SELECT kind FROM person_kinds WHERE person_id = $1 AND school_id = $2 ORDER BY kind";
    /// Gives a kind to a person.
    ADD_KIND = "
        INSERT INTO person_kinds (school_id, person_id, kind)
        VALUES ($1, $2, $3)
        ON CONFLICT (person_id, kind) DO NOTHING";
    /// Takes a kind from a person.
    REMOVE_KIND = "DELETE FROM person_kinds WHERE school_id = $1 AND person_id = $2 AND kind = $3";
    /// Takes all kinds from a person, before the new ones are given.
    CLEAR_KINDS = "DELETE FROM person_kinds WHERE school_id = $1 AND person_id = $2";
}

/// Returns the kinds of a person in the order of their definition.
pub async fn kinds(tx: &mut Tx, (school, person): (SchoolId, PersonId)) -> Result<Vec<Kind>> {
    let mut kinds: Vec<Kind> =
        tx.all::<(Kind,)>(KINDS, args![person, school]).await?.into_iter().map(|(kind,)| kind).collect();
    kinds.sort_unstable();
    Ok(kinds)
}

/// Gives a kind; `false` when the person has it.
pub async fn add_kind(tx: &mut Tx, (school, person): (SchoolId, PersonId), kind: Kind) -> Result<bool> {
    Ok(tx.run(ADD_KIND, args![school, person, kind]).await? == 1)
}

/// Takes a kind; `false` when the person does not have it.
pub async fn remove_kind(tx: &mut Tx, (school, person): (SchoolId, PersonId), kind: Kind) -> Result<bool> {
    Ok(tx.run(REMOVE_KIND, args![school, person, kind]).await? == 1)
}

/// Replaces the kinds of a person.
pub async fn set_kinds(tx: &mut Tx, key: (SchoolId, PersonId), kinds: &[Kind]) -> Result<()> {
    tx.run(CLEAR_KINDS, args![key.0, key.1]).await?;
    for kind in kinds {
        add_kind(tx, key, *kind).await?;
    }
    Ok(())
}
