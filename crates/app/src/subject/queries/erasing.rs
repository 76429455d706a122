//! Erasing a person: one statement for every table that `access/personal.rs` declares, in an order the references allow.
//!
//! The only statements of the slice that reach past the view `people`: who is erased has mostly withdrawn before.

use crate::{
    access::SchoolId,
    files::FileId,
    participation::model::ApplicationId,
    people::{PeopleImportId, PersonId, WithdrawnNames},
};
use chrono::NaiveDate;
use database::{Json, Result, Tx, args};
use serde_json::Value;

database::queries! {
    /// Topics of the participations of a person.
    TOPICS = "
        DELETE FROM participation_topics
        WHERE school_id = $1
          AND participation_id IN (SELECT p.id FROM participations p WHERE p.school_id = $1 AND p.person_id = $2)";
    /// Participations of a person.
    PARTICIPATIONS = "DELETE FROM participations WHERE school_id = $1 AND person_id = $2";
    /// What a person is to the school.
    KINDS = "DELETE FROM person_kinds WHERE school_id = $1 AND person_id = $2";
    /// Classes of a person.
    ENROLMENTS = "DELETE FROM enrolments WHERE school_id = $1 AND person_id = $2";
    /// What opens the account of a person from elsewhere; the account itself is closed before.
    PROVIDER_LINKS = "
        DELETE FROM provider_links
        WHERE school_id = $1
          AND user_id IN (SELECT s.user_id FROM staff s WHERE s.school_id = $1 AND s.person_id = $2)";
    /// The post of a person.
    STAFF = "DELETE FROM staff WHERE school_id = $1 AND person_id = $2";
    /// Whom a person represents, and who represents the person.
    GUARDIANSHIPS = "DELETE FROM guardianships WHERE school_id = $1 AND (minor_id = $2 OR guardian_id = $2)";
    /// Duplicates that were made one with a person.
    MERGES = "DELETE FROM person_merges WHERE school_id = $1 AND (kept_id = $2 OR merged_id = $2)";
    /// Rows of lists about a person.
    IMPORT_ROWS = "DELETE FROM people_import_rows WHERE school_id = $1 AND person_id = $2";
    /// Applications of a person.
    APPLICATIONS = "DELETE FROM applications WHERE school_id = $1 AND person_id = $2";
    /// Personal links about a person, or in the hands of the person.
    LINKS = "DELETE FROM consent_links WHERE school_id = $1 AND (person_id = $2 OR holder_id = $2)";
    /// Clearances of a person.
    CLEARANCES = "DELETE FROM clearances WHERE school_id = $1 AND person_id = $2";
    /// Special categories of a person; the keys that sealed them are destroyed apart.
    CATEGORIES = "DELETE FROM special_categories WHERE school_id = $1 AND person_id = $2";
    /// When a person was made acquainted with papers.
    ACQUAINTANCES = "DELETE FROM paper_acquaintances WHERE school_id = $1 AND person_id = $2";
    /// How the name of a person is put into cases.
    NAME_FORMS = "DELETE FROM person_name_forms WHERE school_id = $1 AND person_id = $2";
    /// The contents of papers about a person, and of drafts that name the person among others. Signed and registered
    /// lists are documents of the school and stay.
    PAPERS = "
        UPDATE papers
        SET search_text = '', input = '{}', name_forms = '{}', version = version + 1,
            cancel_reason = CASE WHEN cancelled_on IS NULL THEN '' ELSE 'сведения уничтожены' END
        WHERE school_id = $1
          AND (person_id = $2
               OR (signed_on IS NULL AND registered_on IS NULL
                   AND id IN (SELECT m.paper_id FROM paper_people m WHERE m.school_id = $1 AND m.person_id = $2)))";
    /// What was written beside a withdrawal.
    CONSENTS = "
        UPDATE consents
        SET withdrawal_note = '', version = version + 1
        WHERE school_id = $1 AND person_id = $2";
    /// The card of a person.
    PERSON = "
        UPDATE persons
        SET surname = 'Сведения', given_name = 'уничтожены', patronymic = '', name_key = '', born_on = NULL, sex = NULL,
            phone = '', email = '', journal_id = '', workplace = '', note = '', left_on = NULL, left_reason = '',
            partner_id = NULL, hidden_on = COALESCE(hidden_on, $3), version = version + 1
        WHERE school_id = $1 AND id = $2";
    /// Files about a person: signed consents, papers about the person, scans of both, pages of them that wait.
    FILES = "
        SELECT f.id
        FROM files f
        WHERE f.school_id = $1
          AND (f.id IN (SELECT c.file_id FROM consents c WHERE c.school_id = $1 AND c.person_id = $2)
               OR f.id IN (SELECT p.docx_id FROM papers p WHERE p.school_id = $1 AND p.person_id = $2)
               OR f.id IN (SELECT p.final_id FROM papers p WHERE p.school_id = $1 AND p.person_id = $2)
               OR f.id IN (SELECT p.scan_id FROM papers p WHERE p.school_id = $1 AND p.person_id = $2)
               OR f.id IN (SELECT s.picture_id FROM scan_pages s
                           JOIN papers p ON p.school_id = s.school_id AND (p.id = s.paper_id OR p.code = s.code)
                           WHERE s.school_id = $1 AND p.person_id = $2))
          AND f.size > 0";
    /// Rows of lists that are about nobody yet: they may name the person.
    LOOSE_ROWS = "
        SELECT import_id, position, cells
        FROM people_import_rows
        WHERE school_id = $1 AND person_id IS NULL";
    /// Forgets a row of a list.
    FORGET_ROW = "DELETE FROM people_import_rows WHERE school_id = $1 AND import_id = $2 AND position = $3";
    /// Applications that are about nobody yet: they may name the person.
    LOOSE_APPLICATIONS = "
        SELECT id, answers
        FROM applications
        WHERE school_id = $1 AND person_id IS NULL";
    /// Forgets an application.
    FORGET_APPLICATION = "DELETE FROM applications WHERE school_id = $1 AND id = $2";
    /// A record that can be erased: hidden or not, but neither merged into another nor erased.
    RECORD = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.name_key, p.hidden_on, p.version
        FROM persons p
        WHERE p.school_id = $1 AND p.id = $2 AND p.merged_into IS NULL
          AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.school_id = p.school_id AND e.person_id = p.id)";
    /// Records that go with one: duplicates merged into it, and representatives of whom the school knows nothing else.
    WITH_IT = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.name_key, p.hidden_on, p.version
        FROM persons p
        WHERE p.school_id = $1
          AND (p.merged_into = $2
               OR (p.merged_into IS NULL
                   AND p.id IN (SELECT g.guardian_id FROM guardianships g WHERE g.school_id = $1 AND g.minor_id = $2)
                   AND NOT EXISTS (SELECT 1 FROM guardianships o
                                   WHERE o.school_id = $1 AND o.guardian_id = p.id AND o.minor_id <> $2)
                   AND NOT EXISTS (SELECT 1 FROM person_kinds k
                                   WHERE k.school_id = $1 AND k.person_id = p.id AND k.kind <> 'parent')
                   AND NOT EXISTS (SELECT 1 FROM participations t WHERE t.school_id = $1 AND t.person_id = p.id)))
        ORDER BY p.id";
    /// A record whose name is still there: nothing when it was erased.
    NAME_KEY = "SELECT name_key FROM persons WHERE school_id = $1 AND id = $2 AND name_key <> ''";
    /// Whether somebody is known as more than a representative.
    IS_KNOWN_OTHERWISE = "
        SELECT EXISTS (SELECT 1 FROM person_kinds k WHERE k.school_id = $1 AND k.person_id = $2 AND k.kind <> 'parent')";
    /// What must end first: participations of a year, minors who are represented, an account that works.
    HINDRANCES = "
        SELECT EXISTS (SELECT 1 FROM participations t
                       WHERE t.school_id = $1 AND t.person_id = $2 AND t.school_year = $3 AND t.entered_on IS NOT NULL
                         AND t.left_on IS NULL AND t.suspended_on IS NULL) AS takes_part,
               EXISTS (SELECT 1 FROM guardianships g
                       JOIN persons m ON m.school_id = g.school_id AND m.id = g.minor_id AND m.hidden_on IS NULL
                       WHERE g.school_id = $1 AND g.guardian_id = $2) AS represents,
               EXISTS (SELECT 1 FROM staff s
                       JOIN users u ON u.school_id = s.school_id AND u.id = s.user_id AND u.is_active
                       WHERE s.school_id = $1 AND s.person_id = $2) AS signs_in";
}

