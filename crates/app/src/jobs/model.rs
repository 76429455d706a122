//! A job as it is stored. Pure.

use crate::{access::UserId, audit::Event, files::FileId};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use database::Json;

database::id_type! {
    /// The id of a job.
    pub JobId;
    /// The id of one attempt at a job: what another attempt has taken over cannot be finished any more.
    pub ClaimId;
}

database::stored_as_text! {
    /// How far a job is.
    pub enum JobState {
        Queued = "queued" => "в очереди",
        Running = "running" => "выполняется",
        Done = "done" => "готово",
        Failed = "failed" => "не выполнено",
        Cancelled = "cancelled" => "отменено",
    }
}

/// Days after which a finished job and its result are forgotten.
pub const DAYS_KEPT: u64 = 7;

/// How long a server that gives no sign of life is believed to work on a job.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How long a job waits after the machine failed it: a busy database, a full disk.
pub const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// How often a job is begun: one that kills its server must not kill it for ever.
pub const ATTEMPTS_MAX: i64 = 3;

/// Acts that take people out of sight: a result made before them may show who must not be seen any more. A change of the
/// account of who asked is one more.
pub const SPOILING: [Event; 3] = [Event::ConsentWithdrawn, Event::ClassTeacherSet, Event::PersonErased];

database::record! {
    /// A job.
    #[derive(Debug, Clone)]
    pub struct Job {
        pub id: JobId,
        pub school_id: crate::access::SchoolId,
        pub user_id: UserId,
        pub kind: String,
        pub title: String,
        pub payload: Json<serde_json::Value>,
        pub state: JobState,
        pub done: i64,
        pub total: i64,
        pub sentence: String,
        pub file_id: Option<FileId>,
        pub page: String,
        pub attempts: i64,
        pub stamp: i64,
        pub asked_at: DateTime<Utc>,
        pub finished_at: Option<DateTime<Utc>>,
        pub taken_at: Option<DateTime<Utc>>,
    }
}

impl JobState {
    /// Tells whether a job in this state waits for the program.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

impl Job {
    /// Tells whether the job ended in something its user has not looked at yet.
    pub fn is_news(&self) -> bool {
        matches!(self.state, JobState::Done | JobState::Failed) && self.taken_at.is_none()
    }

    /// Tells whether something came of the job that can be opened or saved.
    pub fn has_result(&self) -> bool {
        self.state == JobState::Done && (self.file_id.is_some() || !self.page.is_empty())
    }

    /// Returns the last day on which the result is kept, where the school is.
    pub fn kept_until(&self, zone: Tz) -> Option<NaiveDate> {
        self.finished_at.map(|at| crate::clock::day_in(at, zone) + Days::new(DAYS_KEPT))
    }
}
