//! Who is ready for a pair: one line per person, one column per step; the step that is missing becomes the action.
//!
//! The page stands here because it looks into two slices: who takes part, and who has agreed and is cleared.

use crate::{
    access::{Right, Visitor},
    consents::{self, clearance::Standing as Clearance},
    error::Answer,
    participation::{
        Participant, ParticipationId, Side,
        funnel::{Gap, Stage},
        model::Topic,
        paths, queries, registers,
    },
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Query, View,
        ui::{
            badge::{Badge, Tone, badge},
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            layout::{Crumb, Page, Width},
            paging::{Paging, paging},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::HashMap;

/// A step on the way to a pair, in the order in which it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Questionnaire,
    Interview,
    Consent,
    Clearance,
    Training,
}

impl Step {
    const ALL: [Self; 5] = [Self::Questionnaire, Self::Interview, Self::Consent, Self::Clearance, Self::Training];

    const fn word(self) -> &'static str {
        match self {
            Self::Questionnaire => "questionnaire",
            Self::Interview => "interview",
            Self::Consent => "consent",
            Self::Clearance => "clearance",
            Self::Training => "training",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Questionnaire => "Анкета",
            Self::Interview => "Собеседование",
            Self::Consent => "Согласие",
            Self::Clearance => "Допуск",
            Self::Training => "Обучение",
        }
    }

    const fn call(self) -> &'static str {
        match self {
            Self::Questionnaire => "Заполнить анкету",
            Self::Interview => "Провести собеседование",
            Self::Consent => "Запросить согласие",
            Self::Clearance => "Запросить справку",
            Self::Training => "Отметить обучение",
        }
    }
}

/// Which steps somebody has taken; a step nobody needs is nothing.
#[derive(Debug, Clone, Copy)]
struct Taken([Option<bool>; 5]);

impl Taken {
    fn of(one: &Participant, topics: &[Topic], standing: Option<&consents::Standing>) -> Self {
        let asked = [Gap::Request, Gap::Competences];
        let answered = !registers::gaps(one, topics).iter().any(|gap| asked.contains(gap));
        let clearance = standing.map(|standing| standing.clearance);
        let clearance = clearance.filter(|clearance| *clearance != Clearance::NotNeeded);
        Self([
            Some(answered),
            Some(one.interviewed_on.is_some()),
            Some(standing.is_some_and(consents::Standing::has_consent)),
            clearance.map(Clearance::is_cleared),
            (one.side == Side::Mentor).then_some(one.trained_on.is_some()),
        ])
    }

    fn steps(self) -> impl Iterator<Item = (Step, Option<bool>)> {
        Step::ALL.into_iter().zip(self.0)
    }

    /// Returns the first step that is needed and not taken.
    fn missing(self) -> Option<Step> {
        self.steps().find(|(_, taken)| *taken == Some(false)).map(|(step, _)| step)
    }
}

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    side: String,
    missing: Vec<String>,
    page: String,
}

/// People on one page.
const PER_PAGE: u32 = 50;

impl Asked {
    fn holds(&self, one: &Participant, taken: Taken) -> bool {
        let missing = taken.missing().map_or("ready", Step::word);
        self.side.parse::<Side>().ok().is_none_or(|side| one.side == side)
            && (self.missing.is_empty() || self.missing.iter().any(|word| word == missing))
    }
}

