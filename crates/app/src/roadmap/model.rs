//! The programme of a school year and its road map, as they are stored. Pure.

use super::{
    indicator::Rule,
    state::{RowFacts, RowState},
    term::{Doubt, Term, Window},
};
use crate::{access::UserId, files::FileId, school_year::SchoolYear};
use chrono::{DateTime, NaiveDate, Utc};
use database::Json;
use serde::{Deserialize, Serialize};

database::id_type! {
    /// The id of a programme: one school in one school year.
    pub ProgrammeId;
    /// The id of a section of a road map.
    pub SectionId;
    /// The id of a row of a road map.
    pub RowId;
    /// The id of a task of a row.
    pub TaskId;
    /// The id of a note of a row.
    pub NoteId;
    /// The id of a document of a row, whatever its versions.
    pub DocumentId;
    /// The id of a value entered by hand.
    pub ReadingId;
    /// The id of a road map that was read from a file and waits for a decision.
    pub ImportId;
}

database::stored_as_text! {
    /// Where a programme stands.
    pub enum ProgrammeState {
        /// Being prepared by the wizard; only the coordinator works on it.
        Draft = "draft" => "черновик",
        /// The year runs.
        Running = "running" => "идёт",
        /// The year is over; nothing changes any more.
        Sealed = "sealed" => "завершён",
    }

    /// Where the rows of a programme came from.
    pub enum Origin {
        Template = "template" => "встроенный шаблон",
        Import = "import" => "файл школы",
        PastYear = "past_year" => "прошлый год",
    }
}

database::record! {
    /// A programme: one school in one school year.
    #[derive(Debug, Clone)]
    pub struct Programme {
        pub id: ProgrammeId,
        pub school_year: i64,
        pub title: String,
        pub state: ProgrammeState,
        pub origin: Origin,
        pub created_at: DateTime<Utc>,
        pub started_at: Option<DateTime<Utc>>,
        pub version: i64,
    }

    /// A section of a road map.
    #[derive(Debug, Clone)]
    pub struct Section {
        pub id: SectionId,
        pub position: i64,
        pub number: String,
        pub title: String,
    }

    /// A row of a road map.
    #[derive(Debug, Clone)]
    pub struct Row {
        pub id: RowId,
        pub programme_id: ProgrammeId,
        pub section_id: SectionId,
        pub position: i64,
        pub number: String,
        pub title: String,
        /// The term as it was written; the parsed one stands beside it.
        pub term_text: String,
        pub term: Json<Term>,
        /// The first and the last day of the term in this school year, both included.
        pub starts_on: Option<NaiveDate>,
        pub due_on: Option<NaiveDate>,
        /// A person has looked at a doubtful term.
        pub term_settled: bool,
        pub expected_result: String,
        /// The kind of document the row is proven by, e.g. «Приказ»; empty when none.
        pub document_kind: String,
        pub indicator_text: String,
        pub rules: Json<Vec<Rule>>,
        pub doubts: Json<Vec<StoredDoubt>>,
        /// What the template or the import says about the row, for whoever answers for it.
        pub remark: String,
        pub done_on: Option<NaiveDate>,
        pub confirmed_at: Option<DateTime<Utc>>,
        pub confirmed_by: Option<UserId>,
        /// Why the row was confirmed although its rule was not met; stays visible.
        pub unproven_reason: Option<String>,
        pub accepted_at: Option<DateTime<Utc>>,
        pub accepted_by: Option<UserId>,
        pub cancelled_on: Option<NaiveDate>,
        pub cancel_reason: Option<String>,
        pub version: i64,
    }

    /// Somebody who answers for a row, by post or in person.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Responsible {
        pub row_id: RowId,
        pub position: i64,
        /// As it was written: «методист», «классные руководители».
        pub label: String,
        /// The post as a word, when it is one the program knows.
        pub post: Option<String>,
        /// The person: named for this row, or holding the post in the programme.
        pub user_id: Option<UserId>,
        pub user_name: Option<String>,
        /// The person is named for this row, not through the post.
        pub is_personal: bool,
    }

    /// A number entered by hand.
    #[derive(Debug, Clone)]
    pub struct HandReading {
        pub row_id: RowId,
        pub measure: String,
        pub as_of: NaiveDate,
        pub numerator: i64,
        pub denominator: Option<i64>,
        pub parts: Json<Vec<Part>>,
        pub source: String,
        pub entered_at: DateTime<Utc>,
        pub entered_by_name: String,
    }

    /// One day of an indicator's history.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Snapshot {
        pub row_id: RowId,
        pub measure: String,
        pub taken_on: NaiveDate,
        pub numerator: i64,
        pub denominator: Option<i64>,
        pub is_met: bool,
    }

    /// How many records of each kind a row has.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub struct RecordCounts {
        pub row_id: RowId,
        pub documents: i64,
        pub tasks: i64,
        pub tasks_open: i64,
        pub notes: i64,
    }

    /// Something to be done for a row.
    #[derive(Debug, Clone)]
    pub struct Task {
        pub id: TaskId,
        pub row_id: RowId,
        pub text: String,
        pub due_on: Option<NaiveDate>,
        pub user_name: Option<String>,
        pub done_at: Option<DateTime<Utc>>,
        pub done_by_name: Option<String>,
    }

    /// Something said about a row.
    #[derive(Debug, Clone)]
    pub struct Note {
        pub id: NoteId,
        pub text: String,
        pub created_at: DateTime<Utc>,
        pub author: String,
    }

    /// A version of a document of a row, the newest first.
    #[derive(Debug, Clone)]
    pub struct DocumentVersion {
        pub document_id: DocumentId,
        pub title: String,
        pub version: i64,
        pub file_id: FileId,
        pub file_name: String,
        pub size: i64,
        pub sha256: String,
        pub added_at: DateTime<Utc>,
        pub added_by_name: String,
    }

    /// The newest version of a document of a row.
    #[derive(Debug, Clone)]
    pub struct RowDocument {
        pub row_id: RowId,
        pub title: String,
        pub version: i64,
        pub file_id: FileId,
        pub added_at: DateTime<Utc>,
    }

    /// A post of the programme and who holds it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PostHolder {
        pub post: String,
        pub user_id: UserId,
    }
}

