//! Stories of who takes part: settings, coverage, the way into the base, registers, applications.

pub mod applications;
mod coverage;
mod filling;
mod funnel;
mod readiness;
mod registers;
mod settings;
mod sight;
mod words;
