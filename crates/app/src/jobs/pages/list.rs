//! «Мои задания»: what the visitor asked for and how far it is.

use super::mark;
use crate::{
    access::Visitor,
    error::Answer,
    jobs::{model::Job, queries},
    state::App,
    web::{
        View,
        ui::{
            badge::Tone,
            empty::Empty,
            layout::Page,
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// Shows the jobs of the visitor.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let jobs = queries::jobs_of(&mut tx, (visitor.school_id(), visitor.user)).await?;
    Ok(view.page(Page {
        title: "Мои задания".into(),
        lead: Some("Долгая работа, которую программа делает сама: страницу можно закрыть и вернуться, когда всё будет готово.".into()),
        body: table(&Table {
            caption: "Задания, новые сверху".into(),
            columns: vec![
                Column::new("title", "Задание"),
                Column::new("state", "Состояние"),
                Column::new("asked", "Запрошено"),
                Column::new("outcome", "Итог"),
            ],
            rows: jobs.iter().map(|job| line(job, &visitor)).collect(),
            empty: Empty::new(
                "Заданий нет",
                "Здесь появится то, что занимает больше нескольких секунд, — например, папка доказательств со страницы дорожной карты.",
            ),
            ..Table::default()
        }),
        ..Page::default()
    }))
}

fn line(job: &Job, visitor: &Visitor) -> Row {
    let tone = if job.is_news() { Tone::Info } else { Tone::Neutral };
    Row::new(vec![
        html! { (job.title) },
        mark(job.state),
        html! { (super::show::moment(job.asked_at, visitor)) },
        outcome(job, visitor),
    ])
    .href(job.id.show_path())
    .tone(tone)
}

fn outcome(job: &Job, visitor: &Visitor) -> Markup {
    html! {
        (job.sentence)
        @if let Some(last) = job.kept_until(visitor.school.zone()).filter(|_| job.file_id.is_some()) {
            span class="muted" { " Хранится до " (words::day_month(last)) "." }
        }
    }
}
