//! What is known of mentees and mentors.
//!
//! Identifiers are the caller's; the engine orders people by them, so that the order of input never matters. Topics,
//! interests, time slots, languages and places are words that are compared letter by letter: the caller brings them
//! to one spelling.

use serde::{Deserialize, Serialize};

/// A wish for an age, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeRange {
    pub from: u16,
    pub to: u16,
}

/// Somebody who asks for a mentor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mentee {
    pub id: String,
    /// The form of mentoring in which a mentor is sought, a code of the settings.
    pub form: String,
    pub age: Option<u16>,
    pub class: Option<String>,
    pub consent: bool,
    /// Whether there is an active mentor in this form already.
    pub has_mentor: bool,
    /// Whether the programme places this mentee before others.
    pub priority: bool,
    /// Codes by which coverage is reported; they never influence a pair.
    pub categories: Vec<String>,
    /// Topics of the request.
    pub requests: Vec<String>,
    pub interests: Vec<String>,
    pub slots: Vec<String>,
    pub languages: Vec<String>,
    pub places: Vec<String>,
    /// The age the mentor should have.
    pub mentor_age: Option<AgeRange>,
    /// Mentors wished for, the dearest first.
    pub wishes: Vec<String>,
    /// Mentors who must not be proposed: a veto or a recorded conflict. The reason stays with the caller.
    pub vetoes: Vec<String>,
    pub relatives: Vec<String>,
}

/// Somebody who offers to be a mentor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mentor {
    pub id: String,
    /// Codes of the forms of mentoring offered.
    pub forms: Vec<String>,
    pub age: Option<u16>,
    pub class: Option<String>,
    pub consent: bool,
    /// Whether the check list of an outside adult is complete; asked for only by forms that require it.
    pub cleared: bool,
    /// The largest number of mentees, those already there included.
    pub capacity: u32,
    /// The number of mentees who are there already.
    pub load: u32,
    /// The least number of new mentees with whom a group starts; zero or one for none.
    pub minimum: u32,
    pub competences: Vec<String>,
    pub interests: Vec<String>,
    pub slots: Vec<String>,
    pub languages: Vec<String>,
    pub places: Vec<String>,
    /// The age the mentees should have.
    pub mentee_age: Option<AgeRange>,
    /// Mentees wished for, the dearest first.
    pub wishes: Vec<String>,
    pub vetoes: Vec<String>,
    pub relatives: Vec<String>,
}

/// A mentee and a mentor by their identifiers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PairId {
    pub mentee: String,
    pub mentor: String,
}

/// All people of one matching, and what the commission has fixed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Input {
    pub mentees: Vec<Mentee>,
    pub mentors: Vec<Mentor>,
    /// Pairs that must be.
    pub locks: Vec<PairId>,
    /// Pairs that must not be.
    pub bans: Vec<PairId>,
    /// The pairs of the previous draft; people who are gone are skipped.
    pub previous: Vec<PairId>,
}
