//! Reads a term as people type it and says what is doubtful about it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::atoms::atoms;
use super::interpret::{Interpretation, interpret};
use super::tokens::tokens;
use super::{Doubt, DoubtKind, Term, Window};
use crate::school_year::SchoolYear;
use crate::words;

/// Longer texts, in characters, are not terms and are not searched for one.
const LONGEST_TERM: usize = 500;

/// A term as it is printed, as it was understood, and what a person should check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadTerm {
    /// The printed text, untouched.
    pub text: String,
    pub term: Term,
    pub doubts: Vec<Doubt>,
}

impl Term {
    /// Reads the printed term of a row that belongs to a school year.
    ///
    /// Never fails: what is not understood stays free text with a doubt. The year does not change how the text is read,
    /// only what is doubted.
    pub fn read(text: &str, year: SchoolYear) -> ReadTerm {
        let line = words::one_line(text);
        let characters: Vec<char> = line.chars().collect();
        let says_nothing = !characters.iter().any(|c| c.is_alphanumeric());
        let text_after = |at: usize| {
            let tail: String = characters.iter().skip(at).collect();
            tail.trim_start_matches([' ', '.', ',', ';', ')']).to_owned()
        };
        let is_short = characters.len() <= LONGEST_TERM;
        let interpretation = is_short.then(|| interpret(&atoms(&tokens(&characters)), text_after)).flatten();
        let Interpretation { term, doubts } = interpretation.unwrap_or_else(|| Interpretation {
            term: Term::Free { text: line.clone() },
            doubts: vec![if says_nothing { DoubtKind::Missing } else { DoubtKind::NotUnderstood }],
        });
        let doubt = |(kind, suggestion)| Doubt { kind, text: line.clone(), year, read: term.clone(), suggestion };
        let doubts = doubts.into_iter().map(|kind| (kind, None)).chain(misplaced(&term, year)).map(doubt).collect();
        ReadTerm { text: text.to_owned(), term, doubts }
    }
}

/// Finds what is wrong with the place of a term in the school year, and what was probably meant.
fn misplaced(term: &Term, year: SchoolYear) -> Option<(DoubtKind, Option<Term>)> {
    let window = match term {
        Term::Deadline { by } => Window::between(by.date(year), by.date(year)),
        _ => term.window(year),
    };
    let Some(Window { from, to }) = window else {
        return reversed(term).map(|swapped| (DoubtKind::Reversed, Some(swapped)));
    };
    let kind = if from > year.last_day() {
        DoubtKind::StartsAfterYear
    } else if to < year.first_day() && !in_the_august_before(to, year) {
        DoubtKind::EndsBeforeYear
    } else {
        return None;
    };
    Some((kind, Some(term.moved_to(year)).filter(|moved| moved != term)))
}

/// Preparing the year in the August before it is usual and needs no doubt.
fn in_the_august_before(date: NaiveDate, year: SchoolYear) -> bool {
    date.year() == year.start_year() && date.month() == 8
}

fn reversed(term: &Term) -> Option<Term> {
    match *term {
        Term::DayRange { from, to } => Some(Term::DayRange { from: to, to: from }),
        Term::MonthRange { from, to } => Some(Term::MonthRange { from: to, to: from }),
        _ => None,
    }
}
