//! Numbers that slices count over their records. Pure.
//!
//! A measure has a name, slice and noun (`participants.coverage`); a rule of the road map asks for it by that name. A
//! slice answers with a [`Reading`], or with nothing as long as it has no records at all: then a person enters the
//! number by hand.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Measures by name.
pub type Readings = Vec<(&'static str, Reading)>;

/// What the records say on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub as_of: NaiveDate,
    pub numerator: i64,
    /// Nothing for a plain count.
    pub denominator: Option<i64>,
    #[serde(default)]
    pub groups: Vec<GroupReading>,
    /// The records behind the numerator.
    #[serde(default)]
    pub subjects: Vec<Subject>,
    /// Where a number entered by hand was taken from.
    #[serde(default)]
    pub source: Option<String>,
}

/// What the records say about one group, class or form of mentoring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupReading {
    pub name: String,
    pub numerator: i64,
    pub denominator: Option<i64>,
}

/// A record behind a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub kind: String,
    pub id: String,
    pub label: String,
}

impl Reading {
    /// Returns a share of a whole.
    pub fn share(as_of: NaiveDate, numerator: i64, denominator: i64) -> Self {
        Self { denominator: Some(denominator), ..Self::count(as_of, numerator) }
    }

    /// Returns a plain number.
    pub fn count(as_of: NaiveDate, numerator: i64) -> Self {
        Self { as_of, numerator, denominator: None, groups: vec![], subjects: vec![], source: None }
    }

    /// Returns a share by groups; the groups add up to the whole.
    pub fn by_groups(as_of: NaiveDate, groups: Vec<GroupReading>) -> Self {
        let numerator = groups.iter().map(|group| group.numerator).sum();
        let denominator = groups.iter().map(|group| group.denominator.unwrap_or(0)).sum();
        Self { groups, ..Self::share(as_of, numerator, denominator) }
    }
}
