//! What many times come to.

use std::fmt;

/// Percentiles of a set of times, in milliseconds.
pub struct Figures {
    p50: f64,
    p95: f64,
    p99: f64,
}

impl Figures {
    /// Returns the percentiles by nearest rank.
    pub fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        let rank = |percent: usize| times.get((times.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        let [p50, p95, p99] = [50, 95, 99].map(|percent| rank(percent).unwrap_or(f64::NAN));
        Self { p50, p95, p99 }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p50 {:>6.1}  p95 {:>6.1}  p99 {:>6.1} ms", self.p50, self.p95, self.p99)
    }
}
