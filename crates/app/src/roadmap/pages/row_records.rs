//! Tasks and notes of a row, received from the forms of its page.

use super::{row, row_parts::Typed};
use crate::{
    access::{UserId, Visitor},
    error::{Answer, Failure},
    roadmap::{
        actions,
        model::{RowId, TaskId},
        paths,
        writes::NewTask,
    },
    state::App,
    web::{Errors, Form, PathOf, View, see_other_saying, ui::layout::FlashKind},
};
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use std::collections::HashMap;

/// What the form of a new task sends.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TaskForm {
    text: String,
    due_on: String,
    user: String,
}

impl TaskForm {
    fn check(&self) -> Result<NewTask, Errors> {
        let mut errors = Errors::none();
        let text = errors.text("text", &self.text, 500);
        let due_on = (!self.due_on.is_empty())
            .then(|| {
                errors
                    .value("due_on", self.due_on.parse::<NaiveDate>().map_err(|_| "Укажите дату, например 22.11.2026."))
            })
            .flatten();
        let user = (!self.user.is_empty())
            .then(|| errors.value("user", self.user.parse::<UserId>().map_err(|()| "Выберите человека из списка.")))
            .flatten();
        if errors.is_empty() { Ok(NewTask { text, due_on, user }) } else { Err(errors) }
    }
}

/// Adds a task, or draws the page again with what is wrong.
pub async fn add_task(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<TaskForm>,
) -> Answer<Response> {
    match typed.check() {
        Ok(new) => actions::add_task(&app, &visitor, id, &new).await.map(|()| done(id, "Задача добавлена.")),
        Err(errors) => {
            let values = HashMap::from([("text", typed.text), ("due_on", typed.due_on), ("user", typed.user)]);
            refused(&app, &view, &visitor, id, Typed { form: "task", values, errors }).await
        }
    }
}

/// Marks a task as done.
pub async fn finish_task(
    State(app): State<App>,
    PathOf((id, task)): PathOf<(RowId, TaskId)>,
    visitor: Visitor,
) -> Answer<Response> {
    actions::finish_task(&app, &visitor, id, task).await.map(|()| done(id, "Задача выполнена."))
}

/// Opens a task again.
pub async fn reopen_task(
    State(app): State<App>,
    PathOf((id, task)): PathOf<(RowId, TaskId)>,
    visitor: Visitor,
) -> Answer<Response> {
    actions::reopen_task(&app, &visitor, id, task).await.map(|()| done(id, "Задача снова в работе."))
}

/// What the form of a new note sends.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoteForm {
    text: String,
}

/// Adds a note, or draws the page again with what is wrong.
pub async fn add_note(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<NoteForm>,
) -> Answer<Response> {
    let mut errors = Errors::none();
    let text = errors.text("text", &typed.text, 4000);
    if errors.is_empty() {
        return actions::add_note(&app, &visitor, id, &text).await.map(|()| done(id, "Заметка добавлена."));
    }
    let values = HashMap::from([("text", typed.text)]);
    refused(&app, &view, &visitor, id, Typed { form: "note", values, errors }).await
}

/// Draws the row's page with what is wrong in one of its forms; the relation to the row is checked first.
pub async fn refused(app: &App, view: &View, visitor: &Visitor, id: RowId, typed: Typed) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = row::RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    if !actions::may_work(visitor, loaded.row()?) {
        return Err(Failure::NotResponsible);
    }
    row::answer(app, view, visitor, id, StatusCode::UNPROCESSABLE_ENTITY, &typed).await
}

fn done(id: RowId, sentence: &str) -> Response {
    see_other_saying(&paths::row_path(id), FlashKind::Success, sentence)
}
