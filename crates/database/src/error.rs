//! What can go wrong with a database, in terms a caller can act on.

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the database.
///
/// The variants are those a caller answers differently; the sentences are for the log of the program, the sentences for
/// people are made where people are (`error.rs` of the application).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another writer holds the database for longer than the time we wait.
    #[error("the database is busy")]
    Busy,
    /// The disk is full.
    #[error("the disk of the database is full")]
    Full,
    /// The database or its disk can only be read.
    #[error("the database is read-only")]
    ReadOnly,
    /// The database cannot be reached or its files cannot be read.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The file is not a database or is damaged.
    #[error("the file is not a sound database: {0}")]
    Damaged(String),
    /// A row with this key exists already; the name is the constraint's or, in SQLite, the columns'.
    #[error("a row with this key exists: {0}")]
    Taken(String),
    /// A row that is referred to does not exist, or is still referred to.
    #[error("a reference is broken")]
    Reference,
    /// The database was migrated by a newer version of the program.
    #[error("the database has migration {0}, which this program does not know")]
    Newer(i64),
    /// A migration that has been applied differs from the one in the program.
    #[error("migration {0} differs from the one that was applied")]
    Changed(i64),
    /// The SQLite library is older than the oldest one without a known corruption bug.
    #[error("SQLite {0} is too old")]
    TooOld(String),
    /// The role of PostgreSQL is not held back by policies, so nothing keeps schools apart but the program.
    #[error("the role {0} of PostgreSQL bypasses row-level security")]
    Almighty(String),
    /// One row was expected, none came.
    #[error("no such row")]
    Missing,
    /// Anything else.
    #[error(transparent)]
    Other(sqlx::Error),
}

impl Error {
    /// Returns the same failure for somebody else who met it: everybody whose change was in a lost transaction.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Busy => Self::Busy,
            Self::Full => Self::Full,
            Self::ReadOnly => Self::ReadOnly,
            Self::Damaged(what) => Self::Damaged(what.clone()),
            Self::Reference => Self::Reference,
            Self::Unreachable(what) => Self::Unreachable(what.clone()),
            other => Self::Unreachable(other.to_string()),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::Missing,
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(ref io) => Self::Unreachable(io.to_string()),
            // A server that ends in the middle of a word, and a worker thread that ended with its connection.
            sqlx::Error::Protocol(what) => Self::Unreachable(what),
            sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed => Self::Unreachable(error.to_string()),
            sqlx::Error::Database(ref db) => of_database(db.as_ref()).unwrap_or(Self::Other(error)),
            other => Self::Other(other),
        }
    }
}

fn of_database(error: &dyn sqlx::error::DatabaseError) -> Option<Error> {
    if error.is_unique_violation() {
        return Some(Error::Taken(error.constraint().unwrap_or_else(|| error.message()).to_owned()));
    }
    if error.is_foreign_key_violation() {
        return Some(Error::Reference);
    }
    let code = error.code()?;
    if error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some() {
        return of_postgres(&code, error.message());
    }
    // The primary result code is the low byte of the extended one: https://www.sqlite.org/rescode.html
    match code.parse::<i32>().ok()? & 0xff {
        5 | 6 => Some(Error::Busy),
        8 => Some(Error::ReadOnly),
        10 | 14 => Some(Error::Unreachable(error.message().to_owned())),
        11 | 26 => Some(Error::Damaged(error.message().to_owned())),
        13 => Some(Error::Full),
        _ => None,
    }
}

/// Classifies by SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn of_postgres(code: &str, message: &str) -> Option<Error> {
    match code {
        "53100" => Some(Error::Full),
        "25006" => Some(Error::ReadOnly),
        "40001" | "40P01" | "55P03" | "53300" => Some(Error::Busy),
        _ if code.starts_with("57P") || code.starts_with("08") || code.starts_with("28") || code == "3D000" => {
            Some(Error::Unreachable(message.to_owned()))
        }
        _ => None,
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => Self::Newer(version),
            MigrateError::VersionMismatch(version) => Self::Changed(version),
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Other(sqlx::Error::Configuration(Box::new(other))),
        }
    }
}