/// Shows the grid.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let (sight, year) = (Sight::of(&visitor)?, SchoolYear::containing(visitor.today));
    let mut tx = app.db.read().await?;
    let mut all = queries::participants(&mut tx, sight, year).await?;
    all.retain(|one| !matches!(one.stage(), Stage::Declined | Stage::Left));
    let topics = queries::topics(&mut tx, visitor.school_id(), Some(year), None).await?;
    let standings = consents::standing(&mut tx, sight, year, visitor.today).await?;
    drop(tx);
    let mut said: HashMap<ParticipationId, Vec<Topic>> = HashMap::new();
    for topic in topics {
        said.entry(topic.participation_id).or_default().push(topic);
    }
    let mut lines: Vec<(Participant, Taken)> = all
        .into_iter()
        .map(|one| {
            let own = said.get(&one.id).map_or(&[][..], Vec::as_slice);
            let taken = Taken::of(&one, own, standings.get(&one.person_id));
            (one, taken)
        })
        .filter(|(one, taken)| asked.holds(one, *taken))
        .collect();
    // Who lacks something first: the others need nobody today. The order by name stays within both.
    lines.sort_by_key(|(_, taken)| taken.missing().is_none());
    let ready = lines.iter().filter(|(_, taken)| taken.missing().is_none()).count();
    let found = format!("Готовы к паре: {ready} из {}.", lines.len());
    let pages = Paging::of(view.address(), &asked.page, PER_PAGE, lines.len());
    let body = filter(&Filter {
        address: view.address(),
        asks: asks(&asked),
        hidden: vec![],
        found,
        body: html! { (grid(pages.part(&lines), visitor.may(Right::KeepParticipants))) (paging(&pages)) },
    });
    Ok(view.page(Page {
        title: "Готовность".into(),
        lead: Some("Чего кому не хватает, чтобы войти в пару: недостающий шаг стоит в последнем столбце. Кто готов, стоит ниже.".into()),
        crumbs: vec![Crumb::new("Участники", paths::PARTICIPANTS)],
        body,
        width: Width::Wide,
        ..Page::default()
    }))
}

fn asks(asked: &Asked) -> Vec<Ask> {
    let ready = std::iter::once(Choice::new("ready", "Всё готово"));
    let missing = Step::ALL.iter().map(|step| Choice::new(step.word(), step.call()));
    let sides = Side::ALL.iter().map(|side| Choice::new(side.word(), words::capitalised(side.label())));
    vec![
        Ask::Chips {
            name: "missing",
            label: "Что дальше".into(),
            options: ready.chain(missing).collect(),
            chosen: asked.missing.clone(),
        },
        Ask::Select { name: "side", label: "Роль".into(), options: sides.collect(), value: asked.side.clone() },
    ]
}

fn grid(lines: &[(Participant, Taken)], leads: bool) -> Markup {
    let rows = lines.iter().map(|(one, taken)| {
        let mut cells = vec![
            html! { (one.name()) },
            html! { @if !one.place().is_empty() { (one.place()) ", " } (one.side.label()) },
        ];
        cells.extend(taken.steps().map(|(_, taken)| cell(taken)));
        cells.push(next(one, taken.missing(), leads));
        Row::new(cells).href(paths::participation_path(one.id))
    });
    let mut columns = vec![Column::new("name", "Фамилия, имя, отчество"), Column::new("place", "Класс, роль")];
    columns.extend(Step::ALL.iter().map(|step| Column::new(step.word(), step.title())));
    columns.push(Column::new("next", "Что дальше"));
    table(&Table {
        caption: "Готовность участников и кандидатов".into(),
        columns,
        rows: rows.collect(),
        empty: Empty::new("Никого не найдено", "Измените условия отбора или пригласите людей в программу."),
        ..Table::default()
    })
}

fn cell(taken: Option<bool>) -> Markup {
    let Some(taken) = taken else { return html! { span class="muted" { "не нужно" } } };
    let (tone, text) = if taken { (Tone::Success, "да") } else { (Tone::Warning, "нет") };
    badge(&Badge { tone, text: text.to_owned(), icon: None })
}

/// Draws the next step: a link for who takes it, words for others.
fn next(one: &Participant, missing: Option<Step>, leads: bool) -> Markup {
    let Some(step) = missing else { return html! { "готов к паре" } };
    let path = match step {
        Step::Questionnaire | Step::Training => paths::part_path(one.id, "edit"),
        Step::Interview => format!("{}?step=interview&p={}", paths::ACT, one.id),
        Step::Consent => consents::paths::person_path(one.person_id),
        Step::Clearance => consents::paths::clearance_path(one.person_id),
    };
    html! { @if leads { a href=(path) { (step.call()) } } @else { (step.call()) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_needed_step_that_is_not_taken_is_the_next_one() {
        let next = |steps| Taken(steps).missing();
        assert_eq!(next([Some(true), Some(true), Some(false), Some(false), None]), Some(Step::Consent));
        assert_eq!(next([Some(true), Some(true), Some(true), None, Some(false)]), Some(Step::Training));
        assert_eq!(next([Some(true), Some(true), Some(true), None, None]), None);
    }
}
