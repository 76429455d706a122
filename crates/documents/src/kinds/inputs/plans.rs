//! The individual plan of a pair.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Checked, School, Unit};

/// A plan (МР-42/02: «Индивидуальный план развития под руководством наставника»).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndividualPlan {
    pub school: School,
    #[serde(default)]
    pub number: Option<String>,
    pub form: String,
    pub role_model: String,
    pub mentor: Unit,
    pub mentee: Unit,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub goal: String,
    pub sections: Vec<PlanSection>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSection {
    pub title: String,
    pub rows: Vec<PlanRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRow {
    pub task: String,
    pub term: String,
    pub planned: String,
    #[serde(default)]
    pub actual: String,
    #[serde(default)]
    pub grade: String,
}

impl Checked for IndividualPlan {}
