//! Tasks of a row: shown, added, done, opened again.

use super::{RowPage, Typed, done, refused};
use crate::{
    access::{UserId, Visitor},
    error::Answer,
    roadmap::{
        actions,
        board::BoardRow,
        model::{RowId, TaskId},
        queries::NewTask,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View,
        ui::{
            action::{Action, action},
            card::{Card, card},
            details::{Details, details},
            field::{Choice, Control, Field, field},
            form::{Form as DrawnForm, form},
            icon::Icon,
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use maud::{Markup, html};
use std::collections::HashMap;

/// Draws the tasks and the form that adds one.
pub fn card_of(page: &RowPage, row: &BoardRow, works: bool, typed: &Typed) -> Markup {
    let (tasks, today) = (&page.records.tasks, page.board.today);
    let open = tasks.iter().filter(|task| task.done_at.is_none()).count();
    let body = html! {
        @if tasks.is_empty() { p class="muted" { "Задач пока нет: разбейте мероприятие на шаги, если его делают несколько человек." } }
        ul class="task-list" {
            @for task in tasks {
                li class=(if task.done_at.is_some() { "task task-done" } else { "task" }) {
                    div {
                        p { (task.text) }
                        p class="muted" {
                            @if let Some(user) = &task.user_name { (user) " · " }
                            @match (&task.done_by_name, task.due_on) {
                                (Some(name), _) => { "выполнено: " (name) },
                                (None, Some(due)) => (words::due(due, today)),
                                (None, None) => "без срока",
                            }
                        }
                    }
                    @if works && task.done_at.is_none() { (action(&Action::post("Выполнено", row.row.task_path(task.id, "completion")).icon(Icon::Check))) }
                    @if works && task.done_at.is_some() { (action(&Action::post("Вернуть", row.row.task_path(task.id, "reopening")).quiet())) }
                }
            }
        }
        @if works { (details(&Details { summary: "Добавить задачу".into(), body: task_form(page, row, typed), open: typed.of("task").is_some() })) }
    };
    card(&Card {
        title: "Задачи".into(),
        lead: (!tasks.is_empty()).then(|| format!("Открыто {open} из {}", tasks.len())),
        body,
        ..Card::default()
    })
}

fn task_form(page: &RowPage, row: &BoardRow, typed: &Typed) -> Markup {
    let people = page
        .users
        .iter()
        .filter(|user| user.is_active)
        .map(|user| Choice::new(user.id.to_string(), user.full_name.clone()));
    let people = std::iter::once(Choice::new("", "Не назначено")).chain(people).collect();
    let body = html! {
        input type="hidden" name="key" value=(TaskId::fresh());
        (field(&Field::new("text", "Что сделать").required().value(typed.value("task", "text")).error(typed.error("task", "text"))))
        (field(&Field::new("due_on", "Срок").control(Control::Date).value(typed.value("task", "due_on")).error(typed.error("task", "due_on"))))
        (field(&Field::new("user", "Кому").control(Control::Select(people)).value(typed.value("task", "user"))))
    };
    form(&DrawnForm {
        action: row.row.part_path("tasks"),
        submit: "Добавить задачу".into(),
        errors: typed.summary("task"),
        body,
        ..DrawnForm::default()
    })
}

/// What the form of a new task sends.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TaskForm {
    key: String,
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
        if !errors.is_empty() {
            return Err(errors);
        }
        let id = self.key.parse().unwrap_or_else(|()| TaskId::fresh());
        Ok(NewTask { id, text, due_on, user })
    }
}

/// Adds a task, or draws the page again with what is wrong.
pub async fn add(
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
pub async fn finish(
    State(app): State<App>,
    PathOf((id, task)): PathOf<(RowId, TaskId)>,
    visitor: Visitor,
) -> Answer<Response> {
    actions::finish_task(&app, &visitor, id, task).await.map(|()| done(id, "Задача выполнена."))
}

/// Opens a task again.
pub async fn reopen(
    State(app): State<App>,
    PathOf((id, task)): PathOf<(RowId, TaskId)>,
    visitor: Visitor,
) -> Answer<Response> {
    actions::reopen_task(&app, &visitor, id, task).await.map(|()| done(id, "Задача снова в работе."))
}
