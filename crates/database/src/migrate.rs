//! One folder of migrations for both databases.

use crate::{
    connect::{Db, Dialect},
    error::Result,
    reach,
    tx::Tx,
};
use sqlx::{
    Connection as _, PgConnection,
    migrate::{MigrationType, Migrator},
};
use std::borrow::Cow;

/// A migration file: its name (`0001_access.sql`, `0014_search.sqlite.sql`) and its text.
pub type Migration = (&'static str, &'static str);

/// Returns the files of one dialect with their numbers and descriptions, in the order of the numbers.
///
/// A file without a dialect in its name belongs to both. A name without a number is left out; the test of the
/// application's folder refuses such names.
pub fn migrations_of(dialect: Dialect, files: &'static [Migration]) -> Vec<(i64, &'static str, &'static str)> {
    let mut mine: Vec<_> = files
        .iter()
        .filter_map(|(name, sql)| {
            let stem = name.strip_suffix(".sql")?;
            let stem = match stem.rsplit_once('.') {
                Some((stem, words)) if words == dialect.word() => stem,
                Some(_) => return None,
                None => stem,
            };
            let (number, description) = stem.split_once('_')?;
            Some((number.parse().ok()?, description, *sql))
        })
        .collect();
    mine.sort_unstable_by_key(|(number, ..)| *number);
    mine
}

impl Db {
    /// Brings the schema up to date, each file in a transaction of its own; returns how many files were applied.
    ///
    /// # Errors
    /// [`Error::Newer`](crate::Error::Newer) when the database knows a file this program does not,
    /// [`Error::Changed`](crate::Error::Changed) when an applied file has another text now.
    pub async fn migrate(&self, files: &'static [Migration]) -> Result<usize> {
        self.migrate_with(files, |_| true).await
    }

    /// Brings an empty database to the schema that has exactly the files of these numbers: that of a backup.
    ///
    /// # Errors
    /// [`Error::Newer`](crate::Error::Newer) when this program does not know one of the files.
    pub async fn migrate_as(&self, files: &'static [Migration], numbers: &[i64]) -> Result<usize> {
        let known: Vec<i64> = migrations_of(self.dialect(), files).into_iter().map(|(number, ..)| number).collect();
        if let Some(unknown) = numbers.iter().find(|number| !known.contains(number)) {
            return Err(crate::Error::Newer(*unknown));
        }
        self.migrate_with(files, |number| numbers.contains(&number)).await
    }

    async fn migrate_with(&self, files: &'static [Migration], wanted: impl Fn(i64) -> bool) -> Result<usize> {
        let list: Vec<_> = migrations_of(self.dialect(), files)
            .into_iter()
            .filter(|(number, ..)| wanted(*number))
            .map(|(number, description, sql)| {
                let sql = sqlx::SqlStr::from_static(sql);
                sqlx::migrate::Migration::new(number, Cow::Borrowed(description), MigrationType::Simple, sql, false)
            })
            .collect();
        let before = self.migrations_applied().await?;
        let migrator = Migrator { migrations: Cow::Owned(list), ..Migrator::DEFAULT };
        match self {
            Self::Sqlite { writer, .. } => migrator.run_direct(None, writer.lend().await?.connection()?, false).await?,
            // A connection of its own: a refused migration leaves sqlx's advisory lock held until the connection closes.
            Self::Postgres { pool, .. } => {
                let options = pool.connect_options().as_ref().clone().options([(reach::SETTING, reach::EVERY)]);
                let mut connection = PgConnection::connect_with(&options).await?;
                let outcome = migrator.run_direct(None, &mut connection, false).await;
                connection.close().await?;
                outcome?;
            }
        }
        Ok(self.migrations_applied().await?.saturating_sub(before))
    }

    /// Counts the migrations the database has had; 0 for an empty one.
    pub async fn migrations_applied(&self) -> Result<usize> {
        Ok(self.read().await?.migrations().await?.len())
    }
}

impl Tx {
    /// Returns the numbers of the migrations the database has had.
    pub async fn migrations(&mut self) -> Result<Vec<i64>> {
        let table = match self.dialect() {
            Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE name = '_sqlx_migrations'",
            Dialect::Postgres => {
                "SELECT tablename::text FROM pg_tables WHERE tablename = '_sqlx_migrations' AND schemaname = current_schema()"
            }
        };
        if self.maybe::<(String,)>(table, vec![]).await?.is_none() {
            return Ok(vec![]);
        }
        let sql = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
        Ok(self.all::<(i64,)>(sql, vec![]).await?.into_iter().map(|(number,)| number).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[Migration] = &[
        ("0002_search.sqlite.sql", "B-sqlite"),
        ("0002_search.postgres.sql", "B-postgres"),
        ("0001_access.sql", "A"),
        ("readme.sql", "?"),
    ];

    #[test]
    fn each_database_takes_shared_files_and_its_own_in_order() {
        assert_eq!(migrations_of(Dialect::Sqlite, FILES), [(1, "access", "A"), (2, "search", "B-sqlite")]);
        assert_eq!(migrations_of(Dialect::Postgres, FILES), [(1, "access", "A"), (2, "search", "B-postgres")]);
    }
}
