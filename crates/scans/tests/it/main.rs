//! What the crate promises, from outside. No file is read: every scan is made by code, from a seed.

// Helpers of tests may unwrap; clippy knows them by this attribute, not by the folder.
#[cfg(test)]
mod files;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod paper;
#[cfg(test)]
mod stack;
