//! The matching engine: people and wishes in, proposals with reasons out.

mod candidates;
pub mod certificate;
pub mod control;
pub mod criteria;
pub mod graph;
mod kernel;
mod lexicographic;
mod numbers;
pub mod people;
pub mod stable;
pub mod task;
pub mod verify;

pub use control::Control;
pub use graph::{CandidateGraph, GraphBuilder};
pub use task::{Answer, Objectives, SolveError, Task};
pub use verify::{Flaw, verify};

/// Returns an optimal answer.
pub fn solve(task: &Task, control: Control) -> Result<Answer, SolveError> {
    lexicographic::solve(task, &[], None, control)
}
