#![doc = include_str!("../README.md")]

mod candidates;
pub mod certificate;
pub mod control;
pub mod criteria;
mod describe;
pub mod explain;
pub mod graph;
mod groups;
mod kernel;
mod lexicographic;
mod limits;
pub mod matching;
mod numbers;
pub mod people;
mod prices;
pub mod proposal;
pub mod protocol;
pub mod scenario;
pub mod stable;
pub mod task;
mod ties;
pub mod verify;
mod worst_pair;

pub use control::Control;
pub use graph::{CandidateGraph, GraphBuilder};
pub use matching::Matching;
pub use people::model::{Input, Mentee, Mentor, PairId};
pub use people::settings::Settings;
pub use proposal::{Proposal, ProposeError, propose, propose_again};
pub use task::{Answer, Objectives, SolveError, Task};
pub use verify::{Flaw, verify};

/// Returns an optimal answer.
pub fn solve(task: &Task, control: Control) -> Result<Answer, SolveError> {
    groups::solve(task, None, control)
}
