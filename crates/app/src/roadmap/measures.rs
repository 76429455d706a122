//! The numbers the road map itself offers, and where the others come from.
//!
//! A measure has a name (`roadmap.rows_done`); a rule of a row asks for it by that name. Whether it is read from records
//! or entered by hand is decided here, at one place: as slices arrive they answer for more names, and the rows that ask
//! for them become live without a change of the road map.

use super::{
    indicator::{GroupReading, Reading, Subject},
    model::{HandReading, Part, RecordCounts, Row},
    nouns,
    state::RowState,
};
use crate::{
    access::{Right, Visitor},
    consents,
    measure::Readings,
    participation::{self, coverage},
    partners,
};
use chrono::NaiveDate;

/// Rows done of all rows, the totals themselves left out (row 5.1).
pub const ROWS_DONE: &str = "roadmap.rows_done";

/// Rows done by their term of the rows whose term is over or that are done (row 5.2).
pub const ROWS_ON_TIME: &str = "roadmap.rows_on_time";

/// Documents attached to the row.
pub const DOCUMENTS: &str = "roadmap.documents";

/// Where the value of a measure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// The program counts it over records.
    Live,
    /// Its slice has not arrived yet: a person enters the number with its source.
    ByHand,
}

/// Measures other slices count, with the page that shows who or what is behind the number and the right it needs.
///
/// A slice without records answers with nothing; until then its numbers are entered by hand.
pub const COUNTED: &[(&str, &str, Right)] = &[
    (coverage::COVERAGE, participation::paths::COVERAGE, Right::ReadRegisters),
    (partners::GIVING_MENTORS, partners::paths::PARTNERS, Right::ReadPartners),
    (partners::AGREEMENTS_SIGNED, partners::paths::PARTNERS, Right::ReadPartners),
    (consents::VALID, consents::paths::CONSENTS, Right::ReadPeople),
    (coverage::REGISTRY, participation::paths::REGISTRY, Right::ReadRegisters),
];

/// Returns where the value of a measure comes from; `counted` is what other slices count.
pub fn supply(measure: &str, counted: &Readings) -> Supply {
    let is_counted = counted.iter().any(|(name, _)| *name == measure);
    if is_own(measure) || is_counted { Supply::Live } else { Supply::ByHand }
}

/// Tells whether the road map itself counts a measure.
pub fn is_own(measure: &str) -> bool {
    is_total(measure) || measure == DOCUMENTS
}

/// Tells whether another slice counts a measure, as soon as there is something to count.
pub fn is_counted(measure: &str) -> bool {
    COUNTED.iter().any(|(name, ..)| *name == measure)
}

/// Returns the page that shows what is behind a counted number, for who may open it.
pub fn page_behind(measure: &str, visitor: &Visitor) -> Option<&'static str> {
    let found = COUNTED.iter().find(|(name, _, right)| *name == measure && visitor.may(*right));
    found.map(|(_, page, _)| *page)
}

/// Tells whether a measure is a total over the rows of the road map.
pub fn is_total(measure: &str) -> bool {
    [ROWS_DONE, ROWS_ON_TIME].contains(&measure)
}

/// Reads the number of documents of a row.
pub fn documents(counts: RecordCounts, today: NaiveDate) -> Reading {
    plain(counts.documents, None, vec![], today)
}

/// Reads a total over rows and their states; cancelled rows and the totals themselves do not count.
pub fn total(measure: &str, rows: &[(&Row, RowState)], today: NaiveDate) -> Reading {
    let counted = rows.iter().filter(|(row, state)| !row.is_total() && *state != RowState::Cancelled);
    let (all, good): (Vec<_>, fn(&Row, RowState) -> bool) = if measure == ROWS_ON_TIME {
        let due = counted.filter(|(row, _)| row.facts(false).was_due(today));
        (due.collect(), |row, _| row.facts(false).was_done_in_time())
    } else {
        (counted.collect(), |_, state| state.is_done())
    };
    let behind = all.iter().filter(|(row, state)| !good(row, *state));
    let behind: Vec<Subject> = behind
        .map(|(row, _)| Subject { kind: "row".to_owned(), id: row.id.to_string(), label: row.caption() })
        .collect();
    let done = all.len() - behind.len();
    plain(nouns::count(done), Some(nouns::count(all.len())), behind, today)
}

/// Reads a value entered by hand; parts add up to the whole.
pub fn by_hand(stored: &HandReading) -> Reading {
    entered(stored.as_of, (stored.numerator, stored.denominator), &stored.parts.0, &stored.source)
}

/// Reads a value as it is entered by hand.
pub fn entered(
    as_of: NaiveDate,
    (numerator, denominator): (i64, Option<i64>),
    parts: &[Part],
    source: &str,
) -> Reading {
    let group = |part: &Part| GroupReading {
        name: part.name.clone(),
        numerator: part.numerator,
        denominator: part.denominator,
    };
    Reading {
        as_of,
        numerator,
        denominator,
        groups: parts.iter().map(group).collect(),
        subjects: vec![],
        source: Some(source.to_owned()),
    }
}

fn plain(numerator: i64, denominator: Option<i64>, subjects: Vec<Subject>, as_of: NaiveDate) -> Reading {
    Reading { as_of, numerator, denominator, groups: vec![], subjects, source: None }
}
