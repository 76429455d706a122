//! People of a partner: somebody on record is found by name, somebody new is put on record.

use crate::{
    access::Visitor,
    error::Answer,
    partners::{
        actions,
        forms::PersonForm,
        model::{Partner, PartnerId},
        pages::common::crumbs,
        paths::partner_path,
        queries::{self, Stranger},
    },
    people::{PersonId, Sight},
    state::App,
    web::{
        Errors, Form, PathOf, Query, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            empty::Empty,
            field::{Control, Field, stacked},
            form::{self, form},
            icon::Icon,
            layout::{FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};
use serde::Deserialize;

/// Whom to look for among the people on record.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// Shows the search and an empty form.
pub async fn new(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    Query(asked): Query<Asked>,
    view: View,
    visitor: Visitor,
) -> Answer {
    let nothing = (&PersonForm::fresh(), &Errors::none());
    answer(&app, &view, &visitor, (id, &asked.q), StatusCode::OK, nothing).await
}

/// Puts somebody new on record.
pub async fn create(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<PersonForm>,
) -> Answer {
    let mut tx = app.db.read().await?;
    let partner = queries::partner(&mut tx, visitor.school_id(), id).await?;
    drop(tx);
    match sent.check(&partner.name) {
        Ok(facts) => {
            actions::add_person(&app, &visitor, id, (sent.id, &facts)).await?;
            Ok(done(id, "Человек партнёра добавлен. Наставником он станет, когда войдёт в базу наставников."))
        }
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(&app, &view, &visitor, (id, ""), status, (&sent, &errors)).await
        }
    }
}

fn done(partner: PartnerId, sentence: &str) -> Response {
    see_other_saying(&partner_path(partner), FlashKind::Success, sentence)
}

/// Which person on record is meant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meant {
    person: PersonId,
}

/// Says that somebody on record is a person of the partner.
pub async fn link(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    visitor: Visitor,
    Form(sent): Form<Meant>,
) -> Answer {
    actions::link_person(&app, &visitor, id, sent.person).await?;
    Ok(done(id, "Человек отмечен как сотрудник партнёра."))
}

/// Says that somebody is no person of the partner.
pub async fn unlink(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    visitor: Visitor,
    Form(sent): Form<Meant>,
) -> Answer {
    actions::unlink_person(&app, &visitor, id, sent.person).await?;
    Ok(done(id, "Человек больше не числится за партнёром; его карточка осталась."))
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    (id, asked): (PartnerId, &str),
    status: StatusCode,
    (sent, errors): (&PersonForm, &Errors),
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let partner = queries::partner(&mut tx, visitor.school_id(), id).await?;
    let asked = asked.trim();
    let found = if asked.is_empty() { vec![] } else { queries::strangers(&mut tx, Sight::of(visitor)?, asked).await? };
    let body = html! {
        (card(&Card {
            title: "Уже есть в записях школы".into(),
            lead: Some("Родитель, выпускник или другой человек, который работает у партнёра.".into()),
            body: html! { (search(&partner, asked)) @if !asked.is_empty() { (results(&partner, &found)) } },
            ..Card::default()
        }))
        (card(&Card { title: "Новый человек".into(), body: entry(&partner, sent, errors), ..Card::default() }))
    };
    Ok(view.page_with(
        status,
        Page {
            title: "Добавить человека партнёра".into(),
            lead: Some(partner.name.clone()),
            crumbs: crumbs(&partner),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

fn search(partner: &Partner, asked: &str) -> Markup {
    html! {
        form class="form" role="search" method="get" action=(partner.part_path("people/new")) aria-label="Поиск человека" {
            div class="field" {
                label class="form-label" for="who" { "Фамилия или имя" }
                input class="form-control" id="who" type="search" name="q" value=(asked) autocomplete="off";
            }
            div class="form-foot" { (action(&Action::submit("Найти").icon(Icon::Search))) }
        }
    }
}

fn results(partner: &Partner, found: &[Stranger]) -> Markup {
    let row = |one: &Stranger| {
        let link = Action::post("Отметить", partner.part_path("people/link")).field("person", one.id.to_string());
        let born = one.born_on.map_or_else(String::new, words::short_date);
        Row::new(vec![html! { (one.name()) }, html! { (born) }, html! { (one.workplace) }, action(&link)])
    };
    let columns = [("name", "Имя"), ("born", "Дата рождения"), ("work", "Место работы"), ("act", "Сотрудник партнёра")];
    table(&Table {
        caption: "Найденные люди".into(),
        columns: columns.map(|(key, label)| Column::new(key, label)).into(),
        rows: found.iter().map(row).collect(),
        empty: Empty::new("Никого не найдено", "Проверьте написание или внесите нового человека ниже."),
        ..Table::default()
    })
}

fn entry(partner: &Partner, sent: &PersonForm, errors: &Errors) -> Markup {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let fields = [
        text("full_name", "Фамилия, имя, отчество", &sent.full_name).required(),
        text("born_on", "Дата рождения", &sent.born_on)
            .control(Control::Date)
            .hint("Нужна, чтобы знать, требуется ли справка об отсутствии судимости."),
        text("phone", "Телефон", &sent.phone),
        text("email", "Электронная почта", &sent.email).control(Control::Email),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
    ];
    form(&form::Form {
        action: partner.part_path("people/new"),
        submit: "Добавить".into(),
        cancel_href: Some(partner.show_path()),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    })
}
