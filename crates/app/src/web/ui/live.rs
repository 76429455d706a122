//! A part of a page that asks for itself anew while something goes on, without a jump of the page.

use maud::{Markup, html};

/// A part that changes by itself.
#[derive(Debug, Clone, Default)]
pub struct Live {
    pub id: &'static str,
    /// The page the part stands on.
    pub path: String,
    /// It goes on: the part is asked for anew every two seconds. Without scripts [`super::layout::Shell::refresh`] does it.
    pub goes_on: bool,
    pub body: Markup,
}

/// Draws a part that changes by itself; what changed is read aloud when the reader pauses.
pub fn live(live: &Live) -> Markup {
    html! {
        div id=(live.id) class="stack" aria-live="polite" hx-get=[live.goes_on.then_some(&live.path)]
            hx-trigger=[live.goes_on.then_some("every 2s")] hx-select={ "#" (live.id) } hx-swap="outerHTML" {
            (live.body)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_does_not_ask_again() {
        let drawn =
            |goes_on| live(&Live { id: "job", path: "/jobs/1".into(), goes_on, ..Live::default() }).into_string();
        assert!(drawn(true).contains(r#"hx-get="/jobs/1" hx-trigger="every 2s""#), "{}", drawn(true));
        assert!(!drawn(false).contains("hx-get") && !drawn(false).contains("hx-trigger"), "{}", drawn(false));
    }
}
