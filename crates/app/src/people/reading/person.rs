//! A person as a row of a list tells.

use crate::people::{ClassName, FullName, Grounds, Sex};
use chrono::NaiveDate;

/// What one row says about somebody.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadPerson {
    pub name: FullName,
    pub born_on: Option<NaiveDate>,
    pub sex: Option<Sex>,
    /// The sex follows from the patronymic: it fills a gap and corrects nothing.
    pub sex_is_guess: bool,
    pub class: Option<ClassName>,
    pub journal_id: String,
    pub phone: String,
    pub email: String,
    pub guardians: Vec<ReadGuardian>,
    /// Absent for a pupil.
    pub staff: Option<ReadStaff>,
    /// What of the row is not taken, in sentences.
    pub remarks: Vec<String>,
}

/// A representative.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadGuardian {
    pub name: FullName,
    pub grounds: Grounds,
    pub phone: String,
    pub email: String,
}

/// A post.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadStaff {
    pub post: String,
    pub is_teaching: bool,
    pub since: Option<Since>,
}

/// From when pedagogical service counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    Day(NaiveDate),
    /// Full years of service on the day of reading.
    Years(u32),
}
