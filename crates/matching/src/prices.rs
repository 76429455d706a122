//! Prices of the parts brought onto one scale.

use crate::kernel::blocks::Placement;
use crate::kernel::parts::{Costs, Part};
use crate::numbers::{at, id};

/// Prices as the certificate states them: in worth instead of cost, on one scale for all parts.
pub(crate) struct Prices {
    pub(crate) placement: i64,
    pub(crate) priority: i64,
    pub(crate) mentees: Vec<i64>,
    pub(crate) mentors: Vec<i64>,
}

impl Prices {
    pub(crate) fn new(placement: &Placement, costs: &Costs, priority: &[bool]) -> Self {
        let largest = |prices: &[i64]| prices.iter().map(|price| price.abs()).max().unwrap_or(0);
        // What being placed is worth: above every price, so that no pair across two parts looks attractive.
        let place = largest(&placement.mentee_prices) + largest(&placement.mentor_prices);
        let lift = |part: Part| match part {
            Part::Open => 0,
            Part::Contested => place,
            Part::PriorityContested => 2 * place,
        };
        let mentees = (0..id(placement.mate.len())).map(|mentee| {
            let mentee = at(mentee);
            let own = placement.mentee_prices[mentee] + lift(placement.parts.mentees[mentee]);
            let granted = if priority[mentee] { 2 * place } else { place };
            granted - own
        });
        let mentors = placement.mentor_prices.iter().zip(&placement.parts.mentors);
        Self {
            placement: costs.best * costs.scale + i64::from(costs.previous.is_some()) - place,
            priority: -place,
            mentees: mentees.collect(),
            mentors: mentors.map(|(&price, &part)| lift(part) - price).collect(),
        }
    }
}
