//! Minutes of a pedagogical council.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BadInput, Checked, School, bad};

/// Minutes; the share of those present proves road map 4.3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CouncilMinutes {
    pub school: School,
    pub number: String,
    pub date: NaiveDate,
    pub present: u32,
    /// Pedagogical staff in all.
    pub staff: u32,
    #[serde(default)]
    pub invited: Vec<String>,
    pub questions: Vec<Question>,
    pub chair: String,
    pub secretary: String,
}

/// A question of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub title: String,
    /// Who reported and on what.
    pub heard: String,
    /// Who spoke and what was said.
    #[serde(default)]
    pub spoken: Vec<String>,
    pub decided: Vec<String>,
    #[serde(default)]
    pub votes: Option<Votes>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    pub yes: u32,
    pub no: u32,
    pub abstained: u32,
}

impl Checked for CouncilMinutes {
    fn check(&self) -> Result<(), BadInput> {
        if self.present > self.staff {
            return bad("present", "присутствует больше, чем всего работников.");
        }
        for (index, question) in self.questions.iter().enumerate() {
            let counted = |votes: Votes| votes.yes.saturating_add(votes.no).saturating_add(votes.abstained);
            if question.votes.is_some_and(|votes| counted(votes) > self.present) {
                return bad(&format!("questions[{index}].votes"), "голосов больше, чем присутствующих.");
            }
        }
        Ok(())
    }
}
