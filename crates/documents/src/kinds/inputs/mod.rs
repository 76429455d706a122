//! What documents are filled with: one type per kind, and the pieces they share.
//!
//! Every type refuses fields it does not know. `Option` is a place that may stay blank on paper: a number the office
//! gives later, a passport that is written by hand.

mod agreements;
mod awards;
mod consents;
mod control;
mod minutes;
mod orders;
mod plans;
mod registers;

pub use agreements::{Duties, MentoringAgreement, Partner, PartnerAgreement, Party};
pub use awards::Award;
pub use consents::{Consent, Representative, Signer, Subject};
pub use control::{ControlRow, ControlSheet, MemoRow, MemoSection, RoadmapMemo};
pub use minutes::{CouncilMinutes, Question};
pub use orders::{
    AccessibilityAct, AmendmentOrder, AssignmentOrder, Changed, IntroductionOrder, Measure, Order, Pair, PlanEntry,
    PlansOrder, Task, Unit,
};
pub use plans::{IndividualPlan, PlanRow, PlanSection};
pub use registers::{
    MenteeBase, MenteeRow, MentorBase, MentorRow, PotentialMentor, PotentialMentors, Registry, RegistryRow,
};

use serde::{Deserialize, Serialize};

use super::BadInput;
use crate::sheet::Workbook;

/// What a type alone cannot say about an input.
pub trait Checked {
    fn check(&self) -> Result<(), BadInput> {
        Ok(())
    }
}

/// An input that is a table.
pub trait Sheets {
    fn workbook(&self) -> Workbook;
}

/// The school, as it writes itself on papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// The full name, as in the charter.
    pub name: String,
    pub short_name: String,
    /// Whose school it is, above the name; none where it is not written.
    #[serde(default)]
    pub authority: Option<String>,
    /// City or village of the papers.
    pub place: String,
    pub address: String,
    pub head: Official,
    /// Numbers of the school for agreements: ИНН, account, telephone.
    #[serde(default)]
    pub details: Option<String>,
}

/// Who signs or answers: a post and a full name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    pub post: String,
    pub name: String,
}

/// A refusal of a field.
fn bad(field: &str, sentence: &str) -> Result<(), BadInput> {
    Err(BadInput { field: field.to_owned(), sentence: sentence.to_owned() })
}
