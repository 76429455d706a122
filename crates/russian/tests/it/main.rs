//! What the crate promises, from outside.

#[cfg(test)]
mod forms;
#[cfg(test)]
mod names;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod posts;
#[cfg(test)]
mod properties;
