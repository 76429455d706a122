//! From people to a proposal for the commission, and again when something changes.

use serde::{Deserialize, Serialize};

use crate::candidates::BuildError;
use crate::control::Control;
use crate::criteria::Shares;
use crate::explain::fairness::Fairness;
use crate::explain::unmatched::Unmatched;
use crate::matching::Matching;
use crate::people::model::{Input, PairId};
use crate::people::settings::{Mode, Settings};
use crate::people::validate::InputError;
use crate::task::{Answer, Objectives, SolveError};

/// People who seek a mentor and are left beyond this number get their reason, but no tried-out change; ask for one by one.
pub const TRIED_CHANGES: usize = 300;

/// Why there is no proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposeError {
    /// Bad data: whose, which and why.
    Input(InputError),
    Solve(SolveError),
}

impl From<InputError> for ProposeError {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl From<SolveError> for ProposeError {
    fn from(error: SolveError) -> Self {
        Self::Solve(error)
    }
}

impl From<BuildError> for ProposeError {
    fn from(error: BuildError) -> Self {
        Self::Solve(match error {
            BuildError::Graph(error) => SolveError::Graph(error),
            BuildError::Cancelled => SolveError::Cancelled,
        })
    }
}

/// What another choice for one side of a pair would have cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// The other mentor for the mentee, or the other mentee for the mentor.
    pub with: String,
    pub score: i32,
    pub cost: AlternativeCost,
}

/// The cost of a forced pair, read from the proof: the highest objective that is known to suffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AlternativeCost {
    /// Nothing is known: groups were closed or made to start, and with this pair it might be others.
    Unknown,
    /// The total would fall by at least so many points, or an objective that outranks it would suffer; zero means that
    /// it may cost nothing.
    Points(i64),
    /// The worst pair would be worse: this one.
    Worst,
    /// One mentee with priority fewer would be placed.
    Priority,
    /// One mentee fewer would be placed.
    Place,
}

/// One proposed pair with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedPair {
    pub mentee: String,
    pub mentor: String,
    pub form: String,
    pub score: i32,
    pub shares: Shares,
    pub locked: bool,
    /// Whether the pair stood in the previous draft.
    pub kept: bool,
    pub for_mentee: Option<Alternative>,
    pub for_mentor: Option<Alternative>,
}

/// The result of a matching: pairs with reasons, the others with reasons, values and proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub mode: Mode,
    /// By mentee.
    pub pairs: Vec<ProposedPair>,
    /// By mentee.
    pub unmatched: Vec<Unmatched>,
    /// Mentors whose groups do not start.
    pub closed: Vec<String>,
    pub objectives: Objectives,
    pub fairness: Fairness,
    /// The answer in numbers with its certificate; in mutual mode there is none.
    pub proof: Option<Proof>,
}

/// The solver's answer and the identifiers behind its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub mentees: Vec<String>,
    pub mentors: Vec<String>,
    pub answer: Answer,
}

/// Proposes pairs. The same people and settings give the same proposal, whatever their order.
pub fn propose(input: &Input, settings: &Settings, control: Control) -> Result<Proposal, ProposeError> {
    Matching::new(input, settings, control)?.propose(None, control)
}

/// Proposes pairs after a change, from the prices of an earlier proposal and keeping its pairs where nothing is lost.
///
/// Equal in value to [`propose`] with the earlier pairs as the previous draft.
pub fn propose_again(
    input: &Input,
    settings: &Settings,
    earlier: &Proposal,
    control: Control,
) -> Result<Proposal, ProposeError> {
    let previous = earlier.pairs.iter().map(|pair| PairId { mentee: pair.mentee.clone(), mentor: pair.mentor.clone() });
    let input = Input { previous: previous.collect(), ..input.clone() };
    Matching::new(&input, settings, control)?.propose(earlier.proof.as_ref(), control)
}
