//! Whole tables in a form that is the same for both databases: what a backup carries and a move compares.
//!
//! A row is a line of JSON: ids in their 36 letters, moments in UTC to the microsecond (PostgreSQL keeps no more), JSON
//! with sorted keys, bytes in hexadecimal digits. Equal records give equal lines whichever database they come from.

use crate::{
    connect::Dialect,
    error::{Error, Result},
    tx::Tx,
    value::Value,
};
use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound as _, Utc};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};
use std::fmt::Write as _;
use uuid::Uuid;

/// How often a number is read and written until it stays; usually the first time.
const SETTLING: usize = 64;

/// What a column holds, in the common words of both databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Id,
    Text,
    Int,
    Real,
    Bool,
    Date,
    Time,
    Bytes,
    Json,
}

impl Kind {
    /// Reads the type of a column as SQLite keeps it from the migration and as PostgreSQL names it.
    fn read(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "uuid" => Self::Id,
            "text" | "varchar" | "bpchar" => Self::Text,
            "bigint" | "integer" | "int8" | "int4" => Self::Int,
            "double precision" | "float8" | "real" => Self::Real,
            "boolean" | "bool" => Self::Bool,
            "date" => Self::Date,
            "timestamptz" => Self::Time,
            "bytea" | "blob" => Self::Bytes,
            "jsonb" | "json" => Self::Json,
            _ => return None,
        })
    }
}

/// A table and its columns, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<(String, Kind)>,
}

const SQLITE_COLUMNS: &str = "
    SELECT t.name, c.name, c.type
    FROM pragma_table_list t
    JOIN pragma_table_info(t.name) c
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> '_sqlx_migrations'
    ORDER BY t.name, c.name";

const POSTGRES_COLUMNS: &str = "
    SELECT CAST(t.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.udt_name AS TEXT)
    FROM information_schema.tables t
    JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
    WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND t.table_name <> '_sqlx_migrations'
    ORDER BY t.table_name COLLATE \"C\", c.column_name COLLATE \"C\"";

/// Foreign keys of PostgreSQL; SQLite puts all of them off with one word.
const REFERENCES: &str = "
    SELECT CAST(CAST(conrelid AS REGCLASS) AS TEXT), CAST(conname AS TEXT)
    FROM pg_constraint
    WHERE contype = 'f' AND connamespace = CAST(current_schema() AS REGNAMESPACE)";

