//! One SQL text, one folder of migrations, two databases.

use chrono::DateTime;
use database::{Db, Dialect, Json, Place, Tx, args, testing::TestDatabase};
use nastavnik::{
    access::{IMPERSONAL, PERSONAL},
    files::hex,
    router::{MIGRATIONS, QUERIES},
    subject::SECTIONS,
};
use rstest::rstest;
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use uuid::Uuid;

/// Statements that touch a table of schools and do not name the school, each with its reason.
const WITHOUT_SCHOOL: &[(&str, &str, &str)] = &[
    ("access", "ANYBODY", "asks about the whole installation"),
    ("access", "LOGIN_IS_TAKEN", "people sign in without naming their school, so logins are unique everywhere"),
    ("access", "TOUCH_SESSION", "the hash of a session token is unique everywhere"),
    ("access", "END_SESSION", "the hash of a session token is unique everywhere"),
    ("access", "SWEEP_SESSIONS", "sessions of all schools grow old alike"),
];

/// Views over tables of schools; they carry `school_id` too.
const VIEWS_OF_SCHOOLS: [&str; 2] = ["people", "sight"];

/// Statements that read people past the view `people`, which leaves out who must not be seen, each with its reason.
const PAST_THE_CONSENT_GATE: &[(&str, &str, &str)] = &[
    ("consents", "WITHDRAWN", "the card of a withdrawal is the one page that shows who has withdrawn"),
    ("consents", "GUARDIANS_OF_WITHDRAWN", "a new consent of somebody who has withdrawn is signed by a representative"),
    (
        "subject",
        "RECORD",
        "who is erased has mostly withdrawn; the page shows no name of somebody hidden, the act does",
    ),
    (
        "subject",
        "WITH_IT",
        "duplicates and representatives are erased with the person; no name of somebody hidden is shown",
    ),
    ("subject", "NAME_KEY", "tells whether a record was erased and which rows of lists name it; it is shown nowhere"),
    ("subject", "HINDRANCES", "asks whether somebody represents a child; it names nobody"),
    ("people", "WITHDRAWN_NAMES", "tells what must not be shown; the names themselves are shown nowhere"),
    ("paperwork", "PAPERS", "asks whether somebody a paper names is hidden, to close it; names nobody hidden"),
    ("paperwork", "PROVING", "asks whether somebody a paper names is hidden, to leave it out; names nobody hidden"),
    ("people", "STAMP", "an upload of lists counts all records to know that none changed; it names nobody"),
    (
        "people",
        "KNOWN_BY_NAME",
        "an upload must not make anew who is hidden or merged; nothing of a hidden record is shown",
    ),
    (
        "people",
        "KNOWN_BY_JOURNAL",
        "an upload must not make anew who is hidden or merged; nothing of a hidden record is shown",
    ),
    ("people", "KNOWN_BY_ID", "an upload follows merged records to the kept one; nothing of a hidden record is shown"),
];

/// Statements that read people without asking whom the visitor may see, each with its reason.
const WITHOUT_SIGHT: &[(&str, &str, &str)] = &[
    (
        "people",
        "ENROLLED",
        "only the coordinator, who sees everybody, loads lists; the command line and he ask the same",
    ),
    ("people", "NAMED", "only the coordinator, who sees everybody, is asked who an unclear row is about"),
    ("subject", "PERSON", "the record is handed out of a person who was read by sight"),
    ("audit", "PAGE", "the journal names people only for readers who see everybody"),
    ("consents", "TALLY", "counts people for an indicator and names none"),
    ("partners", "GIVERS", "counts organisations for the road map of everybody and names no person"),
    ("participation", "GROUPS", "counts people for an indicator and names none"),
    ("participation", "BY_CLASS", "counts pupils of classes and names none"),
    ("participation", "REGISTRY", "counts people for an indicator and names none"),
    ("participation", "INSERT", "adds a participation of somebody chosen from a list by sight"),
    ("consents", "PERSON_OF_LINK", "who has a personal link sees the one person it is about"),
    ("consents", "HIDE_GUARDIANS", "a withdrawal acts on a whole family, whoever records it"),
];

fn statements() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    QUERIES.iter().flat_map(|(slice, modules)| {
        modules.iter().flat_map(|module| module.iter()).map(|(name, sql)| (*slice, *name, *sql))
    })
}

