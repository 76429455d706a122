//! What several pages about papers share.

use crate::{
    access::{Right, Visitor},
    paperwork::{model::Paper, paths, state::State},
    web::ui::{
        action::Action,
        badge::{Badge, Tone, badge},
        icon::Icon,
        layout::Crumb,
    },
    words,
};
use chrono::NaiveDate;
use maud::Markup;

/// Draws the state of a paper.
pub fn state_badge(state: State) -> Markup {
    let tone = match state {
        State::Draft => Tone::Warning,
        State::Printed => Tone::Info,
        State::Signed | State::Registered => Tone::Success,
        State::Amended => Tone::Neutral,
        State::Cancelled => Tone::Danger,
    };
    badge(&Badge { tone, text: state.label().into(), icon: Some(tone.icon()) })
}

/// Writes a day, or nothing.
pub fn day(day: Option<NaiveDate>) -> String {
    day.map(words::short_date).unwrap_or_default()
}

/// Returns the way to a page of papers.
pub fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new("Документы", paths::PAPERS)]
}

/// Returns the way to a page of one paper.
pub fn crumbs_of(paper: &Paper) -> Vec<Crumb> {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(paper.title.clone(), paper.id.show_path()));
    crumbs
}

/// Tells whether a visitor makes papers and changes what is open.
pub fn makes(visitor: &Visitor) -> bool {
    visitor.may(Right::MakePapers)
}

/// Tells whether a visitor registers, files signed copies and cancels.
pub fn signs(visitor: &Visitor) -> bool {
    visitor.may(Right::SignPapers)
}

/// Returns the one act that brings a paper on, for who may do it; nothing when nothing is left to do.
pub fn next_act(paper: &Paper, visitor: &Visitor) -> Option<Action> {
    if paper.is_closed {
        return None;
    }
    let print = || {
        let label =
            if paper.is_in_own_file() { "Скачать Word и напечатать" } else { "Напечатать" };
        let act = Action::post(label, paths::PRINTING).field("paper", paper.id.to_string()).gives_file();
        visitor.may(Right::PrintPapers).then(|| act.icon(Icon::Print))
    };
    if let Some(consent) = paper.consent_id {
        let sign = Action::link("Внести подписи", consent.show_path()).icon(Icon::Signature);
        return match paper.state() {
            State::Draft => print(),
            State::Printed => visitor.may(Right::KeepConsents).then_some(sign),
            State::Signed | State::Registered | State::Amended | State::Cancelled => None,
        };
    }
    let file = Action::link("Приложить скан", paper.id.part_path("signature")).icon(Icon::Upload);
    let register = Action::link("Зарегистрировать", paper.id.part_path("registration")).icon(Icon::Check);
    match paper.state() {
        State::Draft => print(),
        State::Printed => signs(visitor).then_some(file),
        State::Signed => signs(visitor).then_some(register),
        State::Registered if paper.scan_id.is_none() => signs(visitor).then_some(file),
        State::Registered | State::Amended | State::Cancelled => None,
    }
}
