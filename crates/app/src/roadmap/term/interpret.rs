//! Makes one term out of dates, periods and the small words between them.

use chrono::Month;

use super::atoms::{Atom, Point};
use super::segment::{Read, Segment, by_end_of_year, several};
use super::{DoubtKind, Limit, MonthSpan, Term, TermDay, TermMonth};
use crate::school_year::SchoolYear;

/// A term and the reasons not to trust it.
pub(super) struct Interpretation {
    pub term: Term,
    pub doubts: Vec<DoubtKind>,
}

/// More words than this that say nothing about time make a sentence, not a term.
const MOST_OTHER_WORDS: usize = 8;

/// Interprets the atoms of a term; `text_after` gives the printed text from a place on.
pub(super) fn interpret(atoms: &[Atom], text_after: impl Fn(usize) -> String) -> Option<Interpretation> {
    if let Some(term) = within(atoms, text_after) {
        return Some(Interpretation { term, doubts: Vec::new() });
    }
    let others = atoms.iter().filter(|atom| **atom == Atom::Other).count();
    if others > MOST_OTHER_WORDS {
        return None;
    }
    let mut dates = Dates::new(atoms);
    dates.partly |= others > 0;
    let (term, mut doubts) = if atoms.contains(&Atom::Yearly) { dates.yearly() } else { dates.once(atoms)? };
    if dates.partly {
        doubts.push(DoubtKind::PartlyRead);
    }
    Some(Interpretation { term, doubts })
}

/// «не позднее 5 раб. дней со дня приказа»: what follows the days is kept as it is printed.
fn within(atoms: &[Atom], text_after: impl Fn(usize) -> String) -> Option<Term> {
    let (limit, within) = match atoms {
        [Atom::Until, within, ..] => (Limit::NoLater, within),
        [within, ..] => (Limit::During, within),
        [] => return None,
    };
    match *within {
        Atom::Within { days, working, end } => Some(Term::Within { days, working, limit, after: text_after(end) }),
        _ => None,
    }
}

/// The dates of a term while they are being put together.
struct Dates {
    atoms: Vec<Atom>,
    /// Something that was printed did not enter the term.
    partly: bool,
}

/// A stated year and, unless it stands alone, the month and day it belongs to.
type Stated = (i32, Option<(u32, u32)>);

impl Dates {
    fn new(atoms: &[Atom]) -> Self {
        let belongs = |atom: &Atom| {
            !matches!(
                atom,
                Atom::Other
                    | Atom::WholeYear
                    | Atom::Yearly
                    | Atom::AsNeeded
                    | Atom::Recurring { .. }
                    | Atom::Within { .. }
            )
        };
        Self { atoms: atoms.iter().copied().filter(belongs).collect(), partly: false }
    }

    /// «Май, ежегодно с 2023».
    fn yearly(&mut self) -> Read {
        let mut since = None;
        if let Some(at) = self.atoms.windows(2).position(|pair| matches!(pair, [Atom::From, Atom::Year(_)]))
            && let Atom::Year(year) = self.atoms[at + 1]
        {
            since = Some(year);
            self.atoms.drain(at..at + 2);
        }
        let months = match self.dates() {
            Some((Term::Month { month }, _)) => Some((month, month)),
            Some((Term::MonthRange { from, to }, _)) => Some((from, to)),
            Some(_) => {
                self.partly = true;
                None
            }
            None => None,
        };
        let since = since.or_else(|| months.and_then(|(from, _)| from.year));
        let months = months.map(|(from, to)| MonthSpan { from: from.month, to: to.month });
        (Term::Yearly { months, since }, Vec::new())
    }

    fn once(&mut self, atoms: &[Atom]) -> Option<Read> {
        let recurring = atoms.iter().find_map(|atom| match *atom {
            Atom::Recurring { times, every } => Some(Term::Recurring { times, every }),
            _ => None,
        });
        let as_needed = atoms.contains(&Atom::AsNeeded).then_some(Term::AsNeeded);
        if let Some(read) = self.dates() {
            self.partly |= recurring.is_some() || as_needed.is_some();
            return Some(read);
        }
        self.partly |= self.atoms.iter().any(|atom| !matches!(atom, Atom::Comma | Atom::Dash));
        self.partly |= recurring.is_some() && as_needed.is_some();
        let whole_year = atoms.contains(&Atom::WholeYear).then_some(Term::WholeYear);
        recurring.or(as_needed).or(whole_year).map(|term| (term, Vec::new()))
    }

    fn dates(&mut self) -> Option<Read> {
        self.complete_bare_days();
        let has_points = self.atoms.iter().any(|atom| matches!(atom, Atom::Point(_)));
        if !has_points {
            return self.years_alone();
        }
        self.place_in_school_years();
        self.spread_years();
        let segments = self.segments();
        match *segments.as_slice() {
            [] => None,
            [only] => Some(only.term()),
            _ => several(&segments),
        }
    }

    /// Gives the 18 of «18–20 октября» its month.
    fn complete_bare_days(&mut self) {
        let mut month = None;
        for atom in self.atoms.iter_mut().rev() {
            match *atom {
                Atom::Point(Point::Day(day)) => month = Some(day),
                Atom::Point(Point::Month(_) | Point::Span(..)) => month = None,
                Atom::Bare(number) => {
                    let day = month.and_then(|later: TermDay| TermDay::new(later.stated_year(), later.month(), number));
                    *atom = day.map_or(Atom::Other, |day| Atom::Point(Point::Day(day)));
                }
                _ => {}
            }
        }
        let before = self.atoms.len();
        self.atoms.retain(|atom| *atom != Atom::Other);
        self.partly |= self.atoms.len() < before;
    }

