//! An act about the destruction of personal data. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use database::Json;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

database::id_type! {
    /// The id of an act about destruction.
    pub ErasureActId;
}

database::stored_as_text! {
    /// Why data are destroyed.
    pub enum Basis {
        Withdrawal = "withdrawal" => "отзыв согласия (152-ФЗ, ст. 21, ч. 5)",
        Purpose = "purpose" => "цель обработки достигнута (152-ФЗ, ст. 21, ч. 4)",
        Demand = "demand" => "требование человека или его представителя (152-ФЗ, ст. 14, ч. 1)",
        Unlawful = "unlawful" => "неправомерная обработка (152-ФЗ, ст. 21, ч. 3)",
    }
}

/// A kind of data and how many records of it were destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destroyed {
    pub what: String,
    pub count: u64,
}

/// What somebody asks for who erases a person.
#[derive(Debug, Clone)]
pub struct NewErasure {
    pub basis: Basis,
    pub reason: String,
    /// The number that stands on the act that was printed.
    pub number: i64,
    pub version: i64,
}

database::record! {
    /// An act: who was erased stands in it by numbers only.
    #[derive(Debug, Clone)]
    pub struct ErasureAct {
        pub id: ErasureActId,
        pub number: i64,
        pub erased_on: NaiveDate,
        pub basis: Basis,
        pub reason: String,
        pub records: Json<Vec<Uuid>>,
        pub destroyed: Json<Vec<Destroyed>>,
        pub erased_at: DateTime<Utc>,
        pub actor_name: String,
        pub actor_post: String,
    }
}

/// Adds counts by kinds, in the order in which the kinds come first; what there was nothing of is left out.
pub fn summed(counts: impl IntoIterator<Item = (&'static str, u64)>) -> Vec<Destroyed> {
    let mut all: Vec<Destroyed> = vec![];
    for (what, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        match all.iter_mut().find(|known| known.what == what) {
            Some(known) => known.count += count,
            None => all.push(Destroyed { what: what.to_owned(), count }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_once_and_what_there_was_nothing_of_is_left_out() {
        let all = summed([("Согласия", 2), ("Допуск", 0), ("Классы", 1), ("Согласия", 1)]);
        let said: Vec<_> = all.iter().map(|one| (one.what.as_str(), one.count)).collect();
        assert_eq!(said, [("Согласия", 3), ("Классы", 1)]);
    }
}