#[rstest]
#[tokio::test]
async fn every_statement_is_understood(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let database = TestDatabase::new(dialect, MIGRATIONS).await;
    let mut refused = vec![];
    for (slice, name, sql) in statements() {
        if let Err(error) = database.db.prepare(sql).await {
            refused.push(format!("{slice}::{name}: {error:?}"));
        }
    }
    assert!(refused.is_empty(), "{dialect:?} does not understand:\n{}", refused.join("\n"));
    assert!(statements().count() > 60, "the list of statements was not collected");
}

/// A column: its type in the words of the migrations and whether it may be absent.
type Columns = BTreeMap<(String, String), (String, bool)>;

const SQLITE_COLUMNS: &str = "
    SELECT m.name, p.name, p.type, p.\"notnull\" = 0 AND p.pk = 0
    FROM sqlite_master m
    JOIN pragma_table_info(m.name) p
    WHERE m.type = 'table'";

const POSTGRES_COLUMNS: &str = "
    SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT), is_nullable = 'YES'
    FROM information_schema.columns c
    WHERE table_schema = current_schema()
      AND NOT EXISTS (SELECT 1 FROM pg_views v WHERE v.schemaname = current_schema() AND v.viewname = c.table_name)";

async fn columns(db: &Db) -> Columns {
    let sql = match db.dialect() {
        Dialect::Sqlite => SQLITE_COLUMNS,
        Dialect::Postgres => POSTGRES_COLUMNS,
    };
    let found: Vec<(String, String, String, bool)> = db.read().await.unwrap().all(sql, vec![]).await.unwrap();
    let ours = found.into_iter().filter(|(table, ..)| !table.starts_with("_sqlx") && !table.starts_with("sqlite_"));
    ours.map(|(table, column, kind, may_be_absent)| ((table, column), (common_type(&kind), may_be_absent))).collect()
}

fn common_type(kind: &str) -> String {
    match kind.to_uppercase().as_str() {
        "TIMESTAMP WITH TIME ZONE" => "TIMESTAMPTZ".to_owned(),
        "BYTEA" => "BLOB".to_owned(),
        other => other.to_owned(),
    }
}

const SQLITE_INDEXES: &str = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";

const POSTGRES_INDEXES: &str = "
    SELECT CAST(i.tablename AS TEXT), CAST(i.indexname AS TEXT)
    FROM pg_indexes i
    WHERE i.schemaname = current_schema()
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)";

async fn indexes(db: &Db) -> BTreeSet<(String, String)> {
    let sql = match db.dialect() {
        Dialect::Sqlite => SQLITE_INDEXES,
        Dialect::Postgres => POSTGRES_INDEXES,
    };
    let found: Vec<(String, String)> = db.read().await.unwrap().all(sql, vec![]).await.unwrap();
    found.into_iter().filter(|(table, _)| !table.starts_with("_sqlx")).collect()
}

#[tokio::test]
async fn both_end_with_the_same_tables_columns_and_indexes() {
    let sqlite = TestDatabase::new(Dialect::Sqlite, MIGRATIONS).await;
    let postgres = TestDatabase::new(Dialect::Postgres, MIGRATIONS).await;
    assert_eq!(columns(&sqlite.db).await, columns(&postgres.db).await);
    assert_eq!(indexes(&sqlite.db).await, indexes(&postgres.db).await);
}

#[tokio::test]
async fn a_table_of_a_school_holds_only_whole_schools() {
    let sqlite = TestDatabase::new(Dialect::Sqlite, MIGRATIONS).await;
    for ((table, column), (kind, may_be_absent)) in columns(&sqlite.db).await {
        if column == "school_id" {
            assert_eq!((kind.as_str(), may_be_absent), ("UUID", false), "{table}.school_id");
        }
    }
}

#[tokio::test]
async fn every_column_is_declared_as_personal_or_not() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let database = TestDatabase::new(dialect, MIGRATIONS).await;
        let mut there: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ((table, column), (kind, _)) in columns(&database.db).await {
            // Ids are random and name nobody.
            let declared = there.entry(table).or_default();
            if kind != "UUID" {
                declared.insert(column);
            }
        }
        for (table, columns) in &there {
            let personal = PERSONAL.iter().find(|personal| personal.table == table);
            let impersonal = IMPERSONAL.iter().any(|(known, _)| known == table);
            let Some(personal) = personal else {
                assert!(
                    impersonal,
                    "the table {table} is new: say in access/personal.rs what it tells about people (PERSONAL), or that it \
                     tells nothing (IMPERSONAL)"
                );
                continue;
            };
            assert!(!impersonal, "{table} is declared twice");
            let declared: BTreeSet<String> = personal
                .columns
                .iter()
                .map(|(column, _)| *column)
                .chain(personal.service.iter().copied())
                .map(str::to_owned)
                .collect();
            let new: Vec<_> = columns.difference(&declared).collect();
            assert!(new.is_empty(), "columns of {table} that access/personal.rs does not declare: {new:?}");
            let gone: Vec<_> = declared.difference(columns).collect();
            assert!(gone.is_empty(), "access/personal.rs declares columns of {table} that are not there: {gone:?}");
        }
        let known = PERSONAL.iter().map(|personal| personal.table).chain(IMPERSONAL.iter().map(|(table, _)| *table));
        let gone: Vec<&str> = known.filter(|table| !there.contains_key(*table)).collect();
        assert!(gone.is_empty(), "access/personal.rs declares tables that are not there: {gone:?}");
    }
}

