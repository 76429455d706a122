//! Scores pairs quickly: tables instead of divisions, flat columns instead of records.
//!
//! The result is the same as `criteria::shares`, which says it readably; a property test compares the two.

use super::index::LEFT_TO_THE_JUDGE;
use crate::criteria::shares;
use crate::numbers::{NONE, at, id};
use crate::people::model::AgeRange;
use crate::people::prepared::{People, ReadyMentee};
use crate::people::settings::{ClassRule, FormSettings};

/// Sets of interests up to this size have a table of shares.
const TABLE: usize = 64;

pub(super) struct Judge<'a> {
    people: &'a People,
    forms: Vec<Tables>,
    columns: Columns,
}

/// Shares by counts, for one form.
struct Tables {
    /// By common interests and the sum of both sets.
    interests: Vec<i32>,
    time: Vec<i32>,
    /// By mentor.
    balance: Vec<i32>,
    age: [i32; 3],
}

/// What is asked of mentors most often, side by side.
struct Columns {
    interests: Vec<u64>,
    interest_words: usize,
    interest_counts: Vec<u32>,
    slots: Vec<u64>,
    slot_words: usize,
    ages: Vec<i32>,
    /// The ages wished for, both ends; everything where there is no wish.
    age_wishes: Vec<(i32, i32)>,
    classes: Vec<u32>,
}

const UNKNOWN_AGE: i32 = -1;
const ANY_AGE: (i32, i32) = (i32::MIN, i32::MAX);

fn share(weight: u32, part: usize, whole: usize) -> i32 {
    let (weight, part, whole) = (u64::from(weight), part.min(whole) as u64, whole as u64);
    if whole == 0 { 0 } else { i32::try_from((2 * weight * part + whole) / (2 * whole)).unwrap_or(i32::MAX) }
}

impl<'a> Judge<'a> {
    pub(super) fn new(people: &'a People) -> Self {
        let forms = people.forms.iter().map(|form| Tables::new(people, form)).collect();
        Self { people, forms, columns: Columns::new(people) }
    }

    /// Prepares what all pairs of one mentee have in common.
    pub(super) fn mentee(&self, number: usize) -> View<'_> {
        let mentee = &self.people.mentees[number];
        let form = self.people.form(mentee);
        let topics = at(mentee.own.topic_count);
        let request = (0..=topics).map(|common| share(form.weights.request, common, topics)).collect();
        let priority = if mentee.priority { share(form.weights.priority, 1, 1) } else { 0 };
        let interests: Vec<u64> = mentee.own.interests.words().to_vec();
        let slots: Vec<u64> = mentee.own.slots.words().to_vec();
        let tables = &self.forms[at(mentee.form)];
        View {
            judge: self,
            number: id(number),
            mentee,
            form,
            tables,
            request,
            priority,
            interests,
            slots,
            age: mentee.own.age.unwrap_or(UNKNOWN_AGE),
            age_wish: range(mentee.own.age_wish),
            most_interests: share(form.weights.interests, 1, 1),
        }
    }
}

impl Tables {
    fn new(people: &People, form: &FormSettings) -> Self {
        let mut interests = vec![0; TABLE * TABLE];
        for common in 0..TABLE {
            for sum in common..TABLE {
                interests[common * TABLE + sum] = share(form.weights.interests, common, sum - common);
            }
        }
        let full = at(form.full_overlap);
        let balance = people.mentors.iter();
        Self {
            interests,
            time: (0..=full).map(|common| share(form.weights.time, common, full)).collect(),
            balance: balance.map(|m| share(form.weights.balance, at(m.places), at(m.capacity))).collect(),
            age: [0, 1, 2].map(|met| share(form.weights.age, met, 2)),
        }
    }
}

impl Columns {
    fn new(people: &People) -> Self {
        let first = people.mentors.first();
        let words = |of: fn(&crate::people::prepared::Common) -> &crate::people::prepared::Bits| {
            let column = people.mentors.iter().flat_map(|mentor| of(&mentor.own).words().iter().copied());
            (column.collect::<Vec<u64>>(), first.map_or(0, |mentor| of(&mentor.own).words().len()))
        };
        let (interests, interest_words) = words(|common| &common.interests);
        let (slots, slot_words) = words(|common| &common.slots);
        let mentors = people.mentors.iter();
        Self {
            interests,
            interest_words,
            interest_counts: mentors.clone().map(|mentor| mentor.own.interest_count).collect(),
            slots,
            slot_words,
            ages: mentors.clone().map(|mentor| mentor.own.age.unwrap_or(UNKNOWN_AGE)).collect(),
            age_wishes: mentors.clone().map(|mentor| range(mentor.own.age_wish)).collect(),
            classes: mentors.map(|mentor| mentor.own.class.unwrap_or(NONE)).collect(),
        }
    }
}

