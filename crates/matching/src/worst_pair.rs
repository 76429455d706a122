//! The best possible worst pair: a bisection over scores, each step a question of coverage.

use crate::certificate::{Cover, WorstPairProof};
use crate::graph::CandidateGraph;
use crate::kernel::blocks::Blocks;
use crate::kernel::coverage::{self, Coverage};
use crate::kernel::parts::Costs;
use crate::kernel::{Failure, Stop};
use crate::limits::Limits;

pub(crate) struct BestWorstPair {
    pub(crate) graph: CandidateGraph,
    pub(crate) coverage: Coverage,
    /// Missing when it is a group's minimum that forbids a better worst pair.
    pub(crate) proof: Option<WorstPairProof>,
}

/// Finds the largest score such that pairs at least that good place as many mentees, and as many with priority.
pub(crate) fn best_worst_pair(
    graph: &CandidateGraph,
    priority: &[bool],
    coverage: Coverage,
    required: &[(u32, u32)],
    stop: &Stop,
) -> Result<BestWorstPair, Failure> {
    let (placed, first) = (coverage.placed(), coverage.placed_among(priority));
    let scores = graph.distinct_scores();
    let mut best = (graph.clone(), coverage);
    let mut proof = Some(WorstPairProof { priority: false, cover: empty_cover(graph) });
    // Everything below `low` is known to do, everything from `high` on is known to be too much.
    let (mut low, mut high) = (1, scores.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let trial = graph.at_least(scores[middle]);
        let found = coverage::largest(&trial, priority, stop)?;
        let enough = found.placed() == placed && found.placed_among(priority) == first;
        if enough && fills(&trial, priority, &found, required, stop)? {
            best = (trial, found);
            low = middle + 1;
        } else if enough {
            proof = None;
            high = middle;
        } else {
            let by_priority = found.placed() == placed;
            let group = |mentee: usize| !by_priority || priority[mentee];
            let cover = found.reached(&trial, group).cover(&found, group);
            proof = Some(WorstPairProof { priority: by_priority, cover });
            high = middle;
        }
    }
    Ok(BestWorstPair { graph: best.0, coverage: best.1, proof })
}

/// Says whether some placement of these counts fills the groups that have to start.
fn fills(
    graph: &CandidateGraph,
    priority: &[bool],
    coverage: &Coverage,
    required: &[(u32, u32)],
    stop: &Stop,
) -> Result<bool, Failure> {
    if required.is_empty() {
        return Ok(true);
    }
    let costs = Costs { best: 0, worst: 0, scale: 0, previous: None };
    let blocks = Blocks { graph, priority, costs, hint: None, required, stop: *stop };
    match blocks.solve(Limits::new(graph, coverage, priority).parts()) {
        Ok(_) => Ok(true),
        Err(Failure::Infeasible) => Ok(false),
        Err(failure) => Err(failure),
    }
}

fn empty_cover(graph: &CandidateGraph) -> Cover {
    Cover { mentees: vec![false; graph.mentees()], mentors: vec![false; graph.mentors_len()] }
}
