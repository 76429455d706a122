//! What is asked of the solver and what it answers, in numbers.

use serde::{Deserialize, Serialize};

use crate::certificate::Certificate;
use crate::graph::{CandidateGraph, GraphError};

/// One question to the solver. Objectives are strictly ordered: locks, mentees placed, mentees with priority placed,
/// the worst pair (if asked for), total score, pairs kept from the previous draft.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    pub graph: &'a CandidateGraph,
    /// Whether a mentee has priority; as long as the graph has mentees.
    pub priority: &'a [bool],
    /// Pairs (mentee, mentor) that must be; each must be a candidate pair.
    pub locks: &'a [(u32, u32)],
    /// The mentor of every mentee in the previous draft.
    pub previous: Option<&'a [Option<u32>]>,
    /// Whether the worst pair outranks the total.
    pub worst_pair: bool,
    /// The least number of mentees with whom a mentor's group starts at all; empty for none.
    pub minimums: &'a [u32],
}

impl<'a> Task<'a> {
    /// Asks for the plain thing: as many placed as possible, then the best total.
    pub fn plain(graph: &'a CandidateGraph, priority: &'a [bool]) -> Self {
        Self { graph, priority, locks: &[], previous: None, worst_pair: false, minimums: &[] }
    }
}

/// The values of the objectives, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objectives {
    /// Locked pairs, all kept.
    pub locked: u64,
    /// Mentees placed, the locked ones included.
    pub placed: u64,
    /// Mentees with priority placed, the locked ones included.
    pub priority_placed: u64,
    /// The smallest score of a pair that is not locked, where the worst pair is an objective.
    pub worst: Option<i32>,
    /// The sum of the scores of all pairs.
    pub total: i64,
    /// Pairs that stood in the previous draft too; zero without one.
    pub kept: u64,
}

/// A placement with the proof that it is optimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The mentor of every mentee.
    pub mentor_of: Vec<Option<u32>>,
    pub objectives: Objectives,
    /// Groups that do not start because too few would come; their mentors stay without mentees.
    pub closed: Vec<u32>,
    /// Groups that were made to start with at least their minimum.
    pub started: Vec<u32>,
    pub certificate: Certificate,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// The graph is not well-formed.
    Graph(GraphError),
    /// `priority`, `previous` or `minimums` has another length than the graph.
    Lengths,
    /// A lock names a pair that is not a candidate.
    LockNotCandidate { mentee: u32, mentor: u32 },
    /// Two locks name the same mentee.
    LockedTwice { mentee: u32 },
    /// More mentees are locked to a mentor than he or she can take.
    LockOverCapacity { mentor: u32 },
    /// Scores times people leave the range in which sums are exact.
    TooLarge,
    /// There are too many groups with a minimum that compete; the exact answer is out of reach.
    TooManyGroups,
    /// The caller asked to stop.
    Cancelled,
}
