//! The engine against brute force, against itself and against its verifier.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own data has failed")]

mod brute;
mod changes;
mod larger;
mod mutations;
mod optimum;
mod people;
mod proposals;
mod random;
mod reasons;
mod refusals;
mod stability;
mod ties;