/// What erases a person, by tables.
pub const STATEMENTS: &[(&str, &str)] = &[
    ("participation_topics", TOPICS),
    ("participations", PARTICIPATIONS),
    ("person_kinds", KINDS),
    ("enrolments", ENROLMENTS),
    // Before the post, which says whose account it is.
    ("provider_links", PROVIDER_LINKS),
    ("staff", STAFF),
    ("guardianships", GUARDIANSHIPS),
    ("person_merges", MERGES),
    ("people_import_rows", IMPORT_ROWS),
    ("applications", APPLICATIONS),
    ("consent_links", LINKS),
    ("clearances", CLEARANCES),
    ("special_categories", CATEGORIES),
    ("paper_acquaintances", ACQUAINTANCES),
    ("person_name_forms", NAME_FORMS),
    ("papers", PAPERS),
    ("consents", CONSENTS),
    ("persons", PERSON),
];

database::record! {
    /// A record that can be erased.
    #[derive(Debug, Clone)]
    pub struct Doomed {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub name_key: String,
        pub hidden_on: Option<NaiveDate>,
        pub version: i64,
    }

    /// What must end before somebody is erased.
    #[derive(Debug, Clone, Copy)]
    pub struct Hindrances {
        pub takes_part: bool,
        pub represents: bool,
        pub signs_in: bool,
    }
}

