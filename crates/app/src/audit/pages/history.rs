//! The history of a thing, drawn from its recorded acts.

use super::super::model::{Entry, Event as Act};
use crate::{
    web::ui::{
        badge::Tone,
        history::{Event, history},
    },
    words,
};
use chrono_tz::Tz;
use maud::{Markup, html};

/// Draws what happened, the newest first; reading a document is an act, but no event of its history.
pub fn drawn_history(entries: &[Entry], zone: Tz) -> Markup {
    let events: Vec<Event> = entries
        .iter()
        .filter(|entry| entry.event != Act::DocumentRead)
        .map(|entry| {
            let local = entry.at.with_timezone(&zone);
            Event {
                when: format!("{}, {}", words::short_date(local.date_naive()), local.format("%H:%M")),
                datetime: entry.at.to_rfc3339(),
                who: entry.actor_name.clone(),
                what: entry.event.label().to_owned(),
                tone: Tone::Neutral,
                icon: None,
                details: (!entry.details.0.is_empty()).then(|| changes(entry)),
            }
        })
        .collect();
    html! { @if events.is_empty() { p class="muted" { "Пока ничего не происходило." } } @else { (history(&events)) } }
}

/// Draws the differences an act made.
fn changes(entry: &Entry) -> Markup {
    html! {
        ul class="plain-list" {
            @for change in &entry.details.0 {
                li {
                    (change.what) ": "
                    @if !change.from.is_empty() { del { (change.from) } " → " }
                    (change.to)
                }
            }
        }
    }
}
