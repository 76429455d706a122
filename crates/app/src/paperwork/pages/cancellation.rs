//! A paper is cancelled.

use super::common::crumbs_of;
use crate::{
    access::Visitor,
    error::Answer,
    paperwork::{
        actions,
        forms::CancellationForm,
        model::{Paper, PaperId},
        queries,
    },
    people::Sight,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            field::{Field, field},
            form::error_summary,
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use maud::html;

async fn seen(app: &App, visitor: &Visitor, id: PaperId) -> Answer<Paper> {
    let mut tx = app.db.read().await?;
    Ok(queries::paper(&mut tx, Sight::of(visitor)?, id).await?)
}

/// Asks before a paper is cancelled.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let paper = seen(&app, &visitor, id).await?;
    let form = CancellationForm { version: paper.version.to_string(), reason: String::new() };
    Ok(answer(&view, StatusCode::OK, &paper, &form, &Errors::none()))
}

/// Cancels it.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PaperId>,
    Form(sent): Form<CancellationForm>,
) -> Answer {
    let paper = seen(&app, &visitor, id).await?;
    match sent.check() {
        Ok((version, reason)) => {
            actions::cancel(&app, &visitor, (id, version), &reason).await?;
            Ok(see_other_saying(&id.show_path(), FlashKind::Success, "Документ отменён."))
        }
        Err(errors) => Ok(answer(&view, StatusCode::UNPROCESSABLE_ENTITY, &paper, &sent, &errors)),
    }
}

fn answer(view: &View, status: StatusCode, paper: &Paper, typed: &CancellationForm, errors: &Errors) -> Response {
    let reason = Field::new("reason", "Причина")
        .required()
        .value(typed.reason.clone())
        .hint("Например: «составлен по ошибке», «отменён приказом № 50-ОД от 01.12.2026».")
        .error(errors.of("reason"));
    let drawn = field(&reason);
    let mut will_happen = vec!["Документ больше ничего не подтверждает, в дорожной карте он не засчитан.".to_owned()];
    if paper.registered_on.is_some() {
        will_happen.push("Номер остаётся за отменённым документом: другому его не дадут.".into());
    }
    let body = confirm(&Confirm {
        action: paper.id.part_path("cancellation"),
        submit: "Отменить документ".into(),
        cancel_href: paper.id.show_path(),
        will_happen,
        remains: vec!["Сам документ, его файлы и история. Вернуть отменённый нельзя: составляют новый.".into()],
        hidden: vec![("version".into(), typed.version.clone())],
        fields: drawn,
        danger: true,
    });
    view.page_with(
        status,
        Page {
            title: "Отменить документ".into(),
            lead: Some(paper.caption()),
            crumbs: crumbs_of(paper),
            body: html! { (error_summary(&errors.summary(&[reason]))) (body) },
            width: Width::Narrow,
            ..Page::default()
        },
    )
}
