//! Parts that several pages about who takes part share.

use crate::{
    access::{Right, Visitor},
    participation::{funnel::Stage, model::Participant, paths, queries::Outsider},
    people::FullName,
    school_year::SchoolYear,
    web::ui::{
        badge::{Badge, Tone, badge},
        field::{Choice, Field, field},
        layout::Crumb,
    },
    words,
};
use maud::{Markup, html};

/// Returns the school year the pages are about: the one of the visitor's day.
pub fn year_of(visitor: &Visitor) -> SchoolYear {
    SchoolYear::containing(visitor.today)
}

/// Tells whether the visitor decides about people.
pub fn leads(visitor: &Visitor) -> bool {
    visitor.may(Right::KeepParticipants)
}

/// Returns the way to a page below the list.
pub fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new("Участники", paths::PARTICIPANTS)]
}

/// Draws fields one under another.
pub fn drawn(fields: &[Field]) -> Markup {
    html! { @for one in fields { (field(one)) } }
}

/// Draws where somebody stands.
pub fn stage_badge(stage: Stage) -> Markup {
    let tone = match stage {
        Stage::Candidate | Stage::Reserve => Tone::Warning,
        Stage::Interviewed => Tone::Info,
        Stage::InBase => Tone::Success,
        Stage::Declined | Stage::Left => Tone::Neutral,
    };
    badge(&Badge { tone, text: stage.label().to_owned(), icon: None })
}

/// Returns values with their words, capitalised as choices are.
pub fn choices<T: Copy>(all: &[T], word: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(word(*one), words::capitalised(label(*one)))).collect()
}

/// Returns the same with an empty value before them.
pub fn with_none(none: &str, choices: Vec<Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", none)).chain(choices).collect()
}

/// Returns «Ёлкина Анна Ивановна, 7Б».
pub fn named(one: &Participant) -> String {
    let place = one.place();
    if place.is_empty() { one.name().to_string() } else { format!("{}, {place}", one.name()) }
}

/// Returns the whole name of somebody who could be asked.
pub fn named_outsider(one: &Outsider) -> String {
    FullName { surname: one.surname.clone(), given: one.given_name.clone(), patronymic: one.patronymic.clone() }
        .to_string()
}

/// Writes a number of people.
pub fn people(n: usize) -> String {
    words::counted(i64::try_from(n).unwrap_or(i64::MAX), &["человек", "человека", "человек"])
}