impl Tx {
    /// Says which database this is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Postgres(_) => Dialect::Postgres,
            _ => Dialect::Sqlite,
        }
    }

    /// Returns the tables of the application.
    pub async fn tables(&mut self) -> Result<Vec<Table>> {
        let sql = match self.dialect() {
            Dialect::Sqlite => SQLITE_COLUMNS,
            Dialect::Postgres => POSTGRES_COLUMNS,
        };
        let mut tables: Vec<Table> = vec![];
        for (table, column, name) in self.all::<(String, String, String)>(sql, vec![]).await? {
            let kind = Kind::read(&name)
                .ok_or_else(|| Error::Damaged(format!("{table}.{column} has the unknown type {name}")))?;
            match tables.last_mut().filter(|last| last.name == table) {
                Some(last) => last.columns.push((column, kind)),
                None => tables.push(Table { name: table, columns: vec![(column, kind)] }),
            }
        }
        Ok(tables)
    }

    /// Hands every row of a table to `sink` as a line without its end; returns how many there were.
    ///
    /// # Errors
    /// Those of the database, and whatever `sink` answers.
    pub async fn each_line<E: From<Error>>(
        &mut self,
        table: &Table,
        mut sink: impl FnMut(&str) -> Result<(), E> + Send,
    ) -> Result<u64, E> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {} FROM {}", names(table), quoted(&table.name)));
        let mut count = 0;
        match self {
            Self::Postgres(tx) => {
                let mut rows = sqlx::query(sql).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(Error::from)? {
                    sink(&line_of(table, |place, kind| of_postgres(&row, place, kind))?)?;
                    count += 1;
                }
            }
            tx => {
                let mut rows = sqlx::query(sql).fetch(tx.sqlite()?);
                while let Some(row) = rows.try_next().await.map_err(Error::from)? {
                    sink(&line_of(table, |place, kind| of_sqlite(&row, place, kind))?)?;
                    count += 1;
                }
            }
        }
        Ok(count)
    }

    /// Empties a table: of a new database, to be filled from a backup.
    pub async fn empty(&mut self, table: &Table) -> Result<()> {
        self.run_text(format!("DELETE FROM {}", quoted(&table.name)), vec![]).await.map(|_| ())
    }

    /// Adds rows that [`Tx::each_line`] has handed out.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a line is not of this table.
    pub async fn add_lines(&mut self, table: &Table, lines: &[&str]) -> Result<()> {
        let places: Vec<String> = (1..=table.columns.len()).map(|number| format!("${number}")).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", quoted(&table.name), names(table), places.join(", "));
        let rows: Result<Vec<Vec<Value>>> = lines.iter().map(|line| values_of(table, line)).collect();
        self.run_rows(&sql, rows?).await.map(|_| ())
    }

    /// Lets references of rows that are added wait for [`Tx::check_references`].
    pub async fn put_off_references(&mut self) -> Result<()> {
        if self.dialect() == Dialect::Sqlite {
            return self.run("PRAGMA defer_foreign_keys = ON", vec![]).await.map(|_| ());
        }
        self.alter_references("DEFERRABLE INITIALLY DEFERRED").await
    }

    /// Checks the references that were put off; from here on every statement is checked again.
    ///
    /// # Errors
    /// [`Error::Reference`] when a row refers to nothing.
    pub async fn check_references(&mut self) -> Result<()> {
        if self.dialect() == Dialect::Sqlite {
            let broken = self.all::<(String,)>("SELECT \"table\" FROM pragma_foreign_key_check", vec![]).await?;
            return if broken.is_empty() { Ok(()) } else { Err(Error::Reference) };
        }
        self.run("SET CONSTRAINTS ALL IMMEDIATE", vec![]).await?;
        self.alter_references("NOT DEFERRABLE").await
    }

    async fn alter_references(&mut self, how: &str) -> Result<()> {
        for (table, name) in self.all::<(String, String)>(REFERENCES, vec![]).await? {
            self.run_text(format!("ALTER TABLE {table} ALTER CONSTRAINT {} {how}", quoted(&name)), vec![]).await?;
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn names(table: &Table) -> String {
    table.columns.iter().map(|(name, _)| quoted(name)).collect::<Vec<_>>().join(", ")
}

fn line_of(table: &Table, mut value: impl FnMut(usize, Kind) -> Result<Json>) -> Result<String> {
    let values: Result<Vec<Json>> =
        table.columns.iter().enumerate().map(|(place, (_, kind))| value(place, *kind)).collect();
    let mut line = String::new();
    write_sorted(&Json::Array(values?), &mut line);
    Ok(line)
}

/// Writes JSON without blanks and with sorted keys: PostgreSQL orders keys in its own way.
fn write_sorted(json: &Json, to: &mut String) {
    match json {
        Json::Array(items) => {
            to.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    to.push(',');
                }
                write_sorted(item, to);
            }
            to.push(']');
        }
        Json::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_unstable_by_key(|(key, _)| *key);
            to.push('{');
            for (place, (key, value)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    to.push(',');
                }
                let _ = write!(to, "{}:", Json::String(key.clone()));
                write_sorted(value, to);
            }
            to.push('}');
        }
        Json::Number(number) => {
            let _ = write!(to, "{}", settled(number.clone()));
        }
        plain => {
            let _ = write!(to, "{plain}");
        }
    }
}

/// Returns a number that is read as it is written: the reader of JSON may miss the last binary digit of a long fraction,
/// and PostgreSQL knows no negative zero.
fn settled(mut number: serde_json::Number) -> serde_json::Number {
    if number.is_f64() && number.as_f64() == Some(0.0) {
        number = serde_json::Number::from_f64(0.0).unwrap_or(number);
    }
    for _ in 0..SETTLING {
        let Ok(again) = serde_json::from_str(&number.to_string()) else { break };
        if again == number {
            break;
        }
        number = again;
    }
    number
}

fn moment(at: DateTime<Utc>) -> Json {
    at.trunc_subsecs(6).to_rfc3339_opts(SecondsFormat::Micros, true).into()
}

fn digits(bytes: &[u8]) -> Json {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
        .into()
}

macro_rules! json_of {
    ($row:expr, $place:expr, $type:ty, $make:expr) => {
        $row.try_get_unchecked::<Option<$type>, _>($place)?.map_or(Json::Null, $make)
    };
}

