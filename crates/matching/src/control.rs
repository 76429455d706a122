//! Progress and cancellation.

/// What the engine is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looking for admissible pairs.
    Candidates,
    /// Counting how many mentees can be placed at all.
    Coverage,
    /// Looking for the best worst pair.
    WorstPair,
    /// Looking for the best total fit.
    Total,
    /// Keeping as many earlier pairs as possible.
    Changes,
    /// Letting mentees and mentors choose each other.
    Mutual,
    /// Explaining the result.
    Explanations,
}

/// One sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
}

/// The caller's hand on the engine: is told of progress, answers whether to go on.
///
/// It is called often, from the thread that solves; it must be quick. It never changes a result, only whether there
/// is one.
#[derive(Clone, Copy, Default)]
pub struct Control<'a> {
    watch: Option<&'a (dyn Fn(Progress) -> bool + Sync)>,
}

impl<'a> Control<'a> {
    /// Lets the engine run to its end.
    pub const fn none() -> Self {
        Self { watch: None }
    }

    /// Calls `watch` now and then; the engine stops when it answers `false`.
    pub const fn watching(watch: &'a (dyn Fn(Progress) -> bool + Sync)) -> Self {
        Self { watch: Some(watch) }
    }

    pub(crate) fn goes_on(&self, progress: Progress) -> bool {
        self.watch.is_none_or(|watch| watch(progress))
    }
}
