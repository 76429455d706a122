//! How the road map was carried out: the memo (5.1) and the control sheet of terms (5.2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BadInput, Checked, Official, School, bad};

/// The memo on the road map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoadmapMemo {
    pub school: School,
    pub year: String,
    pub as_of: NaiveDate,
    pub total: u32,
    pub done: u32,
    pub late: u32,
    pub overdue: u32,
    pub sections: Vec<MemoSection>,
    #[serde(default)]
    pub conclusions: Vec<String>,
    pub author: Official,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoSection {
    pub title: String,
    pub rows: Vec<MemoRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoRow {
    pub number: String,
    pub title: String,
    pub state: String,
    /// The indicator and what it reads.
    #[serde(default)]
    pub indicator: String,
    /// The documents that prove it.
    #[serde(default)]
    pub proof: String,
}

/// The control sheet of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlSheet {
    pub school: School,
    pub year: String,
    pub as_of: NaiveDate,
    pub rows: Vec<ControlRow>,
    pub author: Official,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlRow {
    pub number: String,
    pub title: String,
    pub due: String,
    pub responsible: String,
    #[serde(default)]
    pub done_on: Option<NaiveDate>,
    pub state: String,
}

impl Checked for RoadmapMemo {
    fn check(&self) -> Result<(), BadInput> {
        if u64::from(self.done) + u64::from(self.overdue) > u64::from(self.total) {
            return bad("total", "выполненных и просроченных больше, чем всего мероприятий.");
        }
        if self.late > self.done {
            return bad("late", "выполненных с опозданием больше, чем выполненных.");
        }
        Ok(())
    }
}

impl Checked for ControlSheet {}
