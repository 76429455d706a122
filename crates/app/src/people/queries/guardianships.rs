//! Who represents whom.

use crate::{
    access::SchoolId,
    people::{
        Sight,
        model::{Grounds, PersonId, Relative},
    },
};
use database::{Result, Tx, args};

database::queries! {
    /// The representatives of a minor.
    GUARDIANS = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.phone, p.email, g.grounds, g.paper
        FROM guardianships g
        JOIN people p ON p.id = g.guardian_id
        WHERE g.school_id = $1 AND g.minor_id = $3
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
        ORDER BY p.surname COLLATE russian, p.given_name COLLATE russian, p.id";
    /// The minors whom somebody represents.
    MINORS = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.phone, p.email, g.grounds, g.paper
        FROM guardianships g
        JOIN people p ON p.id = g.minor_id
        WHERE g.school_id = $1 AND g.guardian_id = $3
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
        ORDER BY p.surname COLLATE russian, p.given_name COLLATE russian, p.id";
    /// Notes who represents a minor; known again with other grounds, the new ones hold.
    INSERT_GUARDIANSHIP = "
        INSERT INTO guardianships (school_id, minor_id, guardian_id, grounds, paper)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (minor_id, guardian_id) DO UPDATE SET grounds = excluded.grounds, paper = excluded.paper";
    /// Somebody does not represent a minor any more.
    DELETE_GUARDIANSHIP = "DELETE FROM guardianships WHERE school_id = $1 AND minor_id = $2 AND guardian_id = $3";
}

/// Returns the representatives of a person and the minors whom the person represents, as far as they are seen.
pub async fn relatives(tx: &mut Tx, sight: Sight, person: PersonId) -> Result<(Vec<Relative>, Vec<Relative>)> {
    let guardians = tx.all(GUARDIANS, args![sight.school(), sight.viewer(), person]).await?;
    let minors = tx.all(MINORS, args![sight.school(), sight.viewer(), person]).await?;
    Ok((guardians, minors))
}

/// Who represents a minor, on which grounds.
#[derive(Debug, Clone, Copy)]
pub struct NewGuardianship<'a> {
    pub minor: PersonId,
    pub guardian: PersonId,
    pub grounds: Grounds,
    /// The paper behind the grounds, for a guardian or a custodian; may be empty.
    pub paper: &'a str,
}

/// Notes who represents a minor.
pub async fn insert_guardianship(tx: &mut Tx, school: SchoolId, new: NewGuardianship<'_>) -> Result<()> {
    let facts = args![school, new.minor, new.guardian, new.grounds, new.paper];
    tx.run(INSERT_GUARDIANSHIP, facts).await.map(|_| ())
}

/// Somebody does not represent a minor any more; `false` when that was so already.
pub async fn delete_guardianship(
    tx: &mut Tx,
    school: SchoolId,
    (minor, guardian): (PersonId, PersonId),
) -> Result<bool> {
    Ok(tx.run(DELETE_GUARDIANSHIP, args![school, minor, guardian]).await? == 1)
}
