//! What a coordinator of a school that has just begun does next: the people first, then who takes part.

use crate::{
    access::{Right, Visitor},
    error::Answer,
    participation::{self, coverage::Group},
    people::{self, Sight},
    roadmap::pages,
    school_year::SchoolYear,
    web::ui::{
        action::Action,
        badge::Tone,
        insight::{Insight, insight},
        layout::Page,
    },
    words,
};
use database::Tx;
use maud::{Markup, html};

/// Draws the first step that is missing; nothing for others and as soon as somebody takes part.
pub async fn next_step(tx: &mut Tx, visitor: &Visitor) -> Answer<Markup> {
    if !visitor.may(Right::KeepRoadmap) {
        return Ok(html! {});
    }
    let year = SchoolYear::containing(visitor.today);
    let known = people::queries::count(tx, Sight::of(visitor)?, &people::queries::Wanted::default()).await?;
    let begun = participation::queries::has_begun(tx, visitor.school_id(), year).await?;
    Ok(match (known, begun) {
        (0, _) => insight(&Insight {
            tone: Tone::Warning,
            number: "0".into(),
            href: Some(people::paths::PEOPLE.into()),
            sentence: "Людей пока нет: загрузите списки классов и сотрудников, имена вводить не придётся.".into(),
            detail: None,
            actions: vec![Action::link("Загрузить списки", people::import::paths::UPLOAD).primary()],
        }),
        (known, false) => insight(&Insight {
            tone: Tone::Warning,
            number: "0".into(),
            href: Some(participation::paths::PARTICIPANTS.into()),
            sentence: format!("Никто ещё не участвует в {year} учебном году."),
            detail: Some(format!("Людей в школе записано: {}.", words::number(known))),
            actions: vec![
                Action::link("Пригласить обучающихся", participation::paths::outside_group_path(Group::Pupils))
                    .primary(),
            ],
        }),
        (_, true) => html! {},
    })
}

/// Returns the overview of a school whose year has not begun, with the first step.
pub fn no_year(visitor: &Visitor, first: &Markup) -> Page {
    let page = pages::no_year(visitor, "Обзор");
    Page { body: html! { (page.body) (first) }, ..page }
}
