//! Reasons as data: why this pair, why nobody, and what would change it.

pub(crate) mod change;
pub mod fairness;
pub mod pairs;
mod residual;
mod trial;
pub mod unmatched;
mod witness;

pub use change::Change;
