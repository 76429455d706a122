//! The proof that travels with every optimal answer.
//!
//! Three covers prove the counts and the worst pair: a set of mentees and mentors that touches every candidate pair
//! bounds the number of pairs of any placement by the number of its mentees and places (Kőnig 1931; Egerváry 1931).
//! Prices prove the total and the number of kept pairs: by linear duality (Kuhn 1955) no placement of the same counts
//! can be worth more than the prices sum up to.

use serde::{Deserialize, Serialize};

/// A set of mentees and mentors that touches every pair of some set of pairs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub mentees: Vec<bool>,
    pub mentors: Vec<bool>,
}

/// Why no placement with the same counts has a better worst pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorstPairProof {
    /// Whether the bound speaks of mentees with priority only.
    pub priority: bool,
    /// Touches every pair with a better score; too small to place as many.
    pub cover: Cover,
}

/// What the verifier needs beside the task and the answer.
///
/// Every pair is worth `scale * score`, plus one if it stood in the previous draft. Prices keep
/// `worth <= placement + priority (for a mentee with priority) + mentee + mentor`, prices of mentees and mentors are
/// not negative, that of an unplaced mentee is zero and that of a mentor with room too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub scale: i64,
    pub placement_price: i64,
    pub priority_price: i64,
    pub mentee_prices: Vec<i64>,
    pub mentor_prices: Vec<i64>,
    pub placed: Cover,
    pub priority: Cover,
    pub worst: Option<WorstPairProof>,
}
