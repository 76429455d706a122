//! Consents to be made anew: somebody came of age, the representative changed, the term ends.

use super::common::{crumbs, lasts, state_badge};
use crate::{
    access::{Right, Visitor},
    consents::{
        actions::AskKey,
        ledger::{Ledger, Line},
        paths,
        renewal::Reason,
    },
    error::Answer,
    people::Sight,
    state::App,
    web::{
        View,
        ui::{
            action::{Action, action},
            empty::Empty,
            layout::{Page, Width},
            table::{Column, Row, Table, table},
        },
    },
};
use axum::extract::State;
use maud::html;

/// Shows the list.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let ledger = Ledger::load(&mut tx, Sight::of(&visitor)?, visitor.today).await?;
    let coordinates = visitor.may(Right::DecideConsents);
    let body = table(&Table {
        caption: "Согласия, которые нужно переоформить".into(),
        columns: vec![
            Column::new("name", "Фамилия, имя, отчество"),
            Column::new("class", "Класс"),
            Column::new("purpose", "Цель"),
            Column::new("reason", "Почему"),
            Column::new("state", "Состояние"),
            Column::new("until", "Действует до").hidden_on_phone(),
            Column::new("next", "Что сделать"),
        ],
        rows: ledger.renewals().iter().map(|(line, reason)| row(line, *reason, coordinates)).collect(),
        empty: Empty::new("Переоформлять нечего", "Возраст, представители и сроки всех согласий в порядке."),
        ..Table::default()
    });
    Ok(view.page(Page {
        title: "Переоформить согласия".into(),
        lead: Some("Запрос нового согласия не отменяет действующее: оно работает до своего срока.".into()),
        crumbs: crumbs(),
        body,
        width: Width::Wide,
        ..Page::default()
    }))
}

fn row(line: &Line<'_>, reason: Reason, coordinates: bool) -> Row {
    let consent = line.consent;
    let ask = Action::post("Запросить новое", paths::ASKING)
        .field("key", AskKey::fresh().to_string())
        .field("purpose", consent.purpose.word())
        .field("person", consent.person_id.to_string());
    Row::new(vec![
        html! { (line.subject.name()) },
        html! { (line.subject.class_text()) },
        html! { (consent.purpose.short()) },
        html! { (reason.label()) },
        state_badge(line.state),
        html! { (lasts(consent)) },
        html! { @if coordinates { (action(&ask)) } @else { "запросит куратор программы" } },
    ])
    .href(consent.id.show_path())
}
