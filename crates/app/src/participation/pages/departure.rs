//! Leaving the programme with a day and a reason, and coming back.

use super::common::{choices, crumbs, drawn, with_none};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    participation::{
        actions,
        forms::{DepartureForm, REASONS},
        model::{LeaveReason, Participant, ParticipationId},
        paths, queries,
    },
    people::Sight,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Control, Field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// Shows the form.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<ParticipationId>, view: View, visitor: Visitor) -> Answer {
    let one = load(&app, &visitor, id).await?;
    let blank = DepartureForm { on: visitor.today.to_string(), version: one.version, ..DepartureForm::default() };
    Ok(page(&view, StatusCode::OK, &one, (&blank, &Errors::none())))
}

/// Records that somebody left.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<ParticipationId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<DepartureForm>,
) -> Answer {
    let one = load(&app, &visitor, id).await?;
    let refused = |errors: &Errors| Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &one, (&sent, errors)));
    let (on, reason, note) = match sent.check() {
        Ok(departure) => departure,
        Err(errors) => return refused(&errors),
    };
    match actions::depart(&app, &visitor, (id, sent.version), (on, reason, &note)).await {
        Ok(()) => Ok(see_other_saying(&paths::participation_path(id), FlashKind::Success, "Участие завершено.")),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("on", sentence)),
        Err(failure) => Err(failure),
    }
}

/// Records that somebody came back.
pub async fn take_back(State(app): State<App>, PathOf(id): PathOf<ParticipationId>, visitor: Visitor) -> Answer {
    actions::take_back(&app, &visitor, id).await?;
    Ok(see_other_saying(&paths::participation_path(id), FlashKind::Success, "Участник снова в программе."))
}

async fn load(app: &App, visitor: &Visitor, id: ParticipationId) -> Answer<Participant> {
    let mut tx = app.db.read().await?;
    Ok(queries::participant(&mut tx, Sight::of(visitor)?, id).await?)
}

fn page(view: &View, status: StatusCode, one: &Participant, (sent, errors): (&DepartureForm, &Errors)) -> Response {
    let reasons = with_none("Выберите", choices(&REASONS, LeaveReason::word, LeaveReason::label));
    let fields = [
        Field::new("on", "Дата").required().control(Control::Date).value(&sent.on).error(errors.of("on")),
        Field::new("reason", "Причина")
            .required()
            .control(Control::Select(reasons))
            .value(&sent.reason)
            .error(errors.of("reason")),
        Field::new("note", "Пояснение")
            .control(Control::Textarea { rows: 3 })
            .value(&sent.note)
            .error(errors.of("note")),
        Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()),
    ];
    let path = paths::participation_path(one.id);
    let mut way = crumbs();
    way.push(Crumb::new(one.name().short(), path.clone()));
    let body = form(&form::Form {
        action: paths::part_path(one.id, "departure"),
        submit: "Завершить участие".into(),
        cancel_href: Some(path),
        errors: errors.summary(&fields),
        body: html! {
            p { "Запись останется в реестре и в показателях года: вошедший в программу считается вошедшим. Вернуть участника можно в любой день." }
            (drawn(&fields))
        },
        ..form::Form::default()
    });
    view.page_with(
        status,
        Page {
            title: "Завершить участие".into(),
            lead: Some(format!("{} — {}", one.name(), one.side.label())),
            crumbs: way,
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}
