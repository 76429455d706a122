//! What happened to a thing, newest first: who, when, what.

use super::{
    badge::Tone,
    icon::{Icon, icon},
};
use maud::{Markup, html};

/// One thing that happened.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// The moment as it is read: «22.11.2026, 14:05».
    pub when: String,
    /// The moment as machines read it (ISO 8601).
    pub datetime: String,
    pub who: String,
    pub what: String,
    pub tone: Tone,
    pub icon: Option<Icon>,
    /// The reason, the old and the new value, the document.
    pub details: Option<Markup>,
}

/// Draws what happened.
pub fn history(events: &[Event]) -> Markup {
    html! {
        ol class="history" {
            @for event in events {
                li class={ "history-item " (event.tone.class()) } {
                    span class="history-mark" { (icon(event.icon.unwrap_or(Icon::History))) }
                    div {
                        p class="history-what" { (event.what) }
                        p class="history-who" {
                            time datetime=(event.datetime) { (event.when) }
                            " · " (event.who)
                        }
                        @if let Some(details) = &event.details { div class="history-details" { (details) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_is_readable_by_machines_and_people() {
        let event = Event { when: "22.11.2026".into(), datetime: "2026-11-22".into(), ..Event::default() };
        assert!(history(&[event]).into_string().contains(r#"<time datetime="2026-11-22">22.11.2026</time>"#));
    }
}