    /// «2021-2024 г.г.», «до конца 2023-2024 учебного года», «2024 год».
    fn years_alone(&mut self) -> Option<Read> {
        let plain: Vec<Atom> = self.atoms.iter().copied().filter(|atom| *atom != Atom::Comma).collect();
        let month = |year, month| TermMonth { year: Some(year), month };
        let term = match *plain.as_slice() {
            [Atom::Until | Atom::To, Atom::End] => by_end_of_year(),
            [Atom::Years(first, last)] => Term::SchoolYears { first, last },
            [Atom::Until | Atom::To, Atom::End, Atom::Years(_, last)] => {
                Term::Deadline { by: month(last.end_year(), Month::August).last_day() }
            }
            [Atom::From, Atom::Year(first), Atom::To | Atom::Until | Atom::Dash, Atom::Year(end)] if first < end => {
                Term::SchoolYears { first: SchoolYear::starting_in(first)?, last: SchoolYear::starting_in(end - 1)? }
            }
            // «весна 2024» is not the whole of 2024.
            [Atom::Year(year)] if !self.partly => {
                Term::MonthRange { from: month(year, Month::January), to: month(year, Month::December) }
            }
            [Atom::Until | Atom::To, Atom::End, Atom::Year(year)] => {
                Term::Deadline { by: month(year, Month::December).last_day() }
            }
            _ => return None,
        };
        Some((term, Vec::new()))
    }

    /// «октябрь–май 2023-2024»: months without a year take their place in the school years.
    fn place_in_school_years(&mut self) {
        let years = self.atoms.iter().find_map(|atom| match *atom {
            Atom::Years(first, last) => Some((first, last)),
            _ => None,
        });
        let Some((first, last)) = years else { return };
        self.atoms.retain(|atom| !matches!(atom, Atom::Years(..)));
        let final_point = self.atoms.iter().rposition(|atom| matches!(atom, Atom::Point(_)));
        for (index, atom) in self.atoms.iter_mut().enumerate() {
            if let Atom::Point(point) = atom {
                let year = if Some(index) == final_point { last } else { first };
                *atom = point.placed(|month| year.month(month).year).map_or(Atom::Other, Atom::Point);
            }
        }
    }

    /// Lets a stated year hold for the dates beside it: «октябрь–ноябрь 2023», «декабрь 2023 – апрель».
    fn spread_years(&mut self) {
        let mut later: Option<Stated> = None;
        for atom in self.atoms.iter_mut().rev() {
            match atom {
                Atom::Year(year) => later = Some((*year, None)),
                Atom::Point(point) => {
                    if let Some((year, place)) = later {
                        let year = if place.is_some_and(|place| point.place() > place) { year - 1 } else { year };
                        *atom = point.placed(|_| year).map_or(Atom::Other, Atom::Point);
                    }
                    later = atom.stated().or(later);
                }
                _ => {}
            }
        }
        let mut earlier: Option<Stated> = None;
        for atom in &mut self.atoms {
            if let Atom::Point(point) = atom
                && let Some((year, place)) = earlier
            {
                let year = if place.is_some_and(|place| point.place() < place) { year + 1 } else { year };
                *atom = point.placed(|_| year).map_or(Atom::Other, Atom::Point);
            }
            earlier = atom.stated().or(earlier);
        }
        let before = self.atoms.len();
        self.atoms.retain(|atom| *atom != Atom::Other);
        self.partly |= self.atoms.len() < before;
        self.atoms.retain(|atom| !matches!(atom, Atom::Year(_)));
    }

    /// Splits at commas, and between dates that stand side by side as two lines of a cell do.
    fn segments(&mut self) -> Vec<Segment> {
        let mut parts: Vec<Vec<Atom>> = vec![Vec::new()];
        for &atom in &self.atoms {
            let begins_anew = matches!(atom, Atom::Point(_) | Atom::From | Atom::Until)
                && parts.last().is_some_and(|part| ends_a_date(part, atom));
            if atom == Atom::Comma || begins_anew {
                parts.push(Vec::new());
            }
            if let Some(part) = parts.last_mut()
                && atom != Atom::Comma
                && part.last() != Some(&atom)
            {
                part.push(atom);
            }
        }
        let mut segments = Vec::new();
        for part in parts {
            if let Some(segment) = Segment::of(&part) {
                segments.push(segment);
                continue;
            }
            let points = part.iter().filter_map(|atom| match *atom {
                Atom::Point(point) => Some(Segment::Single(point)),
                _ => None,
            });
            self.partly |= !part.is_empty();
            segments.extend(points);
        }
        segments
    }
}

/// Says whether the atom opens another date after a part that is already whole.
fn ends_a_date(part: &[Atom], next: Atom) -> bool {
    matches!(
        (part, next),
        ([.., Atom::Point(_)], Atom::Point(_) | Atom::From)
            | ([Atom::Point(_)], Atom::Until)
            | ([Atom::From, Atom::Point(_), _, Atom::Point(_)], _)
    )
}

impl Atom {
    fn stated(self) -> Option<Stated> {
        match self {
            Self::Point(point) => Some((point.first_day().stated_year()?, Some(point.place()))),
            Self::Year(year) => Some((year, None)),
            _ => None,
        }
    }
}
