//! The same stories told to SQLite and to PostgreSQL.

// clippy allows `unwrap` in helpers only where it sees that everything here is a test.
#![cfg(test)]

use chrono::{DateTime, NaiveDate, Utc};
use database::{Db, Dialect, Error, Json, Migration, Place, Tx, args, testing::TestDatabase};

const FILES: &[Migration] = &[
    ("0001_words.sqlite.sql", "SELECT 1"),
    ("0001_words.postgres.sql", "CREATE COLLATION russian (provider = icu, locale = 'ru')"),
    (
        "0002_people.sql",
        "CREATE TABLE schools (id UUID PRIMARY KEY, name TEXT NOT NULL UNIQUE);
         CREATE TABLE people (
             id UUID PRIMARY KEY,
             school_id UUID NOT NULL REFERENCES schools (id),
             name TEXT NOT NULL,
             kind TEXT NOT NULL,
             born_on DATE,
             topics JSONB NOT NULL,
             score DOUBLE PRECISION,
             photo BYTEA,
             is_active BOOLEAN NOT NULL DEFAULT TRUE,
             created_at TIMESTAMPTZ NOT NULL
         )",
    ),
];

database::id_type! {
    SchoolId;
    PersonId;
}

database::stored_as_text! {
    enum Kind { Pupil = "pupil" => "обучающийся", Teacher = "teacher" => "педагог" }
}

database::record! {
    #[derive(Debug, PartialEq)]
    struct Person {
        id: PersonId,
        school_id: SchoolId,
        name: String,
        kind: Kind,
        born_on: Option<NaiveDate>,
        topics: Json<Vec<String>>,
        score: Option<f64>,
        photo: Option<Vec<u8>>,
        is_active: bool,
        created_at: DateTime<Utc>,
    }
}

mod queries {
    database::queries! {
        INSERT = "
            INSERT INTO people (id, school_id, name, kind, born_on, topics, score, photo, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            RETURNING id, school_id, name, kind, born_on, topics, score, photo, is_active, created_at";
        NAMES = "SELECT name FROM people WHERE school_id = $1 ORDER BY name COLLATE russian";
        COUNTS = "
            SELECT COUNT(*), COUNT(*) FILTER (WHERE born_on IS NULL), CAST(SUM(CASE WHEN is_active THEN 1 ELSE 0 END) AS BIGINT)
            FROM people";
    }
}

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 123_456_000).unwrap()
}

async fn school(tx: &mut Tx) -> SchoolId {
    let id = SchoolId::fresh();
    tx.run("INSERT INTO schools (id, name) VALUES ($1, $2)", args![id, "Школа"]).await.unwrap();
    id
}

async fn person(tx: &mut Tx, school: SchoolId, name: &str) -> Result<Person, Error> {
    let photo = Some(vec![0_u8, 255]);
    let born = NaiveDate::from_ymd_opt(2012, 2, 29);
    let topics = serde_json::json!(["физика"]);
    tx.one(queries::INSERT, args![PersonId::fresh(), school, name, Kind::Pupil, born, topics, Some(0.5), photo, noon()])
        .await
}

async fn every_kind_of_value_comes_back_as_it_went_in(on: Dialect) {
    let test = TestDatabase::new(on, FILES).await;
    let mut tx = test.db.begin().await.unwrap();
    let school = school(&mut tx).await;
    let saved = person(&mut tx, school, "Ёлкина").await.unwrap();
    let expected = Person {
        id: saved.id,
        school_id: school,
        name: "Ёлкина".into(),
        kind: Kind::Pupil,
        born_on: NaiveDate::from_ymd_opt(2012, 2, 29),
        topics: Json(vec!["физика".into()]),
        score: Some(0.5),
        photo: Some(vec![0, 255]),
        is_active: true,
        created_at: noon(),
    };
    assert_eq!(saved, expected);
    for name in ["Яшин", "Егоров"] {
        person(&mut tx, school, name).await.unwrap();
    }
    let names: Vec<(String,)> = tx.all(queries::NAMES, args![school]).await.unwrap();
    assert_eq!(names, [("Егоров".into(),), ("Ёлкина".into(),), ("Яшин".into(),)]);
    let counts: (i64, i64, i64) = tx.one(queries::COUNTS, args![]).await.unwrap();
    assert_eq!(counts, (3, 0, 3));
}