impl Default for RowId {
    fn default() -> Self {
        Self::from(uuid::Uuid::nil())
    }
}

/// A part of a value entered by hand: «обучающиеся 10–18 лет: 341 из 620».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    pub numerator: i64,
    pub denominator: Option<i64>,
}

/// Something about a row a person should look at, with the correction the program proposes for its term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDoubt {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Term>,
}

impl From<Doubt> for StoredDoubt {
    fn from(doubt: Doubt) -> Self {
        Self { text: doubt.to_string(), suggestion: doubt.suggestion }
    }
}

impl Programme {
    /// Tells whether the school year is over on a day.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.year().last_day() < today
    }

    /// Returns the school year; a stored number outside the calendar is the nearest year.
    pub fn year(&self) -> SchoolYear {
        let start = i32::try_from(self.school_year).unwrap_or(i32::MAX);
        SchoolYear::starting_in(start).unwrap_or(if start < 0 { SchoolYear::FIRST } else { SchoolYear::LAST })
    }
}

impl Section {
    /// Returns «1 Организационно-методическое сопровождение».
    pub fn caption(&self) -> String {
        format!("{} {}", self.number, self.title).trim().to_owned()
    }
}

impl Row {
    /// Returns the days of the term.
    pub fn window(&self) -> Option<Window> {
        Some(Window { from: self.starts_on?, to: self.due_on? })
    }

    /// Returns the doubts nobody has settled yet.
    pub fn open_doubts(&self) -> &[StoredDoubt] {
        if self.term_settled { &[] } else { &self.doubts.0 }
    }

    /// Returns «1.4 Заключение соглашений…».
    pub fn caption(&self) -> String {
        if self.number.is_empty() { self.title.clone() } else { format!("{} {}", self.number, self.title) }
    }

    /// Returns what the state follows from.
    pub fn facts(&self, has_records: bool) -> RowFacts {
        RowFacts {
            window: self.window(),
            cancelled_on: self.cancelled_on,
            done_on: self.done_on,
            is_accepted: self.accepted_at.is_some(),
            has_records,
        }
    }

    /// Returns the state on a day.
    pub fn state(&self, has_records: bool, today: NaiveDate) -> RowState {
        super::state::state(&self.facts(has_records), today)
    }

    /// Tells whether the row is a total over the other rows (5.1, 5.2): such rows do not count themselves.
    pub fn is_total(&self) -> bool {
        self.rules.0.iter().any(|rule| super::measures::is_total(&rule.measure))
    }
}
