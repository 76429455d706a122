//! Something that most readers skip: shown when asked for, always printed.

use maud::{Markup, html};

/// A heading that opens what is under it.
#[derive(Debug, Clone, Default)]
pub struct Details {
    pub summary: String,
    pub body: Markup,
    pub open: bool,
}

/// Draws a part that opens.
pub fn details(details: &Details) -> Markup {
    html! {
        details class="details" open[details.open] {
            summary { (details.summary) }
            div class="details-body" { (details.body) }
        }
    }
}
