//! Transactions and the statements that run in them.

use crate::{
    error::Result,
    record::{Record, Row},
    value::Value,
};
use sqlx::{Postgres, Sqlite, Transaction};

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

    /// Keeps what was done. With SQLite the data is on the disk when this returns (`synchronous=FULL`).
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
