//! What each column was taken for, to be corrected and remembered.

use crate::{
    access::Visitor,
    error::{Answer, Failure},
    people::{
        import::{
            actions,
            queries::{self, Lists},
        },
        model::PeopleImportId,
        reading::{Column, header_key},
    },
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            form::{Form as DrawnForm, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// Columns that can be corrected on one page.
const MOST: usize = 200;

/// What the corrections come as: `place.word`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnsForm {
    column: Vec<String>,
}

/// Shows every different header with what it was taken for.
pub async fn show(
    State(app): State<App>,
    PathOf(id): PathOf<PeopleImportId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let lists = queries::lists(&mut tx, visitor.school_id(), id).await?;
    Ok(view.page(page(&lists)))
}

/// Keeps the corrections and compares anew.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<PeopleImportId>,
    visitor: Visitor,
    Form(sent): Form<ColumnsForm>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let lists = queries::lists(&mut tx, visitor.school_id(), id).await?;
    drop(tx);
    let titles = titles(&lists);
    let read = |text: &String| {
        let (place, word) = text.split_once('.')?;
        let (title, before) = titles.get(place.parse::<usize>().ok()?)?;
        Some((header_key(title), word.parse::<Column>().ok()?, *before))
    };
    let told: Option<Vec<_>> = sent.column.iter().map(read).collect();
    let told = told.ok_or_else(|| Failure::BadRequest("Столбцы не сошлись. Откройте страницу заново.".into()))?;
    let corrected: Vec<(String, Column)> =
        told.into_iter().filter(|(_, column, before)| column != before).map(|(key, column, _)| (key, column)).collect();
    actions::correct_columns(&app, &visitor, id, &corrected).await?;
    Ok(see_other_saying(&id.show_path(), FlashKind::Success, "Списки сравнены заново; столбцы запомнены."))
}

/// Every different header once, in the order of the files.
fn titles(lists: &Lists) -> Vec<(String, Column)> {
    let mut titles: Vec<(String, Column)> = vec![];
    for section in &lists.sections.0 {
        for (title, column) in section.header.iter().zip(&section.columns) {
            let known = titles.iter().any(|(other, _)| header_key(other) == header_key(title));
            if !known && !title.trim().is_empty() && titles.len() < MOST {
                titles.push((title.clone(), *column));
            }
        }
    }
    titles
}

fn page(lists: &Lists) -> Page {
    Page {
        title: "Столбцы списков".into(),
        lead: Some("Программа запомнит исправления и в следующий раз поймёт такие столбцы сама.".into()),
        crumbs: vec![Crumb::new("Загрузка списков", lists.id.show_path())],
        body: form(&DrawnForm {
            action: lists.id.path_to("columns"),
            submit: "Сравнить заново".into(),
            cancel_href: Some(lists.id.show_path()),
            body: html! { @for (place, (title, column)) in titles(lists).iter().enumerate() { (question(place, title, *column)) } },
            ..DrawnForm::default()
        }),
        width: Width::Narrow,
        ..Page::default()
    }
}

fn question(place: usize, title: &str, column: Column) -> Markup {
    let id = format!("column-{place}");
    html! {
        div class="field" {
            @if column == Column::Private {
                p { "«" (title) "»: не загружается, программе эти сведения не нужны." }
            } @else {
                label class="form-label" for=(id) { "«" (title) "»" }
                select class="form-select" id=(id) name="column" {
                    @for one in Column::ALL.iter().filter(|one| **one != Column::Private) {
                        option value={ (place) "." (one.word()) } selected[*one == column] { (one.label()) }
                    }
                }
            }
        }
    }
}