async fn a_dropped_transaction_leaves_nothing_and_errors_have_names(on: Dialect) {
    let test = TestDatabase::new(on, FILES).await;
    let mut tx = test.db.begin().await.unwrap();
    school(&mut tx).await;
    drop(tx);
    let mut tx = test.db.begin().await.unwrap();
    let none: Option<(String,)> = tx.maybe("SELECT name FROM schools", args![]).await.unwrap();
    assert_eq!(none, None);
    assert!(matches!(tx.one::<(String,)>("SELECT name FROM schools", args![]).await, Err(Error::Missing)));
    school(&mut tx).await;
    tx.commit().await.unwrap();

    let mut tx = test.db.begin().await.unwrap();
    let again = tx.run("INSERT INTO schools (id, name) VALUES ($1, $2)", args![SchoolId::fresh(), "Школа"]).await;
    assert!(matches!(again, Err(Error::Taken(_))), "{again:?}");
    drop(tx);
    let mut tx = test.db.begin().await.unwrap();
    let orphan = person(&mut tx, SchoolId::fresh(), "Ничей").await;
    assert!(matches!(orphan, Err(Error::Reference)), "{orphan:?}");
    drop(tx);
    let mut tx = test.db.read().await.unwrap();
    let refused = tx.run("DELETE FROM schools", args![]).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
}

async fn forty_writers_at_once_all_succeed(on: Dialect) {
    let test = TestDatabase::new(on, FILES).await;
    let mut tx = test.db.begin().await.unwrap();
    let school = school(&mut tx).await;
    tx.commit().await.unwrap();
    let jobs: Vec<_> = (0..40)
        .map(|n| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                person(&mut tx, school, &format!("Имя {n}")).await.unwrap();
                tx.commit().await.unwrap();
            })
        })
        .collect();
    for job in jobs {
        job.await.unwrap();
    }
    let mut tx = test.db.read().await.unwrap();
    let (count,): (i64,) = tx.one("SELECT COUNT(*) FROM people", args![]).await.unwrap();
    assert_eq!(count, 40);
}

async fn a_newer_or_changed_schema_is_refused(on: Dialect) {
    const OLDER: &[Migration] = &[
        ("0001_words.sqlite.sql", "SELECT 1"),
        ("0001_words.postgres.sql", "CREATE COLLATION russian (provider = icu, locale = 'ru')"),
    ];
    const CHANGED: &[Migration] =
        &[("0001_words.sqlite.sql", "SELECT 2"), ("0001_words.postgres.sql", "SELECT 2"), FILES[2]];
    let test = TestDatabase::new(on, FILES).await;
    assert_eq!(test.db.migrate(FILES).await.unwrap(), 0, "a second run has nothing to do");
    assert!(matches!(test.db.migrate(OLDER).await, Err(Error::Newer(2))));
    assert!(matches!(test.db.migrate(CHANGED).await, Err(Error::Changed(1))));
}