fn of_sqlite(row: &SqliteRow, place: usize, kind: Kind) -> Result<Json> {
    Ok(match kind {
        Kind::Id | Kind::Text => json_of!(row, place, String, Json::from),
        Kind::Int => json_of!(row, place, i64, Json::from),
        Kind::Real => json_of!(row, place, f64, |real| format!("{real:?}").into()),
        Kind::Bool => json_of!(row, place, bool, Json::from),
        Kind::Date => json_of!(row, place, NaiveDate, |day| day.to_string().into()),
        Kind::Time => json_of!(row, place, DateTime<Utc>, moment),
        Kind::Bytes => json_of!(row, place, Vec<u8>, |bytes: Vec<u8>| digits(&bytes)),
        Kind::Json => match row.try_get_unchecked::<Option<String>, _>(place)? {
            None => Json::Null,
            // In brackets, or the JSON `null` would come back as the absent value.
            Some(text) => {
                vec![serde_json::from_str::<Json>(&text).map_err(|error| Error::Damaged(error.to_string()))?].into()
            }
        },
    })
}

fn of_postgres(row: &PgRow, place: usize, kind: Kind) -> Result<Json> {
    Ok(match kind {
        Kind::Id => json_of!(row, place, Uuid, |id| id.hyphenated().to_string().into()),
        Kind::Text => json_of!(row, place, String, Json::from),
        Kind::Int => match row.try_get::<Option<i64>, _>(place) {
            Ok(number) => number.map_or(Json::Null, Json::from),
            Err(_) => json_of!(row, place, i32, Json::from),
        },
        Kind::Real => json_of!(row, place, f64, |real| format!("{real:?}").into()),
        Kind::Bool => json_of!(row, place, bool, Json::from),
        Kind::Date => json_of!(row, place, NaiveDate, |day| day.to_string().into()),
        Kind::Time => json_of!(row, place, DateTime<Utc>, moment),
        Kind::Bytes => json_of!(row, place, Vec<u8>, |bytes: Vec<u8>| digits(&bytes)),
        Kind::Json => json_of!(row, place, Json, |json| vec![json].into()),
    })
}

fn values_of(table: &Table, line: &str) -> Result<Vec<Value>> {
    let foreign = || Error::Damaged(format!("a line is not of the table {}", table.name));
    let values: Vec<Json> = serde_json::from_str(line).map_err(|_| foreign())?;
    if values.len() != table.columns.len() {
        return Err(foreign());
    }
    table.columns.iter().zip(values).map(|((_, kind), json)| value_of(*kind, json).ok_or_else(foreign)).collect()
}

fn value_of(kind: Kind, mut json: Json) -> Option<Value> {
    if json.is_null() {
        return Some(match kind {
            Kind::Id => Value::Id(None),
            Kind::Text => Value::Text(None),
            Kind::Int => Value::Int(None),
            Kind::Real => Value::Real(None),
            Kind::Bool => Value::Bool(None),
            Kind::Date => Value::Date(None),
            Kind::Time => Value::Time(None),
            Kind::Bytes => Value::Bytes(None),
            Kind::Json => Value::Json(None),
        });
    }
    Some(match kind {
        Kind::Id => Value::Id(Some(Uuid::try_parse(json.as_str()?).ok()?)),
        Kind::Text => Value::Text(Some(json.as_str()?.to_owned())),
        Kind::Int => Value::Int(Some(json.as_i64()?)),
        Kind::Real => Value::Real(Some(json.as_str()?.parse().ok()?)),
        Kind::Bool => Value::Bool(Some(json.as_bool()?)),
        Kind::Date => Value::Date(Some(json.as_str()?.parse().ok()?)),
        Kind::Time => Value::Time(Some(json.as_str()?.parse().ok()?)),
        Kind::Bytes => Value::Bytes(Some(bytes_of(json.as_str()?)?)),
        Kind::Json => Value::Json(Some(json.as_array_mut()?.pop()?)),
    })
}

fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_written_with_sorted_keys_whatever_order_it_came_in() {
        let mut line = String::new();
        write_sorted(&serde_json::from_str(r#"{"б": [1, {"b": null, "a": "\""}], "а": 1.0}"#).unwrap(), &mut line);
        assert_eq!(line, r#"{"а":1.0,"б":[1,{"a":"\"","b":null}]}"#);
    }

    #[test]
    fn a_line_of_another_table_is_refused() {
        let table = Table { name: "t".into(), columns: vec![("a".into(), Kind::Int), ("b".into(), Kind::Bytes)] };
        assert!(values_of(&table, r#"[1,"00ff"]"#).is_ok());
        for foreign in [r"[1]", r#"["1","00"]"#, r#"[1,"0g"]"#, r#"[1,"0"#, "{}"] {
            assert!(values_of(&table, foreign).is_err(), "{foreign}");
        }
    }
}
