//! Groups the words of a term into dates, periods and the small words between them.

use chrono::Month;

use super::day::YEARS;
use super::lexicon::Lexeme;
use super::tokens::Token;
use super::view::{View, month_of};
use super::{Period, TermDay, TermMonth};
use crate::school_year::SchoolYear;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    Point(Point),
    /// A day whose month stands with a later one: the 18 of «18–20 октября».
    Bare(u32),
    Year(i32),
    Years(SchoolYear, SchoolYear),
    WholeYear,
    From,
    To,
    Until,
    End,
    Dash,
    Comma,
    Yearly,
    AsNeeded,
    Recurring {
        times: u32,
        every: Period,
    },
    /// A count of days; `end` is the index of the first character after it.
    Within {
        days: u32,
        working: bool,
        end: usize,
    },
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    Day(TermDay),
    Month(TermMonth),
    /// A quarter or half of a year.
    Span(TermMonth, TermMonth),
}

/// Reads all atoms; words that say nothing about time become [`Atom::Other`].
pub(super) fn atoms(tokens: &[Token]) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut rest = View(tokens);
    while !rest.0.is_empty() {
        let (atom, length) = rest.atom();
        atoms.extend(atom);
        rest = rest.after(length);
    }
    atoms
}

type Found = Option<(Atom, usize)>;

