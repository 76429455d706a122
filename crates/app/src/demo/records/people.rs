//! Who takes part, by day: joining, consents, diagnostics, and the figures that follow.

use super::{Figure, Partner, by, count, pairs::Pair};
use crate::{
    demo::{
        calendar::Calendar,
        population::{Population, classes},
        random::Random,
    },
    roadmap::model::Part,
};
use chrono::NaiveDate;

/// Everybody who takes part in mentoring in a year.
#[derive(Debug, Clone)]
pub struct People {
    participants: Vec<Participant>,
    pairs: Vec<Pair>,
    questionnaires: Vec<Questionnaire>,
}

/// Somebody who takes part, by the place among the pupils, teachers or partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    Pupil(usize),
    Teacher(usize),
    Partner(usize),
}

/// What is recorded about somebody who takes part.
#[derive(Debug, Clone)]
pub struct Participant {
    pub person: Person,
    pub is_mentor: bool,
    pub joined: NaiveDate,
    /// The day on which a mentee was placed in a pair or group.
    pub placed: Option<NaiveDate>,
    /// Which of the people of the partner it is.
    pub of_partner: usize,
    pub consented: NaiveDate,
    diagnosed: NaiveDate,
    pub registered: NaiveDate,
    /// The questionnaire after the networking meeting, of those who came.
    answered: Option<NaiveDate>,
    active: NaiveDate,
    at_closing: Option<NaiveDate>,
}

/// A questionnaire of the information campaign.
#[derive(Debug, Clone, Copy)]
struct Questionnaire {
    received: NaiveDate,
    analysed: NaiveDate,
}

/// When somebody joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wave {
    September,
    October,
    /// After the campaign: entered, diagnosed and registered on one day, since the school knows how by then.
    Later,
}

impl Person {
    pub fn is_teacher(self) -> bool {
        matches!(self, Self::Teacher(_))
    }
}

impl People {
    pub fn of(population: &Population, partners: &[Partner], calendar: Calendar) -> Self {
        let mut random = Random::about(&format!("participants of {}", calendar.0));
        let chosen = chosen(population, partners, &mut random);
        let mut participants: Vec<Participant> = chosen
            .into_iter()
            .map(|(who, is_mentor, wave)| joining(who, is_mentor, wave, calendar, &mut random))
            .collect();
        number_people_of_partners(&mut participants);
        let pairs = super::pairs::form(&mut participants, calendar, &mut random);
        let campaign_ends = calendar.on(10, 22);
        let mut received: Vec<NaiveDate> =
            participants.iter().map(|one| one.joined).filter(|joined| *joined <= campaign_ends).collect();
        // Some fill in a questionnaire and take no part.
        received.extend((0..37).map(|_| calendar.between(&mut random, calendar.on(9, 14), campaign_ends)));
        let last = calendar.on(10, 28);
        let questionnaires = received
            .into_iter()
            .map(|received| {
                let analysed = calendar.after(received, random.between(2, 12)).clamp(received, last);
                Questionnaire { received, analysed }
            })
            .collect();
        Self { participants, pairs, questionnaires }
    }

    /// Returns what a measure comes to by the end of a day.
    pub fn figure(&self, population: &Population, measure: &str, day: NaiveDate) -> Option<Figure> {
        let joined = by(day, self.participants.iter().map(|one| one.joined));
        let of_joined = |date: fn(&Participant) -> Option<NaiveDate>| {
            Some(Figure::share(by(day, self.participants.iter().filter_map(date)), joined))
        };
        match measure {
            "participants.coverage" => Some(self.coverage(population, day)),
            "consents.valid" => of_joined(|one| Some(one.consented)),
            "diagnostics.entry" => of_joined(|one| Some(one.diagnosed)),
            "registry.complete" => of_joined(|one| Some(one.registered)),
            "plans.participants_active" => of_joined(|one| Some(one.active)),
            "events.closing_attendance" => of_joined(|one| one.at_closing),
            "events.networking_responses" => {
                Some(Figure::count(by(day, self.participants.iter().filter_map(|one| one.answered))))
            }
            "surveys.analysed" => Some(Figure::share(
                by(day, self.questionnaires.iter().map(|one| one.analysed)),
                by(day, self.questionnaires.iter().map(|one| one.received)),
            )),
            "pairs.mentees_placed" => {
                let mentees = || self.participants.iter().filter(|one| !one.is_mentor);
                let placed = by(day, mentees().filter_map(|one| one.placed));
                Some(Figure::share(placed, by(day, mentees().map(|one| one.joined))))
            }
            _ => super::pairs::figure(&self.pairs, measure, day),
        }
    }

    /// Returns mentor and mentees of every pair or group formed by the end of a day.
    pub fn pairs(&self, day: NaiveDate) -> impl Iterator<Item = (Person, &[Person])> {
        let formed = self.pairs.iter().filter(move |pair| pair.is_formed(day));
        formed.map(|pair| (pair.mentor, pair.mentees.as_slice()))
    }

