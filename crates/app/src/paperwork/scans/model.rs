//! Stacks of scans and their pages. Pure.

use crate::{access::UserId, files::FileId, jobs::JobId, paperwork::model::PaperId};
use chrono::{DateTime, Utc};

database::id_type! {
    /// The id of a stack of scans.
    pub StackId;
    /// The id of a page of a stack.
    pub ScanPageId;
}

/// The most bytes of a stack, all files together.
pub const STACK_MAX: usize = 100 * 1024 * 1024;

/// The most files of a stack.
pub const FILES_MAX: usize = 300;

database::record! {
    /// A stack of scans.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Stack {
        pub id: StackId,
        pub created_at: DateTime<Utc>,
        pub created_by: UserId,
        pub created_by_name: Option<String>,
        pub job_id: Option<JobId>,
        /// When its last page was read.
        pub read_at: Option<DateTime<Utc>>,
        /// When nothing was left of it.
        pub finished_at: Option<DateTime<Utc>>,
        /// Papers that were filed out of it.
        pub filed: i64,
        /// Pages that wait.
        pub left_count: i64,
        pub version: i64,
    }

    /// A file of a stack.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ScanFile {
        pub place: i64,
        pub name: String,
        /// Its bytes, until they are read.
        pub file_id: Option<FileId>,
        /// Why it, or its rest, was not read; empty when all is well.
        pub trouble: String,
    }

    /// A page of a stack.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ScanPage {
        pub id: ScanPageId,
        pub place: i64,
        pub file_name: String,
        pub number: i64,
        /// Empty when there is none.
        pub code: String,
        /// How many pages its paper has when it is printed; 0 when nobody has counted.
        pub expected: i64,
        pub picture_id: Option<FileId>,
        /// Why it cannot be filed by itself; empty when all is well.
        pub trouble: String,
        /// The paper somebody has chosen for it.
        pub paper_id: Option<PaperId>,
        pub is_dropped: bool,
    }
}

impl ScanPage {
    /// Says where the page stands: «Скан.pdf, страница 3».
    pub fn place_text(&self) -> String {
        format!("{}, страница {}", self.file_name, self.number)
    }
}