impl View<'_> {
    fn atom(self) -> (Option<Atom>, usize) {
        let readers: [fn(Self) -> Found; 14] = [
            Self::iso_date,
            Self::numeric_date,
            Self::numeric_day_and_month,
            Self::numeric_month_and_year,
            Self::years,
            Self::iso_month,
            Self::year,
            Self::within,
            Self::times,
            Self::part_of_year,
            Self::day_of_month,
            Self::month,
            Self::every,
            Self::as_needed,
        ];
        match readers.into_iter().find_map(|read| read(self)) {
            Some((atom, length)) => (Some(atom), length),
            None => self.single(),
        }
    }

    /// «2023-10-05».
    fn iso_date(self) -> Found {
        let (year, month, day) = (self.full_year(0)?, self.short_number(2, 1..=12)?, self.short_number(4, 1..=31)?);
        (self.mark(1) == Some('-') && self.mark(3) == Some('-')).then(|| (day_atom(Some(year), month, day), 5))
    }

    /// «13.09.2021г.», «31. 03. 22 г.», «« 10» 01 2022 г.».
    fn numeric_date(self) -> Found {
        let day = self.short_number(0, 1..=31)?;
        let (first, at) = self.separator(1);
        let month = self.short_number(at, 1..=99)?;
        let (second, at) = self.separator(at + 1);
        let like = |separator: Option<char>| separator.unwrap_or('.');
        let year = match self.number(at)? {
            (year, 4) if like(first) == like(second) => i32::try_from(year).ok()?,
            (year, 2) if first == Some('.') && second == Some('.') => 2000 + i32::try_from(year).ok()?,
            _ => return None,
        };
        YEARS.contains(&year).then(|| (day_atom(Some(year), month, day), self.year_words(at + 1)))
    }

    /// «15.09».
    fn numeric_day_and_month(self) -> Found {
        let (day, month) = (self.short_number(0, 1..=31)?, self.short_number(2, 1..=12)?);
        let two_digits = self.number(2).is_some_and(|(_, digits)| digits == 2);
        (self.mark(1) == Some('.') && two_digits).then(|| (day_atom(None, month, day), 3))
    }

    /// «09.2023».
    fn numeric_month_and_year(self) -> Found {
        let (month, year) = (self.short_number(0, 1..=12)?, self.full_year(2)?);
        let separated = matches!(self.mark(1), Some('.' | '/'));
        separated.then(|| (month_atom(Some(year), month_of(month)), self.year_words(3)))
    }

    /// «2023-2024», «2023/24», «2021-2024г.г.».
    pub(super) fn years(self) -> Found {
        const LONGEST: i32 = 30;
        let first = self.full_year(0)?;
        let end = match self.number(2)? {
            (_, 4) => self.full_year(2)?,
            (short, 2) => {
                let short = i32::try_from(short).ok()?;
                (1..=10).map(|years| first + years).find(|year| year % 100 == short)?
            }
            _ => return None,
        };
        let in_order = first < end && end - first <= LONGEST && matches!(self.mark(1), Some('-' | '/'));
        let years = Atom::Years(SchoolYear::starting_in(first)?, SchoolYear::starting_in(end - 1)?);
        in_order.then(|| (years, self.year_words(3)))
    }

    /// «2023-10».
    fn iso_month(self) -> Found {
        let (year, month) = (self.full_year(0)?, self.short_number(2, 1..=12)?);
        let two_digits = self.number(2).is_some_and(|(_, digits)| digits == 2);
        (self.mark(1) == Some('-') && two_digits).then(|| (month_atom(Some(year), month_of(month)), 3))
    }

    fn year(self) -> Found {
        Some((Atom::Year(self.full_year(0)?), self.year_words(1)))
    }

    /// «5 раб. дней».
    fn within(self) -> Found {
        let (days, _) = self.number(0)?;
        let noun = self.ordinal_ending(1);
        let kind = self.lexeme(noun);
        let limited = matches!(kind, Lexeme::WorkingDays | Lexeme::CalendarDays);
        let at = if limited { self.dots(noun + 1) } else { noun };
        let end = self.0.get(at)?.end;
        let within = Atom::Within { days, working: kind == Lexeme::WorkingDays, end };
        (self.lexeme(at) == Lexeme::Day).then_some((within, at + 1))
    }

    /// «2 раза в год», «раз в неделю».
    fn times(self) -> Found {
        let (times, at) = self.count(0).unwrap_or((1, 0));
        if self.lexeme(at) != Lexeme::Times {
            return None;
        }
        let at = at + 1 + usize::from(self.lexeme(at + 1) == Lexeme::Filler);
        let (every, at) = self.period(at)?;
        Some((Atom::Recurring { times, every }, at))
    }

    /// «каждую неделю», «каждый год».
    fn every(self) -> Found {
        if self.lexeme(0) != Lexeme::Every {
            return None;
        }
        match self.period(1)? {
            (Period::Year, at) => Some((Atom::Yearly, at)),
            (every, at) => Some((Atom::Recurring { times: 1, every }, at)),
        }
    }

    /// «II квартал 2024 г.», «первое полугодие».
    fn part_of_year(self) -> Found {
        let (number, at) = self.count(0)?;
        let at = self.ordinal_ending(at);
        let (from, to) = match (self.lexeme(at), number) {
            (Lexeme::PeriodNoun(Period::Quarter), 1..=4) => (number * 3 - 2, number * 3),
            (Lexeme::PeriodNoun(Period::HalfYear), 1) => (9, 12),
            (Lexeme::PeriodNoun(Period::HalfYear), 2) => (1, 5),
            _ => return None,
        };
        let (year, at) = self.year_after(at + 1);
        let [from, to] = [from, to].map(|month| TermMonth { year, month: month_of(month) });
        Some((Atom::Point(Point::Span(from, to)), at))
    }

    /// «12 января2022 г.», «5-го октября».
    fn day_of_month(self) -> Found {
        let (day, _) = self.number(0).filter(|(_, digits)| *digits <= 3)?;
        let (month, at) = self.month_name(self.ordinal_ending(1))?;
        let (year, at) = self.year_after(at);
        Some((day_atom(year, month.number_from_month(), day), at))
    }

    /// «Октябрь 2023», «окт.».
    fn month(self) -> Found {
        let (month, at) = self.month_name(0)?;
        let (year, at) = self.year_after(at);
        Some((month_atom(year, month), at))
    }

    /// «по мере поступления», «по запросу».
    fn as_needed(self) -> Found {
        match [self.lexeme(0), self.lexeme(1)] {
            [Lexeme::To, Lexeme::Measure] => Some((Atom::AsNeeded, if self.word(2).is_some() { 3 } else { 2 })),
            [Lexeme::To, Lexeme::Need] => Some((Atom::AsNeeded, 2)),
            [Lexeme::Need, _] => Some((Atom::AsNeeded, 1)),
            _ => None,
        }
    }

    /// What one token says alone.
    fn single(self) -> (Option<Atom>, usize) {
        if let Some((number, _)) = self.number(0) {
            return (Some(if (1..=31).contains(&number) { Atom::Bare(number) } else { Atom::Other }), 1);
        }
        let atom = match self.mark(0) {
            Some('-') => Some(Atom::Dash),
            Some(',' | ';' | '/') => Some(Atom::Comma),
            Some(_) => None,
            None => match self.lexeme(0) {
                Lexeme::Not if self.lexeme(1) == Lexeme::Later => return (Some(Atom::Until), 2),
                Lexeme::Not if self.lexeme(1) == Lexeme::Rarer => return (None, 2),
                Lexeme::Year | Lexeme::WholePeriod | Lexeme::Always => Some(Atom::WholeYear),
                Lexeme::From => Some(Atom::From),
                Lexeme::To => Some(Atom::To),
                Lexeme::Until => Some(Atom::Until),
                Lexeme::End => Some(Atom::End),
                Lexeme::And => Some(Atom::Comma),
                Lexeme::Yearly => Some(Atom::Yearly),
                Lexeme::Recurring(every) => Some(Atom::Recurring { times: 1, every }),
                Lexeme::Filler => None,
                _ => Some(Atom::Other),
            },
        };
        (atom, 1)
    }
}

fn day_atom(year: Option<i32>, month: u32, day: u32) -> Atom {
    let day = if (1..=12).contains(&month) { TermDay::new(year, month_of(month), day) } else { None };
    day.map_or(Atom::Other, |day| Atom::Point(Point::Day(day)))
}

fn month_atom(year: Option<i32>, month: Month) -> Atom {
    Atom::Point(Point::Month(TermMonth { year, month }))
}
