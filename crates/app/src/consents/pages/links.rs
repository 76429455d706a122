//! Personal links of a person: made, shown once, closed.

use super::common::crumbs;
use crate::{
    access::Visitor,
    consents::{
        actions,
        model::ConsentLinkId,
        paths::{link_path, links_path, person_path, revocation_path},
        queries::{Guardian, Link, Subject},
    },
    error::Answer,
    people::PersonId,
    school_year::SchoolYear,
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            field::{Choice, Control, Field, field},
            form::{self, form},
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode};
use maud::{Markup, html};
use serde::Deserialize;

/// Who is to hold a link.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkForm {
    key: String,
    holder: String,
}

/// Draws the links of a person with the form that makes one.
pub fn card_of(who: &Subject, guardians: &[Guardian], links: &[Link], visitor: &Visitor, keeps: bool) -> Markup {
    let own = Choice::new(who.id.to_string(), format!("{} (сам человек)", who.name()));
    let of_age = who.born_on.and_then(|born| crate::people::model::full_years(born, visitor.today));
    let mut holders: Vec<Choice> = guardians
        .iter()
        .map(|one| Choice::new(one.id.to_string(), format!("{} ({})", one.name(), one.grounds)))
        .collect();
    if holders.is_empty() || of_age.is_some_and(|age| age >= 14) {
        holders.push(own);
    }
    let body = html! {
        @if !links.is_empty() { (list(who.id, links, visitor, keeps)) }
        @if keeps { (maker(who.id, holders)) }
    };
    let lead = "По ней без входа в программу видно, какие согласия нужны, и можно отозвать любое.";
    card(&Card { title: "Личная ссылка".into(), lead: Some(lead.into()), body, ..Card::default() })
}

fn list(person: PersonId, links: &[Link], visitor: &Visitor, keeps: bool) -> Markup {
    let row = |link: &Link| {
        let open = link.revoked_at.is_none() && link.expires_on >= visitor.today;
        let state = if open { "действует" } else { "закрыта" };
        let made = link.made_at.with_timezone(&visitor.school.zone()).date_naive();
        Row::new(vec![
            html! { (link.holder()) },
            html! { (words::short_date(made)) },
            html! { (words::short_date(link.expires_on)) },
            html! { (state) },
            html! { @if open && keeps { (action(&Action::post("Закрыть", revocation_path(person, link.id)))) } },
        ])
    };
    table(&Table {
        caption: "Ссылки".into(),
        columns: ["Кому", "Создана", "Действует до", "Состояние", "Что сделать"]
            .map(|label| Column::new("link", label))
            .into(),
        rows: links.iter().map(row).collect(),
        ..Table::default()
    })
}

fn maker(person: PersonId, holders: Vec<Choice>) -> Markup {
    let fields = [
        Field::new("holder", "Кому").control(Control::Select(holders)).required(),
        Field::new("key", "").control(Control::Hidden).value(ConsentLinkId::fresh().to_string()),
    ];
    form(&form::Form {
        action: links_path(person),
        submit: "Создать ссылку".into(),
        body: html! { @for one in &fields { (field(one)) } },
        ..form::Form::default()
    })
}

/// Makes a link and shows it once.
pub async fn make(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(person): PathOf<PersonId>,
    Form(sent): Form<LinkForm>,
) -> Answer {
    let key = sent.key.parse().unwrap_or_else(|()| ConsentLinkId::fresh());
    let holder = sent.holder.parse().unwrap_or(person);
    let Some(token) = actions::make_link(&app, &visitor, person, (key, holder)).await? else {
        let sentence = "Эта ссылка уже создана и показана. Если адрес не сохранён, закройте её и создайте новую.";
        return Ok(see_other_saying(&person_path(person), FlashKind::Info, sentence));
    };
    let last = SchoolYear::containing(visitor.today).last_day();
    let body = html! {
        (notice(&Notice::new(Tone::Warning, "Ссылка показана один раз: скопируйте её и передайте лично. Кто её откроет, сможет отозвать согласие.")))
        p { "К адресу программы допишите:" }
        p { code class="secret" { (link_path(token.secret())) } }
        p { a href=(link_path(token.secret())) rel="noreferrer" { "Открыть, чтобы скопировать адрес целиком" } }
        p { "Действует до " (words::short_date(last)) "." }
    };
    Ok(view.page_with(
        StatusCode::CREATED,
        Page {
            title: "Личная ссылка создана".into(),
            crumbs: crumbs(),
            actions: vec![Action::link("К согласиям человека", person_path(person))],
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

/// Closes a link.
pub async fn revoke(
    State(app): State<App>,
    visitor: Visitor,
    PathOf((person, link)): PathOf<(PersonId, ConsentLinkId)>,
) -> Answer {
    actions::revoke_link(&app, &visitor, person, link).await?;
    Ok(see_other_saying(&person_path(person), FlashKind::Success, "Ссылка закрыта: больше она не открывается."))
}
