//! Dates between two commas of a term, and the term they make.

use chrono::Month;

use super::atoms::{Atom, Point};
use super::{DoubtKind, Term, TermDay, TermMonth};

/// A term and what is doubtful about reading it so.
pub(super) type Read = (Term, Vec<DoubtKind>);

/// What stands between two commas.
#[derive(Clone, Copy)]
pub(super) enum Segment {
    Single(Point),
    Range(Point, Point),
    OpenFrom(Point),
    By(Point),
    ByEndOf(Point),
    ByEndOfYear,
}

impl Segment {
    pub(super) fn of(part: &[Atom]) -> Option<Self> {
        let part = match part {
            [Atom::Dash, inner @ ..] | [inner @ .., Atom::Dash] => inner,
            _ => part,
        };
        Some(match *part {
            [Atom::Point(point)] => Self::Single(point),
            [Atom::Point(from), Atom::Dash | Atom::To, Atom::Point(to)]
            | [Atom::From, Atom::Point(from), Atom::To | Atom::Until | Atom::Dash, Atom::Point(to)] => {
                Self::Range(from, to)
            }
            [Atom::From, Atom::Point(from)] => Self::OpenFrom(from),
            [Atom::Until | Atom::To, Atom::Point(by)] => Self::By(by),
            [Atom::Until | Atom::To, Atom::End, Atom::Point(by)] => Self::ByEndOf(by),
            [Atom::Until | Atom::To, Atom::End] => Self::ByEndOfYear,
            _ => return None,
        })
    }

    /// Gives its term and what is doubtful about reading it so.
    pub(super) fn term(self) -> Read {
        let (term, doubt) = match self {
            Self::Single(Point::Day(on)) => (Term::Day { on }, None),
            Self::Single(Point::Month(month)) => (Term::Month { month }, None),
            Self::Single(Point::Span(from, to)) => (Term::MonthRange { from, to }, None),
            Self::Range(from, to) => (range(from, to), None),
            Self::OpenFrom(from) => (range(from, end_of_school_year(from)), Some(DoubtKind::OpenEnd)),
            Self::By(Point::Day(by)) => (Term::Deadline { by }, None),
            Self::By(by @ Point::Month(_)) => (Term::Deadline { by: by.first_day() }, Some(DoubtKind::DeadlineByMonth)),
            Self::By(by @ Point::Span(..)) | Self::ByEndOf(by) => (Term::Deadline { by: by.last_day() }, None),
            Self::ByEndOfYear => (by_end_of_year(), None),
        };
        (term, doubt.into_iter().collect())
    }
}

/// Makes one term of several dates: a list of months, or the range from the first to the last.
pub(super) fn several(segments: &[Segment]) -> Option<Read> {
    if let Some(months) = segments.iter().map(|segment| months_of(*segment)).collect::<Option<Vec<_>>>() {
        let mut distinct = Vec::new();
        for month in months.into_iter().flatten() {
            if !distinct.contains(&month) {
                distinct.push(month);
            }
        }
        let term = match *distinct.as_slice() {
            [month] => Term::Month { month },
            _ => Term::Months { months: distinct },
        };
        return Some((term, Vec::new()));
    }
    let dated = |segment: &Segment| match *segment {
        Segment::Single(point) | Segment::OpenFrom(point) | Segment::By(point) | Segment::ByEndOf(point) => {
            Some((point, point))
        }
        Segment::Range(from, to) => Some((from, to)),
        Segment::ByEndOfYear => None,
    };
    let ((from, _), (_, to)) = (segments.iter().find_map(dated)?, segments.iter().rev().find_map(dated)?);
    let [from, to] = [from.first_day(), to.last_day()].map(Point::Day);
    Some((range(from, to), vec![DoubtKind::SeveralDates]))
}

/// «до конца учебного года».
pub(super) fn by_end_of_year() -> Term {
    Term::Deadline { by: TermMonth { year: None, month: Month::August }.last_day() }
}

fn range(from: Point, to: Point) -> Term {
    match (from, to) {
        (Point::Day(_), _) | (_, Point::Day(_)) => match (from.first_day(), to.last_day()) {
            (from, to) if from == to => Term::Day { on: from },
            (from, to) => Term::DayRange { from, to },
        },
        (Point::Month(from) | Point::Span(from, _), Point::Month(to) | Point::Span(_, to)) => {
            if from == to {
                Term::Month { month: from }
            } else {
                Term::MonthRange { from, to }
            }
        }
    }
}

/// The August in which the school year of a date ends.
fn end_of_school_year(point: Point) -> Point {
    let from = point.first_day();
    let in_autumn = from.month().number_from_month() >= 9;
    let august = TermMonth { year: from.stated_year().map(|year| year + i32::from(in_autumn)), month: Month::August };
    match point {
        Point::Day(_) => Point::Day(august.last_day()),
        Point::Month(_) | Point::Span(..) => Point::Month(august),
    }
}

/// Lists the months of «сентябрь–октябрь»; nothing when it names days or goes backwards.
fn months_of(segment: Segment) -> Option<Vec<TermMonth>> {
    const LONGEST: usize = 36;
    let (from, to) = match segment {
        Segment::Single(Point::Month(month)) => (month, month),
        Segment::Single(Point::Span(from, to))
        | Segment::Range(Point::Month(from) | Point::Span(from, _), Point::Month(to) | Point::Span(_, to)) => {
            (from, to)
        }
        _ => return None,
    };
    let mut months = vec![from];
    let mut month = from;
    while month != to {
        month = month.next();
        months.push(month);
        if months.len() > LONGEST {
            return None;
        }
    }
    Some(months)
}

impl Point {
    pub(super) fn first_day(self) -> TermDay {
        match self {
            Self::Day(day) => day,
            Self::Month(month) | Self::Span(month, _) => month.first_day(),
        }
    }

    pub(super) fn last_day(self) -> TermDay {
        match self {
            Self::Day(day) => day,
            Self::Month(month) | Self::Span(_, month) => month.last_day(),
        }
    }

    /// Where in a calendar year it begins. A month beside a day counts from its first day.
    pub(super) fn place(self) -> (u32, u32) {
        let day = self.first_day();
        (day.month().number_from_month(), day.day())
    }

    /// Gives a date that states no year the year of its month; nothing when there is no such day.
    pub(super) fn placed(self, year_of: impl Fn(Month) -> i32) -> Option<Self> {
        if self.first_day().stated_year().is_some() {
            return Some(self);
        }
        Some(match self {
            Self::Day(day) => Self::Day(TermDay::new(Some(year_of(day.month())), day.month(), day.day())?),
            Self::Month(month) => Self::Month(TermMonth { year: Some(year_of(month.month)), ..month }),
            Self::Span(from, to) => Self::Span(
                TermMonth { year: Some(year_of(from.month)), ..from },
                TermMonth { year: Some(year_of(to.month)), ..to },
            ),
        })
    }
}
