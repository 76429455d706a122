//! The candidate graph: who may be paired with whom, and how well each pair fits.
//!
//! It is the border between people and numbers. Above it stand constraints and criteria, below it the solver.
//! Eight bytes hold one candidate pair.

use crate::numbers::{at, id, signed};

/// The largest score by magnitude: totals, scaled for changes, stay far inside 64 bits.
pub const SCORE_LIMIT: i32 = 1_000_000_000;

/// The largest capacity of one mentor and the largest number of places of all.
pub const PLACES_LIMIT: u32 = 1 << 28;

/// Candidates of a long row that are looked at together.
pub(crate) const CHUNK: usize = 32;

/// What is wrong with the numbers of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GraphError {
    /// The arrays do not fit together: offsets must rise from 0 to the number of candidates.
    Shape,
    /// A candidate names a mentor that does not exist.
    UnknownMentor { mentee: usize, mentor: u32 },
    /// The candidates of a mentee must stand in rising order of mentors, each once.
    Order { mentee: usize, mentor: u32 },
    /// A score is outside ±[`SCORE_LIMIT`].
    Score { mentee: usize, mentor: u32, score: i32 },
    /// There are more people or places than [`PLACES_LIMIT`].
    TooMany,
}

/// Admissible pairs with scores, mentee by mentee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateGraph {
    capacities: Vec<u32>,
    offsets: Vec<usize>,
    mentors: Vec<u32>,
    scores: Vec<i32>,
    /// The smallest and the largest score.
    range: Option<(i32, i32)>,
    /// The best score of every [`CHUNK`] candidates of a row: who looks for the best pairs of a long row need not read
    /// it. The row of mentee `i` begins at `offsets[i] / CHUNK + i`.
    best: Vec<i32>,
}

impl CandidateGraph {
    /// Takes the graph in compressed rows: the candidates of mentee `i` are `offsets[i]..offsets[i + 1]`.
    pub fn new(
        capacities: Vec<u32>,
        offsets: Vec<usize>,
        mentors: Vec<u32>,
        scores: Vec<i32>,
    ) -> Result<Self, GraphError> {
        let graph = Self { capacities, offsets, mentors, scores, range: None, best: Vec::new() };
        graph.check()?;
        Ok(graph.summed_up())
    }

    /// Takes rows that are known to be well-formed.
    fn unchecked(capacities: Vec<u32>, offsets: Vec<usize>, mentors: Vec<u32>, scores: Vec<i32>) -> Self {
        Self { capacities, offsets, mentors, scores, range: None, best: Vec::new() }.summed_up()
    }

    /// Finds the best scores of chunks and the range, in one pass.
    fn summed_up(mut self) -> Self {
        let mut best = vec![i32::MIN; self.pairs() / CHUNK + self.mentees()];
        let mut low = i32::MAX;
        for mentee in 0..self.mentees() {
            let (chunks, rest) = self.scores_of(mentee).as_chunks::<CHUNK>();
            let (full, last) = best[self.first_chunk(mentee)..].split_at_mut(chunks.len());
            // Folds over numbers are vectorised, `min` and `max` over references are not.
            for (best, chunk) in full.iter_mut().zip(chunks) {
                *best = chunk.iter().fold(i32::MIN, |most, &score| most.max(score));
                low = chunk.iter().fold(low, |least, &score| least.min(score));
            }
            if let (Some(best), Some(&most), Some(&least)) = (last.first_mut(), rest.iter().max(), rest.iter().min()) {
                (*best, low) = (most, low.min(least));
            }
        }
        let high = best.iter().fold(i32::MIN, |most, &score| most.max(score));
        self.range = (!self.scores.is_empty()).then_some((low, high));
        self.best = best;
        self
    }

    /// A row of `n` candidates has at most `n / CHUNK + 1` chunks, so no other row begins before this one ends.
    fn first_chunk(&self, mentee: usize) -> usize {
        self.offsets[mentee] / CHUNK + mentee
    }

    fn check(&self) -> Result<(), GraphError> {
        let ends = (self.offsets.first(), self.offsets.last());
        let rising = self.offsets.windows(2).all(|pair| pair[0] <= pair[1]);
        let fits = ends == (Some(&0), Some(&self.mentors.len())) && self.mentors.len() == self.scores.len();
        if !rising || !fits {
            return Err(GraphError::Shape);
        }
        let limit = at(PLACES_LIMIT);
        let places = self.capacities.iter().try_fold(0_u32, |sum, &capacity| sum.checked_add(capacity));
        if self.mentees() > limit || self.mentors_len() > limit || places.is_none_or(|sum| sum > PLACES_LIMIT) {
            return Err(GraphError::TooMany);
        }
        (0..self.mentees()).try_for_each(|mentee| self.check_row(mentee))
    }

