//! The last day of working with a partner.

use crate::{
    access::Visitor,
    error::Answer,
    partners::{
        actions,
        forms::EndingForm,
        model::{Partner, PartnerId},
        pages::common::crumbs,
        paths::partner_path,
        queries,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            field::{Control, Field, field},
            form::error_summary,
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;
use serde::Deserialize;

/// Asks before working together ends.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<PartnerId>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let partner = queries::partner(&mut tx, visitor.school_id(), id).await?;
    let on = partner.ended_on.unwrap_or(visitor.today).to_string();
    let sent = EndingForm { on, version: partner.version, ..EndingForm::default() };
    Ok(page(&view, StatusCode::OK, &partner, &sent, &Errors::none()))
}

/// Notes the last day.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<EndingForm>,
) -> Answer {
    let mut tx = app.db.read().await?;
    let partner = queries::partner(&mut tx, visitor.school_id(), id).await?;
    drop(tx);
    match sent.check() {
        Ok(on) => {
            actions::end(&app, &visitor, (id, sent.version), on).await?;
            Ok(see_other_saying(&partner.show_path(), FlashKind::Success, "Последний день работы с партнёром записан."))
        }
        Err(errors) => Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &partner, &sent, &errors)),
    }
}

fn page(view: &View, status: StatusCode, partner: &Partner, sent: &EndingForm, errors: &Errors) -> Response {
    let day =
        Field::new("on", "Последний день").value(&*sent.on).error(errors.of("on")).required().control(Control::Date);
    let body = confirm(&Confirm {
        action: partner.part_path("ending"),
        submit: "Завершить работу".into(),
        cancel_href: partner.show_path(),
        will_happen: vec![
            "Партнёр перестанет считаться в мероприятии о соглашениях.".into(),
            "В перечне на печать его не будет.".into(),
        ],
        remains: vec!["Сведения, соглашения, контакты и наставники, которых он дал.".into()],
        hidden: vec![("version".into(), sent.version.to_string())],
        fields: field(&day),
        danger: false,
    });
    view.page_with(
        status,
        Page {
            title: "Завершить работу с партнёром".into(),
            lead: Some(partner.name.clone()),
            crumbs: crumbs(partner),
            body: html! { (error_summary(&errors.summary(&[day]))) (body) },
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

/// Which version of the partner a button was drawn for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    pub version: i64,
}

/// Takes the last day back: the school works with the partner again.
pub async fn take_back(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    visitor: Visitor,
    Form(sent): Form<Version>,
) -> Answer {
    actions::take_back(&app, &visitor, id, sent.version).await?;
    Ok(see_other_saying(&partner_path(id), FlashKind::Success, "Работа с партнёром возобновлена."))
}