async fn statements_are_checked_without_running(on: Dialect) {
    let test = TestDatabase::new(on, FILES).await;
    for (name, sql) in queries::ALL {
        test.db.prepare(sql).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    assert!(test.db.prepare("SELECT nothing FROM people").await.is_err());
}

async fn tables_travel_to_the_other_database_and_back_unchanged(on: Dialect) {
    let other = if on == Dialect::Sqlite { Dialect::Postgres } else { Dialect::Sqlite };
    let (first, second, third) =
        (TestDatabase::new(on, FILES).await, TestDatabase::new(other, FILES).await, TestDatabase::new(on, FILES).await);
    let mut tx = first.db.begin().await.unwrap();
    let school = school(&mut tx).await;
    for name in ["Ёлкина «Анна»", "O'Нил\n\t\\", ""] {
        person(&mut tx, school, name).await.unwrap();
    }
    let odd = "INSERT INTO people (id, school_id, name, kind, topics, score, created_at)
               VALUES ($1, $2, 'Пусто', 'pupil', $3, $4, $5)";
    let nanos = DateTime::from_timestamp(1_700_000_000, 123_456_789).unwrap();
    for json in
        [serde_json::Value::Null, serde_json::json!({"б": 1, "аб": [0.1, -0.0, null], "а": {"z": "", "Z": 1e300}})]
    {
        tx.run(odd, args![PersonId::fresh(), school, json, -1.5e-300_f64, nanos]).await.unwrap();
    }
    tx.commit().await.unwrap();

    let sent = lines_of(&first.db).await;
    assert_eq!(sent.len(), 6);
    carry(&first.db, &second.db).await;
    assert_eq!(lines_of(&second.db).await, sent);
    carry(&second.db, &third.db).await;
    assert_eq!(lines_of(&third.db).await, sent);
}

async fn lines_of(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let mut lines = vec![];
    for table in tx.tables().await.unwrap() {
        let name = table.name.clone();
        let keep = |line: &str| {
            lines.push(format!("{name} {line}"));
            Ok::<_, Error>(())
        };
        tx.each_line(&table, keep).await.unwrap();
    }
    lines.sort_unstable();
    lines
}

/// Carries the table that refers before the one it refers to.
async fn carry(from: &Db, to: &Db) {
    let mut source = from.read().await.unwrap();
    let mut tx = to.begin_alone().await.unwrap();
    tx.put_off_references().await.unwrap();
    for table in source.tables().await.unwrap() {
        let mut lines: Vec<String> = vec![];
        let keep = |line: &str| {
            lines.push(line.to_owned());
            Ok::<_, Error>(())
        };
        source.each_line(&table, keep).await.unwrap();
        tx.empty(&table).await.unwrap();
        tx.add_lines(&table, &lines.iter().map(String::as_str).collect::<Vec<_>>()).await.unwrap();
    }
    tx.check_references().await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_reference_to_nothing_is_found_before_it_is_kept(on: Dialect) {
    let test = TestDatabase::new(on, FILES).await;
    let mut tx = test.db.begin_alone().await.unwrap();
    tx.put_off_references().await.unwrap();
    person(&mut tx, SchoolId::fresh(), "Ничей").await.unwrap();
    let checked = tx.check_references().await;
    assert!(matches!(checked, Err(Error::Reference)), "{checked:?}");
    drop(tx);
    let mut tx = test.db.begin().await.unwrap();
    let orphan = person(&mut tx, SchoolId::fresh(), "Ничей").await;
    assert!(matches!(orphan, Err(Error::Reference)), "references are checked at once again: {orphan:?}");
}

async fn an_older_schema_is_made_and_goes_on_from_there(on: Dialect) {
    const NEXT: &[Migration] =
        &[FILES[0], FILES[1], FILES[2], ("0003_notes.sql", "CREATE TABLE notes (id UUID PRIMARY KEY)")];
    let dir = tempfile::tempdir().unwrap();
    let db = match on {
        // The template of SQLite is one for all tests of this binary.
        Dialect::Sqlite => Db::open(&Place::File(dir.path().join("new.db"))).await.unwrap(),
        Dialect::Postgres => TestDatabase::new(on, &[]).await.db,
    };
    assert!(matches!(db.migrate_as(NEXT, &[1, 4]).await, Err(Error::Newer(4))));
    assert_eq!(db.migrate_as(NEXT, &[1, 2]).await.unwrap(), 2);
    assert_eq!(db.read().await.unwrap().migrations().await.unwrap(), [1, 2]);
    assert_eq!(db.migrate(NEXT).await.unwrap(), 1);
}

async fn learning_changes_no_record(on: Dialect) {
    let test = TestDatabase::new(on, FILES).await;
    let mut tx = test.db.begin().await.unwrap();
    let school = school(&mut tx).await;
    person(&mut tx, school, "Ёлкина").await.unwrap();
    tx.commit().await.unwrap();
    test.db.learn().await.unwrap();
    let mut tx = test.db.read().await.unwrap();
    let tables: Vec<String> = tx.tables().await.unwrap().into_iter().map(|table| table.name).collect();
    assert_eq!(tables, ["people", "schools"]);
    assert_eq!(tx.all::<(String,)>(queries::NAMES, args![school]).await.unwrap(), [("Ёлкина".into(),)]);
}

macro_rules! on_both {
    ($($story:ident),+ $(,)?) => { $(
        mod $story {
            #[tokio::test]
            async fn sqlite() { super::$story(database::Dialect::Sqlite).await }
            #[tokio::test]
            async fn postgres() { super::$story(database::Dialect::Postgres).await }
        }
    )+ };
}

on_both! {
    every_kind_of_value_comes_back_as_it_went_in,
    a_dropped_transaction_leaves_nothing_and_errors_have_names,
    forty_writers_at_once_all_succeed,
    a_newer_or_changed_schema_is_refused,
    statements_are_checked_without_running,
    tables_travel_to_the_other_database_and_back_unchanged,
    a_reference_to_nothing_is_found_before_it_is_kept,
    an_older_schema_is_made_and_goes_on_from_there,
    learning_changes_no_record,
}

#[tokio::test]
async fn sqlite_learns_which_index_is_short() {
    const FILES: &[Migration] = &[(
        "0001_lines.sql",
        "CREATE TABLE lines (school_id UUID NOT NULL, person_id UUID NOT NULL, kind TEXT NOT NULL);
         CREATE UNIQUE INDEX by_person ON lines (person_id, kind);
         CREATE INDEX by_school ON lines (school_id, kind)",
    )];
    const INSERT: &str = "INSERT INTO lines (school_id, person_id, kind) VALUES ($1, $2, 'pupil')";
    const BEFORE: &str = "EXPLAIN QUERY PLAN SELECT kind FROM lines WHERE school_id = $1 AND person_id = $2";
    // A plan that was told once is told again from memory.
    const AFTER: &str = "EXPLAIN QUERY PLAN SELECT kind FROM lines WHERE person_id = $2 AND school_id = $1";
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&Place::File(dir.path().join("new.db"))).await.unwrap();
    db.migrate(FILES).await.unwrap();
    let school = SchoolId::fresh();
    let mut tx = db.begin().await.unwrap();
    let lines = (0..500).map(|_| args![school, PersonId::fresh()]).collect();
    tx.run_many(INSERT, lines).await.unwrap();
    tx.commit().await.unwrap();
    let plan = async |sql: &'static str| {
        let mut tx = db.read().await.unwrap();
        // A plan is told without looking whether the schema is still the same; counting the lines looks.
        let counted: (i64,) = tx.one("SELECT COUNT(*) FROM lines", args![]).await.unwrap();
        assert_eq!(counted, (500,));
        tx.all::<(i64, i64, i64, String)>(sql, args![school, PersonId::fresh()]).await.unwrap().remove(0).3
    };
    let before = plan(BEFORE).await;
    assert!(before.contains("by_school"), "a school is taken for something rare: {before}");
    db.learn().await.unwrap();
    let after = plan(AFTER).await;
    assert!(after.contains("by_person"), "{after}");
}

#[tokio::test]
async fn a_file_that_is_not_a_database_is_named_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("letter.db");
    std::fs::write(&path, "Уважаемые коллеги! ".repeat(500)).unwrap();
    let opened = Db::open(&Place::File(path)).await.map(|_| ());
    assert!(matches!(opened, Err(Error::Damaged(_))), "{opened:?}");
    let absent = Db::open(&Place::File(dir.path().join("no/such/folder.db"))).await.map(|_| ());
    assert!(matches!(absent, Err(Error::Unreachable(_))), "{absent:?}");
}
