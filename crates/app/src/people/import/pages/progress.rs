//! How far the reading of an upload is.

use super::rows;
use crate::{
    people::import::{model::ImportState, paths, queries::Lists},
    state::App,
    web::{
        View,
        ui::{
            action::{Action, actions as buttons},
            badge::Tone,
            insight::{Insight, insight},
            layout::{Crumb, Page, Width},
            notice::{Notice, notice},
        },
    },
    words,
};
use axum::{http::HeaderValue, response::Response};
use chrono::TimeDelta;
use maud::html;

/// Minutes of silence after which a reading is believed to have ended with the server it ran in.
const SILENCE: TimeDelta = TimeDelta::minutes(3);

/// Says how far the reading is; the page asks again by itself, without a script.
pub fn draw(app: &App, view: &View, lists: &Lists) -> Response {
    let counts = &lists.summary.0;
    let is_silent = app.clock.now() - lists.touched_at > SILENCE;
    let sentence = match lists.state {
        ImportState::Reading => format!("Прочитано: {}.", rows::rows(counts.read)),
        _ => format!("Сравнено с записями: {} из {}.", words::number(counts.compared), words::number(counts.read)),
    };
    let drop = Action::post("Удалить и загрузить заново", lists.id.path_to("removal"));
    let mut response = view.page(Page {
        title: "Списки читаются".into(),
        lead: Some("Эту страницу можно закрыть: чтение продолжится, результат будет в «Загрузить списки».".into()),
        crumbs: vec![Crumb::new("Загрузить списки", paths::UPLOAD)],
        body: html! {
            @if is_silent {
                (notice(&Notice::new(Tone::Warning, "Чтение прервалось: сервер был остановлен. Удалите эту загрузку и выберите файлы ещё раз.")))
                (buttons(&[drop]))
            } @else {
                (insight(&Insight { tone: Tone::Info, number: words::number(counts.read), sentence, ..Insight::default() }))
                (buttons(&[Action::link("Обновить", lists.id.show_path())]))
            }
        },
        width: Width::Narrow,
        ..Page::default()
    });
    if !is_silent {
        response.headers_mut().insert("refresh", HeaderValue::from_static("2"));
    }
    response
}
