//! Facts about a proposal that a commission asks for: how fit is spread, who is covered, who might be unhappy.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::matching::Matching;
use crate::numbers::at;
use crate::stable::blocking_pairs;

/// Placed among all of a category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    pub placed: u64,
    pub all: u64,
}

/// The spread of scores; halves and quarters by nearest rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    pub least: i32,
    pub quarter: i32,
    pub half: i32,
    pub three_quarters: i32,
    pub most: i32,
}

/// Whole facts; the caller decides who may see which category.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fairness {
    pub everybody: Covered,
    pub priority: Covered,
    pub categories: BTreeMap<String, Covered>,
    /// `None` when nobody is placed.
    pub spread: Option<Spread>,
    /// Pairs (mentee, mentor) who would both rather have each other; none in mutual mode without locks. A mentor whose
    /// group does not start takes nobody, whomever he would like.
    pub blocking: Vec<(String, String)>,
}

pub(crate) fn fairness(matching: &Matching, mentor_of: &[Option<u32>], closed: &[u32]) -> Fairness {
    let mut facts = Fairness::default();
    let mut scores = Vec::new();
    for (mentee, mentor) in mentor_of.iter().enumerate() {
        let own = &matching.people.mentees[mentee];
        let placed = u64::from(mentor.is_some());
        let add = |covered: &mut Covered| {
            covered.placed += placed;
            covered.all += 1;
        };
        add(&mut facts.everybody);
        if own.priority {
            add(&mut facts.priority);
        }
        own.categories.iter().for_each(|category| add(facts.categories.entry(category.clone()).or_default()));
        scores.extend(mentor.and_then(|mentor| matching.graph.score(mentee, mentor)));
    }
    scores.sort_unstable();
    facts.spread = spread(&scores);
    let blocking = blocking_pairs(&matching.graph, &matching.ranks(&matching.graph), mentor_of);
    let name = |(mentee, mentor): (u32, u32)| {
        (matching.people.mentees[at(mentee)].id.clone(), matching.people.mentors[at(mentor)].id.clone())
    };
    facts.blocking = blocking.into_iter().filter(|(_, mentor)| !closed.contains(mentor)).map(name).collect();
    facts
}

fn spread(scores: &[i32]) -> Option<Spread> {
    let last = scores.len().checked_sub(1)?;
    let rank = |quarters: usize| scores[(last * quarters).div_ceil(4)];
    Some(Spread { least: rank(0), quarter: rank(1), half: rank(2), three_quarters: rank(3), most: rank(4) })
}
