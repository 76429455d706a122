//! The road map as a calendar: what begins and what is due in a month.

use super::common::{board_of, no_year, ui_state, view_tabs, with_year, year_links};
use crate::{
    access::Visitor,
    error::Answer,
    roadmap::{board::Board, paths},
    state::App,
    web::{
        Query, View,
        ui::{
            address::Address,
            calendar::{Calendar, Item, calendar},
            layout::{Page, Width},
        },
    },
};
use axum::{extract::State, response::Response};
use chrono::{Datelike as _, Months, NaiveDate};
use maud::html;

/// What the calendar is asked for.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct MonthQuery {
    year: Option<String>,
    /// «2026-11»; the current month, or the first one of a year that is over.
    month: String,
}

/// Shows a month.
pub async fn show(
    State(app): State<App>,
    Query(query): Query<MonthQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let Some(shown) = board_of(&mut tx, &visitor, query.year.as_deref()).await? else {
        return Ok(view.page(no_year(&visitor, "Календарь")));
    };
    let board = &shown.board;
    let year = board.programme.year();
    let asked = NaiveDate::parse_from_str(&format!("{}-01", query.month), "%Y-%m-%d").ok();
    let current = if year.contains(board.today) { board.today } else { year.first_day() };
    let month = asked.filter(|day| year.contains(*day)).unwrap_or(current).with_day(1).unwrap_or(current);
    let link = |day: Option<NaiveDate>| {
        let day = day.filter(|day| year.contains(*day))?;
        let address = with_year(paths::CALENDAR, query.year.as_deref());
        Some(Address::new(&address).with("month", &day.format("%Y-%m").to_string()).to_string())
    };
    let drawn = Calendar {
        month,
        today: board.today,
        items: items(board, month),
        previous_href: link(month.checked_sub_months(Months::new(1))),
        next_href: link(month.checked_add_months(Months::new(1))),
    };
    Ok(view.page(Page {
        title: format!("Календарь дорожной карты, {year}"),
        lead: Some("В каждом дне — мероприятия, у которых он последний день срока.".into()),
        body: html! {
            (view_tabs(paths::CALENDAR, query.year.as_deref()))
            (calendar(&drawn))
            (year_links(&shown))
        },
        width: Width::Wide,
        ..Page::default()
    }))
}

fn items(board: &Board, month: NaiveDate) -> Vec<Item> {
    let in_month = |day: NaiveDate| (day.year(), day.month()) == (month.year(), month.month());
    let rows = board.rows.iter().filter_map(|row| Some((row, row.row.due_on.filter(|day| in_month(*day))?)));
    rows.map(|(row, day)| Item { day, label: row.row.caption(), href: row.row.show_path(), state: ui_state(row.state) })
        .collect()
}