impl Doomed {
    /// Returns the whole name.
    pub fn name(&self) -> String {
        format!("{} {} {}", self.surname, self.given_name, self.patronymic).trim_end().to_owned()
    }
}

/// Returns a record that can be erased.
pub async fn record(tx: &mut Tx, school: SchoolId, id: PersonId) -> Result<Doomed> {
    tx.one(RECORD, args![school, id]).await
}

/// Returns the records that go with one.
pub async fn with_it(tx: &mut Tx, school: SchoolId, id: PersonId) -> Result<Vec<Doomed>> {
    tx.all(WITH_IT, args![school, id]).await
}

/// Returns what must end first.
pub async fn hindrances(tx: &mut Tx, school: SchoolId, id: PersonId, year: i32) -> Result<Hindrances> {
    tx.one(HINDRANCES, args![school, id, i64::from(year)]).await
}

/// Returns the name of a record as it is compared; nothing when the record is not there or was erased.
pub async fn name_key(tx: &mut Tx, school: SchoolId, id: PersonId) -> Result<Option<String>> {
    Ok(tx.maybe::<(String,)>(NAME_KEY, args![school, id]).await?.map(|(key,)| key))
}

/// Tells whether somebody is known as more than a representative.
pub async fn is_known_otherwise(tx: &mut Tx, school: SchoolId, id: PersonId) -> Result<bool> {
    Ok(tx.one::<(bool,)>(IS_KNOWN_OTHERWISE, args![school, id]).await?.0)
}

/// Returns the files about a person.
pub async fn files(tx: &mut Tx, school: SchoolId, id: PersonId) -> Result<Vec<FileId>> {
    Ok(tx.all::<(FileId,)>(FILES, args![school, id]).await?.into_iter().map(|(file,)| file).collect())
}

/// Erases the rows about a person and returns how many there were, by tables.
pub async fn rows(tx: &mut Tx, school: SchoolId, id: PersonId, today: NaiveDate) -> Result<Vec<(&'static str, u64)>> {
    let mut touched = vec![];
    for (table, sql) in STATEMENTS {
        let mut facts = args![school, id];
        if *table == "persons" {
            facts.extend(args![today]);
        }
        touched.push((*table, tx.run(sql, facts).await?));
    }
    Ok(touched)
}

