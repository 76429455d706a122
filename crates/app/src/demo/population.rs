//! The people of the invented school: 620 pupils of the classes 1–11 and 48 teachers.
//!
//! They are composed in memory; `demo/folk` writes them as records. A pupil is the same person in every school year, one class further on; a teacher has one more year behind.

use super::{
    names::{Name, Sex},
    random::Random,
};
use crate::school_year::SchoolYear;
use chrono::{Datelike as _, Days, NaiveDate};
use std::fmt;

/// The school in one school year.
#[derive(Debug, Clone)]
pub struct Population {
    pub year: SchoolYear,
    pub pupils: Vec<Pupil>,
    pub teachers: Vec<Teacher>,
}

#[derive(Debug, Clone)]
pub struct Pupil {
    pub name: Name,
    pub born: NaiveDate,
    pub class: Class,
}

/// A class: «7А».
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    pub grade: u8,
    pub letter: char,
}

#[derive(Debug, Clone)]
pub struct Teacher {
    pub name: Name,
    pub post: &'static str,
    /// The class this person leads.
    pub class: Option<Class>,
    /// The calendar year in which the pedagogical career began.
    pub began: i32,
}

/// Pupils by grade in classes А and Б; grades 10 and 11 have one class. 620 altogether.
const SIZES: [&[usize]; 11] =
    [&[32, 31], &[31, 32], &[33, 30], &[30, 31], &[32, 32], &[31, 30], &[33, 31], &[30, 30], &[31, 29], &[32], &[29]];

/// Posts with the number of people; those from [`FIRST_CLASS_TEACHER`] on lead a class each, in the order of classes.
const STAFF: &[(&str, usize)] = &[
    ("директор", 1),
    ("заместитель директора по учебной работе", 1),
    ("заместитель директора по воспитательной работе", 1),
    ("методист", 1),
    ("педагог-психолог", 1),
    ("социальный педагог", 1),
    ("учитель математики, руководитель методического объединения", 1),
    ("педагог-организатор", 1),
    ("учитель начальных классов", 8),
    ("учитель русского языка и литературы", 4),
    ("учитель математики", 3),
    ("учитель истории и обществознания", 2),
    ("учитель физики", 1),
    ("учитель биологии", 1),
    ("учитель химии", 1),
    ("учитель английского языка", 5),
    ("учитель физической культуры", 4),
    ("учитель информатики", 2),
    ("учитель труда (технологии)", 3),
    ("учитель географии", 2),
    ("учитель музыки", 1),
    ("учитель изобразительного искусства", 1),
    ("учитель-логопед", 2),
];

/// Where class teachers begin in the list of staff.
pub const FIRST_CLASS_TEACHER: usize = 8;

/// Places of those whose career is at most three years long («молодые специалисты»).
const YOUNG: [usize; 5] = [19, 26, 31, 37, 42];

/// People around one school are few: everybody of the staff has a surname of their own from this place of the list on.
const FIRST_SURNAME: usize = 5;

impl Population {
    /// Returns the school in a year, seen from the current one: who began to teach this year was not there the year before.
    pub fn of(year: SchoolYear, current: SchoolYear) -> Self {
        let teachers = staff(current).into_iter().filter(|teacher| teacher.began <= year.start_year()).collect();
        Self { year, pupils: classes().flat_map(|class| pupils_of(class, year)).collect(), teachers }
    }

    /// Returns the pupils of an age within bounds, both included, on a day, by their places.
    pub fn aged(&self, (least, most): (u32, u32), day: NaiveDate) -> impl Iterator<Item = usize> {
        let pupils = self.pupils.iter().enumerate();
        pupils.filter(move |(_, pupil)| (least..=most).contains(&pupil.age_on(day))).map(|(place, _)| place)
    }
}

/// Returns every class from 1А to 11А.
pub fn classes() -> impl Iterator<Item = Class> {
    (1_u8..)
        .zip(SIZES)
        .flat_map(|(grade, sizes)| ['А', 'Б'].into_iter().take(sizes.len()).map(move |letter| Class { grade, letter }))
}

/// Makes the pupils of a class. They have been together since class 1, so everything follows from when that was.
fn pupils_of(class: Class, year: SchoolYear) -> Vec<Pupil> {
    let entered = year.start_year() - i32::from(class.grade) + 1;
    let mut random = Random::about(&format!("pupils who entered in {entered}, {}", class.letter));
    let size = SIZES[usize::from(class.grade) - 1][usize::from(class.letter == 'Б')];
    // Children come to school between six and a half and eight years old (Law 273-FZ, art. 67); most are nearly seven.
    let oldest = NaiveDate::from_ymd_opt(entered - 7, 3, 1).unwrap_or_default();
    (0..size)
        .map(|_| {
            let sex = if random.happens(50) { Sex::Female } else { Sex::Male };
            let born = oldest + Days::new(u64::from(random.below(365)));
            Pupil { name: Name::random(&mut random, sex), born, class }
        })
        .collect()
}

