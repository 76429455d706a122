//! Pairs and groups: a mentor, the mentees, their first meetings and their plan.

use super::{
    Figure, by, count,
    people::{Participant, Person},
};
use crate::demo::{calendar::Calendar, random::Random};
use chrono::NaiveDate;

/// A mentor with mentees, by day.
#[derive(Debug, Clone)]
pub struct Pair {
    pub mentor: Person,
    pub mentees: Vec<Person>,
    formed: NaiveDate,
    third_meeting: NaiveDate,
    planned: NaiveDate,
    approved: NaiveDate,
    /// The items of the plan, those that get done with their day.
    items: Vec<Option<NaiveDate>>,
}

/// Items of an individual plan.
const ITEMS: usize = 8;

/// Gives every mentee a mentor: young specialists to experienced teachers one by one, pupils in turn to the others.
pub fn form(participants: &mut [Participant], calendar: Calendar, random: &mut Random) -> Vec<Pair> {
    let mentors: Vec<Person> = participants.iter().filter(|one| one.is_mentor).map(|one| one.person).collect();
    let young = participants.iter().filter(|one| !one.is_mentor && one.person.is_teacher()).count();
    let (of_teachers, of_pupils): (Vec<_>, Vec<_>) = {
        let mut busy = 0;
        mentors.into_iter().partition(|mentor| {
            let taken = mentor.is_teacher() && busy < young;
            busy += usize::from(taken);
            taken
        })
    };
    let mut pairs: Vec<Pair> =
        of_teachers.iter().chain(&of_pupils).map(|mentor| pair(*mentor, calendar, random)).collect();
    let (mut teachers, mut pupils) = (0, 0);
    for mentee in participants.iter_mut().filter(|one| !one.is_mentor) {
        let pair = if mentee.person.is_teacher() {
            teachers += 1;
            &mut pairs[teachers - 1]
        } else {
            pupils += 1;
            &mut pairs[of_teachers.len() + (pupils - 1) % of_pupils.len()]
        };
        // Who comes later joins a group that works already.
        pair.mentees.push(mentee.person);
        mentee.placed = Some(pair.formed.max(mentee.joined));
    }
    pairs
}

impl Pair {
    pub fn is_formed(&self, day: NaiveDate) -> bool {
        self.formed <= day
    }
}

fn pair(mentor: Person, calendar: Calendar, random: &mut Random) -> Pair {
    let (first, last) = if random.happens(85) {
        (calendar.on(10, 26), calendar.on(10, 30))
    } else {
        (calendar.on(11, 2), calendar.on(11, 6))
    };
    let formed = calendar.between(random, first, last);
    let third_meeting = calendar.after(formed, random.between(11, 27)).min(calendar.on(12, 3));
    let planned = calendar.after(third_meeting, random.below(4)).clamp(third_meeting, calendar.on(12, 4));
    let approved = if planned <= calendar.on(11, 20) { calendar.on(11, 24) } else { calendar.on(12, 8) };
    let items = (0..ITEMS)
        .map(|_| random.happens(95).then(|| calendar.between(random, calendar.on(12, 7), calendar.on(4, 23))))
        .collect();
    Pair { mentor, mentees: vec![], formed, third_meeting, planned, approved, items }
}

/// Returns what a measure of pairs and plans comes to by the end of a day.
pub fn figure(pairs: &[Pair], measure: &str, day: NaiveDate) -> Option<Figure> {
    let formed = by(day, pairs.iter().map(|pair| pair.formed));
    let of_formed = |date: fn(&Pair) -> NaiveDate| Some(Figure::share(by(day, pairs.iter().map(date)), formed));
    match measure {
        "meetings.first_three" => of_formed(|pair| pair.third_meeting),
        "plans.drawn_up" => of_formed(|pair| pair.planned),
        "plans.approved" => {
            let planned = by(day, pairs.iter().map(|pair| pair.planned));
            Some(Figure::share(by(day, pairs.iter().map(|pair| pair.approved)), planned))
        }
        "plans.items_done" => {
            let planned: usize = pairs.iter().filter(|pair| pair.planned <= day).map(|pair| pair.items.len()).sum();
            let done = pairs.iter().flat_map(|pair| pair.items.iter().copied().flatten());
            Some(Figure::share(by(day, done), count(planned)))
        }
        _ => None,
    }
}
