//! Transactions and the statements that run in them.

use crate::{
    error::Result,
    record::{Record, Row},
    statement,
    value::Value,
};
use sqlx::{Postgres, Sqlite, Transaction};

/// Parameters of one statement: SQLite stops at 32 766, and statements of some thousand are not faster.
const PARAMETERS_MAX: usize = 4_000;

/// A transaction of either database; dropped without [`Tx::commit`] it leaves nothing behind.
pub enum Tx {
    #[doc(hidden)]
    Sqlite(Transaction<'static, Sqlite>),
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
                Value::Time(x) => query.bind(x),
                Value::Bytes(x) => query.bind(x),
                Value::Json(x) => query.bind(x),
            }
        }
        query
    }};
}

impl Tx {
    /// Returns every row of the answer.
    pub async fn all<T: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Vec<T>> {
        match self {
            Self::Sqlite(tx) => bind!(sqlx::query(sql), args, uuid::Uuid::hyphenated)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(|row| T::from_row(&Row::Sqlite(row)))
                .collect(),
            Self::Postgres(tx) => bind!(sqlx::query(sql), args, |id| id)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(|row| T::from_row(&Row::Postgres(row)))
                .collect(),
        }
    }

    /// Returns the first row, if any.
    pub async fn maybe<T: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Option<T>> {
        let row = match self {
            Self::Sqlite(tx) => {
                bind!(sqlx::query(sql), args, uuid::Uuid::hyphenated).fetch_optional(&mut **tx).await?.map(Row::Sqlite)
            }
            Self::Postgres(tx) => {
                bind!(sqlx::query(sql), args, |id| id).fetch_optional(&mut **tx).await?.map(Row::Postgres)
            }
        };
        row.as_ref().map(T::from_row).transpose()
    }

    /// Returns the first row; none is [`Error::Missing`](crate::Error::Missing).
    pub async fn one<T: Record>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<T> {
        self.maybe(sql, args).await?.ok_or(crate::Error::Missing)
    }

    /// Runs a statement and returns how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => {
                bind!(sqlx::query(sql), args, uuid::Uuid::hyphenated).execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => bind!(sqlx::query(sql), args, |id| id).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Runs an `INSERT … VALUES ($1, …)` for many rows, with as few statements as the databases allow.
    ///
    /// The statement is written for one row; every row has as many values as it has parameters.
    pub async fn run_many(&mut self, sql: &'static str, rows: Vec<Vec<Value>>) -> Result<u64> {
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
            touched += self.run_made(format!("{head}{lists}{tail}"), some.into_iter().flatten().collect()).await?;
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

    async fn run_made(&mut self, sql: String, args: Vec<Value>) -> Result<u64> {
        let sql = sqlx::AssertSqlSafe(sql);
        Ok(match self {
            Self::Sqlite(tx) => {
                bind!(sqlx::query(sql), args, uuid::Uuid::hyphenated).execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => bind!(sqlx::query(sql), args, |id| id).execute(&mut **tx).await?.rows_affected(),
        })
    }

    async fn all_made<T: Record>(&mut self, sql: String, args: Vec<Value>) -> Result<Vec<T>> {
        let sql = sqlx::AssertSqlSafe(sql);
        match self {
            Self::Sqlite(tx) => bind!(sqlx::query(sql), args, uuid::Uuid::hyphenated)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(|row| T::from_row(&Row::Sqlite(row)))
                .collect(),
            Self::Postgres(tx) => bind!(sqlx::query(sql), args, |id| id)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(|row| T::from_row(&Row::Postgres(row)))
                .collect(),
        }
    }

    /// Keeps what was done. With SQLite the data is on the disk when this returns (`synchronous=FULL`).
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
