//! What happened around the pairs: partners, training, meetings, publications, reports.

use super::{Figure, by, count};
use crate::{
    demo::{
        calendar::Calendar,
        population::{Population, classes},
        random::Random,
    },
    roadmap::model::Part,
};
use chrono::NaiveDate;

/// What happened in a year, by day.
#[derive(Debug, Clone)]
pub struct Happenings {
    pub partners: Vec<Partner>,
    experts: Vec<NaiveDate>,
    sessions: Dated,
    materials: Dated,
    diagnostic_forms: Vec<NaiveDate>,
    access_acts: Vec<NaiveDate>,
    compilations: Vec<NaiveDate>,
    practices: Vec<NaiveDate>,
    reports: Vec<NaiveDate>,
    rubrics: Vec<NaiveDate>,
    publications: Vec<NaiveDate>,
    work_meetings: Vec<NaiveDate>,
    representatives: Vec<NaiveDate>,
    /// Days on which teachers sat in the council, one per teacher who came.
    at_council: Vec<NaiveDate>,
    /// Talks before parents with how many of them came.
    parent_talks: Vec<(NaiveDate, i64)>,
    /// Days on which pupils took part in a class hour, one per pupil who came.
    at_class_hour: Vec<NaiveDate>,
}

/// Days by group.
type Dated = Vec<(&'static str, Vec<NaiveDate>)>;

/// An organisation that works with the school.
#[derive(Debug, Clone)]
pub struct Partner {
    pub name: &'static str,
    pub found: NaiveDate,
    pub signed: NaiveDate,
    pub gives_mentors: Option<NaiveDate>,
}

/// Organisations and enterprises of the invented district: the denominator that the road map does not name.
pub const ORGANISATIONS: i64 = 143;

/// Reports to the regional centre in a year: by the New Year and by June.
const REPORTS_DUE: i64 = 2;

impl Happenings {
    pub fn of(population: &Population, calendar: Calendar) -> Self {
        let mut random = Random::about(&format!("happenings of {}", calendar.0));
        let on = |days: &[(u32, u32)]| days.iter().map(|(month, day)| calendar.on(*month, *day)).collect::<Vec<_>>();
        Self {
            partners: partners(calendar),
            experts: on(&[(10, 6), (10, 13), (10, 20), (11, 5), (11, 12), (11, 19)]),
            sessions: vec![
                ("наставники-обучающиеся", on(&[(10, 12), (10, 26), (11, 9)])),
                ("наставники-педагоги", on(&[(10, 14), (11, 11), (11, 18)])),
                ("наставники от партнёров", on(&[(10, 23), (11, 13), (11, 26)])),
            ],
            materials: vec![
                ("ученик – ученик", on(&[(10, 9), (10, 30), (11, 13)])),
                ("учитель – ученик", on(&[(10, 16), (11, 6)])),
                ("учитель – учитель", on(&[(10, 23)])),
                ("работодатель – ученик", on(&[(11, 25)])),
            ],
            diagnostic_forms: on(&[(10, 8), (10, 12), (10, 19), (10, 27)]),
            access_acts: on(&[(11, 16)]),
            compilations: on(&[(5, 25)]),
            practices: on(&[(8, 24), (8, 25)]),
            reports: on(&[(12, 18), (5, 14)]),
            rubrics: on(&[(9, 10), (9, 28)]),
            publications: on(&[
                (9, 18),
                (10, 9),
                (10, 23),
                (11, 13),
                (12, 4),
                (1, 22),
                (2, 19),
                (3, 19),
                (4, 16),
                (5, 21),
            ]),
            work_meetings: on(&[(9, 22), (10, 13), (10, 27), (11, 10), (11, 19), (12, 8), (1, 26), (2, 25)]),
            representatives: on(&[(10, 16), (10, 16), (11, 12), (3, 11), (4, 22), (4, 22)]),
            // Three were ill.
            at_council: population.teachers.iter().skip(3).map(|_| calendar.on(5, 13)).collect(),
            parent_talks: parent_talks(population, calendar, &mut random),
            at_class_hour: class_hours(population, calendar, &mut random),
        }
    }

    /// Returns what a measure comes to by the end of a day.
    pub fn figure(&self, population: &Population, measure: &str, day: NaiveDate) -> Option<Figure> {
        let found = by(day, self.partners.iter().map(|partner| partner.found));
        let number = |dates: &[NaiveDate]| Figure::count(by(day, dates.iter().copied()));
        let of = |dates: &[NaiveDate], whole: usize| Figure::share(by(day, dates.iter().copied()), count(whole));
        Some(match measure {
            "partners.giving_mentors" => {
                Figure::share(by(day, self.partners.iter().filter_map(|partner| partner.gives_mentors)), ORGANISATIONS)
            }
            "agreements.signed" => Figure::share(by(day, self.partners.iter().map(|partner| partner.signed)), found),
            "training.experts" => number(&self.experts),
            "training.sessions_per_group" => groups(&self.sessions, day),
            "materials.per_group" => groups(&self.materials, day),
            "diagnostics.forms" => of(&self.diagnostic_forms, self.materials.len()),
            "measures_of_access.act" => number(&self.access_acts),
            "publications.compilation" => number(&self.compilations),
            "publications.practices_sent" => number(&self.practices),
            "reports.sent" => Figure::share(by(day, self.reports.iter().copied()), REPORTS_DUE),
            "publications.rubrics" => number(&self.rubrics),
            "publications.count" => number(&self.publications),
            "events.work_meetings" => number(&self.work_meetings),
            "events.external_participants" => number(&self.representatives),
            "events.council_attendance" => of(&self.at_council, population.teachers.len()),
            "events.class_hours" => of(&self.at_class_hour, population.pupils.len()),
            "events.parent_talks" => Figure::count(by(day, self.parent_talks.iter().map(|(held, _)| *held))),
            "events.parents_reached" => {
                let held = self.parent_talks.iter().filter(|(held, _)| *held <= day);
                Figure::count(held.map(|(_, parents)| parents).sum())
            }
            _ => return None,
        })
    }
}

fn groups(dated: &Dated, day: NaiveDate) -> Figure {
    let part = |(name, dates): &(&str, Vec<NaiveDate>)| Part {
        name: (*name).to_owned(),
        numerator: by(day, dates.iter().copied()),
        denominator: None,
    };
    Figure { denominator: None, ..Figure::groups(dated.iter().map(part).collect()) }
}

fn partners(calendar: Calendar) -> Vec<Partner> {
    let partner = |name, found: (u32, u32), signed: (u32, u32), gives: Option<(u32, u32)>| Partner {
        name,
        found: calendar.on(found.0, found.1),
        signed: calendar.on(signed.0, signed.1),
        gives_mentors: gives.map(|(month, day)| calendar.on(month, day)),
    };
    vec![
        partner("Верхнереченский политехнический колледж", (9, 24), (10, 12), Some((10, 15))),
        partner("Центральная районная библиотека", (9, 29), (10, 20), Some((10, 22))),
        partner("Районный дом культуры", (10, 6), (10, 26), None),
        partner("Верхнереченский хлебозавод", (10, 14), (2, 18), Some((2, 18))),
    ]
}

/// Talks in September, one per grade up to the ninth and one for the tenth and eleventh together.
fn parent_talks(population: &Population, calendar: Calendar, random: &mut Random) -> Vec<(NaiveDate, i64)> {
    (1..=10_u8)
        .map(|grade| {
            let families = population.pupils.iter().filter(|pupil| pupil.class.grade.min(10) == grade);
            let came = families.filter(|_| random.happens(88)).count();
            (calendar.between(random, calendar.on(9, 14), calendar.on(9, 29)), count(came))
        })
        .collect()
}

/// One class hour in every class between October and February.
fn class_hours(population: &Population, calendar: Calendar, random: &mut Random) -> Vec<NaiveDate> {
    let mut held: Vec<_> = classes().map(|class| (class, random.below(1000))).collect();
    held.sort_by_key(|(_, order)| *order);
    let mut came = Vec::new();
    for (place, (class, _)) in (0_u32..).zip(held) {
        let day = calendar.after(calendar.on(10, 5), place * 7 + random.below(5));
        let pupils = population.pupils.iter().filter(|pupil| pupil.class == class);
        came.extend(pupils.filter(|_| random.happens(95)).map(|_| day));
    }
    came
}