    fn check_row(&self, mentee: usize) -> Result<(), GraphError> {
        let mut next = 0;
        for (mentor, score) in self.row(mentee) {
            if at(mentor) >= self.mentors_len() {
                return Err(GraphError::UnknownMentor { mentee, mentor });
            }
            if mentor < next {
                return Err(GraphError::Order { mentee, mentor });
            }
            if !(-SCORE_LIMIT..=SCORE_LIMIT).contains(&score) {
                return Err(GraphError::Score { mentee, mentor, score });
            }
            next = mentor + 1;
        }
        Ok(())
    }

    /// Returns the number of mentees.
    pub fn mentees(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Returns the number of mentors.
    pub fn mentors_len(&self) -> usize {
        self.capacities.len()
    }

    /// Returns the number of admissible pairs.
    pub fn pairs(&self) -> usize {
        self.mentors.len()
    }

    /// Returns how many mentees each mentor can take.
    pub fn capacities(&self) -> &[u32] {
        &self.capacities
    }

    /// Returns the mentors admissible for a mentee, in rising order.
    pub fn mentors_of(&self, mentee: usize) -> &[u32] {
        &self.mentors[self.offsets[mentee]..self.offsets[mentee + 1]]
    }

    /// Returns the scores that belong to [`Self::mentors_of`].
    pub fn scores_of(&self, mentee: usize) -> &[i32] {
        &self.scores[self.offsets[mentee]..self.offsets[mentee + 1]]
    }

    /// Returns the best score of every [`CHUNK`] of [`Self::scores_of`].
    pub(crate) fn best_of_chunks(&self, mentee: usize) -> &[i32] {
        &self.best[self.first_chunk(mentee)..][..self.mentors_of(mentee).len().div_ceil(CHUNK)]
    }

    /// Returns the candidates of a mentee: mentor and score.
    pub fn row(&self, mentee: usize) -> impl Iterator<Item = (u32, i32)> {
        self.mentors_of(mentee).iter().copied().zip(self.scores_of(mentee).iter().copied())
    }

    /// Returns the score of a pair, or `None` when it is not admissible.
    pub fn score(&self, mentee: usize, mentor: u32) -> Option<i32> {
        let row = self.mentors_of(mentee);
        let around = nearby(row, mentor, self.mentors_len());
        let place = row[around.clone()].binary_search(&mentor).ok()?;
        Some(self.scores_of(mentee)[around.start + place])
    }

    /// Returns the smallest and the largest score, or `None` for a graph without pairs.
    pub fn score_range(&self) -> Option<(i32, i32)> {
        self.range
    }

    /// Returns where the candidates of a mentee stand among all.
    pub(crate) fn range(&self, mentee: usize) -> std::ops::Range<usize> {
        self.offsets[mentee]..self.offsets[mentee + 1]
    }

    /// Returns the graph with other capacities, without some mentees' rows and without mentors who have no place left.
    pub(crate) fn reduced(&self, capacities: Vec<u32>, dropped: &[bool]) -> Self {
        let open: Vec<bool> = capacities.iter().map(|&capacity| capacity > 0).collect();
        self.selected(capacities, |mentee, mentor, score| (!dropped[mentee] && open[at(mentor)]).then_some(score))
    }

    /// Returns the pairs whose score is at least `floor`.
    pub(crate) fn at_least(&self, floor: i32) -> Self {
        self.selected(self.capacities.clone(), |_, _, score| (score >= floor).then_some(score))
    }

    /// Returns the pairs that are given a score; they are asked for in their order.
    pub(crate) fn selected(&self, capacities: Vec<u32>, mut score: impl FnMut(usize, u32, i32) -> Option<i32>) -> Self {
        let mut offsets = Vec::with_capacity(self.offsets.len());
        offsets.push(0);
        let (mut mentors, mut scores) = (Vec::new(), Vec::new());
        for mentee in 0..self.mentees() {
            for (mentor, old) in self.row(mentee) {
                if let Some(score) = score(mentee, mentor, old) {
                    mentors.push(mentor);
                    scores.push(score);
                }
            }
            offsets.push(mentors.len());
        }
        Self::unchecked(capacities, offsets, mentors, scores)
    }

    /// Returns the distinct scores in rising order.
    pub(crate) fn distinct_scores(&self) -> Vec<i32> {
        let Some((low, high)) = self.score_range() else { return Vec::new() };
        let span = signed(self.pairs()).saturating_mul(2).max(1 << 16);
        if i64::from(high) - i64::from(low) >= span {
            let mut all = self.scores.clone();
            all.sort_unstable();
            all.dedup();
            return all;
        }
        let place = |score: i32| usize::try_from(i64::from(score) - i64::from(low)).unwrap_or(0);
        let mut seen = vec![false; place(high) + 1];
        for &score in &self.scores {
            seen[place(score)] = true;
        }
        (low..=high).filter(|&score| seen[place(score)]).collect()
    }
}

/// Returns a small part of a rising row in which a mentor stands if he stands anywhere: few cache lines are touched when
/// the row names mentors evenly.
fn nearby(row: &[u32], mentor: u32, mentors: usize) -> std::ops::Range<usize> {
    const REACH: usize = 16;
    let guess = (at(mentor) * row.len()).checked_div(mentors).unwrap_or(0).min(row.len());
    let (mut low, mut high, mut reach) = (guess, guess, REACH);
    while low > 0 && row[low - 1] >= mentor {
        low = low.saturating_sub(reach);
        reach *= 4;
    }
    reach = REACH;
    while high < row.len() && row[high] <= mentor {
        high = (high + reach).min(row.len());
        reach *= 4;
    }
    low..high
}

/// Collects a graph pair by pair; people come in any order.
#[derive(Clone, Debug, Default)]
pub struct GraphBuilder {
    mentees: usize,
    capacities: Vec<u32>,
    rows: Vec<Vec<(u32, i32)>>,
}

impl GraphBuilder {
    /// Starts with the capacities of the mentors and a number of mentees.
    pub fn new(mentees: usize, capacities: Vec<u32>) -> Self {
        // More than there may be get no rows; `build` refuses them.
        let rows = if mentees > at(PLACES_LIMIT) { 0 } else { mentees };
        Self { mentees, capacities, rows: vec![Vec::new(); rows] }
    }

