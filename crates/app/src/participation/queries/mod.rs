//! The tables of the slice: every statement and the functions that ask it.

mod applications;
mod coverage;
mod dictionary;
mod involvements;
mod participants;
mod settings;

pub use applications::*;
pub use coverage::{Target, by_class, complete, groups, targets};
pub use dictionary::{dictionary, drop_form, drop_topic, insert_form, insert_topic};
pub use involvements::{Involvement, has_begun, involvements};
pub use participants::{
    Asked, Choice, Outsider, insert, outsiders, participant, participants, set_answers, set_decision, set_departure,
    set_interview, set_topics, topics,
};
pub use settings::{save_settings, settings};

/// Every statement of the slice.
pub(crate) const ALL: &[&[(&str, &str)]] =
    &[applications::ALL, coverage::ALL, dictionary::ALL, involvements::ALL, participants::ALL, settings::ALL];

/// Returns a value as it is stored in a JSON column.
fn json<T: serde::Serialize + ?Sized>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
