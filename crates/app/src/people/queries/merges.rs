//! Two records of one person made one, and made two again.
//!
//! Whatever refers to a person is listed in [`REFERENCES`] or stays for a reason told in [`STAYING`]; a test compares
//! the two with the schema.

use crate::{
    access::{SchoolId, UserId},
    people::{
        Sight,
        model::{Merge, MergeId, Moved, PersonId},
    },
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// What refers to the duplicate is moved to the kept record, unless the kept one has its like; each answers with the
    /// keys of the rows it moved, and has a statement that gives such a row back.
    TAKE_ENROLMENTS = "
        UPDATE enrolments
        SET person_id = $3
        WHERE school_id = $1 AND person_id = $2
          AND (left_on IS NOT NULL
               OR NOT EXISTS (SELECT 1 FROM enrolments k WHERE k.school_id = $1 AND k.person_id = $3 AND k.left_on IS NULL))
        RETURNING CAST(id AS TEXT)";
    GIVE_ENROLMENTS = "
        UPDATE enrolments SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_KINDS = "
        UPDATE person_kinds
        SET person_id = $3
        WHERE school_id = $1 AND person_id = $2
          AND kind NOT IN (SELECT k.kind FROM person_kinds k WHERE k.school_id = $1 AND k.person_id = $3)
        RETURNING kind";
    GIVE_KINDS = "
        UPDATE person_kinds SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND kind = $4";
    TAKE_STAFF = "
        UPDATE staff
        SET person_id = $3
        WHERE school_id = $1 AND person_id = $2
          AND NOT EXISTS (SELECT 1 FROM staff k WHERE k.school_id = $1 AND k.person_id = $3)
        RETURNING post";
    GIVE_STAFF = "UPDATE staff SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND post = $4";
    TAKE_GUARDIANS = "
        UPDATE guardianships
        SET minor_id = $3
        WHERE school_id = $1 AND minor_id = $2 AND guardian_id <> $3
          AND guardian_id NOT IN (SELECT k.guardian_id FROM guardianships k WHERE k.school_id = $1 AND k.minor_id = $3)
        RETURNING CAST(guardian_id AS TEXT)";
    GIVE_GUARDIANS = "
        UPDATE guardianships
        SET minor_id = $3
        WHERE school_id = $1 AND minor_id = $2 AND CAST(guardian_id AS TEXT) = $4";
    TAKE_MINORS = "
        UPDATE guardianships
        SET guardian_id = $3
        WHERE school_id = $1 AND guardian_id = $2 AND minor_id <> $3
          AND minor_id NOT IN (SELECT k.minor_id FROM guardianships k WHERE k.school_id = $1 AND k.guardian_id = $3)
        RETURNING CAST(minor_id AS TEXT)";
    GIVE_MINORS = "
        UPDATE guardianships
        SET guardian_id = $3
        WHERE school_id = $1 AND guardian_id = $2 AND CAST(minor_id AS TEXT) = $4";
    TAKE_APPLICATIONS = "
        UPDATE applications SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_APPLICATIONS = "
        UPDATE applications SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_PARTICIPATIONS = "
        UPDATE participations SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_PARTICIPATIONS = "
        UPDATE participations SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_CONSENTS = "
        UPDATE consents SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_CONSENTS = "
        UPDATE consents SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_LINKS = "
        UPDATE consent_links SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_LINKS = "
        UPDATE consent_links SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_HELD_LINKS = "
        UPDATE consent_links SET holder_id = $3 WHERE school_id = $1 AND holder_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_HELD_LINKS = "
        UPDATE consent_links SET holder_id = $3 WHERE school_id = $1 AND holder_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_CLEARANCES = "
        UPDATE clearances SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_CLEARANCES = "
        UPDATE clearances SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_CATEGORIES = "
        UPDATE special_categories SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_CATEGORIES = "
        UPDATE special_categories SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_KEYS = "
        UPDATE vault_keys SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_KEYS = "
        UPDATE vault_keys SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_PAPERS = "
        UPDATE papers SET person_id = $3 WHERE school_id = $1 AND person_id = $2 RETURNING CAST(id AS TEXT)";
    GIVE_PAPERS = "
        UPDATE papers SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_NAMINGS = "
        UPDATE paper_people
        SET person_id = $3
        WHERE school_id = $1 AND person_id = $2
          AND paper_id NOT IN (SELECT k.paper_id FROM paper_people k WHERE k.school_id = $1 AND k.person_id = $3)
        RETURNING CAST(paper_id AS TEXT)";
    GIVE_NAMINGS = "
        UPDATE paper_people SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND CAST(paper_id AS TEXT) = $4";
    TAKE_ACQUAINTANCES = "
        UPDATE paper_acquaintances
        SET person_id = $3
        WHERE school_id = $1 AND person_id = $2
          AND paper_id NOT IN (SELECT k.paper_id FROM paper_acquaintances k
                               WHERE k.school_id = $1 AND k.person_id = $3)
        RETURNING CAST(id AS TEXT)";
    GIVE_ACQUAINTANCES = "
        UPDATE paper_acquaintances
        SET person_id = $3
        WHERE school_id = $1 AND person_id = $2 AND CAST(id AS TEXT) = $4";
    TAKE_NAME_FORMS = "
        UPDATE person_name_forms
        SET person_id = $3
        WHERE school_id = $1 AND person_id = $2
          AND name_case NOT IN (SELECT k.name_case FROM person_name_forms k WHERE k.school_id = $1 AND k.person_id = $3)
        RETURNING name_case";
    GIVE_NAME_FORMS = "
        UPDATE person_name_forms SET person_id = $3 WHERE school_id = $1 AND person_id = $2 AND name_case = $4";
    /// Says that a record is a duplicate of another; it is seen nowhere from now on.
    HIDE_DUPLICATE = "
        UPDATE persons
        SET merged_into = $3, version = version + 1
        WHERE school_id = $1 AND id = $2 AND merged_into IS NULL";
    /// A record is one of its own again.
    SHOW_DUPLICATE = "
        UPDATE persons
        SET merged_into = NULL, version = version + 1
        WHERE school_id = $1 AND id = $2 AND merged_into = $3";
    /// Notes a merge with what it moved.
    INSERT_MERGE = "
        INSERT INTO person_merges (id, school_id, kept_id, merged_id, moved, merged_at, merged_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Merges that can be undone, the newest first.
    MERGES = "
        SELECT m.id, m.kept_id, m.merged_id, m.moved, m.merged_at, p.surname, p.given_name, p.patronymic
        FROM person_merges m
        JOIN people p ON p.id = m.kept_id
        WHERE m.school_id = $1 AND m.undone_at IS NULL
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
        ORDER BY m.merged_at DESC, m.id DESC";
    /// Notes that a merge was undone.
    UNDO_MERGE = "UPDATE person_merges SET undone_at = $3 WHERE id = $1 AND school_id = $2 AND undone_at IS NULL";
}

/// A column that refers to a person.
pub struct Reference {
    pub table: &'static str,
    pub column: &'static str,
    /// What the rows are, for the preview.
    pub label: &'static str,
    take: &'static str,
    give: &'static str,
}

const fn reference(
    place: (&'static str, &'static str),
    label: &'static str,
    sql: (&'static str, &'static str),
) -> Reference {
    Reference { table: place.0, column: place.1, label, take: sql.0, give: sql.1 }
}

/// Every column whose rows move with a merge.
pub const REFERENCES: &[Reference] = &[
    reference(("enrolments", "person_id"), "классы", (TAKE_ENROLMENTS, GIVE_ENROLMENTS)),
    reference(("person_kinds", "person_id"), "кем является", (TAKE_KINDS, GIVE_KINDS)),
    reference(("staff", "person_id"), "должность", (TAKE_STAFF, GIVE_STAFF)),
    reference(("guardianships", "minor_id"), "представители", (TAKE_GUARDIANS, GIVE_GUARDIANS)),
    reference(("guardianships", "guardian_id"), "кого представляет", (TAKE_MINORS, GIVE_MINORS)),
    reference(("applications", "person_id"), "заявки", (TAKE_APPLICATIONS, GIVE_APPLICATIONS)),
    reference(("participations", "person_id"), "участие в программе", (TAKE_PARTICIPATIONS, GIVE_PARTICIPATIONS)),
    reference(("consents", "person_id"), "согласия", (TAKE_CONSENTS, GIVE_CONSENTS)),
    reference(("consent_links", "person_id"), "личные ссылки", (TAKE_LINKS, GIVE_LINKS)),
    reference(("consent_links", "holder_id"), "личные ссылки представителя", (TAKE_HELD_LINKS, GIVE_HELD_LINKS)),
    reference(("clearances", "person_id"), "допуск", (TAKE_CLEARANCES, GIVE_CLEARANCES)),
    reference(("special_categories", "person_id"), "особые категории", (TAKE_CATEGORIES, GIVE_CATEGORIES)),
    reference(("vault_keys", "person_id"), "ключи закрытых сведений", (TAKE_KEYS, GIVE_KEYS)),
    reference(("papers", "person_id"), "документы", (TAKE_PAPERS, GIVE_PAPERS)),
    reference(("paper_people", "person_id"), "документы, где назван человек", (TAKE_NAMINGS, GIVE_NAMINGS)),
    reference(("paper_acquaintances", "person_id"), "листы ознакомления", (TAKE_ACQUAINTANCES, GIVE_ACQUAINTANCES)),
    reference(("person_name_forms", "person_id"), "имя в падежах", (TAKE_NAME_FORMS, GIVE_NAME_FORMS)),
];

/// Columns that go on referring to the duplicate, each with its reason.
pub const STAYING: &[(&str, &str, &str)] = &[
    ("persons", "merged_into", "says itself what was merged"),
    ("person_merges", "kept_id", "the trace of a merge"),
    ("person_merges", "merged_id", "the trace of a merge"),
    (
        "people_import_rows",
        "person_id",
        "an upload keeps what it found; the next one finds the kept record by its name",
    ),
];

/// Moves whatever refers to `from` to `to` and returns what was moved.
pub async fn take(tx: &mut Tx, school: SchoolId, from: PersonId, to: PersonId) -> Result<Vec<Moved>> {
    let mut moved = vec![];
    for known in REFERENCES {
        let keys: Vec<(String,)> = tx.all(known.take, args![school, from, to]).await?;
        if !keys.is_empty() {
            let keys = keys.into_iter().map(|(key,)| key).collect();
            moved.push(Moved { table: known.table.to_owned(), column: known.column.to_owned(), keys });
        }
    }
    Ok(moved)
}

/// Gives back what a merge moved; what was changed or removed since stays as it is.
pub async fn give_back(tx: &mut Tx, school: SchoolId, merge: &Merge) -> Result<()> {
    for moved in &merge.moved.0 {
        let known = REFERENCES.iter().find(|known| known.table == moved.table && known.column == moved.column);
        for key in known.map_or(&[][..], |_| &moved.keys) {
            let give = known.map_or("", |known| known.give);
            tx.run(give, args![school, merge.kept_id, merge.merged_id, key]).await?;
        }
    }
    Ok(())
}

/// Makes a record a duplicate of another; `false` when it is one already.
pub async fn hide_duplicate(tx: &mut Tx, school: SchoolId, merged: PersonId, kept: PersonId) -> Result<bool> {
    Ok(tx.run(HIDE_DUPLICATE, args![school, merged, kept]).await? == 1)
}

/// Makes a duplicate a record of its own again.
pub async fn show_duplicate(tx: &mut Tx, school: SchoolId, merged: PersonId, kept: PersonId) -> Result<bool> {
    Ok(tx.run(SHOW_DUPLICATE, args![school, merged, kept]).await? == 1)
}

/// Notes a merge.
pub async fn insert_merge(
    tx: &mut Tx,
    school: SchoolId,
    (kept, merged): (PersonId, PersonId),
    moved: &[Moved],
    (at, by): (DateTime<Utc>, Option<UserId>),
) -> Result<()> {
    let moved = serde_json::to_value(moved).unwrap_or_default();
    let id = MergeId::fresh();
    tx.run(INSERT_MERGE, args![id, school, kept, merged, moved, at, by]).await.map(|_| ())
}

/// Returns merges that can be undone, the newest first.
pub async fn merges(tx: &mut Tx, sight: Sight) -> Result<Vec<Merge>> {
    tx.all(MERGES, args![sight.school(), sight.viewer()]).await
}

/// Notes that a merge was undone; `false` when it was undone before.
pub async fn undo_merge(tx: &mut Tx, school: SchoolId, id: MergeId, at: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(UNDO_MERGE, args![id, school, at]).await? == 1)
}