    /// Adds an admissible pair; a mentee that does not exist is an error.
    pub fn pair(&mut self, mentee: usize, mentor: u32, score: i32) -> Result<(), GraphError> {
        self.rows.get_mut(mentee).ok_or(GraphError::Shape)?.push((mentor, score));
        Ok(())
    }

    /// Sorts the rows and checks the graph.
    pub fn build(self) -> Result<CandidateGraph, GraphError> {
        let (mut offsets, mut mentors, mut scores) = (vec![0], Vec::new(), Vec::new());
        for mut row in self.rows {
            row.sort_unstable();
            for (mentor, score) in row {
                mentors.push(mentor);
                scores.push(score);
            }
            offsets.push(mentors.len());
        }
        if self.mentees > at(PLACES_LIMIT) || mentors.len() >= at(id(usize::MAX)) {
            return Err(GraphError::TooMany);
        }
        CandidateGraph::new(self.capacities, offsets, mentors, scores)
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, CandidateGraph};

    #[test]
    fn the_best_of_every_chunk_is_kept_for_rows_of_every_length() {
        let lengths = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 0, 3 * CHUNK, 5 * CHUNK + 7, 2, 0];
        let mut offsets = vec![0];
        for length in lengths {
            offsets.push(offsets[offsets.len() - 1] + length);
        }
        let mentors = lengths.iter().flat_map(|&length| 0..u32::try_from(length).unwrap()).collect();
        let scores: Vec<i32> =
            (0..*offsets.last().unwrap()).map(|place| i32::try_from(place * 7919 % 1013).unwrap() - 500).collect();
        let graph = CandidateGraph::new(vec![1; 6 * CHUNK], offsets, mentors, scores.clone()).unwrap();
        for (mentee, length) in lengths.into_iter().enumerate() {
            let expected: Vec<i32> =
                graph.scores_of(mentee).chunks(CHUNK).map(|chunk| *chunk.iter().max().unwrap()).collect();
            assert_eq!(graph.best_of_chunks(mentee), expected, "{length} candidates");
        }
        assert_eq!(graph.score_range(), scores.iter().min().copied().zip(scores.iter().max().copied()));
    }
}
