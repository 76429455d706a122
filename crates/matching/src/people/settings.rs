//! The rules and weights of a matching.

use serde::{Deserialize, Serialize};

/// How the classes of the two have to stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClassRule {
    #[default]
    Any,
    Same,
    Other,
}

/// Points for each criterion; a pair's score is the sum of the shares it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weights {
    /// Requests met by competences.
    pub request: u32,
    /// Common interests (Jaccard).
    pub interests: u32,
    /// The mentee named the mentor.
    pub mentee_wish: u32,
    /// The mentor named the mentee.
    pub mentor_wish: u32,
    /// Both ages are as wished.
    pub age: u32,
    /// Common time slots, up to [`FormSettings::full_overlap`].
    pub time: u32,
    /// The mentor has places left compared to the capacity.
    pub balance: u32,
    /// The mentee has priority.
    pub priority: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            request: 35,
            interests: 15,
            mentee_wish: 15,
            mentor_wish: 10,
            age: 10,
            time: 10,
            balance: 5,
            priority: 0,
        }
    }
}

/// The rules of one form of mentoring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormSettings {
    pub code: String,
    /// The least and the largest difference "mentor's age minus mentee's age"; unknown ages are not compared.
    pub age_gap: Option<(i32, i32)>,
    pub class: ClassRule,
    pub clearance: bool,
    /// The least number of common time slots; zero switches the rule off.
    pub common_slots: u32,
    /// Whether a common language is required.
    pub language: bool,
    /// Whether a common place is required.
    pub place: bool,
    /// The number of common slots that counts as full overlap.
    pub full_overlap: u32,
    /// Percent of the wish weight by rank of the wish; further wishes count as the last.
    pub wish_percent: Vec<u32>,
    pub weights: Weights,
}

impl Default for FormSettings {
    fn default() -> Self {
        Self {
            code: String::new(),
            age_gap: None,
            class: ClassRule::Any,
            clearance: false,
            common_slots: 1,
            language: true,
            place: false,
            full_overlap: 3,
            wish_percent: vec![100, 70, 40],
            weights: Weights::default(),
        }
    }
}

/// How pairs are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// The objectives in their strict order.
    #[default]
    Optimal,
    /// No mentee and mentor would both rather have each other.
    Mutual,
}

/// All settings of a matching.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub mode: Mode,
    pub forms: Vec<FormSettings>,
    /// Whether the worst pair outranks the total.
    pub worst_pair: bool,
    /// Keeps only the best candidates of each mentee; `None` keeps all. The optimum is then the best among these.
    pub candidates_per_mentee: Option<u32>,
    /// Threads for building candidates; zero and one both mean one. Never changes a result.
    pub threads: usize,
}
