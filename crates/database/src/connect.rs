//! Opening a database and beginning a transaction.

use crate::{
    collation::alphabetical,
    error::{Error, Result},
    reach::{Reach, beginning},
    tx::Tx,
    writer::Writer,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool, Postgres,
    SqliteConnection, SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use uuid::Uuid;

/// How long a connection waits for another program that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long somebody waits for a connection when everybody comes at the same moment, or while the server is gone.
const QUEUE: Duration = Duration::from_secs(30);

/// The oldest SQLite without the WAL-reset corruption bug: <https://www.sqlite.org/releaselog/3_51_3.html>.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Which of the two databases answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Returns the word in names of migration files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Where the database is.
#[derive(Debug, Clone)]
pub enum Place {
    /// A file of SQLite; made when absent.
    File(PathBuf),
    /// An address of PostgreSQL, `postgres://…`.
    Server(String),
}

/// An open database.
#[derive(Clone)]
pub enum Db {
    /// One writer, because SQLite has room for one; readers apart, so that a page never waits for a save.
    #[doc(hidden)]
    Sqlite { writer: Arc<Writer>, readers: SqlitePool },
    #[doc(hidden)]
    Postgres { pool: PgPool, reach: Option<Reach> },
}

impl Db {
    /// Opens the database; a missing SQLite file is made.
    pub async fn open(place: &Place) -> Result<Self> {
        match place {
            Place::File(path) => Self::open_sqlite(path).await,
            Place::Server(url) => {
                let options: PgConnectOptions = url.parse()?;
                // A pool asks a server that is not there until its patience ends and then calls it busy.
                let mut connection = options.connect().await?;
                refuse_almighty(&mut connection).await?;
                connection.close().await?;
                let pool = PgPoolOptions::new()
                    .max_connections(8)
                    .acquire_timeout(QUEUE)
                    .after_connect(|connection, _| Box::pin(wait_for_the_disk(connection)))
                    .connect_with(options)
                    .await?;
                Ok(Self::Postgres { pool, reach: None })
            }
        }
    }

    async fn open_sqlite(path: &std::path::Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL loses acknowledged writes in a power cut; FULL does not.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE)
            .pragma("trusted_schema", "OFF")
            // What is deleted is overwritten with zeros: an erased person must not stand in free pages of the file.
            .pragma("secure_delete", "ON")
            .collation("russian", alphabetical);
        let writer = Writer::new(options.clone());
        let version = version_of(writer.lend().await?.connection()?).await?;
        if older_than(&version, OLDEST_SQLITE) {
            return Err(Error::TooOld(version));
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(QUEUE)
            .connect_lazy_with(options.create_if_missing(false).pragma("query_only", "ON"));
        Ok(Self::Sqlite { writer, readers })
    }

    /// Says which database this is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite { .. } => Dialect::Sqlite,
            Self::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// Returns the same database for work that touches one school, in whichever task it runs.
    #[must_use]
    pub fn of_school(&self, school: Uuid) -> Self {
        self.reaching(Reach::School(school))
    }

    /// Returns the same database for work that cannot know its school yet, or that is about all of them: signing in,
    /// links, the queue of jobs, backups, the command line.
    #[must_use]
    pub fn of_every_school(&self) -> Self {
        self.reaching(Reach::Every)
    }

    /// Returns the same database for requests: each touches the school of [`within`](crate::within), or nothing.
    #[must_use]
    pub fn of_who_asks(&self) -> Self {
        self.reaching(None)
    }

    fn reaching(&self, reach: impl Into<Option<Reach>>) -> Self {
        match self {
            Self::Postgres { pool, .. } => Self::Postgres { pool: pool.clone(), reach: reach.into() },
            // SQLite holds one school.
            sqlite @ Self::Sqlite { .. } => sqlite.clone(),
        }
    }

    /// Begins a transaction that may write, in the reach of this database, else of [`within`](crate::within). In SQLite it holds the only place of a writer from here on; who writes at
    /// the same moment may share one COMMIT with it.
    pub async fn begin(&self) -> Result<Tx> {
        self.begin_as(false).await
    }

    /// Begins a transaction of seconds, an import or a restore: nobody waits for the end of it but its author.
    pub async fn begin_alone(&self) -> Result<Tx> {
        self.begin_as(true).await
    }

    async fn begin_as(&self, alone: bool) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Member(writer.begin(alone).await?),
            Self::Postgres { pool, reach } => Tx::Postgres(begun(pool, "BEGIN", *reach).await?),
        })
    }

    /// Waits until every change that a transaction could have seen by now is kept or gone.
    ///
    /// Who writes together sees the changes of the others before they are on the disk: an answer that rests on them
    /// («уже записано») is given after this.
    pub async fn settle(&self) {
        if let Self::Sqlite { writer, .. } = self {
            writer.settle().await;
        }
    }

    /// Begins a transaction that only looks and sees one moment throughout.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres { pool, reach } => {
                Tx::Postgres(begun(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", *reach).await?)
            }
        })
    }

    /// Lets the database count what its indexes hold, by which it chooses the shortest way to the rows of a statement.
    ///
    /// Without these counts it takes an index by school for a narrow one, and a school's own database has one school:
    /// every line of a list would walk over a whole table. Worth a call after much was written, and once a day.
    pub async fn learn(&self) -> Result<()> {
        let mut tx = self.begin_alone().await?;
        tx.run("ANALYZE", vec![]).await?;
        tx.commit().await
    }

    /// Asks the database to parse a statement without running it.
    pub async fn prepare(&self, sql: &'static str) -> Result<()> {
        let sql = sqlx::SqlStr::from_static(sql);
        match self {
            Self::Sqlite { writer, .. } => {
                writer.lend().await?.connection()?.prepare(sql).await?;
            }
            Self::Postgres { pool, .. } => {
                pool.acquire().await?.prepare(sql).await?;
            }
        }
        Ok(())
    }

    /// Closes every connection; SQLite folds its journal back into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }
}

