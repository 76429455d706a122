//! «Реестр соглашений» as a workbook and on paper.

use super::register::{Asked, empty_table, line};
use crate::{
    access::Visitor,
    audit::Event,
    error::{Answer, Failure},
    files::download,
    partners::{actions::note_export, model::Agreement, paths, queries},
    state::App,
    web::{
        Query, View,
        ui::{
            layout::{Crumb, Page, Width},
            table::{Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::NaiveDate;
use documents::sheet::{self, Kind, Sheet, Value, Workbook};
use maud::html;

/// Saves the register as a workbook.
pub async fn xlsx(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.read().await?;
    let all = queries::agreements(&mut tx, visitor.school_id()).await?;
    drop(tx);
    let found = asked.of(all, visitor.today);
    note_export(&app, &visitor, Event::AgreementsExported, found.len()).await?;
    let title = format!("Реестр соглашений: {}, на {}", visitor.school.short_name, words::short_date(visitor.today));
    let sheet = (1_i64..)
        .zip(&found)
        .fold(empty().titled(title), |sheet, (number, agreement)| sheet.row(cells(number, agreement, visitor.today)));
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download("Реестр соглашений.xlsx", bytes))
}

fn empty() -> Sheet {
    let text = |title, width| sheet::Column::text(title, width);
    let day = |title| sheet::Column::new(title, 14.0, Kind::Date);
    Sheet::new(
        "Соглашения",
        [
            sheet::Column::new("№", 5.0, Kind::Integer),
            text("Номер соглашения", 18.0),
            day("Подписано"),
            text("Партнёр", 40.0),
            text("Предмет", 44.0),
            text("Формы наставничества", 34.0),
            day("Действует с"),
            day("Действует по"),
            text("Состояние", 16.0),
            day("Расторгнуто"),
            text("Основание расторжения", 30.0),
            text("Файл", 24.0),
            text("Примечание", 34.0),
        ],
    )
}

fn cells(number: i64, agreement: &Agreement, today: NaiveDate) -> Vec<Value> {
    vec![
        number.into(),
        agreement.number.as_str().into(),
        agreement.signed_on.into(),
        agreement.partner_name.as_str().into(),
        agreement.subject.as_str().into(),
        agreement.forms_text().into(),
        agreement.valid_from.or(agreement.signed_on).into(),
        agreement.valid_until.into(),
        agreement.state_on(today).label().into(),
        agreement.terminated_on.into(),
        agreement.termination.as_str().into(),
        agreement.file_name.as_deref().unwrap_or_default().into(),
        agreement.note.as_str().into(),
    ]
}

/// Shows the register ready to be printed.
pub async fn print(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let all = queries::agreements(&mut tx, visitor.school_id()).await?;
    let shown = Table { rows: all.iter().map(|one| line(one, visitor.today)).collect(), ..empty_table() };
    Ok(view.page(Page {
        title: "Реестр соглашений с партнёрами".into(),
        lead: Some(format!("{}. На {}.", visitor.school.name, words::short_date(visitor.today))),
        crumbs: vec![Crumb::new("Реестр соглашений", paths::AGREEMENTS)],
        body: html! {
            p class="screen-only muted" { "Напечатайте эту страницу средствами браузера (Ctrl+P): меню и кнопки на бумагу не попадут." }
            (table(&shown))
        },
        width: Width::Wide,
        ..Page::default()
    }))
}