fn staff(current: SchoolYear) -> Vec<Teacher> {
    let mut random = Random::about("staff");
    let posts = STAFF.iter().flat_map(|(post, count)| std::iter::repeat_n(*post, *count));
    let led: Vec<Class> = classes().collect();
    posts
        .enumerate()
        .map(|(place, post)| {
            let sex = if random.happens(80) { Sex::Female } else { Sex::Male };
            let name = Name::with_surname(FIRST_SURNAME + place, &mut random, sex);
            let experience = random.between(5, 36);
            let served = match YOUNG.iter().position(|young| *young == place) {
                Some(years) => u32::try_from(years.min(3)).unwrap_or(0),
                None => experience,
            };
            let began = current.start_year() - i32::try_from(served).unwrap_or(0);
            let class = place.checked_sub(FIRST_CLASS_TEACHER).and_then(|place| led.get(place)).copied();
            Teacher { name, post, class, began }
        })
        .collect()
}

impl Pupil {
    /// Returns full years of age.
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        let had_birthday = (day.month(), day.day()) >= (self.born.month(), self.born.day());
        let years = day.year() - self.born.year() - i32::from(!had_birthday);
        u32::try_from(years).unwrap_or(0)
    }
}

impl Teacher {
    /// Returns full years of pedagogical work at the beginning of a school year.
    pub fn service_in(&self, year: SchoolYear) -> i32 {
        year.start_year() - self.began
    }

    /// Tells whether the person counts as a young specialist: at most three years of work.
    pub fn is_young_specialist(&self, year: SchoolYear) -> bool {
        self.service_in(year) <= 3
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.grade, self.letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn year(start: i32) -> SchoolYear {
        SchoolYear::starting_in(start).unwrap()
    }

    fn school(start: i32) -> Population {
        Population::of(year(start), year(start))
    }

    #[test]
    fn the_school_has_620_pupils_in_20_classes_and_48_teachers() {
        let school = school(2026);
        assert_eq!((school.pupils.len(), school.teachers.len()), (620, 48));
        let inhabited: BTreeSet<Class> = school.pupils.iter().map(|pupil| pupil.class).collect();
        assert_eq!(inhabited.len(), 20);
        let led: BTreeSet<Class> = school.teachers.iter().filter_map(|teacher| teacher.class).collect();
        assert_eq!(led, inhabited);
    }

    #[test]
    fn everybody_is_of_an_age_for_the_class_in_any_year() {
        for start in [1999, 2024, 2026, 2028] {
            let school = school(start);
            for pupil in &school.pupils {
                let entered = year(start - i32::from(pupil.class.grade) + 1).first_day();
                let months = (entered.year() - pupil.born.year()) * 12 + entered.month0().cast_signed()
                    - pupil.born.month0().cast_signed();
                assert!(
                    (78..=90).contains(&months),
                    "{} in {} was born {}",
                    pupil.name.full(),
                    pupil.class,
                    pupil.born
                );
            }
        }
    }

    #[test]
    fn a_pupil_is_the_same_person_one_class_further_on() {
        let (before, after) = (school(2025), school(2026));
        let first = |school: &Population, grade| {
            let pupil = school.pupils.iter().find(|pupil| pupil.class == Class { grade, letter: 'Б' }).unwrap();
            (pupil.name.full(), pupil.born)
        };
        assert_eq!(first(&before, 4), first(&after, 5));
        assert_ne!(first(&before, 5), first(&after, 5));
    }

    #[test]
    fn the_staff_knows_young_specialists_and_the_newest_was_not_there_last_year() {
        let this_year = school(2026);
        let young = this_year.teachers.iter().filter(|teacher| teacher.is_young_specialist(this_year.year)).count();
        assert_eq!(young, 5);
        let last_year = Population::of(year(2025), year(2026));
        assert_eq!(last_year.teachers.len(), 47);
        assert!(last_year.teachers.iter().all(|teacher| teacher.service_in(last_year.year) >= 0));
    }

    #[test]
    fn nobody_of_the_staff_shares_a_surname() {
        let school = school(2026);
        let surnames: BTreeSet<_> = school.teachers.iter().map(|teacher| teacher.name.surname).collect();
        assert_eq!(surnames.len(), 48);
    }

    #[test]
    fn full_years_are_counted_from_the_birthday_on() {
        let pupil = school(2026).pupils.remove(0);
        let birthday = pupil.born.with_year(2030).unwrap();
        assert_eq!(pupil.age_on(birthday), pupil.age_on(birthday.pred_opt().unwrap()) + 1);
        assert_eq!(pupil.age_on(pupil.born), 0);
    }
}
