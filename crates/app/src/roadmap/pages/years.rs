//! The years of the school: those that ran, the one that runs, the one being prepared.

use crate::{
    access::{Role, Visitor},
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
            table::{Column, Row, Table, table},
        },
    },
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// Shows the years.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let mut years = queries::programmes(&mut tx, visitor.school_id()).await?;
    drop(tx);
    let is_coordinator = visitor.is_any(&[Role::Coordinator]);
    years.retain(|programme| is_coordinator || programme.state != ProgrammeState::Draft);
    let begin = Action::link("Начать учебный год", paths::NEW_YEAR).primary().icon(Icon::Plus);
    let nothing = Empty::new("Учебных лет пока нет", "Год начинается с дорожной карты: из шаблона или из файла школы.");
    let drawn = Table {
        caption: "Учебные годы".into(),
        columns: vec![
            Column::new("year", "Учебный год"),
            Column::new("state", "Состояние"),
            Column::new("origin", "Откуда дорожная карта"),
        ],
        rows: years.iter().map(|year| Row::new(cells(year)).href(year.show_path())).collect(),
        empty: nothing,
        ..Table::default()
    };
    Ok(view.page(Page {
        title: "Учебные годы".into(),
        actions: if is_coordinator { vec![begin] } else { vec![] },
        body: table(&drawn),
        ..Page::default()
    }))
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