fn range(wish: Option<AgeRange>) -> (i32, i32) {
    wish.map_or(ANY_AGE, |wish| (i32::from(wish.from), i32::from(wish.to)))
}

fn met(age: i32, (from, to): (i32, i32)) -> usize {
    usize::from(age == UNKNOWN_AGE || (from <= age && age <= to))
}

/// One mentee before the judge.
pub(super) struct View<'j> {
    judge: &'j Judge<'j>,
    number: u32,
    mentee: &'j ReadyMentee,
    form: &'j FormSettings,
    tables: &'j Tables,
    request: Vec<i32>,
    priority: i32,
    interests: Vec<u64>,
    slots: Vec<u64>,
    age: i32,
    age_wish: (i32, i32),
    most_interests: i32,
}

fn common(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum()
}

impl View<'_> {
    /// Returns the highest score without wishes that a mentor with so many common topics can have.
    pub(super) fn bound(&self, level: usize, levels: usize) -> i32 {
        let weights = &self.form.weights;
        // The highest level stands for itself and everything above.
        let topics = if level == levels { self.request.len() - 1 } else { level };
        let rest = weights.interests + weights.age + weights.time + weights.balance;
        self.request[topics] + self.priority + i32::try_from(rest).unwrap_or(i32::MAX)
    }

    /// Returns the score of a mentor outside all wishes, or `None` where a rule is broken or `floor` is not reached.
    /// `topics` is the number of common topics where it is known.
    #[inline]
    pub(super) fn score(&self, mentor: u32, topics: Option<usize>, floor: i32) -> Option<i32> {
        let (columns, index) = (&self.judge.columns, at(mentor));
        let slots = &columns.slots[index * columns.slot_words..(index + 1) * columns.slot_words];
        let overlap = common(&self.slots, slots);
        let age = columns.ages[index];
        if overlap < self.form.common_slots || self.breaks_age_gap(age) || self.breaks_class(columns.classes[index]) {
            return None;
        }
        let topics =
            topics.unwrap_or_else(|| at(self.mentee.own.topics.common(&self.judge.people.mentors[index].own.topics)));
        let time = self.tables.time[at(overlap).min(self.tables.time.len() - 1)];
        let ages = met(age, self.age_wish) + met(self.age, columns.age_wishes[index]);
        let so_far = self.request[topics] + self.priority + time + self.tables.balance[index] + self.tables.age[ages];
        if so_far.saturating_add(self.most_interests) < floor {
            return None;
        }
        let words = &columns.interests[index * columns.interest_words..(index + 1) * columns.interest_words];
        let shared = at(common(&self.interests, words));
        let sum = at(self.mentee.own.interest_count + columns.interest_counts[index]);
        let interests = if sum < TABLE {
            self.tables.interests[shared * TABLE + sum]
        } else {
            share(self.form.weights.interests, shared, sum - shared)
        };
        Some(so_far + interests)
    }

    /// Returns the score of any mentor, the slow way.
    pub(super) fn score_with_wishes(&self, mentor: u32) -> Option<i32> {
        if LEFT_TO_THE_JUDGE.iter().any(|&rule| self.breaks(mentor, rule)) {
            return None;
        }
        let ready = &self.judge.people.mentors[at(mentor)];
        Some(shares(self.judge.people, self.mentee, ready, mentor).score())
    }

    fn breaks(&self, mentor: u32, rule: crate::criteria::Constraint) -> bool {
        let ready = &self.judge.people.mentors[at(mentor)];
        rule.is_broken(self.judge.people, self.mentee, self.number, ready, mentor)
    }

    fn breaks_age_gap(&self, age: i32) -> bool {
        let (Some((least, most)), Some(own)) = (self.form.age_gap, self.mentee.own.age) else { return false };
        age != UNKNOWN_AGE && !(least..=most).contains(&(age - own))
    }

    fn breaks_class(&self, class: u32) -> bool {
        let same = self.mentee.own.class == Some(class);
        match self.form.class {
            ClassRule::Any => false,
            ClassRule::Same => !same,
            ClassRule::Other => same,
        }
    }
}
