//! Addresses of the pages of the road map.

use super::model::{DocumentId, ImportId, Programme, ProgrammeId, Row, RowId, TaskId};

pub const ROADMAP: &str = "/roadmap";
pub const TIMELINE: &str = "/roadmap/timeline";
pub const CALENDAR: &str = "/roadmap/calendar";
pub const PRINT: &str = "/roadmap/print";
pub const EXPORT: &str = "/roadmap/export/{format}";
/// The folder of evidence, made by a slice that stands after this one.
pub const EVIDENCE: &str = "/roadmap/evidence";
pub const IMPORT: &str = "/roadmap/import";
pub const IMPORTED: &str = "/roadmap/imports/{import}";
pub const ADOPTION: &str = "/roadmap/imports/{import}/adoption";
pub const STATEMENT: &str = "/control/statement";
pub const STATEMENT_XLSX: &str = "/control/statement.xlsx";
pub const DEADLINES: &str = "/control/deadlines";
pub const DEADLINES_XLSX: &str = "/control/deadlines.xlsx";
pub const STATEMENT_PAPER: &str = "/control/statement/paper";
pub const DEADLINES_PAPER: &str = "/control/deadlines/paper";
pub const YEARS: &str = "/years";
pub const NEW_YEAR: &str = "/years/new";
pub const DRAFT: &str = "/years/{programme}";
pub const POSTS: &str = "/years/{programme}/posts";
pub const START: &str = "/years/{programme}/start";
pub const REMOVAL: &str = "/years/{programme}/removal";
pub const SEALING: &str = "/years/{programme}/sealing";
pub const NEW_ROW: &str = "/years/{programme}/rows/new";
pub const ROW: &str = "/roadmap/rows/{row}";
pub const EDIT: &str = "/roadmap/rows/{row}/edit";
pub const ROW_REMOVAL: &str = "/roadmap/rows/{row}/removal";
pub const CONFIRMATION: &str = "/roadmap/rows/{row}/confirmation";
pub const WITHDRAWAL: &str = "/roadmap/rows/{row}/withdrawal";
pub const ACCEPTANCE: &str = "/roadmap/rows/{row}/acceptance";
pub const RETURN: &str = "/roadmap/rows/{row}/return";
pub const CANCELLATION: &str = "/roadmap/rows/{row}/cancellation";
pub const RESTORATION: &str = "/roadmap/rows/{row}/restoration";
pub const TERM_CORRECTION: &str = "/roadmap/rows/{row}/term-correction";
pub const TERM_CHECK: &str = "/roadmap/rows/{row}/term-check";
pub const READING: &str = "/roadmap/rows/{row}/readings/{measure}";
pub const TASKS: &str = "/roadmap/rows/{row}/tasks";
pub const TASK_COMPLETION: &str = "/roadmap/rows/{row}/tasks/{task}/completion";
pub const TASK_REOPENING: &str = "/roadmap/rows/{row}/tasks/{task}/reopening";
pub const NOTES: &str = "/roadmap/rows/{row}/notes";
pub const DOCUMENTS: &str = "/roadmap/rows/{row}/documents";
pub const DOCUMENT_VERSIONS: &str = "/roadmap/rows/{row}/documents/{document}/versions";
pub const DOCUMENT_VERSION: &str = "/roadmap/rows/{row}/documents/{document}/versions/{version}";
pub const DOCUMENT_REMOVAL: &str = "/roadmap/rows/{row}/documents/{document}/removal";

/// Returns the path where the folder of evidence of a row is asked for.
pub fn row_evidence_path(id: RowId) -> String {
    format!("{EVIDENCE}?row={id}")
}

/// Returns the path of a row.
pub fn row_path(id: RowId) -> String {
    format!("/roadmap/rows/{id}")
}

/// Returns the path of the preview of a road map that was read.
pub fn import_path(id: ImportId) -> String {
    format!("/roadmap/imports/{id}")
}

/// Returns the path where a road map that was read is taken over.
pub fn adoption_path(id: ImportId) -> String {
    format!("{}/adoption", import_path(id))
}

/// Returns the path where the road map is saved as a file of a format: «docx», «xlsx», «ics».
pub fn export_path(format: &str) -> String {
    EXPORT.replace("{format}", format)
}

/// Returns the path of a programme that is being prepared.
pub fn draft_path(id: ProgrammeId) -> String {
    format!("/years/{id}")
}

impl Row {
    /// Returns the path of the row's page.
    pub fn show_path(&self) -> String {
        row_path(self.id)
    }

    /// Returns the path of a part of the row: «confirmation», «edit» …
    pub fn part_path(&self, part: &str) -> String {
        format!("{}/{part}", self.show_path())
    }

    /// Returns the path where a number of a measure is entered.
    pub fn reading_path(&self, measure: &str) -> String {
        self.part_path(&format!("readings/{measure}"))
    }

    /// Returns the path of an act on a task of the row.
    pub fn task_path(&self, task: TaskId, act: &str) -> String {
        self.part_path(&format!("tasks/{task}/{act}"))
    }

    /// Returns the path of a part of a document of the row.
    pub fn document_path(&self, document: DocumentId, part: &str) -> String {
        self.part_path(&format!("documents/{document}/{part}"))
    }
}

impl Programme {
    /// Returns the path of the road map of this year, or of its preparation.
    pub fn show_path(&self) -> String {
        match self.state {
            super::model::ProgrammeState::Draft => draft_path(self.id),
            _ => format!("{ROADMAP}?year={}", self.school_year),
        }
    }

    /// Returns the path of a step of the year: «posts», «start», «removal», «rows/new», «sealing».
    pub fn step_path(&self, step: &str) -> String {
        format!("{}/{step}", draft_path(self.id))
    }
}
