//! Transactions and the statements that run in them.

use crate::{
    error::{Error, Result},
    record::{Record, Row},
    statement,
    value::Value,
    writer::Member,
};
use chrono::SubsecRound as _;
use sqlx::{Postgres, Sqlite, SqliteConnection, Transaction};

/// Parameters of one statement: SQLite stops at 32 766, and statements of some thousand are not faster.
const PARAMETERS_MAX: usize = 4_000;

/// A transaction of either database; dropped without [`Tx::commit`] it leaves nothing behind.
pub enum Tx {
    /// Looks into SQLite.
    #[doc(hidden)]
    Sqlite(Transaction<'static, Sqlite>),
    /// Writes to SQLite, perhaps together with others.
    #[doc(hidden)]
    Member(Member),
    #[doc(hidden)]
    Postgres(Transaction<'static, Postgres>),
}

macro_rules! bind {
    ($query:expr, $args:expr, $id:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Value::Id(x) => query.bind(x.map($id)),
                Value::Text(x) => query.bind(x),
                Value::Int(x) => query.bind(x),
                Value::Real(x) => query.bind(x),
                Value::Bool(x) => query.bind(x),
                Value::Date(x) => query.bind(x),
                // PostgreSQL keeps microseconds; SQLite would keep more, and one record would have two moments.
                Value::Time(x) => query.bind(x.map(|at| at.trunc_subsecs(6))),
                Value::Bytes(x) => query.bind(x),
                Value::Json(x) => query.bind(x),
            }
        }
        query
    }};
}

/// Runs one statement of a transaction by a method of sqlx, whichever database it is.
macro_rules! ask {
    ($tx:expr, $sql:expr, $args:expr, $method:ident, $sqlite:expr, $postgres:expr) => {{
        match $tx {
            Self::Postgres(tx) => {
                Ok(bind!(sqlx::query($sql), $args, |id| id).$method(&mut **tx).await.map($postgres)?)
            }
            tx => {
                let query = bind!(sqlx::query($sql), $args, uuid::Uuid::hyphenated);
                let answer = query.$method(tx.sqlite()?).await.map($sqlite).map_err(Error::from);
                answer.inspect_err(|error| tx.note(error))
            }
        }
    }};
}

impl Tx {
    /// Returns the connection of a transaction of SQLite.
    pub(crate) fn sqlite(&mut self) -> Result<&mut SqliteConnection> {
        match self {
            Self::Sqlite(tx) => Ok(&mut **tx),
            Self::Member(member) => member.connection(),
            Self::Postgres(_) => Err(Error::Unreachable("this is PostgreSQL".to_owned())),
        }
    }

    fn note(&mut self, error: &Error) {
        if let Self::Member(member) = self {
            member.note(error);
        }
    }

    /// Returns every row of the answer.
    pub async fn all<T: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Vec<T>> {
        let rows: Result<Vec<Row>> = ask!(self, sql, args, fetch_all, sqlite_rows, postgres_rows);
        rows?.iter().map(T::from_row).collect()
    }

    /// Returns the first row, if any.
    pub async fn maybe<T: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Option<T>> {
        let row: Result<Option<Row>> =
            ask!(self, sql, args, fetch_optional, |row| row.map(Row::Sqlite), |row| row.map(Row::Postgres));
        row?.as_ref().map(T::from_row).transpose()
    }

    /// Returns the first row; none is [`Error::Missing`](crate::Error::Missing).
    pub async fn one<T: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<T> {
        self.maybe(sql, args).await?.ok_or(Error::Missing)
    }

    /// Runs a statement and returns how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        ask!(self, sql, args, execute, |done| done.rows_affected(), |done| done.rows_affected())
    }

    /// Runs an `INSERT … VALUES ($1, …)` for many rows, with as few statements as the databases allow.
    ///
    /// The statement is written for one row; every row has as many values as it has parameters.
    pub async fn run_many(&mut self, sql: &'static str, rows: Vec<Vec<Value>>) -> Result<u64> {
        self.run_rows(sql, rows).await
    }

    pub(crate) async fn run_rows(&mut self, sql: &str, rows: Vec<Vec<Value>>) -> Result<u64> {
        let width = rows.first().map_or(0, Vec::len);
        if width == 0 {
            return Ok(0);
        }
        let (head, list, tail) = statement::around_values(sql);
        let mut touched = 0;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<Vec<Value>> = rows.by_ref().take((PARAMETERS_MAX / width).max(1)).collect();
            let lists = statement::lists(list, width, some.len());
            touched += self.run_text(format!("{head}{lists}{tail}"), some.into_iter().flatten().collect()).await?;
        }
        Ok(touched)
    }

    /// Returns every row of a statement that ends with a list of one, `… IN ($n)`, asked for all of a list at once.
    pub async fn all_among<T: Record>(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
        among: Vec<Value>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        for some in among.chunks(PARAMETERS_MAX / 4) {
            let mut all = args.clone();
            all.extend_from_slice(some);
            found.extend(self.all_made(statement::among(sql, args.len() + 1, some.len()), all).await?);
        }
        Ok(found)
    }

    pub(crate) async fn run_text(&mut self, sql: String, args: Vec<Value>) -> Result<u64> {
        let sql = sqlx::AssertSqlSafe(sql);
        ask!(self, sql, args, execute, |done| done.rows_affected(), |done| done.rows_affected())
    }

    async fn all_made<T: Record>(&mut self, sql: String, args: Vec<Value>) -> Result<Vec<T>> {
        let sql = sqlx::AssertSqlSafe(sql);
        let rows: Result<Vec<Row>> = ask!(self, sql, args, fetch_all, sqlite_rows, postgres_rows);
        rows?.iter().map(T::from_row).collect()
    }

    /// Keeps what was done. With SQLite the data is on the disk when this returns (`synchronous=FULL`).
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Member(member) => member.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

fn sqlite_rows(rows: Vec<sqlx::sqlite::SqliteRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Sqlite).collect()
}

fn postgres_rows(rows: Vec<sqlx::postgres::PgRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Postgres).collect()
}
