//! Values that come out of a statement.

use crate::error::Result;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type, postgres::PgRow, sqlite::SqliteRow};

/// A row of either database.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Reads a column by its name.
    pub fn get<T: Field>(&self, column: &str) -> Result<T> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// Returns how many columns the row has.
    pub fn width(&self) -> usize {
        match self {
            Self::Sqlite(row) => row.len(),
            Self::Postgres(row) => row.len(),
        }
    }

    /// Reads a column by its place, from 0.
    pub fn at<T: Field>(&self, place: usize) -> Result<T> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }
}

/// A type both databases can hand out in a column.
pub trait Field:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres> + Send + Unpin
{
}

impl<T> Field for T where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres> + Send + Unpin
{
}

/// A JSON column read into a type.
pub use sqlx::types::Json;

/// A type that is read from a row; made by [`record!`](crate::record).
pub trait Record: Sized + Send {
    /// Reads the value from a row that holds its columns.
    fn from_row(row: &Row) -> Result<Self>;
}

macro_rules! tuples {
    ($($($type:ident $place:tt),+;)*) => { $(
        impl<$($type: Field),+> Record for ($($type,)+) {
            fn from_row(row: &Row) -> Result<Self> { Ok(($(row.at::<$type>($place)?,)+)) }
        }
    )* };
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
}

/// Defines a struct whose fields are the columns of a statement, by name.
#[macro_export]
macro_rules! record {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident : $type:ty),* $(,)? })*) => { $(
        $(#[$meta])*
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),* }

        impl $crate::Record for $name {
            fn from_row(row: &$crate::Row) -> $crate::Result<Self> {
                Ok(Self { $($field: row.get::<$type>(stringify!($field))?),* })
            }
        }
    )* };
}

/// Defines the id of one kind of thing: text in SQLite (so a person can read it), `uuid` in PostgreSQL.
///
/// Ids are `UUIDv7`: they sort by creation and are never secrets.
#[macro_export]
macro_rules! id_type {
    ($($(#[$meta:meta])* $vis:vis $name:ident;)*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name($crate::internal::Uuid);

        impl $name {
            /// Makes a new id.
            #[must_use]
            pub fn fresh() -> Self { Self($crate::internal::Uuid::now_v7()) }

            /// Returns the bare identifier.
            #[must_use]
            pub fn uuid(self) -> $crate::internal::Uuid { self.0 }
        }

        impl From<$crate::internal::Uuid> for $name {
            fn from(id: $crate::internal::Uuid) -> Self { Self(id) }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { self.0.hyphenated().fmt(f) }
        }
        impl ::std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> ::std::result::Result<Self, ()> {
                $crate::internal::Uuid::try_parse(text).map(Self).map_err(|_| ())
            }
        }
        impl $crate::Scalar for $name {
            const NULL: $crate::Value = $crate::Value::Id(None);
            fn present(self) -> $crate::Value { $crate::Value::Id(Some(self.0)) }
        }
        impl<'de> $crate::internal::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::internal::serde::Deserializer<'de>>(d: D) -> ::std::result::Result<Self, D::Error> {
                <$crate::internal::Uuid as $crate::internal::serde::Deserialize>::deserialize(d).map(Self)
            }
        }
        impl $crate::internal::serde::Serialize for $name {
            fn serialize<S: $crate::internal::serde::Serializer>(&self, s: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::internal::serde::Serialize::serialize(&self.0, s)
            }
        }
        const _: () = {
            use $crate::internal::{Uuid, sqlx::{self, Decode, Postgres, Sqlite, Type}};
            impl Type<Sqlite> for $name {
                fn type_info() -> sqlx::sqlite::SqliteTypeInfo { <String as Type<Sqlite>>::type_info() }
                fn compatible(_: &sqlx::sqlite::SqliteTypeInfo) -> bool { true }
            }
            impl<'r> Decode<'r, Sqlite> for $name {
                fn decode(value: sqlx::sqlite::SqliteValueRef<'r>) -> ::std::result::Result<Self, sqlx::error::BoxDynError> {
                    Ok(Self(Uuid::parse_str(<&str as Decode<Sqlite>>::decode(value)?)?))
                }
            }
            impl Type<Postgres> for $name {
                fn type_info() -> sqlx::postgres::PgTypeInfo { <Uuid as Type<Postgres>>::type_info() }
            }
            impl<'r> Decode<'r, Postgres> for $name {
                fn decode(value: sqlx::postgres::PgValueRef<'r>) -> ::std::result::Result<Self, sqlx::error::BoxDynError> {
                    Ok(Self(<Uuid as Decode<Postgres>>::decode(value)?))
                }
            }
        };
    )* };
}

/// Defines an enum that is a word in the database, in forms and in JSON, with its Russian label.
///
/// ```
/// database::stored_as_text! {
///     /// Who somebody is.
///     pub enum Kind { Pupil = "pupil" => "обучающийся", Teacher = "teacher" => "педагог" }
/// }
/// assert_eq!(Kind::Pupil.label(), "обучающийся");
/// assert_eq!("teacher".parse(), Ok(Kind::Teacher));
/// ```
#[macro_export]
macro_rules! stored_as_text {
    ($($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal => $label:literal),+ $(,)? })*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the word that stands in the database and in forms.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Returns the Russian name for people.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> ::std::result::Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    other => Err(format!("unknown {}: {other:?}", stringify!($name))),
                }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.label()) }
        }
        impl $crate::Scalar for $name {
            const NULL: $crate::Value = $crate::Value::Text(None);
            fn present(self) -> $crate::Value { $crate::Value::Text(Some(self.word().to_owned())) }
        }
        impl<'de> $crate::internal::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::internal::serde::Deserializer<'de>>(d: D) -> ::std::result::Result<Self, D::Error> {
                let word = <::std::borrow::Cow<'de, str> as $crate::internal::serde::Deserialize>::deserialize(d)?;
                word.parse().map_err($crate::internal::serde::de::Error::custom)
            }
        }
        impl $crate::internal::serde::Serialize for $name {
            fn serialize<S: $crate::internal::serde::Serializer>(&self, s: S) -> ::std::result::Result<S::Ok, S::Error> {
                s.serialize_str(self.word())
            }
        }
        const _: () = {
            use $crate::internal::sqlx::{self, Decode, Postgres, Sqlite, Type};
            impl Type<Sqlite> for $name {
                fn type_info() -> sqlx::sqlite::SqliteTypeInfo { <String as Type<Sqlite>>::type_info() }
            }
            impl<'r> Decode<'r, Sqlite> for $name {
                fn decode(value: sqlx::sqlite::SqliteValueRef<'r>) -> ::std::result::Result<Self, sqlx::error::BoxDynError> {
                    Ok(<&str as Decode<Sqlite>>::decode(value)?.parse()?)
                }
            }
            impl Type<Postgres> for $name {
                fn type_info() -> sqlx::postgres::PgTypeInfo { <String as Type<Postgres>>::type_info() }
                fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool { <String as Type<Postgres>>::compatible(ty) }
            }
            impl<'r> Decode<'r, Postgres> for $name {
                fn decode(value: sqlx::postgres::PgValueRef<'r>) -> ::std::result::Result<Self, sqlx::error::BoxDynError> {
                    Ok(<&str as Decode<Postgres>>::decode(value)?.parse()?)
                }
            }
        };
    )* };
}
