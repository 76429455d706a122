//! What the page of a row loads and what its small forms were sent.

use crate::{
    access::SchoolId,
    error::Answer,
    paperwork::{
        ProvenRowId,
        queries::{self as papers, RowPaper},
    },
    roadmap::{
        model::{DocumentVersion, HandReading, Note, RowId, Snapshot, Task},
        queries,
    },
    web::{Errors, ui::form::ErrorSummary},
};
use database::Tx;
use std::collections::HashMap;

/// The records of one row.
pub struct Records {
    pub documents: Vec<DocumentVersion>,
    /// Papers of the school that prove the row, or will once they are signed.
    pub papers: Vec<RowPaper>,
    pub tasks: Vec<Task>,
    pub notes: Vec<Note>,
    pub snapshots: Vec<Snapshot>,
    /// Values entered by hand by measure, the newest first.
    pub readings: HashMap<String, Vec<HandReading>>,
}

impl Records {
    /// Loads the records of a row.
    pub async fn load(tx: &mut Tx, school: SchoolId, id: RowId) -> Answer<Self> {
        let row = queries::row(tx, school, id).await?;
        let mut readings = HashMap::new();
        for rule in &row.rules.0 {
            let entered = queries::readings_of_measure(tx, school, row.programme_id, &rule.measure).await?;
            readings.insert(rule.measure.clone(), entered);
        }
        Ok(Self {
            documents: queries::documents(tx, school, id).await?,
            papers: papers::of_row(tx, school, ProvenRowId::from(id.uuid())).await?,
            tasks: queries::tasks(tx, school, id).await?,
            notes: queries::notes(tx, school, id).await?,
            snapshots: queries::snapshots_of_row(tx, school, id).await?,
            readings,
        })
    }
}

/// What was typed into one of the small forms of the page and is wrong with it.
#[derive(Debug, Default)]
pub struct Typed {
    /// Which form: «task», «note», «document».
    pub form: &'static str,
    pub values: HashMap<&'static str, String>,
    pub errors: Errors,
}

impl Typed {
    /// Returns itself if it is about this form.
    pub fn of(&self, form: &str) -> Option<&Self> {
        (self.form == form).then_some(self)
    }

    /// Returns what was typed into a field of the form.
    pub fn value(&self, form: &str, name: &str) -> String {
        self.of(form).and_then(|typed| typed.values.get(name)).cloned().unwrap_or_default()
    }

    /// Returns what is wrong with a field of the form.
    pub fn error(&self, form: &str, name: &str) -> Option<String> {
        self.of(form).and_then(|typed| typed.errors.of(name)).map(str::to_owned)
    }

    /// Returns everything that is wrong with the form.
    pub fn summary(&self, form: &str) -> ErrorSummary {
        self.of(form).map(|typed| (&typed.errors).into()).unwrap_or_default()
    }
}