    /// Returns everybody who takes part in the year, also who joins later.
    pub fn participants(&self) -> impl Iterator<Item = &Participant> {
        self.participants.iter()
    }

    fn coverage(&self, population: &Population, day: NaiveDate) -> Figure {
        let joined = |is_one: fn(Person) -> bool| {
            by(day, self.participants.iter().filter(|one| is_one(one.person)).map(|one| one.joined))
        };
        let part =
            |name: &str, numerator, whole| Part { name: name.to_owned(), numerator, denominator: Some(count(whole)) };
        Figure::groups(vec![
            part(
                "обучающиеся 10–18 лет",
                joined(|one| matches!(one, Person::Pupil(_))),
                population.aged(AGES, day).count(),
            ),
            part("педагоги", joined(Person::is_teacher), population.teachers.len()),
        ])
    }

    /// Returns class, participants of the class and its pupils.
    pub fn by_class(&self, population: &Population, day: NaiveDate) -> Vec<(String, i64, i64)> {
        let joined = self.participants.iter().filter(|one| one.joined <= day);
        let classes_joined: Vec<_> = joined
            .filter_map(|one| match one.person {
                Person::Pupil(place) => Some(population.pupils[place].class),
                Person::Teacher(_) | Person::Partner(_) => None,
            })
            .collect();
        classes()
            .map(|class| {
                let joined = classes_joined.iter().filter(|other| **other == class).count();
                let all = population.pupils.iter().filter(|pupil| pupil.class == class).count();
                (class.to_string(), count(joined), count(all))
            })
            .collect()
    }
}

/// Whom the target model counts among the pupils.
const AGES: (u32, u32) = (10, 18);

/// Chooses two thirds of the pupils of age, more than half of the teachers, and people of partners.
fn chosen(population: &Population, partners: &[Partner], random: &mut Random) -> Vec<(Person, bool, Wave)> {
    let mut pupils: Vec<usize> = population.aged(AGES, population.year.first_day()).collect();
    random.shuffle(&mut pupils);
    pupils.truncate(pupils.len() * 66 / 100);
    let late = pupils.len() * 93 / 100;
    let mut chosen: Vec<(Person, bool, Wave)> = Vec::new();
    for (place, pupil) in pupils.into_iter().enumerate() {
        let wave = if place >= late {
            Wave::Later
        } else if random.happens(70) {
            Wave::September
        } else {
            Wave::October
        };
        let is_mentor = population.pupils[pupil].class.grade >= 8 && wave != Wave::Later && random.happens(45);
        chosen.push((Person::Pupil(pupil), is_mentor, wave));
    }
    let by_service = |young: bool| {
        let teachers = population.teachers.iter().enumerate();
        teachers
            .filter(move |(_, teacher)| teacher.is_young_specialist(population.year) == young)
            .map(|(place, _)| Person::Teacher(place))
    };
    chosen.extend(by_service(true).map(|teacher| (teacher, false, Wave::September)));
    let experienced = population.teachers.len() * 62 / 100 - by_service(true).count();
    chosen.extend(by_service(false).skip(1).take(experienced).map(|teacher| (teacher, true, Wave::September)));
    let given = partners.iter().enumerate().filter(|(_, partner)| partner.gives_mentors.is_some());
    chosen.extend(given.flat_map(|(place, _)| [(Person::Partner(place), true, Wave::October); 2]));
    chosen
}

/// Tells the people of a partner from each other.
fn number_people_of_partners(participants: &mut [Participant]) {
    let mut last = None;
    for one in participants.iter_mut().filter(|one| matches!(one.person, Person::Partner(_))) {
        one.of_partner = usize::from(last == Some(one.person));
        last = Some(one.person);
    }
}

fn joining(person: Person, is_mentor: bool, wave: Wave, calendar: Calendar, random: &mut Random) -> Participant {
    let joined = match wave {
        Wave::September => calendar.between(random, calendar.on(9, 14), calendar.on(10, 2)),
        Wave::October => calendar.between(random, calendar.on(10, 5), calendar.on(10, 22)),
        Wave::Later => calendar.between(random, calendar.on(10, 26), calendar.on(2, 5)),
    };
    let mut soon = |least, most| match wave {
        Wave::Later => joined,
        Wave::September | Wave::October => calendar.after(joined, random.between(least, most)).max(joined),
    };
    let (quick, slow) = (soon(0, 10), soon(20, 85));
    let registered = soon(3, 20);
    let diagnosed = soon(1, 24).clamp(joined, calendar.on(11, 13).max(joined));
    let networking = calendar.on(10, 20);
    let came = joined <= networking && random.happens(90);
    let answered = came.then(|| calendar.after(networking, random.below(4)).max(networking));
    let active = calendar.between(random, calendar.on(12, 1), calendar.on(3, 19)).max(joined);
    let at_closing = random.happens(95).then(|| calendar.on(5, 20));
    let consented = if random.happens(88) { quick } else { slow };
    Participant {
        person,
        is_mentor,
        joined,
        placed: None,
        of_partner: 0,
        consented,
        diagnosed,
        registered,
        answered,
        active,
        at_closing,
    }
}