/// Forgets rows of lists and applications about nobody yet that name somebody; returns how many, by tables.
pub async fn loose(tx: &mut Tx, school: SchoolId, names: &WithdrawnNames) -> Result<[(&'static str, u64); 2]> {
    let rows: Vec<(PeopleImportId, i64, Json<Vec<String>>)> = tx.all(LOOSE_ROWS, args![school]).await?;
    let is_named = |cells: &[String]| cells.iter().any(|cell| names.are_in(cell)) || names.are_in(&cells.join(" "));
    let (mut listed, mut applied) = (0, 0);
    for (import, position, _) in rows.into_iter().filter(|(.., cells)| is_named(cells)) {
        listed += tx.run(FORGET_ROW, args![school, import, position]).await?;
    }
    let applications: Vec<(ApplicationId, Json<Value>)> = tx.all(LOOSE_APPLICATIONS, args![school]).await?;
    // Whom somebody wishes for is named there, too: only who applies is meant.
    let is_theirs = |answers: &Value| answers["full_name"].as_str().is_some_and(|name| names.are_in(name));
    for (id, _) in applications.into_iter().filter(|(_, answers)| is_theirs(answers)) {
        applied += tx.run(FORGET_APPLICATION, args![school, id]).await?;
    }
    Ok([("people_import_rows", listed), ("applications", applied)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Erasure, PERSONAL};

    /// The conditions of a statement in one line.
    fn plain(sql: &str) -> String {
        sql.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_declared_table_is_erased_as_its_declaration_says() {
        for personal in PERSONAL {
            let statement = STATEMENTS.iter().find(|(table, _)| *table == personal.table).map(|(_, sql)| plain(sql));
            let begins = match personal.erasure {
                Erasure::Kept(reason) => {
                    assert!(reason.contains(' ') && statement.is_none(), "{} is kept", personal.table);
                    continue;
                }
                Erasure::Gone => format!("DELETE FROM {} WHERE", personal.table),
                Erasure::Emptied { .. } => format!("UPDATE {} SET", personal.table),
            };
            let sql = statement.unwrap_or_else(|| panic!("give {} a statement in STATEMENTS", personal.table));
            assert!(sql.starts_with(&begins), "{}: {sql}", personal.table);
            // Records merged into a person are erased as records of their own.
            for whom in personal.whom.iter().filter(|whom| **whom != "merged_into") {
                assert!(sql.contains(&format!("{whom} = $2")), "{}.{whom}: {sql}", personal.table);
            }
        }
        let unknown: Vec<_> =
            STATEMENTS.iter().filter(|(table, _)| PERSONAL.iter().all(|known| known.table != *table)).collect();
        assert!(unknown.is_empty(), "access/personal.rs does not declare {unknown:?}");
    }

    #[test]
    fn every_declared_column_is_emptied_or_kept() {
        for personal in PERSONAL {
            let Erasure::Emptied { emptied, kept, why } = personal.erasure else { continue };
            assert!(why.ends_with('.'), "{}", personal.table);
            let sql = STATEMENTS.iter().find(|(table, _)| *table == personal.table).unwrap().1;
            let set = plain(sql.split("WHERE").next().unwrap());
            for (column, _) in personal.columns {
                let is_set = set.contains(&format!(" {column} = "));
                match (emptied.contains(column), kept.contains(column)) {
                    (true, false) => assert!(is_set, "{}.{column} is not emptied", personal.table),
                    // A day that is there stays; one that is not is set.
                    (false, true) => assert!(
                        !is_set || set.contains(&format!(" {column} = COALESCE({column}, ")),
                        "{}.{column} is kept",
                        personal.table
                    ),
                    _ => panic!("say in access/personal.rs whether {}.{column} is emptied or kept", personal.table),
                }
            }
            let declared = |column: &&str| personal.columns.iter().any(|(known, _)| known == column);
            assert!(emptied.iter().chain(kept).all(declared), "{}", personal.table);
        }
    }
}
