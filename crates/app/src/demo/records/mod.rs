//! What the invented school did in a year, person by person and day by day.
//!
//! Who takes part, with consents and partners, is written as records (`demo/folk`). Until the slices of pairs and events
//! arrive, the rest stays in memory and only its counts reach the road map, as numbers entered by hand; so do all the
//! numbers of last year.

mod happenings;
mod pairs;
mod people;

use super::{calendar::Calendar, population::Population};
use crate::{roadmap::model::Part, school_year::SchoolYear};
use chrono::NaiveDate;
use happenings::Happenings;
use people::People;

pub use happenings::Partner;
pub use people::{Participant, Person};

/// A school year of mentoring.
#[derive(Debug, Clone)]
pub struct Records {
    pub population: Population,
    people: People,
    happenings: Happenings,
}

/// What a measure comes to on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    pub numerator: i64,
    pub denominator: Option<i64>,
    pub parts: Vec<Part>,
}

impl Records {
    /// Returns what happens in a school year, seen from the current one.
    pub fn of(year: SchoolYear, current: SchoolYear) -> Self {
        let (population, calendar) = (Population::of(year, current), Calendar(year));
        let happenings = Happenings::of(&population, calendar);
        let people = People::of(&population, &happenings.partners, calendar);
        Self { population, people, happenings }
    }

    /// Returns what a measure comes to by the end of a day; nothing for a measure nobody counts here.
    pub fn figure(&self, measure: &str, day: NaiveDate) -> Option<Figure> {
        self.people
            .figure(&self.population, measure, day)
            .or_else(|| self.happenings.figure(&self.population, measure, day))
    }

    /// Returns the partners the school had by the end of a day.
    pub fn partners(&self, day: NaiveDate) -> impl Iterator<Item = &Partner> {
        self.happenings.partners.iter().filter(move |partner| partner.found <= day)
    }

    /// Returns everybody who takes part in the year, also who joins later.
    pub fn participants(&self) -> impl Iterator<Item = &Participant> {
        self.people.participants()
    }

    /// Returns the day on which somebody enters the base; people of partners not before their organisation gives them.
    pub fn entered_on(&self, one: &Participant) -> NaiveDate {
        let given = match one.person {
            Person::Partner(place) => self.happenings.partners[place].gives_mentors,
            Person::Pupil(_) | Person::Teacher(_) => None,
        };
        given.map_or(one.joined, |given| given.max(one.joined))
    }

    /// Returns the people of every pair or group of the year, the mentor first.
    pub fn paired(&self) -> impl Iterator<Item = Vec<Person>> {
        let pairs = self.people.pairs(self.population.year.last_day());
        pairs.map(|(mentor, mentees)| std::iter::once(mentor).chain(mentees.iter().copied()).collect())
    }

    /// Returns the form of mentoring of the pair somebody is in.
    pub fn form_of(&self, person: Person) -> &'static str {
        let pair = self.paired().find(|pair| pair.contains(&person)).unwrap_or_default();
        match pair.as_slice() {
            [Person::Teacher(_), Person::Teacher(_), ..] => "teacher_teacher",
            [Person::Teacher(_), ..] => "teacher_pupil",
            [Person::Partner(_), ..] => "employer_pupil",
            _ => "pupil_pupil",
        }
    }

    /// Returns how many organisations there are to be partners.
    pub fn organisations() -> i64 {
        happenings::ORGANISATIONS
    }

    /// Returns mentor and mentees of every pair or group formed by the end of a day, by name.
    pub fn pairs(&self, day: NaiveDate) -> impl Iterator<Item = (String, Vec<String>)> {
        self.people
            .pairs(day)
            .map(|(mentor, mentees)| (self.called(mentor), mentees.iter().map(|mentee| self.called(*mentee)).collect()))
    }

    fn called(&self, person: Person) -> String {
        let population = &self.population;
        match person {
            Person::Pupil(place) => {
                format!("{}, {}", population.pupils[place].name.full(), population.pupils[place].class)
            }
            Person::Teacher(place) => {
                format!("{}, {}", population.teachers[place].name.full(), population.teachers[place].post)
            }
            Person::Partner(place) => format!("сотрудник организации «{}»", self.happenings.partners[place].name),
        }
    }

    /// Returns participants by class as «7А: 14 из 33», mentors and mentees together.
    pub fn by_class(&self, day: NaiveDate) -> Vec<(String, i64, i64)> {
        self.people.by_class(&self.population, day)
    }
}

impl Figure {
    /// Returns a plain count.
    fn count(numerator: i64) -> Self {
        Self { numerator, ..Self::default() }
    }

    /// Returns a part of a whole.
    fn share(numerator: i64, denominator: i64) -> Self {
        Self { numerator, denominator: Some(denominator), parts: vec![] }
    }

    /// Returns the sum of groups.
    fn groups(parts: Vec<Part>) -> Self {
        let denominators: Option<Vec<i64>> = parts.iter().map(|part| part.denominator).collect();
        Self {
            numerator: parts.iter().map(|part| part.numerator).sum(),
            denominator: denominators.map(|all| all.iter().sum()),
            parts,
        }
    }
}

/// Counts what had happened by the end of a day.
fn by(day: NaiveDate, dates: impl IntoIterator<Item = NaiveDate>) -> i64 {
    count(dates.into_iter().filter(|date| *date <= day).count())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roadmap::{measures::is_own, template::Template};

    fn records(start: i32) -> Records {
        let year = SchoolYear::starting_in(start).unwrap();
        Records::of(year, year)
    }

    #[test]
    fn every_measure_that_is_entered_by_hand_can_be_counted() {
        let records = records(2026);
        let by_hand = Template::built_in().unwrap().measures.iter().filter(|measure| !is_own(&measure.key));
        for measure in by_hand {
            let figure = records.figure(&measure.key, records.population.year.last_day());
            assert!(figure.is_some_and(|figure| figure.numerator > 0), "{}", measure.key);
        }
        assert_eq!(records.figure("roadmap.rows_done", records.population.year.last_day()), None);
    }

    #[test]
    fn nothing_has_happened_before_the_year_and_no_count_ever_falls() {
        let records = records(2026);
        for measure in &Template::built_in().unwrap().measures {
            let mut last = 0;
            for day in records.population.year.first_day().iter_weeks().take(52) {
                let Some(figure) = records.figure(&measure.key, day) else { continue };
                assert!(figure.numerator >= last, "{} on {day}", measure.key);
                assert!(figure.denominator.is_none_or(|all| figure.numerator <= all), "{} on {day}", measure.key);
                last = figure.numerator;
            }
            let eve = records.population.year.previous().last_day();
            assert_eq!(records.figure(&measure.key, eve).map_or(0, |figure| figure.numerator), 0, "{}", measure.key);
        }
    }

    #[test]
    fn the_groups_of_the_coverage_are_taken_of_the_people_of_the_school() {
        let records = records(2026);
        let day = records.population.year.first_day();
        let coverage = records.figure("participants.coverage", day).unwrap();
        let aged = records.population.aged((10, 18), day).count();
        let wholes: Vec<Option<i64>> = coverage.parts.iter().map(|part| part.denominator).collect();
        assert_eq!(wholes, [Some(count(aged)), Some(48)]);
        assert_eq!(coverage.denominator, Some(count(aged) + 48));
    }
}
