//! Small looks at the tokens of a term: what the readers of `atoms.rs` are made of.

use std::ops::RangeInclusive;

use chrono::Month;

use super::Period;
use super::day::YEARS;
use super::lexicon::{Lexeme, lexeme};
use super::tokens::{Kind, Token};

/// The tokens from some place on; every position beyond the last one is empty.
#[derive(Clone, Copy)]
pub(super) struct View<'a>(pub(super) &'a [Token]);

impl<'a> View<'a> {
    pub(super) fn after(self, length: usize) -> Self {
        View(self.0.get(length..).unwrap_or_default())
    }

    pub(super) fn kind(self, at: usize) -> Option<&'a Kind> {
        self.0.get(at).map(|token| &token.kind)
    }

    pub(super) fn number(self, at: usize) -> Option<(u32, usize)> {
        match self.kind(at)? {
            Kind::Number { value, digits } => Some((*value, *digits)),
            Kind::Word(_) | Kind::Mark(_) => None,
        }
    }

    /// A number of one or two digits.
    pub(super) fn short_number(self, at: usize, range: RangeInclusive<u32>) -> Option<u32> {
        self.number(at).filter(|(value, digits)| *digits <= 2 && range.contains(value)).map(|(value, _)| value)
    }

    pub(super) fn full_year(self, at: usize) -> Option<i32> {
        let (value, digits) = self.number(at)?;
        let year = i32::try_from(value).ok()?;
        (digits == 4 && YEARS.contains(&year)).then_some(year)
    }

    pub(super) fn word(self, at: usize) -> Option<&'a str> {
        match self.kind(at)? {
            Kind::Word(word) => Some(word),
            Kind::Number { .. } | Kind::Mark(_) => None,
        }
    }

    pub(super) fn mark(self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Mark(mark) => Some(*mark),
            Kind::Number { .. } | Kind::Word(_) => None,
        }
    }

    pub(super) fn lexeme(self, at: usize) -> Lexeme {
        self.word(at).map_or(Lexeme::Unknown, lexeme)
    }

    pub(super) fn dots(self, at: usize) -> usize {
        at + self.after(at).0.iter().take_while(|token| token.kind == Kind::Mark('.')).count()
    }

    /// What stands between the numbers of a date, and where the next number stands.
    pub(super) fn separator(self, at: usize) -> (Option<char>, usize) {
        match self.mark(at).filter(|mark| ['.', '/', '-'].contains(mark)) {
            Some(mark) => (Some(mark), at + 1),
            None => (None, at),
        }
    }

    /// Passes «г.», «года», «учебный год», «уч. г.», «г.г.».
    pub(super) fn year_words(self, at: usize) -> usize {
        let mut end = at;
        while self.lexeme(self.dots(end)) == Lexeme::Year {
            end = self.dots(end) + 1;
        }
        end
    }

    /// The year that belongs to a month; «октябрь 2023-2024» leaves both years to the school year.
    pub(super) fn year_after(self, at: usize) -> (Option<i32>, usize) {
        let number = self.dots(at);
        let here = self.after(number);
        if here.years().is_some() {
            return (None, at);
        }
        let short = || {
            let (value, digits) = here.number(0)?;
            (digits == 2 && here.lexeme(1) == Lexeme::Year).then_some(2000 + i32::try_from(value).ok()?)
        };
        match here.full_year(0).or_else(short) {
            Some(year) => (Some(year), self.year_words(number + 1)),
            None => (None, at),
        }
    }

    /// A month in one word or torn in two by a line break.
    pub(super) fn month_name(self, at: usize) -> Option<(Month, usize)> {
        let word = self.word(at)?;
        let next = at + 1 + usize::from(self.mark(at + 1) == Some('-'));
        if let Some(tail) = self.word(next)
            && lexeme(tail) == Lexeme::Unknown
            && let Lexeme::Month(month) = lexeme(&format!("{word}{tail}"))
        {
            return Some((month, next + 1));
        }
        match lexeme(word) {
            Lexeme::Month(month) => Some((month, at + 1)),
            _ => None,
        }
    }

    pub(super) fn count(self, at: usize) -> Option<(u32, usize)> {
        match (self.number(at), self.lexeme(at)) {
            (Some((value, _)), _) | (None, Lexeme::Number(value)) => Some((value, at + 1)),
            _ => None,
        }
    }

    /// Passes «-го» and «-й».
    pub(super) fn ordinal_ending(self, at: usize) -> usize {
        let word = at + usize::from(self.mark(at) == Some('-'));
        if word > at && self.lexeme(word) == Lexeme::Filler { word + 1 } else { at }
    }

    pub(super) fn period(self, at: usize) -> Option<(Period, usize)> {
        match self.lexeme(at) {
            Lexeme::Day => Some((Period::Day, at + 1)),
            Lexeme::PeriodNoun(period) => Some((period, at + 1)),
            Lexeme::Year => Some((Period::Year, self.year_words(at))),
            _ => None,
        }
    }
}

/// Names the month of a number that is known to lie between 1 and 12.
pub(super) fn month_of(number: u32) -> Month {
    u8::try_from(number).ok().and_then(|number| Month::try_from(number).ok()).unwrap_or(Month::January)
}
