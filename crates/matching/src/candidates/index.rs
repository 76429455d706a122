//! Rows of bits over mentors, one row per word.

use crate::criteria::Constraint;
use crate::numbers::at;
use crate::people::prepared::{Bits, People, ReadyMentee};

/// More common topics than this are not told apart when candidates are ordered.
const LEVELS: usize = 6;

type Row = Vec<u64>;

pub(super) struct Index {
    width: usize,
    /// Mentors that can be considered at all, by form.
    forms: Vec<Row>,
    slots: Vec<Row>,
    languages: Vec<Row>,
    places: Vec<Row>,
    topics: Vec<Row>,
    /// Mentors who refuse a mentee or are related, by mentee.
    refused: Vec<Vec<u32>>,
}

/// What is computed for one mentee; kept to save allocations.
#[derive(Default)]
pub(super) struct Work {
    allowed: Row,
    union: Row,
    /// Mentors with at least so many common topics.
    at_least: Vec<Row>,
}

impl Work {
    /// Takes a mentor out of the allowed ones; says whether he was there.
    pub(super) fn take(&mut self, mentor: u32) -> bool {
        let (word, bit) = (at(mentor) / 64, 1 << (mentor % 64));
        let there = self.allowed[word] & bit != 0;
        self.allowed[word] &= !bit;
        there
    }

    /// Calls `visit` for the allowed mentors with exactly `level` common topics.
    pub(super) fn each(&self, level: usize, levels: usize, mut visit: impl FnMut(u32)) {
        let mut base = 0;
        for (word, &allowed) in self.allowed.iter().enumerate() {
            let mut bits = allowed;
            if level > 0 {
                bits &= self.at_least[level][word];
            }
            if level < levels {
                bits &= !self.at_least[level + 1][word];
            }
            while bits != 0 {
                visit(base + bits.trailing_zeros());
                bits &= bits - 1;
            }
            base += 64;
        }
    }
}

impl Index {
    pub(super) fn new(people: &People) -> Self {
        let width = people.mentors.len().div_ceil(64);
        let mentors = &people.mentors;
        let rows = |of: fn(&crate::people::prepared::Common) -> &Bits| {
            let count = mentors.iter().map(|mentor| of(&mentor.own).members().max().map_or(0, |most| most + 1)).max();
            let mut rows = vec![vec![0_u64; width]; count.unwrap_or(0)];
            for (number, mentor) in mentors.iter().enumerate() {
                of(&mentor.own).members().for_each(|word| rows[word][number / 64] |= 1 << (number % 64));
            }
            rows
        };
        let mut refused = vec![Vec::new(); people.mentees.len()];
        for (number, mentor) in (0..).zip(mentors) {
            for &mentee in mentor.own.vetoes.iter().chain(&mentor.own.relatives) {
                refused[at(mentee)].push(number);
            }
        }
        Self {
            width,
            forms: (0..people.forms.len()).map(|form| form_row(people, form, width)).collect(),
            slots: rows(|common| &common.slots),
            languages: rows(|common| &common.languages),
            places: rows(|common| &common.places),
            topics: rows(|common| &common.topics),
            refused,
        }
    }

    /// Marks the mentors that keep the rules by words and lists; says whether there is one.
    pub(super) fn admit(&self, people: &People, number: usize, work: &mut Work) -> bool {
        let mentee = &people.mentees[number];
        if !mentee.own.consent || mentee.has_mentor {
            return false;
        }
        let form = people.form(mentee);
        work.allowed.clone_from(&self.forms[at(mentee.form)]);
        let rules = [
            (form.common_slots > 0, &mentee.own.slots, &self.slots),
            (form.language, &mentee.own.languages, &self.languages),
            (form.place, &mentee.own.places, &self.places),
        ];
        for (_, words, rows) in rules.into_iter().filter(|&(asked, ..)| asked) {
            work.union.clear();
            work.union.resize(self.width, 0);
            for row in words.members().filter_map(|word| rows.get(word)) {
                work.union.iter_mut().zip(row).for_each(|(union, bits)| *union |= bits);
            }
            work.allowed.iter_mut().zip(&work.union).for_each(|(allowed, union)| *allowed &= union);
        }
        let own = [&mentee.own.vetoes, &mentee.own.relatives, &mentee.banned, &self.refused[number]];
        for &mentor in own.into_iter().flatten() {
            work.take(mentor);
        }
        if let Some(mentor) = people.mentor(&mentee.id) {
            work.take(mentor);
        }
        work.allowed.iter().any(|&bits| bits != 0)
    }

    /// Sorts mentors by the number of common topics; returns the highest number told apart.
    pub(super) fn levels(&self, mentee: &ReadyMentee, work: &mut Work) -> usize {
        let levels = at(mentee.own.topic_count).min(LEVELS);
        work.at_least.resize_with(LEVELS + 1, Vec::new);
        for row in &mut work.at_least[..=levels] {
            row.clear();
            row.resize(self.width, 0);
        }
        for topic in mentee.own.topics.members().filter_map(|topic| self.topics.get(topic)) {
            for level in (1..=levels).rev() {
                let (lower, upper) = work.at_least.split_at_mut(level);
                let below = &lower[level - 1];
                for (word, bits) in topic.iter().enumerate() {
                    upper[0][word] |= if level == 1 { *bits } else { below[word] & bits };
                }
            }
        }
        levels
    }
}

fn form_row(people: &People, form: usize, width: usize) -> Row {
    let mut row = vec![0_u64; width];
    let settings = &people.forms[form];
    for (number, mentor) in people.mentors.iter().enumerate() {
        let offered = mentor.forms.members().any(|offered| offered == form);
        let cleared = mentor.cleared || !settings.clearance;
        if offered && cleared && mentor.own.consent && mentor.places > 0 {
            row[number / 64] |= 1 << (number % 64);
        }
    }
    row
}

/// The rules that are left to the judge, because they compare numbers.
pub(super) const LEFT_TO_THE_JUDGE: [Constraint; 3] = [Constraint::AgeGap, Constraint::Class, Constraint::Time];
