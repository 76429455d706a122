//! Long work beside the pages: batches of papers, folders of evidence, stacks of scans.
//!
//! Rules kept: a job is taken in a transaction with a lease, so that one server works on it and a killed server's job
//! runs again; it works with the roles and the sight its user has when it runs, not when it was asked for (security
//! rule 11); only who asked sees it, to everybody else it does not exist; a result is not handed out when people went
//! out of sight after the work began; results are forgotten after [`model::DAYS_KEPT`] days.
//!
//! A slice offers a [`Kind`]; all of them stand in `router::JOBS`.

pub mod actions;
mod forgetting;
mod keeper;
mod kind;
pub mod model;
pub mod pages;
pub mod paths;
mod queries;
mod runner;

pub use actions::{NewJob, ask, ask_in};
pub use forgetting::forget_old;
pub use kind::{Done, Forget, Jobs, Kind, Pulse, Running, Unfinished, Work};
pub use model::{JobId, JobState};
pub(crate) use queries::ALL as QUERIES;
pub use runner::{Runner, run_next};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}
