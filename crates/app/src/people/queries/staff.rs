//! Posts of the staff.

use crate::{
    access::SchoolId,
    people::model::{PersonId, Staff},
};
use database::{Result, Tx, args};

database::queries! {
    /// The post of one person.
    STAFF = "
        SELECT post, is_teaching, teaches_since, user_id
        FROM staff
        WHERE person_id = $1 AND school_id = $2";
    /// Sets the post of a person.
    SET_STAFF = "
        INSERT INTO staff (person_id, school_id, post, is_teaching, teaches_since, user_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (person_id) DO UPDATE
        SET post = excluded.post, is_teaching = excluded.is_teaching, teaches_since = excluded.teaches_since,
            user_id = excluded.user_id";
}

/// Returns the post of a person; nothing for who is not staff.
pub async fn staff(tx: &mut Tx, (school, person): (SchoolId, PersonId)) -> Result<Option<Staff>> {
    tx.maybe(STAFF, args![person, school]).await
}

/// Sets the post of a person; [`database::Error::Taken`] when the account belongs to somebody else.
pub async fn set_staff(tx: &mut Tx, (school, person): (SchoolId, PersonId), staff: &Staff) -> Result<()> {
    let facts = args![person, school, &staff.post, staff.is_teaching, staff.teaches_since, staff.user_id];
    tx.run(SET_STAFF, facts).await.map(|_| ())
}
