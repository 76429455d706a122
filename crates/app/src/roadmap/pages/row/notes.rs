//! Notes of a row: shown and added.

use super::{Records, Typed, done, refused};
use crate::{
    access::Visitor,
    clock::day_in,
    error::Answer,
    roadmap::{
        actions,
        board::BoardRow,
        model::{NoteId, RowId},
    },
    state::App,
    web::{
        Errors, Form, PathOf, View,
        ui::{
            card::{Card, card},
            details::{Details, details},
            field::{Control, Field, field},
            form::{Form as DrawnForm, form},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};
use std::collections::HashMap;

/// Draws the notes and the form that adds one.
pub fn card_of(records: &Records, row: &BoardRow, works: bool, typed: &Typed, visitor: &Visitor) -> Markup {
    let zone = visitor.school.zone();
    let text = Field::new("text", "Заметка")
        .required()
        .control(Control::Textarea { rows: 3 })
        .value(typed.value("note", "text"))
        .error(typed.error("note", "text"));
    let add = DrawnForm {
        action: row.row.part_path("notes"),
        submit: "Добавить заметку".into(),
        errors: typed.summary("note"),
        body: html! { input type="hidden" name="key" value=(NoteId::fresh()); (field(&text)) },
        ..DrawnForm::default()
    };
    let body = html! {
        @if records.notes.is_empty() { p class="muted" { "Заметок пока нет." } }
        @for note in &records.notes {
            article class="note" {
                p class="note-text" { (note.text) }
                p class="muted" { (note.author) ", " (words::short_date(day_in(note.created_at, zone))) }
            }
        }
        @if works { (details(&Details { summary: "Добавить заметку".into(), body: form(&add), open: typed.of("note").is_some() })) }
    };
    card(&Card { title: "Заметки".into(), body, ..Card::default() })
}

/// What the form of a new note sends.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoteForm {
    key: String,
    text: String,
}

/// Adds a note, or draws the page again with what is wrong.
pub async fn add(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<NoteForm>,
) -> Answer<Response> {
    let mut errors = Errors::none();
    let text = errors.text("text", &typed.text, 4000);
    if errors.is_empty() {
        let note = typed.key.parse().unwrap_or_else(|()| NoteId::fresh());
        return actions::add_note(&app, &visitor, id, (note, &text)).await.map(|()| done(id, "Заметка добавлена."));
    }
    let values = HashMap::from([("text", typed.text)]);
    refused(&app, &view, &visitor, id, Typed { form: "note", values, errors }).await
}
