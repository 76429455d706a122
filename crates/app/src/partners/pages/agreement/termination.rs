//! The end of an agreement before its time.

use super::{Ids, both};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    partners::{
        actions,
        forms::EndingForm,
        model::{Agreement, Partner},
        pages::{common::crumbs, partner::ending::Version},
        paths::agreement_path,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            field::{Control, Field, stacked},
            form::error_summary,
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// Asks before an agreement is noted as terminated.
pub async fn show(State(app): State<App>, PathOf(ids): PathOf<Ids>, view: View, visitor: Visitor) -> Answer {
    let (partner, agreement) = both(&app, &visitor, ids).await?;
    if agreement.signed_on.is_none() {
        return Err(Failure::Refused(
            "Неподписанное соглашение не расторгают: сначала внесите день подписания.".into(),
        ));
    }
    let on = agreement.terminated_on.unwrap_or(visitor.today).to_string();
    let sent = EndingForm { on, reason: agreement.termination.clone(), version: agreement.version };
    Ok(page(&view, StatusCode::OK, (&partner, &agreement), &sent, &Errors::none()))
}

/// Notes the termination.
pub async fn submit(
    State(app): State<App>,
    PathOf(ids): PathOf<Ids>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<EndingForm>,
) -> Answer {
    let (partner, agreement) = both(&app, &visitor, ids).await?;
    match sent.check_termination(agreement.signed_on) {
        Ok((on, reason)) => {
            actions::terminate(&app, &visitor, (ids.0, ids.1, sent.version), (on, &reason)).await?;
            Ok(see_other_saying(&agreement.show_path(), FlashKind::Success, "Расторжение записано."))
        }
        Err(errors) => Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, (&partner, &agreement), &sent, &errors)),
    }
}

fn page(
    view: &View,
    status: StatusCode,
    (partner, agreement): (&Partner, &Agreement),
    sent: &EndingForm,
    errors: &Errors,
) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let fields = [
        text("on", "С какого дня не действует", &sent.on).required().control(Control::Date),
        text("reason", "Основание", &sent.reason)
            .required()
            .hint("Например: «Дополнительное соглашение от 12.01.2027», «Уведомление партнёра»."),
    ];
    let body = confirm(&Confirm {
        action: agreement.part_path("termination"),
        submit: "Записать расторжение".into(),
        cancel_href: agreement.show_path(),
        will_happen: vec!["С этого дня соглашение не действует, партнёр считается без него.".into()],
        remains: vec!["Само соглашение, его файл и история.".into()],
        hidden: vec![("version".into(), sent.version.to_string())],
        fields: stacked(&fields),
        danger: true,
    });
    view.page_with(
        status,
        Page {
            title: "Расторгнуть соглашение".into(),
            lead: Some(format!("{}, {}", agreement.caption(), partner.short_name)),
            crumbs: crumbs(partner),
            body: html! { (error_summary(&errors.summary(&fields))) (body) },
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

/// Takes the note of a termination back.
pub async fn restore(
    State(app): State<App>,
    PathOf(ids): PathOf<Ids>,
    visitor: Visitor,
    Form(sent): Form<Version>,
) -> Answer {
    actions::restore(&app, &visitor, (ids.0, ids.1, sent.version)).await?;
    let path = agreement_path(ids.0, ids.1);
    Ok(see_other_saying(&path, FlashKind::Success, "Отметка о расторжении снята."))
}
