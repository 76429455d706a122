//! One SQL text, two databases.
//!
//! SQLite lives inside the program of one school, PostgreSQL serves a region; the application writes one SQL text in
//! the words both understand (see `docs/decisions/0001-one-sql-two-databases.md`) and this crate alone knows which of
//! them answers. What it offers:
//!
//! * [`Db`] opens a database, migrates it and begins transactions: [`Db::begin`] to write, [`Db::begin_alone`] to write
//!   for seconds, [`Db::read`] to look;
//! * [`within`], [`Db::of_school`] and [`Db::of_every_school`] say whose rows transactions of PostgreSQL may touch;
//! * [`Tx`] runs statements: [`Tx::all`], [`Tx::one`], [`Tx::maybe`], [`Tx::run`], [`Tx::run_many`],
//!   [`Tx::all_among`];
//! * [`record!`], [`id_type!`], [`stored_as_text!`] and [`queries!`] describe rows, ids, enums and statements;
//! * [`Table`], [`Tx::each_line`] and [`Tx::add_lines`] carry whole tables from one database to another;
//! * [`Error`] says what went wrong in terms a caller can act on.
//!
//! Where it ends: no table and no rule of the school is known here.

mod collation;
mod connect;
mod error;
mod migrate;
mod portable;
mod reach;
mod record;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;
mod writer;

pub use collation::{alphabetical, fold};
pub use connect::{Db, Dialect, Place};
pub use error::{Error, Result};
pub use migrate::{Migration, migrations_of};
pub use portable::{Kind, Table};
pub use reach::within;
pub use record::{Field, Json, Record, Row};
pub use tx::Tx;
pub use value::{Scalar, Value};

/// Used by the macros of this crate; not for people.
#[doc(hidden)]
pub mod internal {
    pub use serde;
    pub use sqlx;
    pub use uuid::Uuid;
}
