//! The part of a person's card about consents and clearances.

use super::common::{clearance_badge, state_or_none};
use crate::{
    access::Visitor,
    consents::{
        clearance::Standing,
        model::Purpose,
        paths::{clearance_path, person_path},
        queries,
        standing::{best, clearance_of},
    },
    error::Answer,
    people::{PersonId, Sight},
    school_year::SchoolYear,
    web::ui::{
        action::Action,
        card::{Card, card},
        definition::{Fact, definition},
    },
    words,
};
use database::Tx;
use maud::{Markup, html};

/// Draws where a person stands with consents and clearances; the caller notes who has looked at the card.
pub async fn person_card(tx: &mut Tx, visitor: &Visitor, person: PersonId) -> Answer<Markup> {
    let (sight, year) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today));
    let who = queries::subject(tx, sight, year, person).await?;
    let consents = queries::consents(tx, sight, Some(person)).await?;
    let shown = queries::clearances(tx, sight, Some(person)).await?;
    let policy = queries::policy(tx, sight.school(), year).await?;
    let clearance = clearance_of(&who.kinds(), who.born_on, &shown, visitor.today);
    let mut facts: Vec<Fact> = Purpose::offered(policy.special_categories)
        .map(|purpose| (purpose, best(&consents, purpose, visitor.today)))
        .filter(|(purpose, state)| state.is_some() || (purpose.is_mandatory() && who.takes_part))
        .map(|(purpose, state)| Fact::drawn(words::capitalised(purpose.short()), state_or_none(state)))
        .collect();
    let mut actions = vec![Action::link("Согласия", person_path(person))];
    if clearance != Standing::NotNeeded && (who.takes_part || !shown.is_empty()) {
        facts.push(Fact::drawn("Допуск", clearance_badge(clearance)));
        actions.push(Action::link("Допуск", clearance_path(person)));
    }
    let body = html! {
        @if facts.is_empty() { p class="muted" { "Согласий не запрашивали." } } @else { (definition(&facts)) }
    };
    Ok(card(&Card { title: "Согласия и допуск".into(), actions, body, ..Card::default() }))
}
