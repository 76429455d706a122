//! Values that go into a statement.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A parameter of a statement, the same for both databases.
#[derive(Debug, Clone)]
pub enum Value {
    Id(Option<Uuid>),
    Text(Option<String>),
    Int(Option<i64>),
    Real(Option<f64>),
    Bool(Option<bool>),
    Date(Option<NaiveDate>),
    Time(Option<DateTime<Utc>>),
    Bytes(Option<Vec<u8>>),
    Json(Option<serde_json::Value>),
}

/// A type that can be a parameter; made by [`id_type!`](crate::id_type) and [`stored_as_text!`](crate::stored_as_text).
pub trait Scalar {
    /// The absent value: PostgreSQL wants to know the type even of nothing.
    const NULL: Value;
    /// Returns the value to be sent.
    fn present(self) -> Value;
}

macro_rules! scalar {
    ($($type:ty => $variant:ident),* $(,)?) => { $(
        impl Scalar for $type {
            const NULL: Value = Value::$variant(None);
            fn present(self) -> Value { Value::$variant(Some(self.into())) }
        }
    )* };
}

scalar! {
    Uuid => Id, String => Text, &str => Text, &String => Text, i64 => Int, i32 => Int, f64 => Real, bool => Bool,
    NaiveDate => Date, DateTime<Utc> => Time, Vec<u8> => Bytes, serde_json::Value => Json,
}

impl<T: Scalar> From<T> for Value {
    fn from(value: T) -> Self {
        value.present()
    }
}

impl<T: Scalar> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(T::NULL, Scalar::present)
    }
}

/// Lists the parameters of a statement: `args![id, "text", 3_i64, None::<NaiveDate>]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { ::std::vec![$($crate::Value::from($value)),*] };
}

/// Names the statements of a module and lists them in `ALL`, so that a test can prepare each on both databases.
#[macro_export]
macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident = $sql:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// Every statement of this module with its name.
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $sql)),*];
    };
}