#[test]
fn a_record_about_a_person_holds_every_personal_column() {
    // Partners' people and staff who sign in are no people of the programme: they have no card to ask from.
    let others = ["partner_contacts", "users"];
    for personal in PERSONAL.iter().filter(|personal| !others.contains(&personal.table)) {
        let section = SECTIONS.iter().find(|section| section.table == personal.table);
        let section = section.unwrap_or_else(|| panic!("{} is in no section of subject/record.rs", personal.table));
        let declared: Vec<&str> = personal.columns.iter().map(|(column, _)| *column).collect();
        let held: Vec<&str> = section.columns.iter().map(|(column, _)| *column).collect();
        assert_eq!(held, declared, "{}: the record and access/personal.rs differ", personal.table);
    }
}

async fn tables_of_schools() -> BTreeSet<String> {
    let database = TestDatabase::new(Dialect::Sqlite, MIGRATIONS).await;
    let columns = columns(&database.db).await;
    let tables = columns.into_keys().filter(|(_, column)| column == "school_id").map(|(table, _)| table);
    tables.chain(VIEWS_OF_SCHOOLS.map(str::to_owned)).collect()
}

fn words(sql: &str) -> BTreeSet<&str> {
    sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect()
}

#[tokio::test]
async fn a_statement_about_data_of_a_school_names_the_school() {
    let tables = tables_of_schools().await;
    let mut without = BTreeSet::new();
    for (slice, name, sql) in statements() {
        let words = words(sql);
        if tables.iter().any(|table| words.contains(table.as_str())) && !words.contains("school_id") {
            without.insert((slice, name));
        }
    }
    must_be_excused(&without, WITHOUT_SCHOOL, "add `school_id` to the conditions, or a reason to WITHOUT_SCHOOL");
}

fn reads(sql: &str, table: &str) -> bool {
    let words: Vec<&str> =
        sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| ["FROM", "JOIN"].contains(&pair[0]) && pair[1] == table)
}

/// Compares the statements that break a rule with those that are excused from it.
fn must_be_excused(broken: &BTreeSet<(&str, &str)>, reasons: &[(&'static str, &'static str, &str)], advice: &str) {
    let excused: BTreeSet<_> = reasons.iter().map(|(slice, name, _)| (*slice, *name)).collect();
    let not_excused: Vec<_> = broken.difference(&excused).collect();
    assert!(not_excused.is_empty(), "{advice}: {not_excused:?}");
    let idle: Vec<_> = excused.difference(broken).collect();
    assert!(idle.is_empty(), "{idle:?} need no excuse any more");
}

#[test]
fn people_are_read_through_the_consent_gate() {
    let past: BTreeSet<_> =
        statements().filter(|(.., sql)| reads(sql, "persons")).map(|(slice, name, _)| (slice, name)).collect();
    must_be_excused(&past, PAST_THE_CONSENT_GATE, "read the view `people`, or say why not in PAST_THE_CONSENT_GATE");
}

#[test]
fn people_are_read_by_who_may_see_them() {
    let all: BTreeSet<_> = statements()
        .filter(|(.., sql)| reads(sql, "people") && !words(sql).contains("sight"))
        .map(|(slice, name, _)| (slice, name))
        .collect();
    must_be_excused(&all, WITHOUT_SIGHT, "join the view `sight`, or say why not in WITHOUT_SIGHT");
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
}

fn files() -> BTreeMap<String, String> {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let migrations = names.filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "sql"));
    migrations.map(|name| (name.clone(), fs::read_to_string(folder().join(name)).unwrap())).collect()
}

