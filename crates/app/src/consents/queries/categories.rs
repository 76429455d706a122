//! Special categories: of one person, and how many there are of each.

use crate::{
    access::{SchoolId, UserId},
    consents::model::{Category, CategoryId},
    people::{PersonId, Sight},
    school_year::SchoolYear,
    vault::{KeyId, Sealed},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The special categories of a person a visitor sees, those that have ended too.
    CATEGORIES = "
        SELECT c.id, c.person_id, c.key_id, c.sealed, c.since_on, c.until_on
        FROM special_categories c
        JOIN people p ON p.school_id = c.school_id AND p.id = c.person_id
        WHERE c.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND c.person_id = $3 AND c.key_id IS NOT NULL
        ORDER BY c.recorded_at, c.id";
    /// Whose record it is.
    PERSON_OF_CATEGORY = "
        SELECT c.person_id
        FROM special_categories c
        JOIN people p ON p.school_id = c.school_id AND p.id = c.person_id
        WHERE c.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND c.id = $3";
    /// The special categories of the participants of a year on a day, of those whose consent to keep it is valid.
    CATEGORIES_LASTING = "
        SELECT c.id, c.person_id, c.key_id, c.sealed, c.since_on, c.until_on
        FROM special_categories c
        JOIN people p ON p.school_id = c.school_id AND p.id = c.person_id
        WHERE c.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND c.key_id IS NOT NULL
          AND c.since_on <= $4 AND (c.until_on IS NULL OR c.until_on > $4)
          AND EXISTS (SELECT 1 FROM participations t
                      WHERE t.school_id = $1 AND t.person_id = c.person_id AND t.school_year = $3 AND t.left_on IS NULL)
          AND EXISTS (SELECT 1 FROM consents n
                      WHERE n.school_id = $1 AND n.person_id = c.person_id AND n.purpose = 'special_categories'
                        AND n.signed_on <= $4 AND n.withdrawn_on IS NULL
                        AND (n.valid_until IS NULL OR n.valid_until >= $4))";
    /// Records a category; the same form sent twice is one record.
    INSERT_CATEGORY = "
        INSERT INTO special_categories (id, school_id, person_id, key_id, sealed, since_on, recorded_at, recorded_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO NOTHING";
    /// What an earlier version wrote in the open.
    OPEN_CATEGORIES = "
        SELECT id, school_id, person_id, open_text
        FROM special_categories
        WHERE open_text IS NOT NULL
        ORDER BY id";
    /// Keeps such a record sealed.
    SEAL_CATEGORY = "
        UPDATE special_categories
        SET key_id = $3, sealed = $4, open_text = NULL
        WHERE id = $1 AND school_id = $2";
    /// Ends a category.
    END_CATEGORY = "
        UPDATE special_categories
        SET until_on = $3
        WHERE id = $1 AND school_id = $2 AND until_on IS NULL";
}

database::record! {
    /// A special category of a person as it is kept.
    pub struct SealedCategory {
        pub id: CategoryId,
        pub person_id: PersonId,
        pub key_id: KeyId,
        pub sealed: String,
        pub since_on: NaiveDate,
        pub until_on: Option<NaiveDate>,
    }
}

/// A category to be recorded.
#[derive(Debug, Clone)]
pub struct NewCategory {
    /// Made with the form: the same form sent twice is one record.
    pub id: CategoryId,
    pub person: PersonId,
    pub category: Category,
    pub since_on: NaiveDate,
    pub basis: String,
}

/// Returns the special categories of a person.
pub async fn categories(tx: &mut Tx, sight: Sight, person: PersonId) -> Result<Vec<SealedCategory>> {
    tx.all(CATEGORIES, args![sight.school(), sight.viewer(), person]).await
}

/// Returns whose record it is.
pub async fn person_of_category(tx: &mut Tx, sight: Sight, id: CategoryId) -> Result<PersonId> {
    tx.one::<(PersonId,)>(PERSON_OF_CATEGORY, args![sight.school(), sight.viewer(), id]).await.map(|(person,)| person)
}

/// Returns the special categories participants have on a day.
pub async fn categories_lasting(
    tx: &mut Tx,
    sight: Sight,
    year: SchoolYear,
    on: NaiveDate,
) -> Result<Vec<SealedCategory>> {
    tx.all(CATEGORIES_LASTING, args![sight.school(), sight.viewer(), year.start_year(), on]).await
}

/// Records a category; `false` when the same form was sent before.
pub async fn insert_category(
    tx: &mut Tx,
    school: SchoolId,
    (new, sealed): (&NewCategory, &Sealed),
    by: UserId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts = args![new.id, school, new.person, sealed.key, &sealed.text, new.since_on, now, by];
    Ok(tx.run(INSERT_CATEGORY, facts).await? == 1)
}

/// Returns what an earlier version wrote in the open, of all schools: record, school, person, text.
pub async fn open_categories(tx: &mut Tx) -> Result<Vec<(CategoryId, SchoolId, PersonId, String)>> {
    tx.all(OPEN_CATEGORIES, args![]).await
}

/// Keeps such a record sealed.
pub async fn seal_category(tx: &mut Tx, school: SchoolId, id: CategoryId, sealed: &Sealed) -> Result<()> {
    tx.run(SEAL_CATEGORY, args![id, school, sealed.key, &sealed.text]).await.map(|_| ())
}

/// Ends a category; `false` when it had ended.
pub async fn end_category(tx: &mut Tx, school: SchoolId, id: CategoryId, on: NaiveDate) -> Result<bool> {
    Ok(tx.run(END_CATEGORY, args![id, school, on]).await? == 1)
}
