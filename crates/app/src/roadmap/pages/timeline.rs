//! The road map by months.

use super::common::{YearQuery, board_of, file_actions, no_year, ui_state, view_tabs, year_links};
use crate::{
    access::Visitor,
    error::Answer,
    roadmap::{board::Board, paths},
    state::App,
    web::{
        Query, View,
        ui::{
            layout::{Page, Width},
            timeline::{Line, Section, Timeline, timeline},
        },
    },
};
use axum::{extract::State, response::Response};
use maud::html;

/// Shows every row as a bar over the months of the school year.
pub async fn show(
    State(app): State<App>,
    Query(query): Query<YearQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let Some(shown) = board_of(&mut tx, &visitor, query.year.as_deref()).await? else {
        return Ok(view.page(no_year(&visitor, "Дорожная карта по месяцам")));
    };
    Ok(view.page(Page {
        title: format!("Дорожная карта по месяцам, {}", shown.board.programme.year()),
        lead: Some(super::list::lead(&shown.board)),
        actions: file_actions(query.year.as_deref(), &visitor),
        body: html! {
            (view_tabs(paths::TIMELINE, query.year.as_deref()))
            (timeline(&drawn(&shown.board)))
            (year_links(&shown))
        },
        width: Width::Wide,
        ..Page::default()
    }))
}

fn drawn(board: &Board) -> Timeline {
    let year = board.programme.year();
    let sections = board.by_section().map(|(section, rows)| Section {
        title: format!("{} {}", section.number, section.title).trim().to_owned(),
        lines: rows
            .into_iter()
            .map(|row| Line {
                number: row.row.number.clone(),
                label: row.row.title.clone(),
                href: row.row.show_path(),
                window: row.row.window().map(|window| (window.from, window.to)),
                term: row.row.term_text.clone(),
                state: ui_state(row.state),
            })
            .collect(),
    });
    Timeline {
        caption: format!("Сроки мероприятий, {year} учебный год"),
        start: year.first_day(),
        today: board.today,
        sections: sections.collect(),
    }
}
