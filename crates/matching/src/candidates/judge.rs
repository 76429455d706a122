//! Scores pairs quickly: tables instead of divisions, counts from the index, the rest from small cards.
//!
//! The result is the same as `criteria::shares`, which says it readably; a property test compares the two.

use std::collections::BTreeMap;

use super::index::{MANY, MOST_NEEDED, Shared};
use crate::criteria::{Constraint, shares};
use crate::numbers::{NONE, at, id};
use crate::people::model::AgeRange;
use crate::people::prepared::{Bits, Common, People, ReadyMentee, ReadyMentor};
use crate::people::settings::{ClassRule, FormSettings};

/// Sets of interests up to this size have a table of shares.
const TABLE: usize = 64;

pub(super) struct Judge<'a> {
    people: &'a People,
    forms: Vec<Tables>,
    cards: Vec<Card>,
}

/// Shares by counts, for one form.
struct Tables {
    /// By common interests and the sum of both sets.
    interests: Vec<i32>,
    time: Vec<i32>,
    /// By [`Card::balance`].
    balance: Vec<i32>,
    age: [i32; 3],
}

/// What is asked of a mentor beside the words that are shared: small, so that all cards stay in the cache.
struct Card {
    class: u32,
    interests: u32,
    /// The number of the pair of places and capacity.
    balance: u32,
    age: u8,
    /// The ages wished for, both ends; everything where there is no wish.
    age_wish: (u8, u8),
}

/// No age of a person: the largest that is let through is 130.
const UNKNOWN_AGE: u8 = u8::MAX;
const ANY_AGE: (u8, u8) = (0, u8::MAX);

fn share(weight: u32, part: usize, whole: usize) -> i32 {
    let (weight, part, whole) = (u64::from(weight), part.min(whole) as u64, whole as u64);
    if whole == 0 { 0 } else { i32::try_from((2 * weight * part + whole) / (2 * whole)).unwrap_or(i32::MAX) }
}

impl<'a> Judge<'a> {
    pub(super) fn new(people: &'a People) -> Self {
        let balances = balances(people);
        let forms = people.forms.iter().map(|form| Tables::new(form, &balances)).collect();
        Self { people, forms, cards: people.mentors.iter().map(|mentor| Card::new(mentor, &balances)).collect() }
    }

    /// Prepares what all pairs of one mentee have in common.
    pub(super) fn mentee(&self, number: usize) -> View<'_> {
        let mentee = &self.people.mentees[number];
        let form = self.people.form(mentee);
        let topics = at(mentee.own.topic_count);
        let request = (0..=topics).map(|common| share(form.weights.request, common, topics)).collect();
        let priority = if mentee.priority { share(form.weights.priority, 1, 1) } else { 0 };
        let tables = &self.forms[at(mentee.form)];
        View {
            judge: self,
            number: id(number),
            mentee,
            form,
            tables,
            request,
            priority,
            age: age(mentee.own.age),
            age_wish: range(mentee.own.age_wish),
        }
    }
}

impl Tables {
    fn new(form: &FormSettings, balances: &BTreeMap<(u32, u32), u32>) -> Self {
        let mut interests = vec![0; TABLE * TABLE];
        for common in 0..TABLE {
            for sum in common..TABLE {
                interests[common * TABLE + sum] = share(form.weights.interests, common, sum - common);
            }
        }
        let full = at(form.full_overlap);
        let mut balance = vec![0; balances.len()];
        for (&(places, capacity), &number) in balances {
            balance[at(number)] = share(form.weights.balance, at(places), at(capacity));
        }
        Self {
            interests,
            time: (0..=full).map(|common| share(form.weights.time, common, full)).collect(),
            balance,
            age: [0, 1, 2].map(|met| share(form.weights.age, met, 2)),
        }
    }
}

impl Card {
    fn new(mentor: &ReadyMentor, balances: &BTreeMap<(u32, u32), u32>) -> Self {
        Self {
            class: mentor.own.class.unwrap_or(NONE),
            interests: mentor.own.interest_count,
            balance: balances.get(&(mentor.places, mentor.capacity)).copied().unwrap_or(0),
            age: age(mentor.own.age),
            age_wish: range(mentor.own.age_wish),
        }
    }
}

