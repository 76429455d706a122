//! Persons: their own facts.

use crate::{
    access::SchoolId,
    people::{
        Sight, WithdrawnNames,
        model::{Person, PersonFacts, PersonId},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};
use uuid::Uuid;

database::queries! {
    /// One person whom the viewer may see.
    PERSON = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.born_on, p.sex, p.phone, p.email, p.journal_id, p.workplace,
               p.note, p.left_on, p.left_reason, p.version
        FROM people p
        WHERE p.id = $3 AND p.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)";
    /// Adds a person; nothing happens when the id is there already: the same form was sent twice.
    INSERT_PERSON = "
        INSERT INTO persons (id, school_id, surname, given_name, patronymic, name_key, born_on, sex, phone, email,
                             journal_id, workplace, note, left_reason, created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, 1)
        ON CONFLICT (id) DO NOTHING";
    /// Saves a person if nobody saved it since `version`.
    UPDATE_PERSON = "
        UPDATE persons
        SET surname = $4, given_name = $5, patronymic = $6, name_key = $7, born_on = $8, sex = $9, phone = $10, email = $11,
            journal_id = $12, workplace = $13, note = $14, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Notes that somebody left the school.
    LEAVE = "
        UPDATE persons
        SET left_on = $3, left_reason = $4, version = version + 1
        WHERE id = $1 AND school_id = $2 AND left_on IS NULL";
    /// Notes that somebody is back.
    RETURN_PERSON = "
        UPDATE persons
        SET left_on = NULL, left_reason = '', version = version + 1
        WHERE id = $1 AND school_id = $2 AND left_on IS NOT NULL";
    /// The names of those who have withdrawn the consent: what comes in under them is not shown.
    WITHDRAWN_NAMES = "
        SELECT name_key
        FROM persons
        WHERE school_id = $1 AND hidden_on IS NOT NULL AND merged_into IS NULL";
    /// Says which partner somebody comes from.
    SET_PARTNER = "UPDATE persons SET partner_id = $3, version = version + 1 WHERE id = $1 AND school_id = $2";
}

/// Returns a person; one that is not seen is [`database::Error::Missing`].
pub async fn person(tx: &mut Tx, sight: Sight, id: PersonId) -> Result<Person> {
    tx.one(PERSON, args![sight.school(), sight.viewer(), id]).await
}

/// Returns a person, if the viewer may see it.
pub async fn person_maybe(tx: &mut Tx, sight: Sight, id: PersonId) -> Result<Option<Person>> {
    tx.maybe(PERSON, args![sight.school(), sight.viewer(), id]).await
}

/// Returns the names under which nothing is shown.
pub async fn withdrawn_names(tx: &mut Tx, school: SchoolId) -> Result<WithdrawnNames> {
    let keys: Vec<(String,)> = tx.all(WITHDRAWN_NAMES, args![school]).await?;
    Ok(WithdrawnNames::of(keys.into_iter().map(|(key,)| key)))
}

/// Adds a person without kinds; `false` when the id is there already.
pub async fn insert_person(
    tx: &mut Tx,
    (school, id): (SchoolId, PersonId),
    new: &PersonFacts,
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts = args![
        id,
        school,
        &new.name.surname,
        &new.name.given,
        &new.name.patronymic,
        new.name.key(),
        new.born_on,
        new.sex,
        &new.phone,
        &new.email,
        &new.journal_id,
        &new.workplace,
        &new.note,
        now,
    ];
    Ok(tx.run(INSERT_PERSON, facts).await? == 1)
}

/// Saves a person; `false` when somebody saved it since `version`.
pub async fn update_person(
    tx: &mut Tx,
    (school, id): (SchoolId, PersonId),
    version: i64,
    wanted: &PersonFacts,
) -> Result<bool> {
    let facts = args![
        id,
        school,
        version,
        &wanted.name.surname,
        &wanted.name.given,
        &wanted.name.patronymic,
        wanted.name.key(),
        wanted.born_on,
        wanted.sex,
        &wanted.phone,
        &wanted.email,
        &wanted.journal_id,
        &wanted.workplace,
        &wanted.note,
    ];
    Ok(tx.run(UPDATE_PERSON, facts).await? == 1)
}

/// Notes that somebody left; `false` when that is noted already.
pub async fn leave(tx: &mut Tx, key: (SchoolId, PersonId), on: NaiveDate, reason: &str) -> Result<bool> {
    Ok(tx.run(LEAVE, args![key.1, key.0, on, reason]).await? == 1)
}

/// Notes that somebody is back; `false` for somebody who never left.
pub async fn return_person(tx: &mut Tx, (school, id): (SchoolId, PersonId)) -> Result<bool> {
    Ok(tx.run(RETURN_PERSON, args![id, school]).await? == 1)
}

/// Says which partner organisation somebody comes from; the id is one of the slice `partners`.
pub async fn set_partner(tx: &mut Tx, (school, id): (SchoolId, PersonId), partner: Option<Uuid>) -> Result<bool> {
    Ok(tx.run(SET_PARTNER, args![id, school, partner]).await? == 1)
}
