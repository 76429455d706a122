//! The few number conversions of the engine, each with the reason why nothing is lost.

/// Marks "nobody" where an index is expected.
pub(crate) const NONE: u32 = u32::MAX;

/// Returns a count as a 32-bit index; counts are checked against `u32::MAX` when a graph is built.
#[expect(clippy::cast_possible_truncation, reason = "a graph refuses more than u32::MAX - 1 people or places")]
pub(crate) const fn id(count: usize) -> u32 {
    count as u32
}

/// Returns a 32-bit index as a position in a slice.
pub(crate) const fn at(index: u32) -> usize {
    index as usize
}

/// Returns a count as a signed number; no slice is longer than `i64::MAX`.
#[expect(clippy::cast_possible_wrap, reason = "no slice is longer than i64::MAX")]
pub(crate) const fn signed(count: usize) -> i64 {
    count as i64
}
