//! An upload of lists and what becomes of its rows. Pure.

use crate::{audit::Change, people::PersonId};
use serde::{Deserialize, Serialize};

database::stored_as_text! {
    /// Where an upload stands.
    pub enum ImportState {
        Reading = "reading" => "читается",
        Comparing = "comparing" => "сравнивается с записями",
        Ready = "ready" => "ждёт решения",
        Applied = "applied" => "загружен",
    }

    /// What is to become of a row.
    pub enum Outcome {
        New = "new" => "новые",
        Changed = "changed" => "изменённые",
        Same = "same" => "без изменений",
        Unclear = "unclear" => "неясные",
        Failed = "failed" => "не прочитаны",
        /// A consent was withdrawn: the record is neither shown nor changed.
        Withdrawn = "withdrawn" => "не обновляются",
        /// Another line about a person of an earlier row.
        Repeat = "repeat" => "повторы",
        Noise = "noise" => "пропущены",
        /// Read, not compared yet.
        Read = "read" => "прочитаны",
    }
}

/// A file of an upload.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListFile {
    pub name: String,
    pub rows: i64,
    /// Why it was not read, in a sentence.
    #[serde(default)]
    pub refusal: String,
}

/// How many rows there are of each outcome, and what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows that were read so far.
    pub read: i64,
    /// Rows that were compared so far.
    pub compared: i64,
    pub new: i64,
    pub changed: i64,
    pub same: i64,
    pub unclear: i64,
    pub failed: i64,
    pub withdrawn: i64,
    pub repeat: i64,
    pub noise: i64,
    /// Pupils of the uploaded classes whom no row names.
    #[serde(default)]
    pub departed: Vec<PersonId>,
}

/// What is to be done with a row, as it was found by comparing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RowPlan {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Who of the records it may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<PersonId>,
    /// The earlier row about the same person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<i64>,
}

/// What a person decided about an unclear row; nothing decided leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    New,
    This(PersonId),
}

impl Choice {
    /// Reads the word that is stored and sent.
    pub fn read(word: &str) -> Self {
        match word {
            "new" => Self::New,
            other => other.parse().map_or(Self::Undecided, Self::This),
        }
    }
}

impl Counts {
    /// Counts a row.
    pub fn add(&mut self, outcome: Outcome) {
        let slot = match outcome {
            Outcome::New => &mut self.new,
            Outcome::Changed => &mut self.changed,
            Outcome::Same => &mut self.same,
            Outcome::Unclear => &mut self.unclear,
            Outcome::Failed => &mut self.failed,
            Outcome::Withdrawn => &mut self.withdrawn,
            Outcome::Repeat => &mut self.repeat,
            Outcome::Noise => &mut self.noise,
            Outcome::Read => return,
        };
        *slot += 1;
    }

    /// Returns how many rows have an outcome.
    pub fn of(&self, outcome: Outcome) -> i64 {
        match outcome {
            Outcome::New => self.new,
            Outcome::Changed => self.changed,
            Outcome::Same => self.same,
            Outcome::Unclear => self.unclear,
            Outcome::Failed => self.failed,
            Outcome::Withdrawn => self.withdrawn,
            Outcome::Repeat => self.repeat,
            Outcome::Noise => self.noise,
            Outcome::Read => self.read,
        }
    }
}

database::record! {
    /// A record as the comparing knows it: hidden and merged ones too, so that nobody is made anew.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Known {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub name_key: String,
        pub born_on: Option<chrono::NaiveDate>,
        pub sex: Option<crate::people::Sex>,
        pub phone: String,
        pub email: String,
        pub journal_id: String,
        pub workplace: String,
        pub note: String,
        pub left_on: Option<chrono::NaiveDate>,
        pub is_hidden: bool,
        pub merged_into: Option<PersonId>,
        pub version: i64,
        pub is_pupil: bool,
        pub grade: Option<i64>,
        pub letter: Option<String>,
        pub class_year: Option<i64>,
        pub post: Option<String>,
        pub is_teaching: Option<bool>,
        pub teaches_since: Option<chrono::NaiveDate>,
        pub user_id: Option<crate::access::UserId>,
    }
}

impl Known {
    /// Returns the current class, «8А».
    pub fn class(&self) -> String {
        self.grade.map_or_else(String::new, |grade| format!("{grade}{}", self.letter.as_deref().unwrap_or_default()))
    }
}
