//! The programme of a school year and its road map: rows, terms, indicators, states.
//!
//! Rules kept: the state of a row follows from records and from today and is never stored; a row is proven by its rules
//! and confirmed by a person, without its rules only with a written reason that stays visible; the head accepts. The coordinator changes everything, who answers for a row works on that row, the inspector looks.
//!
//! Pure: `term`, `indicator`, `state`, `template`, `reading`, `import`, `export`, `control`, `posts`, `measures`, `proof`, `numbers`. Stored: `model`, `queries`. `board` puts a whole road map together; `actions` change it; `snapshots` keep its history.

pub mod actions;
pub mod board;
pub mod control;
pub mod export;
pub mod import;
pub mod indicator;
pub mod measures;
pub mod model;
pub mod nouns;
pub mod numbers;
pub mod pages;
pub mod paths;
pub mod posts;
pub mod proof;
pub mod queries;
pub mod reading;
#[cfg(test)]
mod sample;
pub mod snapshots;
pub mod state;
pub mod template;
pub mod term;

pub use queries::search;
pub use snapshots::keep_snapshots;

use crate::web::Routes;

pub(crate) use queries::ALL as QUERIES;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}
