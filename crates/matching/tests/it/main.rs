//! The engine against brute force, against itself and against its verifier.

mod brute;
mod optimum;
mod people;
mod proposals;
mod random;
mod stability;
