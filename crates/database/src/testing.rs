//! Fresh databases for tests.
//!
//! SQLite stories copy a migrated file; PostgreSQL stories copy a migrated template database of the cluster named by
//! `NASTAVNIK_TEST_POSTGRES` (`scripts/with-postgres` starts a private one). Both cost milliseconds. A story that is dear
//! to prepare becomes a [`Mould`], from which others are cast as cheaply.

use crate::{Db, Dialect, Migration, Place};
use std::{
    collections::{BTreeMap, hash_map::DefaultHasher},
    hash::{Hash as _, Hasher as _},
    path::PathBuf,
};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// A database that lives as long as its test.
pub struct TestDatabase {
    /// The open, migrated database.
    pub db: Db,
    /// Where it is, to be given to another process.
    pub place: Place,
    dir: TempDir,
}

const CLUSTER: &str = "NASTAVNIK_TEST_POSTGRES";

impl TestDatabase {
    /// Makes a database with the schema of `files`.
    ///
    /// # Panics
    /// When there is no cluster for PostgreSQL: a story that silently skips one database proves nothing.
    pub async fn new(dialect: Dialect, files: &'static [Migration]) -> Self {
        Self::copy_of(&match dialect {
            Dialect::Sqlite => Place::File(sqlite_template(files).await),
            Dialect::Postgres => Place::Server(postgres_template(files).await),
        })
        .await
    }

    #[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
    async fn copy_of(template: &Place) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let place = match template {
            Place::File(template) => {
                let path = dir.path().join("test.db");
                std::fs::copy(template, &path).expect("a copy of the template");
                Place::File(path)
            }
            Place::Server(url) => {
                let (server, template) = apart(url);
                let name = format!("test_{}", uuid::Uuid::now_v7().simple());
                let copy = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}"));
                // Asked of another database: a template has no visitors while it is copied.
                let admin = sqlx::PgPool::connect(&cluster()).await.expect("the cluster answers");
                sqlx::query(copy).execute(&admin).await.expect("a copy of the template");
                admin.close().await;
                Place::Server(format!("{server}/{name}"))
            }
        };
        let db = Db::open(&place).await.expect("the test database opens");
        Self { db, place, dir }
    }
}

/// A database with everything in it that many tests want to begin with; nobody changes it any more.
pub struct Mould {
    place: Place,
    _dir: TempDir,
}

impl Mould {
    /// Makes a mould of a database, which is closed for everybody.
    pub async fn of(database: TestDatabase) -> Self {
        database.db.close().await;
        Self { place: database.place, _dir: database.dir }
    }

    /// Makes a database that holds the same.
    pub async fn cast(&self) -> TestDatabase {
        TestDatabase::copy_of(&self.place).await
    }
}

#[expect(clippy::panic, reason = "a test without its database must fail loudly")]
fn cluster() -> String {
    std::env::var(CLUSTER)
        .unwrap_or_else(|_| panic!("{CLUSTER} is not set: run `make test` or `scripts/with-postgres cargo test`"))
}

/// Splits the address of a database into that of its server and its name.
#[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
fn apart(url: &str) -> (&str, &str) {
    url.rsplit_once('/').expect("an address that ends in /database")
}

#[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
async fn sqlite_template(files: &'static [Migration]) -> PathBuf {
    static TEMPLATES: Mutex<BTreeMap<u64, (TempDir, PathBuf)>> = Mutex::const_new(BTreeMap::new());
    let mut templates = TEMPLATES.lock().await;
    let key = key(files);
    if let Some((_, path)) = templates.get(&key) {
        return path.clone();
    }
    let dir = tempfile::tempdir().expect("a temporary directory");
    let path = dir.path().join("template.db");
    let db = Db::open(&Place::File(path.clone())).await.expect("a new SQLite file");
    db.migrate(files).await.expect("migrations apply to SQLite");
    db.close().await;
    templates.insert(key, (dir, path.clone()));
    path
}

fn key(files: &[Migration]) -> u64 {
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

#[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
async fn postgres_template(files: &'static [Migration]) -> String {
    let (template, cluster) = (format!("template_{:016x}", key(files)), cluster());
    let (server, _) = apart(&cluster);

    let admin = sqlx::PgPool::connect(&cluster).await.expect("the cluster of NASTAVNIK_TEST_POSTGRES answers");
    let mut connection = admin.acquire().await.expect("a connection");
    // Several test binaries may come at once: the first one makes the template, the others wait.
    sqlx::query("SELECT pg_advisory_lock(4815)").execute(&mut *connection).await.expect("the lock");
    let ready = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate").bind(&template);
    if ready.fetch_optional(&mut *connection).await.expect("the list of databases").is_none() {
        for sql in [format!("DROP DATABASE IF EXISTS {template}"), format!("CREATE DATABASE {template}")] {
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *connection).await.expect("a new template");
        }
        let db = Db::open(&Place::Server(format!("{server}/{template}"))).await.expect("the template opens");
        db.migrate(files).await.expect("migrations apply to PostgreSQL");
        db.close().await;
        let done = sqlx::AssertSqlSafe(format!("ALTER DATABASE {template} IS_TEMPLATE true"));
        sqlx::query(done).execute(&mut *connection).await.expect("a finished template");
    }
    sqlx::query("SELECT pg_advisory_unlock(4815)").execute(&mut *connection).await.expect("the lock");
    drop(connection);
    admin.close().await;
    format!("{server}/{template}")
}
