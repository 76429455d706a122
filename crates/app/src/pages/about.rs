//! About the program.

use crate::{
    error::Answer,
    web::{View, ui::layout::Page},
};

/// Shows what this program is.
pub async fn show(view: View) -> Answer {
    Ok(view.page(Page::default()))
}

/// Draws every element of the interface.
pub async fn components(view: View) -> Answer {
    Ok(view.page(Page::default()))
}
