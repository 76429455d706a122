//! People in the shape in which pairs are judged quickly: words become bits, identifiers become numbers.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::model::{AgeRange, Input, Mentee, Mentor, PairId};
use super::settings::{FormSettings, Settings};
use crate::numbers::{at, id};

/// A set of words as bits, equally long for everybody.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Returns the set of the first so many words.
    pub(crate) fn all(count: usize) -> Self {
        let ones = |word: usize| u64::MAX >> (64 - (count - word * 64).min(64));
        Self((0..count.div_ceil(64)).map(ones).collect())
    }

    pub(crate) fn common(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum()
    }

    pub(crate) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Returns the numbers of the words in the set.
    pub(crate) fn members(&self) -> impl Iterator<Item = usize> {
        let bits = |(index, &word): (usize, &u64)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit)
        };
        self.0.iter().enumerate().flat_map(bits)
    }
}

/// What both sides have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Common {
    pub(crate) age: Option<i32>,
    pub(crate) class: Option<u32>,
    pub(crate) consent: bool,
    pub(crate) topics: Bits,
    pub(crate) topic_count: u32,
    pub(crate) interests: Bits,
    pub(crate) interest_count: u32,
    pub(crate) slots: Bits,
    pub(crate) languages: Bits,
    pub(crate) places: Bits,
    pub(crate) age_wish: Option<AgeRange>,
    /// Numbers of people on the other side, rising.
    pub(crate) vetoes: Vec<u32>,
    pub(crate) relatives: Vec<u32>,
    /// People on the other side with the rank of the wish, rising by person.
    pub(crate) wishes: Vec<(u32, u32)>,
}

#[derive(Clone, Debug)]
pub(crate) struct ReadyMentee {
    pub(crate) id: String,
    pub(crate) form: u32,
    pub(crate) has_mentor: bool,
    pub(crate) priority: bool,
    pub(crate) categories: BTreeSet<String>,
    pub(crate) own: Common,
    /// Who of the mentors wished for this mentee, with the rank, rising by mentor.
    pub(crate) wished_by: Vec<(u32, u32)>,
    pub(crate) banned: Vec<u32>,
}

#[derive(Clone, Debug)]
pub(crate) struct ReadyMentor {
    pub(crate) id: String,
    pub(crate) forms: Bits,
    pub(crate) cleared: bool,
    pub(crate) capacity: u32,
    pub(crate) places: u32,
    pub(crate) minimum: u32,
    pub(crate) own: Common,
}

/// All people, ordered by identifier.
#[derive(Clone, Debug)]
pub(crate) struct People {
    pub(crate) forms: Vec<FormSettings>,
    pub(crate) mentees: Vec<ReadyMentee>,
    pub(crate) mentors: Vec<ReadyMentor>,
}

impl People {
    /// Orders and encodes people; the input has passed `validate`.
    pub(crate) fn new(input: &Input, settings: &Settings) -> Self {
        let mut mentees: Vec<&Mentee> = input.mentees.iter().collect();
        mentees.sort_by(|a, b| a.id.cmp(&b.id));
        let mut mentors: Vec<&Mentor> = input.mentors.iter().collect();
        mentors.sort_by(|a, b| a.id.cmp(&b.id));
        let numbers = Numbers {
            mentees: mentees.iter().map(|mentee| mentee.id.as_str()).zip(0..).collect(),
            mentors: mentors.iter().map(|mentor| mentor.id.as_str()).zip(0..).collect(),
        };
        let words = Words::new(&mentees, &mentors, settings);
        let mut ready: Vec<ReadyMentee> = mentees.iter().map(|mentee| words.mentee(mentee, &numbers)).collect();
        let ready_mentors: Vec<ReadyMentor> = mentors.iter().map(|mentor| words.mentor(mentor, &numbers)).collect();
        for (number, mentor) in (0..).zip(&ready_mentors) {
            for &(mentee, rank) in &mentor.own.wishes {
                ready[at(mentee)].wished_by.push((number, rank));
            }
        }
        for pair in &input.bans {
            if let Some((mentee, mentor)) = numbers.pair(pair) {
                ready[at(mentee)].banned.push(mentor);
            }
        }
        for mentee in &mut ready {
            mentee.banned.sort_unstable();
        }
        Self { forms: settings.forms.clone(), mentees: ready, mentors: ready_mentors }
    }

    pub(crate) fn mentee(&self, name: &str) -> Option<u32> {
        self.mentees.binary_search_by(|mentee| mentee.id.as_str().cmp(name)).ok().map(id)
    }

    pub(crate) fn mentor(&self, name: &str) -> Option<u32> {
        self.mentors.binary_search_by(|mentor| mentor.id.as_str().cmp(name)).ok().map(id)
    }

    /// Returns the numbers of a pair, or `None` when one of the two is not there.
    pub(crate) fn pair(&self, pair: &PairId) -> Option<(u32, u32)> {
        Some((self.mentee(&pair.mentee)?, self.mentor(&pair.mentor)?))
    }

    pub(crate) fn form(&self, mentee: &ReadyMentee) -> &FormSettings {
        &self.forms[at(mentee.form)]
    }
}

struct Numbers<'a> {
    mentees: HashMap<&'a str, u32>,
    mentors: HashMap<&'a str, u32>,
}

impl Numbers<'_> {
    fn pair(&self, pair: &PairId) -> Option<(u32, u32)> {
        Some((*self.mentees.get(pair.mentee.as_str())?, *self.mentors.get(pair.mentor.as_str())?))
    }
}

