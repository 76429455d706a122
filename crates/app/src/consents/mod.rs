//! Consents of minors and adults, clearances of adults from outside, special categories.
//!
//! Rules kept: one consent is one purpose and one separate document (152-FZ art. 9, since 2025-09-01); who signs follows
//! from the age on the day; a withdrawal works in the transaction it is recorded in and is undone by a new consent only;
//! of a clearance only the fact and its days are kept.

pub mod actions;
pub mod clearance;
mod forms;
mod ledger;
pub mod model;
mod pages;
pub mod paths;
pub mod queries;
pub mod renewal;
pub mod signing;
mod standing;
pub mod state;
pub mod wording;

pub use actions::seal_earlier_categories;
pub use ledger::{Ledger, Line};
pub use model::{ConsentId, Purpose};
pub use pages::person_card;
pub use standing::{Standing, VALID, is_cleared, readings, standing};

use crate::web::Routes;

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = queries::ALL;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}