#[test]
fn the_folder_and_the_list_of_migrations_agree() {
    let listed: BTreeMap<String, String> =
        MIGRATIONS.iter().map(|(name, sql)| ((*name).to_owned(), (*sql).to_owned())).collect();
    let files = files();
    assert_eq!(listed.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>(), "see router::MIGRATIONS");
    assert_eq!(listed.len(), MIGRATIONS.len(), "a migration is listed twice");
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let numbers: Vec<i64> =
            database::migrations_of(dialect, MIGRATIONS).iter().map(|(number, ..)| *number).collect();
        let twice: Vec<_> = numbers.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "two files of {dialect:?} carry one number: {twice:?}");
    }
}

#[test]
fn a_migration_never_changes() {
    let recorded = fs::read_to_string(folder().join("checksums.txt")).unwrap();
    let recorded: BTreeMap<&str, &str> =
        recorded.lines().filter_map(|line| line.split_once("  ")).map(|(sum, name)| (name, sum)).collect();
    for (name, sql) in files() {
        let sum = hex(&Sha256::digest(sql.as_bytes()));
        let known = recorded.get(name.as_str());
        assert_eq!(
            known,
            Some(&sum.as_str()),
            "{name} differs from migrations/checksums.txt. A released file never changes: add the next number. \
             A new file is recorded by: cd crates/app/migrations && sha256sum *.sql > checksums.txt"
        );
    }
    assert_eq!(recorded.len(), MIGRATIONS.len(), "checksums.txt names a file that is gone");
}

#[rstest]
#[tokio::test]
async fn migrating_twice_changes_nothing(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let database = TestDatabase::new(dialect, MIGRATIONS).await;
    assert_eq!(database.db.migrate(MIGRATIONS).await.unwrap(), 0);
    assert!(matches!(
        (dialect, &database.place),
        (Dialect::Sqlite, Place::File(_)) | (Dialect::Postgres, Place::Server(_))
    ));
}

const AN_AGREEMENT_OF_EARLIER: [&str; 3] = [
    "INSERT INTO schools (id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone,
                          created_at, version)
     VALUES ($1, 'Школа', 'Школа', 'school', FALSE, '', '', '', '', 'Europe/Moscow', $2, 1)",
    "INSERT INTO partners (id, school_id, name, short_name, search_text, kind, inn, address, site, note, created_at, version)
     VALUES ($1, $1, 'Завод', 'Завод', 'завод', 'enterprise', '', '', '', '', $2, 1)",
    "INSERT INTO agreements (id, school_id, partner_id, number, subject, forms, prepared_on, termination, note, created_at,
                             version)
     VALUES ($1, $1, $1, '', 'Наставничество', '[\"employer_pupil\",\"alumni_pupil\"]', '2026-09-01', '', '', $2, 1)",
];

#[rstest]
#[tokio::test]
async fn agreements_of_earlier_keep_their_forms_as_titles(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let before = MIGRATIONS.iter().position(|(name, _)| name.starts_with("0011")).unwrap();
    let database = TestDatabase::new(dialect, &MIGRATIONS[..before]).await;
    let mut tx = database.db.of_every_school().begin().await.unwrap();
    for sql in AN_AGREEMENT_OF_EARLIER {
        tx.run(sql, args![Uuid::nil(), DateTime::UNIX_EPOCH]).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert!(database.db.migrate(MIGRATIONS).await.unwrap() > 0);
    let mut tx: Tx = database.db.of_every_school().read().await.unwrap();
    let (forms,): (Json<Vec<String>>,) = tx.one("SELECT forms FROM agreements", vec![]).await.unwrap();
    assert_eq!(forms.0, ["работодатель – ученик", "выпускник – ученик"]);
}

#[rstest]
#[tokio::test]
async fn names_are_sorted_as_a_russian_reader_expects(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let database = TestDatabase::new(dialect, MIGRATIONS).await;
    let mut tx: Tx = database.db.read().await.unwrap();
    let sql = "
        SELECT name
        FROM (SELECT 'Яшин' AS name UNION ALL SELECT 'ёлкина' UNION ALL SELECT 'Егоров' UNION ALL SELECT 'Ёлкина'
              UNION ALL SELECT 'Елкина' UNION ALL SELECT 'Жуков' UNION ALL SELECT 'Ан Ли' UNION ALL SELECT 'Анли') AS names
        ORDER BY name COLLATE russian";
    let names: Vec<String> = tx.all::<(String,)>(sql, vec![]).await.unwrap().into_iter().map(|(name,)| name).collect();
    assert_eq!(names, ["Ан Ли", "Анли", "Егоров", "Елкина", "ёлкина", "Ёлкина", "Жуков", "Яшин"]);
}
