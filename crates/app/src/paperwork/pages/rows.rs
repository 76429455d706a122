//! Which rows of the road map a paper proves.

use super::common::crumbs_of;
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    paperwork::{
        actions,
        model::{Paper, PaperId, ProvenRow, ProvenRowId},
        queries,
    },
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            empty::{Empty, empty},
            field::{Choice, Control, Field, field},
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::extract::State as Run;
use serde::Deserialize;

/// The rows that were ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RowsForm {
    row: Vec<String>,
}

struct Shown {
    paper: Paper,
    rows: Vec<ProvenRow>,
    chosen: Vec<ProvenRow>,
}

async fn seen(app: &App, visitor: &Visitor, id: PaperId) -> Answer<Shown> {
    let (school, mut tx) = (visitor.school_id(), app.db.read().await?);
    let paper = queries::paper(&mut tx, Sight::of(visitor)?, id).await?;
    let year = i32::try_from(paper.school_year).ok().and_then(SchoolYear::starting_in).ok_or(Failure::NotFound)?;
    let rows = queries::rows_of_year(&mut tx, school, year).await?;
    let rows = rows.into_iter().filter(|row| row.programme_state == "running").collect();
    Ok(Shown { chosen: queries::proven_rows(&mut tx, school, id).await?, paper, rows })
}

/// Shows the rows of the year.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let shown = seen(&app, &visitor, id).await?;
    let choice = |row: &ProvenRow| {
        let choice = Choice::new(row.id.to_string(), format!("{} {}", row.number, row.title));
        if row.document_kind.is_empty() {
            choice
        } else {
            choice.hint(format!("ожидается: {}", row.document_kind))
        }
    };
    let rows = Field::new("row", "Мероприятия").control(Control::Checkboxes {
        options: shown.rows.iter().map(choice).collect(),
        chosen: shown.chosen.iter().map(|row| row.id.to_string()).collect(),
    });
    let body = if shown.rows.is_empty() {
        empty(&Empty::new("Учебный год не идёт", "Мероприятия появятся, когда дорожную карту года запустят."))
    } else {
        form(&form::Form {
            action: id.part_path("rows"),
            submit: "Сохранить".into(),
            cancel_href: Some(id.show_path()),
            body: field(&rows),
            ..form::Form::default()
        })
    };
    Ok(view.page(Page {
        title: "Какие мероприятия подтверждает документ".into(),
        lead: Some(format!("{}. Засчитывается, когда документ подписан или зарегистрирован.", shown.paper.title)),
        crumbs: crumbs_of(&shown.paper),
        body,
        width: Width::Normal,
        ..Page::default()
    }))
}

/// Saves the choice.
pub async fn submit(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf(id): PathOf<PaperId>,
    Form(sent): Form<RowsForm>,
) -> Answer {
    let rows: Option<Vec<ProvenRowId>> = sent.row.iter().map(|row| row.parse().ok()).collect();
    actions::choose_rows(&app, &visitor, id, &rows.ok_or(Failure::NotFound)?).await?;
    Ok(see_other_saying(&id.show_path(), FlashKind::Success, "Мероприятия документа сохранены."))
}
