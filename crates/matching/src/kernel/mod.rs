//! The solver proper: numbers in, numbers out. Nothing here knows what a mentor is.

pub(crate) mod auction;
pub(crate) mod blocks;
mod chunks;
pub(crate) mod coverage;
pub(crate) mod edge;
mod forced;
mod group_seats;
pub(crate) mod parts;
pub(crate) mod paths;
pub(crate) mod queue;
pub(crate) mod rows;
pub(crate) mod seats;
pub(crate) mod table;
pub(crate) mod transport;

use crate::control::{Control, Progress, Stage};

/// Why a transportation problem was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Somebody cannot be seated.
    Infeasible,
    /// A price left the range of the cost type; a wider one must be taken.
    Overflow,
    /// The caller asked to stop.
    Cancelled,
}

/// Asks the caller now and then whether to go on.
#[derive(Clone, Copy)]
pub(crate) struct Stop<'a> {
    pub(crate) control: Control<'a>,
    pub(crate) stage: Stage,
}

impl Stop<'_> {
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.control.goes_on(Progress { stage: self.stage }) { Ok(()) } else { Err(Failure::Cancelled) }
    }
}