/// Numbers the pairs of places and capacity that occur.
fn balances(people: &People) -> BTreeMap<(u32, u32), u32> {
    let mut numbers = BTreeMap::new();
    for mentor in &people.mentors {
        let next = id(numbers.len());
        numbers.entry((mentor.places, mentor.capacity)).or_insert(next);
    }
    numbers
}

fn age(age: Option<i32>) -> u8 {
    age.and_then(|age| u8::try_from(age).ok()).unwrap_or(UNKNOWN_AGE)
}

fn range(wish: Option<AgeRange>) -> (u8, u8) {
    let end = |age: u16| u8::try_from(age).unwrap_or(UNKNOWN_AGE);
    wish.map_or(ANY_AGE, |wish| (end(wish.from), end(wish.to)))
}

fn met(age: u8, (from, to): (u8, u8)) -> usize {
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
    age: u8,
    age_wish: (u8, u8),
}

impl View<'_> {
    /// Returns how many planes of topics, slots and interests can matter for a score.
    pub(super) fn planes(&self) -> (usize, usize, usize) {
        let own = &self.mentee.own;
        let (topics, interests) = (at(own.topic_count), at(own.interest_count));
        (topics.min(MOST_NEEDED), (self.tables.time.len() - 1).min(MOST_NEEDED), interests.min(MOST_NEEDED))
    }

    /// Returns the highest score without wishes that a mentor on exactly these planes can have.
    pub(super) fn bound(&self, topics: usize, slots: usize, interests: usize) -> i32 {
        // The highest plane stands for itself and everything above.
        let known = |plane: usize, most: usize| if plane == MOST_NEEDED { most } else { plane };
        let own = at(self.mentee.own.interest_count);
        let weights = &self.form.weights;
        let rest = i32::try_from(weights.age + weights.balance).unwrap_or(i32::MAX);
        self.request[known(topics, self.request.len() - 1)]
            + self.priority
            + self.tables.time[known(slots, self.tables.time.len() - 1)]
            // The union of both sets is at least the mentee's own.
            + share(weights.interests, known(interests, own), own)
            + rest
    }

    /// Returns the score of a mentor outside all wishes, or `None` where a rule is broken or `floor` is not reached.
    #[inline]
    pub(super) fn score(&self, mentor: u32, shared: Shared, floor: i32) -> Option<i32> {
        let card = &self.judge.cards[at(mentor)];
        let slots = self.exact(shared.slots, mentor, |own| &own.slots);
        if slots < at(self.form.common_slots) || self.breaks_age_gap(card.age) || self.breaks_class(card.class) {
            return None;
        }
        let topics = self.exact(shared.topics, mentor, |own| &own.topics);
        let common = self.exact(shared.interests, mentor, |own| &own.interests);
        let sum = at(self.mentee.own.interest_count + card.interests);
        let interests = if sum < TABLE {
            self.tables.interests[common * TABLE + sum]
        } else {
            share(self.form.weights.interests, common, sum - common)
        };
        let time = self.tables.time[slots.min(self.tables.time.len() - 1)];
        let ages = met(card.age, self.age_wish) + met(self.age, card.age_wish);
        let rest = self.tables.balance[at(card.balance)] + self.tables.age[ages];
        let score = self.request[topics] + self.priority + time + interests + rest;
        (score >= floor).then_some(score)
    }

    /// Counts by word what the index does not tell apart.
    fn exact(&self, counted: usize, mentor: u32, of: fn(&Common) -> &Bits) -> usize {
        if counted < MANY {
            return counted;
        }
        at(of(&self.mentee.own).common(of(&self.judge.people.mentors[at(mentor)].own)))
    }

    /// Returns the score of any mentor, the slow way.
    pub(super) fn score_with_wishes(&self, mentor: u32) -> Option<i32> {
        if Constraint::ALL.iter().any(|&rule| self.breaks(mentor, rule)) {
            return None;
        }
        let ready = &self.judge.people.mentors[at(mentor)];
        Some(shares(self.judge.people, self.mentee, ready, mentor).score())
    }

    fn breaks(&self, mentor: u32, rule: Constraint) -> bool {
        let ready = &self.judge.people.mentors[at(mentor)];
        rule.is_broken(self.judge.people, self.mentee, self.number, ready, mentor)
    }

    fn breaks_age_gap(&self, age: u8) -> bool {
        let (Some((least, most)), Some(own)) = (self.form.age_gap, self.mentee.own.age) else { return false };
        age != UNKNOWN_AGE && !(least..=most).contains(&(i32::from(age) - own))
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
