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

/// Draws what happened to one thing, the newest first; reading a document is an act, but no event of its history.
pub fn drawn_history(entries: &[Entry], zone: Tz) -> Markup {
    drawn(entries, zone, |_| None)
}

/// Draws what happened to many things, each entry with a link to its thing where `link` knows one.
pub fn drawn_histories(entries: &[Entry], zone: Tz, link: impl Fn(&Entry) -> Option<String>) -> Markup {
    drawn(entries, zone, link)
}

fn drawn(entries: &[Entry], zone: Tz, link: impl Fn(&Entry) -> Option<String>) -> Markup {
    let events: Vec<Event> = entries
        .iter()
        .filter(|entry| !matches!(entry.event, Act::DocumentRead | Act::AgreementRead))
        .map(|entry| {
            let local = entry.at.with_timezone(&zone);
            Event {
                when: format!("{}, {}", words::short_date(local.date_naive()), local.format("%H:%M")),
                datetime: entry.at.to_rfc3339(),
                who: entry.actor_name.clone(),
                what: entry.event.label().to_owned(),
                tone: Tone::Neutral,
                icon: None,
                details: details(entry, link(entry)),
            }
        })
        .collect();
    html! { @if events.is_empty() { p class="muted" { "Пока ничего не происходило." } } @else { (history(&events)) } }
}

fn details(entry: &Entry, link: Option<String>) -> Option<Markup> {
    (link.is_some() || !entry.details.0.is_empty()).then(|| {
        html! {
            @if let Some(href) = link { p { a href=(href) { (entry.subject_name) } } }
            (changes(entry))
        }
    })
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
