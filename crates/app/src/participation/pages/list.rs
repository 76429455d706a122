//! Everybody who takes part or may: where each stands, and what is next for many at once.

use super::common::{choices, leads, named, people, stage_badge, year_of};
use crate::{
    access::{Right, Visitor},
    error::Answer,
    participation::{
        funnel::Stage,
        model::{Participant, Side, Source},
        paths, queries,
    },
    people::Sight,
    state::App,
    web::{
        Query, View,
        ui::{
            action::{Action, actions},
            address::Address,
            empty::Empty,
            field::{Control, Field, field},
            filter::{Ask, Filter, filter},
            icon::Icon,
            layout::{Page, Width},
            paging::{Paging, paging},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use database::fold;
use maud::{Markup, html};
use serde::Deserialize;

/// Lines on one page: as many as one sitting of interviews.
const PER_PAGE: u32 = 100;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    side: String,
    stage: Vec<String>,
    source: String,
    page: String,
}

impl Asked {
    /// Tells whether somebody is among those asked for.
    pub fn holds(&self, one: &Participant) -> bool {
        let side = self.side.parse::<Side>().ok();
        let source = self.source.parse::<Source>().ok();
        let text = fold(&format!("{} {}", one.name(), one.place()));
        text.contains(&fold(&self.q))
            && side.is_none_or(|side| one.side == side)
            && source.is_none_or(|source| one.source == source)
            && (self.stage.is_empty() || self.stage.iter().any(|word| word == one.stage().word()))
    }
}

/// Shows the list.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let year = year_of(&visitor);
    let mut tx = app.db.read().await?;
    let all = queries::participants(&mut tx, Sight::of(&visitor)?, year).await?;
    let found: Vec<&Participant> = all.iter().filter(|one| asked.holds(one)).collect();
    let invite = vec![
        Action::link("Пригласить", paths::CHOICE).icon(Icon::UserPlus).primary(),
        Action::link("Ссылка для заявок", paths::LINKS).icon(Icon::External),
    ];
    Ok(view.page(Page {
        title: "Участники и кандидаты".into(),
        lead: Some(format!("{} учебный год: от первого разговора до базы и завершения программы.", year.label())),
        actions: if leads(&visitor) { invite } else { vec![] },
        body: list(&visitor, &asked, (&found, all.len()), view.address()),
        width: Width::Wide,
        ..Page::default()
    }))
}

fn list(visitor: &Visitor, asked: &Asked, (found, total): (&[&Participant], usize), address: Address) -> Markup {
    let pages = Paging::of(address.clone(), &asked.page, PER_PAGE, found.len());
    let talks = visitor.may(Right::Interview);
    let mut steps = vec![];
    if talks {
        steps.push(Action::submit_as("Записать собеседование", "step", "interview"));
    }
    if leads(visitor) {
        steps.push(Action::submit_as("Записать решение", "step", "decision"));
    }
    let shown = table_of(pages.part(found).iter(), talks, address.clone());
    let body = html! {
        @if talks && !found.is_empty() {
            form method="get" action=(paths::ACT) {
                (shown)
                (everybody(asked, found.len()))
                (actions(&steps))
            }
        } @else { (shown) }
        (paging(&pages))
    };
    let counted = people(found.len());
    let found = if found.len() == total { counted } else { format!("{counted} из {total}") };
    filter(&Filter { address, asks: asks(asked), hidden: vec![], found, body })
}

/// Offers a step for everybody the questions find, on whatever page of the list.
fn everybody(asked: &Asked, found: usize) -> Markup {
    let questions = [("q", &asked.q), ("side", &asked.side), ("source", &asked.source)];
    let stages = asked.stage.iter().map(|stage| ("stage", stage));
    html! {
        @for (name, value) in questions.into_iter().chain(stages).filter(|(_, value)| !value.is_empty()) {
            input type="hidden" name=(name) value=(value);
        }
        (field(&Field::new("all", format!("Все найденные: {}", people(found))).control(Control::Checkbox)))
    }
}

fn table_of<'a>(found: impl Iterator<Item = &'a &'a Participant>, talks: bool, address: Address) -> Markup {
    let rows = found.map(|one| line(one, talks)).collect();
    let mut columns = vec![
        Column::new("name", "Фамилия, имя, отчество"),
        Column::new("side", "Роль"),
        Column::new("stage", "Этап"),
        Column::new("next", "Что дальше"),
        Column::new("source", "Откуда").hidden_on_phone(),
        Column::new("entered", "В базе с").hidden_on_phone(),
    ];
    if talks {
        columns.insert(0, Column::new("p", "Отметить"));
    }
    table(&Table {
        caption: "Участники и кандидаты".into(),
        columns,
        rows,
        address,
        empty: Empty::new("Никого не найдено", "Здесь будут все, кого пригласили или кто подал заявку.")
            .action(Action::link("Показать всех", paths::PARTICIPANTS)),
        ..Table::default()
    })
}

fn line(one: &Participant, talks: bool) -> Row {
    let mut cells = vec![
        html! { a href=(paths::participation_path(one.id)) { (named(one)) } },
        html! { (one.side.label()) },
        stage_badge(one.stage()),
        html! { (next(one.stage())) },
        html! { (one.source.label()) },
        html! { (one.entered_on.map(words::short_date).unwrap_or_default()) },
    ];
    if talks {
        let label = format!("Отметить: {}, {}", one.name(), one.side.label());
        cells.insert(
            0,
            html! { input class="form-check-input" type="checkbox" name="p" value=(one.id) aria-label=(label); },
        );
    }
    Row::new(cells)
}

/// Says what is next for somebody.
fn next(stage: Stage) -> &'static str {
    match stage {
        Stage::Candidate => "провести собеседование",
        Stage::Interviewed => "принять решение",
        Stage::Reserve => "вернуться к решению, когда понадобится",
        Stage::InBase => "подобрать пару",
        Stage::Declined | Stage::Left => "—",
    }
}

fn asks(asked: &Asked) -> Vec<Ask> {
    vec![
        Ask::Chips {
            name: "stage",
            label: "Этап".into(),
            options: choices(Stage::ALL, Stage::word, Stage::label),
            chosen: asked.stage.clone(),
        },
        Ask::Search {
            name: "q", label: "Имя, класс или место работы".into(), value: asked.q.clone()
        },
        Ask::Select {
            name: "side",
            label: "Роль".into(),
            options: choices(Side::ALL, Side::word, Side::label),
            value: asked.side.clone(),
        },
        Ask::Select {
            name: "source",
            label: "Откуда".into(),
            options: choices(Source::ALL, Source::word, Source::label),
            value: asked.source.clone(),
        },
    ]
}
