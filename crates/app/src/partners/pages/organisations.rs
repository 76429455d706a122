//! How many organisations there are to be partners: the number, where it was taken from, what it was before.

use super::common::{ORGANISATION_FORMS, edits, list_tabs};
use crate::{
    access::Visitor,
    clock::day_in,
    error::Answer,
    partners::{actions, forms::TotalForm, model::Total, paths, queries},
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, Form, View, see_other_saying,
        ui::{
            card::{Card, card},
            empty::Empty,
            field::{Control, Field, stacked},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// Shows the numbers that were entered, and the form to whoever may enter one.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let empty = TotalForm::fresh(visitor.today);
    answer(&app, &view, &visitor, StatusCode::OK, (&empty, &Errors::none())).await
}

/// Enters a number.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<TotalForm>) -> Answer {
    match sent.check(visitor.today) {
        Ok(new) => {
            actions::enter_total(&app, &visitor, &new).await?;
            Ok(see_other_saying(paths::ORGANISATIONS, FlashKind::Success, "Число организаций внесено."))
        }
        Err(errors) => answer(&app, &view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, (&sent, &errors)).await,
    }
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    status: StatusCode,
    (sent, errors): (&TotalForm, &Errors),
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let totals = queries::totals(&mut tx, visitor.school_id()).await?;
    let entering = Card {
        title: "Внести число".into(),
        lead: Some(format!("На {} учебный год.", SchoolYear::containing(visitor.today))),
        body: entry(sent, errors),
        ..Card::default()
    };
    let body = html! {
        (list_tabs(paths::ORGANISATIONS))
        (history(&totals, visitor))
        @if edits(visitor) { (card(&entering)) }
    };
    Ok(view.page_with(
        status,
        Page {
            title: "Число организаций".into(),
            lead: Some(
                "От этого числа считается доля партнёров, давших наставников. В дорожной карте оно не названо, поэтому его вносят с источником; для каждого учебного года действует самое новое."
                    .into(),
            ),
            crumbs: vec![Crumb::new("Партнёры", paths::PARTNERS)],
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

fn entry(sent: &TotalForm, errors: &Errors) -> Markup {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let fields = [
        text("total", "Организаций и предприятий всего", &sent.total)
            .required()
            .control(Control::Number { fraction: false }),
        text("source", "Источник", &sent.source)
            .required()
            .hint("Откуда число: «Ответ администрации округа от 05.10.2026 № 214», «Статистический сборник»."),
        text("as_of", "На какой день", &sent.as_of).required().control(Control::Date),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
    ];
    form(&form::Form {
        action: paths::ORGANISATIONS.into(),
        submit: "Внести число".into(),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    })
}

fn history(totals: &[Total], visitor: &Visitor) -> Markup {
    let year = |total: &Total| {
        let start = i32::try_from(total.school_year).ok().and_then(SchoolYear::starting_in);
        start.map_or_else(String::new, SchoolYear::label)
    };
    let line = |total: &Total| {
        Row::new(vec![
            html! { (words::counted(total.total, &ORGANISATION_FORMS)) },
            html! { (year(total)) },
            html! { (words::short_date(total.as_of)) },
            html! { (total.source) },
            html! { (total.entered_by_name) ", " (words::short_date(day_in(total.entered_at, visitor.school.zone()))) },
        ])
    };
    table(&Table {
        caption: "Внесённые числа, новые сверху".into(),
        columns: [
            ("total", "Всего"),
            ("year", "Учебный год"),
            ("as_of", "На день"),
            ("source", "Источник"),
            ("entered", "Кто внёс"),
        ]
        .map(|(key, label)| Column::new(key, label))
        .into(),
        rows: totals.iter().map(line).collect(),
        empty: Empty::new(
            "Число ещё не внесено",
            "Пока его нет, доля партнёров, давших наставников, — «нет данных». Спросите в администрации округа или возьмите из статистики.",
        ),
        ..Table::default()
    })
}
