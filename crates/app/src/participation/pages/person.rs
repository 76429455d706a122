//! The part of a person's card about taking part.

use super::common::{leads, stage_badge};
use crate::{
    access::Visitor,
    error::Answer,
    participation::{
        paths,
        queries::{self, Involvement},
    },
    people::{PersonId, Sight},
    web::ui::{
        action::Action,
        card::{Card, card},
    },
    words,
};
use database::Tx;
use maud::{Markup, html};

/// Draws in which years and as what a person takes part; the caller notes who has looked at the card.
pub async fn person_card(tx: &mut Tx, visitor: &Visitor, person: PersonId) -> Answer<Markup> {
    let known = queries::involvements(tx, Sight::of(visitor)?, person).await?;
    let invite = Action::link("Пригласить", paths::CHOICE);
    Ok(card(&Card {
        title: "Участие в программе".into(),
        actions: if known.is_empty() && leads(visitor) { vec![invite] } else { vec![] },
        body: html! {
            @if known.is_empty() { p class="muted" { "В программе не участвует." } }
            ul class="plain-list" { @for one in &known { li { (line(one)) } } }
        },
        ..Card::default()
    }))
}

fn line(one: &Involvement) -> Markup {
    let year = one.year().map_or_else(String::new, |year| format!("{year} учебный год"));
    html! {
        a href=(paths::participation_path(one.id)) { (words::capitalised(one.side.label())) ", " (year) } " "
        (stage_badge(one.stage()))
        @if let Some(on) = one.entered_on { " с " (words::short_date(on)) }
        @if let Some(on) = one.left_on {
            " по " (words::short_date(on))
            @if let Some(reason) = one.leave_reason { ": " (reason.label()) }
        }
    }
}
