//! Changing what a row says.

use super::{RowPage, crumbs};
use crate::{
    access::Visitor,
    error::Answer,
    roadmap::{
        actions,
        model::{ProgrammeState, RowId},
        pages::row_form::{self, RowForm},
        paths,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::Action,
            form::{Form as DrawnForm, form},
            icon::Icon,
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// Draws the form with what is stored.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<RowId>, view: View, visitor: Visitor) -> Answer<Response> {
    answer(&app, &view, &visitor, id, StatusCode::OK, None).await
}

/// Saves the row, or draws the form again with what is wrong.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<RowForm>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, &visitor, id).await?;
    drop(tx);
    let before = &loaded.row()?.row;
    let (edited, mut errors) = typed.check(&before.rules.0, &loaded.users);
    if edited.number != before.number {
        row_form::expect_free_number(&edited.number, loaded.board.rows.iter().map(|row| &row.row), &mut errors);
    }
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer(&app, &view, &visitor, id, status, Some((&typed, &errors))).await;
    }
    actions::edit(&app, &visitor, id, &edited).await?;
    let next = match loaded.board.programme.state {
        ProgrammeState::Draft => paths::draft_path(loaded.board.programme.id),
        _ => paths::row_path(id),
    };
    Ok(see_other_saying(&next, FlashKind::Success, "Мероприятие сохранено."))
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    id: RowId,
    status: StatusCode,
    refused: Option<(&RowForm, &Errors)>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    let is_draft = loaded.board.programme.state == ProgrammeState::Draft;
    if !is_draft {
        actions::running(&loaded.board.programme)?;
    }
    let (stored, none) = (RowForm::of(row), Errors::none());
    let (typed, errors) = refused.unwrap_or((&stored, &none));
    let body = html! {
        input type="hidden" name="version" value=(typed.version);
        (row_form::fields(&row.row.rules.0, &loaded.users, None, typed, errors))
    };
    let removal = Action::link("Удалить мероприятие", row.row.part_path("removal")).icon(Icon::Trash).quiet();
    Ok(view.page_with(
        status,
        Page {
            title: "Изменить мероприятие".into(),
            lead: Some(row.row.caption()),
            crumbs: crumbs(row, &loaded.board),
            actions: if is_draft { vec![removal] } else { vec![] },
            body: form(&DrawnForm {
                action: row.row.part_path("edit"),
                submit: "Сохранить".into(),
                cancel_href: Some(row.row.show_path()),
                errors: row_form::summary(errors),
                body,
                ..DrawnForm::default()
            }),
            width: Width::Narrow,
        },
    ))
}