async fn version_of(connection: &mut SqliteConnection) -> sqlx::Result<String> {
    sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await
}

async fn begun(pool: &PgPool, begin: &str, chosen: Option<Reach>) -> Result<Transaction<'static, Postgres>> {
    let sql = beginning(begin, Reach::of(chosen));
    pool.begin_with(AssertSqlSafe(sql)).await.map_err(no_server)
}

/// Refuses a role that policies do not hold back: with it the schools of a region stand open to each other.
async fn refuse_almighty(connection: &mut PgConnection) -> Result<()> {
    let sql = "SELECT rolname::text FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)";
    match sqlx::query_scalar(sql).fetch_optional(connection).await? {
        Some(role) => Err(Error::Almighty(role)),
        None => Ok(()),
    }
}

/// Has a COMMIT answered when it is kept, even by a server set up to answer sooner: a crash would cost it the last
/// answered writes. A server that waits for its replicas too is left to it.
async fn wait_for_the_disk(connection: &mut PgConnection) -> sqlx::Result<()> {
    let sql = "
        SELECT set_config('synchronous_commit', 'on', FALSE)
        WHERE current_setting('synchronous_commit') = 'off'";
    sqlx::query(sql).execute(connection).await.map(drop)
}

/// A pool of PostgreSQL that hands out no connection in time has lost its server; SQLite's has only one busy writer.
fn no_server(error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::PoolTimedOut => Error::Unreachable("no connection to the server in time".to_owned()),
        other => other.into(),
    }
}

fn older_than(version: &str, oldest: (u32, u32, u32)) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) < oldest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_sqlite_is_recognised() {
        assert!(older_than("3.51.2", OLDEST_SQLITE));
        assert!(older_than("3.9.30", OLDEST_SQLITE));
        assert!(!older_than("3.51.3", OLDEST_SQLITE));
        assert!(!older_than("3.53.0", OLDEST_SQLITE));
    }
}
