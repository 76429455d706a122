//! The page of a personal link: what is asked, where it stands, who the operator is, and the way to withdraw.
//!
//! No account, no name beyond «Анна И.», nothing changes on GET.

use super::{
    common::{lasts, state_or_none},
    withdrawal::consequences,
};
use crate::{
    consents::{
        actions::{self, Opened},
        model::Purpose,
        paths::link_path,
        standing::best,
        wording::Wording,
    },
    error::{Answer, Failure},
    state::App,
    web::{
        Form, PathOf, Query, View, see_other,
        ui::{
            action::{Action, action},
            confirm::{Confirm, confirm},
            definition::{Fact, definition},
            details::{Details, details},
            notice::{Notice, Tone, notice},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};
use serde::Deserialize;

/// Which purpose is meant.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PurposeForm {
    purpose: String,
}

/// Shows what the link opens.
pub async fn show(State(app): State<App>, view: View, PathOf(secret): PathOf<String>) -> Answer {
    let mut tx = app.db.of_every_school().read().await?;
    Ok(match actions::open_link(&app, &mut tx, &secret).await? {
        Some(opened) => view.bare(StatusCode::OK, "Согласия", &body(&opened, &secret)),
        None => closed(&view),
    })
}

/// The same page for a link that is closed, over or never was.
fn closed(view: &View) -> Response {
    let body = html! { p { "Эта ссылка не действует. Попросите в школе новую — у классного руководителя или куратора программы." } };
    view.bare(StatusCode::GONE, "Ссылка не действует", &body)
}

fn body(opened: &Opened, secret: &str) -> Markup {
    let purposes = Purpose::ALL.iter().filter(|purpose| best(&opened.consents, **purpose, opened.today).is_some());
    html! {
        @match &opened.person {
            Some(person) => {
                p { "Программа наставничества. Документы: " strong { (person.short()) } }
                @for purpose in purposes { (of_purpose(opened, *purpose, secret)) }
                @if opened.consents.is_empty() { p { "Школа пока не просит подписать ни одного согласия." } }
            },
            None => (notice(&Notice::new(Tone::Success, "Согласие на участие отозвано. Участие приостановлено, школа больше не показывает и не передаёт эти данные."))),
        }
        (operator(opened))
    }
}

fn of_purpose(opened: &Opened, purpose: Purpose, secret: &str) -> Markup {
    let state = best(&opened.consents, purpose, opened.today);
    let newest = opened.consents.iter().find(|consent| consent.purpose == purpose);
    let wording = newest.and_then(|consent| {
        // A blank printed as a paper has the wording of the paper; the short one says the same in fewer words.
        Wording::named(&consent.template).or_else(|| Wording::newest(consent.purpose))
    });
    let until = newest.map(lasts).filter(|last| !last.is_empty());
    let open = state.is_some_and(super::super::state::State::is_open);
    html! {
        section class="stack" {
            h2 { (words::capitalised(purpose.label())) }
            p { (state_or_none(state)) @if let Some(until) = until { " действует до: " (until) } }
            @if open { p { "Школа просит подписать этот документ. Бланк выдаст классный руководитель. Если не согласны, подписывать не нужно." } }
            @if let Some(wording) = wording {
                (details(&Details { summary: "Текст согласия".into(), body: html! { p { (wording.text) } }, open: false }))
            }
            @if opened.may_withdraw(purpose) {
                (action(&Action::link("Отозвать согласие", format!("{}/withdrawal?purpose={}", link_path(secret), purpose.word()))))
            }
        }
    }
}

/// Says who processes the data and how to reach them (152-FZ art. 9 p. 4, art. 18 p. 3).
fn operator(opened: &Opened) -> Markup {
    let school = &opened.school;
    html! {
        h2 { "Кто обрабатывает данные" }
        (definition(&[
            Fact::new("Оператор", &school.name),
            Fact::new("Адрес", &school.address),
            Fact::new("Руководитель", format!("{} {}", school.head_post, school.head_name).trim()),
        ]))
        p { "Отозвать согласие можно в любое время: здесь или заявлением в школу." }
    }
}

/// Asks before a consent is withdrawn; changes nothing.
pub async fn ask(
    State(app): State<App>,
    view: View,
    PathOf(secret): PathOf<String>,
    Query(asked): Query<PurposeForm>,
) -> Answer {
    let mut tx = app.db.of_every_school().read().await?;
    let Some(opened) = actions::open_link(&app, &mut tx, &secret).await? else { return Ok(closed(&view)) };
    let purpose = asked.purpose.parse().ok().filter(|purpose| opened.may_withdraw(*purpose));
    let Some(purpose) = purpose else { return Ok(see_other(&link_path(&secret))) };
    let body = confirm(&Confirm {
        action: format!("{}/withdrawal", link_path(&secret)),
        submit: "Отозвать согласие".into(),
        cancel_href: link_path(&secret),
        will_happen: consequences(purpose),
        remains: vec!["Школа сохранит запись о том, что согласие было и когда отозвано.".into()],
        hidden: vec![("purpose".into(), purpose.word().into())],
        danger: true,
        ..Confirm::default()
    });
    Ok(view.bare(StatusCode::OK, "Отозвать согласие", &body))
}

/// Withdraws; sent twice, it leads to the same page.
pub async fn withdraw(
    State(app): State<App>,
    view: View,
    PathOf(secret): PathOf<String>,
    Form(sent): Form<PurposeForm>,
) -> Answer {
    let purpose = sent.purpose.parse().ok();
    let purpose = purpose.ok_or_else(|| Failure::BadRequest("Откройте ссылку заново и повторите.".into()))?;
    if actions::withdraw_through_link(&app, &secret, purpose).await? {
        Ok(see_other(&link_path(&secret)))
    } else {
        Ok(closed(&view))
    }
}
