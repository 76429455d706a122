//! People counted once, however many forms they ask in.

use super::Report;
use std::collections::{BTreeMap, BTreeSet};

/// How much of a category is reached, in people.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Reached {
    all: BTreeSet<usize>,
    placed: BTreeSet<usize>,
    /// Those of whom a mentor was there already.
    before: BTreeSet<usize>,
}

impl Report<'_> {
    /// Counts the people behind requests: «2», or «2 (запросов: 3)» where somebody asks in several forms.
    pub fn people<'b>(&self, requests: impl Iterator<Item = &'b str>) -> String {
        let requests: Vec<&str> = requests.collect();
        let people: BTreeSet<usize> = requests.iter().filter_map(|id| self.question.people.get(*id)).copied().collect();
        said(people.len(), requests.len())
    }

    /// Returns for each category how many of its people have a mentor now, and how many of them had one before.
    pub fn coverage(&self) -> Vec<(String, String)> {
        let placed: BTreeSet<&str> = self.proposal.pairs.iter().map(|pair| pair.mentee.as_str()).collect();
        let mut categories: BTreeMap<&str, Reached> = BTreeMap::new();
        for mentee in &self.question.input.mentees {
            let Some(&person) = self.question.people.get(&mentee.id) else { continue };
            for category in &mentee.categories {
                let reached = categories.entry(category).or_default();
                reached.all.insert(person);
                if placed.contains(mentee.id.as_str()) {
                    reached.placed.insert(person);
                }
                if mentee.has_mentor {
                    reached.before.insert(person);
                }
            }
        }
        categories.into_iter().map(|(category, reached)| (category.to_owned(), reached.to_string())).collect()
    }
}

impl std::fmt::Display for Reached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let with_mentor = self.placed.union(&self.before).count();
        write!(f, "{with_mentor} из {}", self.all.len())?;
        if self.before.is_empty() {
            Ok(())
        } else {
            write!(f, ", из них уже с наставником: {}", self.before.len())
        }
    }
}

fn said(people: usize, requests: usize) -> String {
    if people == requests { people.to_string() } else { format!("{people} (запросов: {requests})") }
}
