//! Addresses of the pages about jobs.

use super::model::JobId;

pub const JOBS: &str = "/jobs";
pub const JOB: &str = "/jobs/{job}";
pub const RESULT: &str = "/jobs/{job}/result";
pub const CANCELLATION: &str = "/jobs/{job}/cancellation";
pub const REPETITION: &str = "/jobs/{job}/repetition";
pub const DISMISSAL: &str = "/jobs/{job}/dismissal";

impl JobId {
    /// Returns the path of the page that says how far the job is.
    pub fn show_path(self) -> String {
        format!("{JOBS}/{self}")
    }

    /// Returns the path of something done with the job: «result», «cancellation».
    pub fn path_to(self, what: &str) -> String {
        format!("{JOBS}/{self}/{what}")
    }
}
