//! Who has read a paper: «с приказом ознакомлены».

use crate::{
    access::UserId,
    paperwork::model::{Acquaintance, AcquaintanceId, PaperId},
    people::{PersonId, Sight},
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// The list of a paper by name.
    LIST = "
        SELECT a.id,
               COALESCE(u.full_name, TRIM(p.surname || ' ' || p.given_name || ' ' || p.patronymic)) AS name,
               COALESCE(u.post, f.post, '') AS post, a.acquainted_on
        FROM paper_acquaintances a
        LEFT JOIN users u ON u.school_id = a.school_id AND u.id = a.user_id
        LEFT JOIN people p ON p.school_id = a.school_id AND p.id = a.person_id
                          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2)
                               OR $2 IS NULL)
        LEFT JOIN staff f ON f.school_id = p.school_id AND f.person_id = p.id
        WHERE a.school_id = $1 AND a.paper_id = $3 AND (u.id IS NOT NULL OR p.id IS NOT NULL)
        ORDER BY COALESCE(u.full_name, p.surname || ' ' || p.given_name || ' ' || p.patronymic) COLLATE russian, a.id";
    /// Adds somebody to the list of a paper; who is on it stays.
    INSERT = "
        INSERT INTO paper_acquaintances (id, school_id, paper_id, person_id, user_id)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING";
    /// Notes when somebody signed, or that it was a mistake.
    SET_ACQUAINTED = "
        UPDATE paper_acquaintances
        SET acquainted_on = $4
        WHERE id = $1 AND school_id = $2 AND paper_id = $3";
    /// Takes somebody who has not signed off the list.
    REMOVE = "
        DELETE FROM paper_acquaintances
        WHERE id = $1 AND school_id = $2 AND paper_id = $3 AND acquainted_on IS NULL";
}

/// Returns the list of a paper by name.
pub async fn acquaintances(tx: &mut Tx, sight: Sight, paper: PaperId) -> Result<Vec<Acquaintance>> {
    tx.all(LIST, args![sight.school(), sight.viewer(), paper]).await
}

/// Adds an employee on record or an account to the list; `false` when it is on it.
pub async fn insert_acquaintance(
    tx: &mut Tx,
    sight: Sight,
    paper: PaperId,
    (person, user): (Option<PersonId>, Option<UserId>),
) -> Result<bool> {
    let facts = args![AcquaintanceId::fresh(), sight.school(), paper, person, user];
    Ok(tx.run(INSERT, facts).await? == 1)
}

/// Notes when somebody signed; `false` when the line is not there.
pub async fn set_acquainted(
    tx: &mut Tx,
    sight: Sight,
    (paper, id): (PaperId, AcquaintanceId),
    on: Option<NaiveDate>,
) -> Result<bool> {
    Ok(tx.run(SET_ACQUAINTED, args![id, sight.school(), paper, on]).await? == 1)
}

/// Takes somebody who has not signed off the list; `false` when there is nobody to take off.
pub async fn remove_acquaintance(tx: &mut Tx, sight: Sight, (paper, id): (PaperId, AcquaintanceId)) -> Result<bool> {
    Ok(tx.run(REMOVE, args![id, sight.school(), paper]).await? == 1)
}