type Vocabulary<'a> = HashMap<&'a str, usize>;

/// The number of every word that occurs.
struct Words<'a> {
    topics: Vocabulary<'a>,
    interests: Vocabulary<'a>,
    slots: Vocabulary<'a>,
    languages: Vocabulary<'a>,
    places: Vocabulary<'a>,
    classes: Vocabulary<'a>,
    forms: Vocabulary<'a>,
}

fn vocabulary<'a>(words: impl Iterator<Item = &'a String>) -> Vocabulary<'a> {
    let set: HashSet<&str> = words.map(String::as_str).collect();
    let mut words: Vec<&str> = set.into_iter().collect();
    words.sort_unstable();
    words.into_iter().zip(0..).collect()
}

fn bits(words: &[String], vocabulary: &Vocabulary) -> Bits {
    let mut bits = vec![0_u64; vocabulary.len().div_ceil(64)];
    for word in words {
        if let Some(&number) = vocabulary.get(word.as_str()) {
            bits[number / 64] |= 1 << (number % 64);
        }
    }
    Bits(bits)
}

fn known(names: &[String], numbers: &HashMap<&str, u32>) -> Vec<u32> {
    let mut known: Vec<u32> = names.iter().filter_map(|name| numbers.get(name.as_str()).copied()).collect();
    known.sort_unstable();
    known
}

fn ranked(names: &[String], numbers: &HashMap<&str, u32>) -> Vec<(u32, u32)> {
    let ranks = names.iter().zip(0..).filter_map(|(name, rank)| Some((*numbers.get(name.as_str())?, rank)));
    let mut ranked: Vec<(u32, u32)> = ranks.collect();
    ranked.sort_unstable();
    ranked
}

impl<'a> Words<'a> {
    fn new(mentees: &[&'a Mentee], mentors: &[&'a Mentor], settings: &'a Settings) -> Self {
        let (a, b) = (mentees, mentors);
        Self {
            topics: vocabulary(a.iter().flat_map(|p| &p.requests).chain(b.iter().flat_map(|p| &p.competences))),
            interests: vocabulary(a.iter().flat_map(|p| &p.interests).chain(b.iter().flat_map(|p| &p.interests))),
            slots: vocabulary(a.iter().flat_map(|p| &p.slots).chain(b.iter().flat_map(|p| &p.slots))),
            languages: vocabulary(a.iter().flat_map(|p| &p.languages).chain(b.iter().flat_map(|p| &p.languages))),
            places: vocabulary(a.iter().flat_map(|p| &p.places).chain(b.iter().flat_map(|p| &p.places))),
            classes: vocabulary(a.iter().flat_map(|p| &p.class).chain(b.iter().flat_map(|p| &p.class))),
            forms: settings.forms.iter().map(|form| form.code.as_str()).zip(0..).collect(),
        }
    }

    fn mentee(&self, mentee: &Mentee, numbers: &Numbers) -> ReadyMentee {
        let form = self.forms.get(mentee.form.as_str()).map_or(0, |&form| id(form));
        let topics = bits(&mentee.requests, &self.topics);
        let interests = bits(&mentee.interests, &self.interests);
        let own = Common {
            age: mentee.age.map(i32::from),
            class: self.class(mentee.class.as_ref()),
            consent: mentee.consent,
            topic_count: topics.count(),
            topics,
            interest_count: interests.count(),
            interests,
            slots: bits(&mentee.slots, &self.slots),
            languages: bits(&mentee.languages, &self.languages),
            places: bits(&mentee.places, &self.places),
            age_wish: mentee.mentor_age,
            vetoes: known(&mentee.vetoes, &numbers.mentors),
            relatives: known(&mentee.relatives, &numbers.mentors),
            wishes: ranked(&mentee.wishes, &numbers.mentors),
        };
        ReadyMentee {
            id: mentee.id.clone(),
            form,
            has_mentor: mentee.has_mentor,
            priority: mentee.priority,
            categories: mentee.categories.iter().cloned().collect(),
            own,
            wished_by: Vec::new(),
            banned: Vec::new(),
        }
    }

    fn mentor(&self, mentor: &Mentor, numbers: &Numbers) -> ReadyMentor {
        let topics = bits(&mentor.competences, &self.topics);
        let interests = bits(&mentor.interests, &self.interests);
        let own = Common {
            age: mentor.age.map(i32::from),
            class: self.class(mentor.class.as_ref()),
            consent: mentor.consent,
            topic_count: topics.count(),
            topics,
            interest_count: interests.count(),
            interests,
            slots: bits(&mentor.slots, &self.slots),
            languages: bits(&mentor.languages, &self.languages),
            places: bits(&mentor.places, &self.places),
            age_wish: mentor.mentee_age,
            vetoes: known(&mentor.vetoes, &numbers.mentees),
            relatives: known(&mentor.relatives, &numbers.mentees),
            wishes: ranked(&mentor.wishes, &numbers.mentees),
        };
        ReadyMentor {
            id: mentor.id.clone(),
            forms: bits(&mentor.forms, &self.forms),
            cleared: mentor.cleared,
            capacity: mentor.capacity,
            places: mentor.capacity.saturating_sub(mentor.load),
            minimum: mentor.minimum,
            own,
        }
    }

    fn class(&self, class: Option<&String>) -> Option<u32> {
        class.and_then(|class| self.classes.get(class.as_str())).map(|&number| id(number))
    }
}
