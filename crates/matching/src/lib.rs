//! The matching engine: people and wishes in, proposals with reasons out.

pub mod certificate;
pub mod control;
pub mod graph;
mod kernel;
mod lexicographic;
mod numbers;
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
