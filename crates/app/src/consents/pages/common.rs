//! What several pages about consents share.

use crate::{
    consents::{clearance::Standing, model::Consent, paths, state::State},
    web::ui::{
        badge::{Badge, Tone, badge},
        field::{Field, field},
        layout::Crumb,
    },
    words,
};
use chrono::NaiveDate;
use maud::{Markup, html};

/// Draws the state of a consent.
pub fn state_badge(state: State) -> Markup {
    let tone = match state {
        State::Needed | State::Expiring => Tone::Warning,
        State::Printed => Tone::Info,
        State::Signed => Tone::Success,
        State::Expired | State::Withdrawn => Tone::Danger,
    };
    badge(&Badge { tone, text: state.label().into(), icon: Some(tone.icon()) })
}

/// Draws the state of a consent somebody has, or that nobody has asked for it.
pub fn state_or_none(state: Option<State>) -> Markup {
    match state {
        Some(state) => state_badge(state),
        None => badge(&Badge { tone: Tone::Neutral, text: "не запрошено".into(), icon: None }),
    }
}

/// Draws where somebody stands with clearances.
pub fn clearance_badge(standing: Standing) -> Markup {
    let tone = match standing {
        Standing::Missing | Standing::Expired => Tone::Danger,
        Standing::Expiring => Tone::Warning,
        Standing::Cleared => Tone::Success,
        Standing::NotNeeded => Tone::Neutral,
    };
    badge(&Badge { tone, text: standing.label().into(), icon: Some(tone.icon()) })
}

/// Writes a day, or nothing.
pub fn day(day: Option<NaiveDate>) -> String {
    day.map(words::short_date).unwrap_or_default()
}

/// Writes until when a signed document is valid.
pub fn lasts(consent: &Consent) -> String {
    match (consent.signed_on, consent.valid_until) {
        (Some(_), None) => "без срока".to_owned(),
        (Some(_), Some(last)) => words::short_date(last),
        (None, _) => String::new(),
    }
}

/// Draws fields one under another.
pub fn drawn(fields: &[Field]) -> Markup {
    html! { @for one in fields { (field(one)) } }
}

/// Returns the way to a page of consents.
pub fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new("Согласия", paths::CONSENTS)]
}
