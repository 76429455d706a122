//! What several pages about partners share.

use crate::{
    access::{Right, Visitor},
    partners::{model::Partner, paths, rules::AgreementState},
    web::ui::{
        badge::{Badge, Tone, badge},
        layout::Crumb,
        tabs::{Tab, Tabs, tabs},
    },
};
use maud::Markup;

pub const PARTNER_FORMS: [&str; 3] = ["партнёр", "партнёра", "партнёров"];
pub const AGREEMENT_FORMS: [&str; 3] = ["соглашение", "соглашения", "соглашений"];
pub const MENTOR_FORMS: [&str; 3] = ["наставник", "наставника", "наставников"];
pub const ORGANISATION_FORMS: [&str; 3] = ["организация", "организации", "организаций"];

/// Tells whether the visitor changes what is known about partners.
pub fn edits(visitor: &Visitor) -> bool {
    visitor.may(Right::KeepPartners)
}

/// Draws where an agreement stands; a partner without one says so.
pub fn state_badge(state: Option<AgreementState>) -> Markup {
    let tone = match state {
        Some(AgreementState::Signed | AgreementState::Valid) => Tone::Success,
        Some(AgreementState::Expiring) => Tone::Warning,
        Some(AgreementState::Expired) => Tone::Danger,
        Some(AgreementState::Preparing) => Tone::Info,
        Some(AgreementState::Terminated) | None => Tone::Neutral,
    };
    let text = state.map_or("нет соглашения", AgreementState::label).to_owned();
    badge(&Badge { tone, text, icon: Some(tone.icon()) })
}

/// Draws the two lists beside each other.
pub fn list_tabs(current: &str) -> Markup {
    let tab = |label: &str, path: &str| Tab {
        label: label.to_owned(),
        href: path.to_owned(),
        current: path == current,
        ..Tab::default()
    };
    tabs(&Tabs {
        label: "Партнёры и соглашения".to_owned(),
        tabs: vec![
            tab("Партнёры", paths::PARTNERS),
            tab("Реестр соглашений", paths::AGREEMENTS),
            tab("Число организаций", paths::ORGANISATIONS),
        ],
    })
}

/// Returns the way to a page of a partner.
pub fn crumbs(partner: &Partner) -> Vec<Crumb> {
    vec![Crumb::new("Партнёры", paths::PARTNERS), Crumb::new(partner.short_name.clone(), partner.show_path())]
}

/// Counts things in the numbers of a page.
pub fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
