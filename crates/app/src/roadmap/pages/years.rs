//! The years of the school: those that ran, the one that runs, the one being prepared.

use crate::{
    access::{Right, Visitor},
    error::Answer,
    roadmap::{
        model::{Programme, ProgrammeState},
        paths, queries,
    },
    state::App,
    web::{
        View,
        ui::{
            action::Action,
            badge::{Badge, Tone, badge},
            empty::Empty,
            icon::Icon,
            layout::Page,
            notice::{Notice, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// Shows the years.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let mut years = queries::programmes(&mut tx, visitor.school_id()).await?;
    drop(tx);
    let is_coordinator = visitor.may(Right::KeepRoadmap);
    years.retain(|programme| is_coordinator || programme.state != ProgrammeState::Draft);
    let begin = Action::link("Начать учебный год", paths::NEW_YEAR).primary().icon(Icon::Plus);
    let over = |year: &&Programme| year.state == ProgrammeState::Running && year.is_over(visitor.today);
    Ok(view.page(Page {
        title: "Учебные годы".into(),
        actions: if is_coordinator { vec![begin] } else { vec![] },
        body: html! {
            @for year in years.iter().filter(|_| is_coordinator).filter(over) { (to_be_sealed(year)) }
            (table(&drawn(&years, is_coordinator)))
        },
        ..Page::default()
    }))
}

fn to_be_sealed(year: &Programme) -> Markup {
    let last = words::short_date(year.year().last_day());
    let sentence =
        format!("{} учебный год закончился {last}. Завершите его, чтобы его записи больше не менялись.", year.year());
    notice(&Notice::new(Tone::Warning, sentence).link("Завершить год", year.step_path("sealing")))
}

fn drawn(years: &[Programme], is_coordinator: bool) -> Table {
    let mut columns = vec![
        Column::new("year", "Учебный год"),
        Column::new("state", "Состояние"),
        Column::new("origin", "Откуда дорожная карта"),
    ];
    if is_coordinator {
        columns.push(Column::new("next", "Что дальше"));
    }
    let line = |year: &Programme| {
        let mut cells = cells(year);
        cells.extend(is_coordinator.then(|| next_step(year)));
        Row::new(cells).href(year.show_path())
    };
    Table {
        caption: "Учебные годы".into(),
        columns,
        rows: years.iter().map(line).collect(),
        empty: Empty::new("Учебных лет пока нет", "Год начинается с дорожной карты: из шаблона или из файла школы."),
        ..Table::default()
    }
}

fn cells(year: &Programme) -> Vec<Markup> {
    let tone = match year.state {
        ProgrammeState::Draft => Tone::Warning,
        ProgrammeState::Running => Tone::Success,
        ProgrammeState::Sealed => Tone::Neutral,
    };
    vec![
        html! { (year.year()) },
        badge(&Badge { tone, text: year.state.label().to_owned(), icon: None }),
        html! { (year.origin.label()) },
    ]
}

/// Draws what a coordinator does with a year next.
fn next_step(year: &Programme) -> Markup {
    match year.state {
        ProgrammeState::Draft => html! { a href=(year.show_path()) { "Продолжить подготовку" } },
        ProgrammeState::Running => html! { a href=(year.step_path("sealing")) { "Завершить год" } },
        ProgrammeState::Sealed => html! { span class="muted" { "Только просмотр" } },
    }
}
