//! Costs and packed edges: the same solver runs on 4-byte, 8-byte and 16-byte edges.
//!
//! A row is sorted by cost and then by sink, which for a packed edge is one comparison of integers. Four bytes hold
//! questionnaire points (0..255) and sixteen million sinks; this halves the memory traffic of the hot loops.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use crate::numbers::at;

/// A signed integer that can carry costs, prices and distances.
pub(crate) trait Cost:
    Copy + Ord + Default + Debug + Send + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
    /// Stands for "not reached yet".
    const MAX: Self;
    const ONE: Self;
    /// No price or distance may pass this bound; the sum of four such numbers still fits.
    const LIMIT: Self;
    fn wide(self) -> i64;
    /// Returns the number, or `MAX` where it does not fit.
    fn of(value: i64) -> Self;
    /// Returns the first number or the second, without a branch.
    fn choose(first: bool, one: Self, other: Self) -> Self;
}

impl Cost for i32 {
    const MAX: Self = Self::MAX;
    const ONE: Self = 1;
    const LIMIT: Self = 1 << 28;
    fn wide(self) -> i64 {
        i64::from(self)
    }
    fn of(value: i64) -> Self {
        Self::try_from(value).unwrap_or(Self::MAX)
    }
    #[inline]
    fn choose(first: bool, one: Self, other: Self) -> Self {
        let mask = Self::from(first).wrapping_neg();
        one & mask | other & !mask
    }
}

impl Cost for i64 {
    const MAX: Self = Self::MAX;
    const ONE: Self = 1;
    const LIMIT: Self = 1 << 60;
    fn wide(self) -> i64 {
        self
    }
    fn of(value: i64) -> Self {
        value
    }
    #[inline]
    fn choose(first: bool, one: Self, other: Self) -> Self {
        let mask = Self::from(first).wrapping_neg();
        one & mask | other & !mask
    }
}

/// One admissible pair as the solver sees it; orders by cost, then by sink.
pub(crate) trait Edge: Copy + Ord + Send + Sync {
    type Cost: Cost;
    /// The largest cost that fits.
    const TOP: i64;
    /// The number of sinks that fits.
    const SINKS: usize;
    /// Packs an edge; the caller has checked `TOP` and `SINKS`.
    fn new(cost: i64, sink: u32) -> Self;
    fn sink(self) -> usize;
    fn cost(self) -> Self::Cost;
}

/// Cost in the upper 8 bits, sink in the lower 24.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Narrow(u32);

impl Edge for Narrow {
    type Cost = i32;
    const TOP: i64 = 255;
    const SINKS: usize = 1 << 24;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "costs are within 0..=TOP")]
    fn new(cost: i64, sink: u32) -> Self {
        Self((cost as u32) << 24 | sink)
    }
    fn sink(self) -> usize {
        at(self.0 & 0x00ff_ffff)
    }
    #[expect(clippy::cast_possible_wrap, reason = "eight bits")]
    fn cost(self) -> i32 {
        (self.0 >> 24) as i32
    }
}

/// Cost in the upper 32 bits, sink in the lower 32.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wide(u64);

impl Edge for Wide {
    type Cost = i32;
    const TOP: i64 = (1 << 27) - 1;
    const SINKS: usize = 1 << 31;
    #[expect(clippy::cast_sign_loss, reason = "costs are within 0..=TOP")]
    fn new(cost: i64, sink: u32) -> Self {
        Self((cost as u64) << 32 | u64::from(sink))
    }
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is the sink")]
    fn sink(self) -> usize {
        at(self.0 as u32)
    }
    fn cost(self) -> i32 {
        (self.0 >> 32) as i32
    }
}

/// Anything that passes the bounds of [`Wide`]: composite costs and very long alternating paths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Huge {
    cost: i64,
    sink: u32,
}

impl Edge for Huge {
    type Cost = i64;
    const TOP: i64 = 1 << 58;
    const SINKS: usize = 1 << 31;
    fn new(cost: i64, sink: u32) -> Self {
        Self { cost, sink }
    }
    fn sink(self) -> usize {
        at(self.sink)
    }
    fn cost(self) -> i64 {
        self.cost
    }
}
