//! The road map as a list: sections, rows, filter.

use super::common::{board_of, file_actions, indicator_line, no_year, ui_state, view_tabs, year_links};
use crate::{
    access::{Right, Visitor},
    error::Answer,
    roadmap::{
        board::{Board, BoardRow},
        measures,
        model::ProgrammeState,
        nouns::of_rows,
        paths,
        state::RowState,
        term::Window,
    },
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            address::Address,
            badge::{self, Badge, Tone},
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            icon::Icon,
            layout::{Page, Width},
            table::{Column, Direction, Row, Table, table},
        },
    },
    words,
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use chrono::{Datelike as _, NaiveDate, TimeDelta};
use maud::{Markup, html};

/// What the list is asked for.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(default)]
pub struct ListQuery {
    pub year: Option<String>,
    /// Words of the row.
    pub q: String,
    /// States; any when empty.
    pub state: Vec<String>,
    /// A responsible, as it is read; everybody when empty.
    pub who: String,
    /// The number of a section; every one when empty.
    pub section: String,
    /// «week»: only rows whose term ends in the current week; «now»: only rows whose term runs.
    pub due: Vec<String>,
    pub sort: String,
    pub dir: String,
}

/// Shows the list.
pub async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Query(query): Query<ListQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let Some(shown) = board_of(&mut tx, &visitor, query.year.as_deref()).await? else {
        return Ok(view.page(no_year(&visitor, "Дорожная карта")));
    };
    let board = &shown.board;
    let address = Address::new(uri.path_and_query().map_or(paths::ROADMAP, |path| path.as_str()));
    let mut actions = file_actions(query.year.as_deref(), &visitor);
    if visitor.may(Right::KeepRoadmap) {
        if board.programme.state == ProgrammeState::Running {
            let added = board.programme.step_path("rows/new");
            actions.push(Action::link("Добавить мероприятие", added).icon(Icon::Plus));
        }
        actions.push(Action::link("Загрузить свою", paths::IMPORT).quiet());
    }
    Ok(view.page(Page {
        title: format!("Дорожная карта, {} учебный год", board.programme.year()),
        lead: Some(lead(board)),
        crumbs: vec![],
        actions,
        body: html! {
            (view_tabs(paths::ROADMAP, query.year.as_deref()))
            (filter(&questions(board, &query, &address, &visitor)))
            (year_links(&shown))
        },
        width: Width::Wide,
    }))
}

/// Says in one sentence how the year goes.
pub fn lead(board: &Board) -> String {
    let done = board.total(measures::ROWS_DONE);
    let all = of_rows(done.denominator.unwrap_or(0));
    let overdue = board.count(RowState::Overdue);
    let late = if overdue == 0 {
        "просроченных нет".to_owned()
    } else {
        format!("просрочено {overdue}")
    };
    format!("Выполнено {} из {all}, {late}. На {}.", done.numerator, words::short_date(board.today))
}

fn questions(board: &Board, query: &ListQuery, address: &Address, visitor: &Visitor) -> Filter {
    let rows = found(board, query);
    let states = RowState::ALL.map(|state| Choice::new(state.key(), words::capitalised(state.label())));
    let mut people: Vec<String> = board.rows.iter().flat_map(names).collect();
    people.sort_by(|a, b| words::alphabetical(a, b));
    people.dedup();
    let people = people.into_iter().map(|name| Choice::new(name.clone(), name));
    let sections = board
        .sections
        .iter()
        .map(|section| Choice::new(section.position.to_string(), format!("{} {}", section.number, section.title)));
    Filter {
        address: address.clone(),
        asks: vec![
            Ask::Search { name: "q", label: "Найти".into(), value: query.q.clone() },
            Ask::Select {
                name: "who",
                label: "Ответственный".into(),
                options: people.collect(),
                value: query.who.clone(),
            },
            Ask::Select {
                name: "section",
                label: "Раздел".into(),
                options: sections.collect(),
                value: query.section.clone(),
            },
            Ask::Chips {
                name: "state",
                label: "Состояние".into(),
                options: states.into(),
                chosen: query.state.clone(),
            },
            Ask::Chips {
                name: "due",
                label: "Срок".into(),
                options: vec![Choice::new("week", "Срок на этой неделе"), Choice::new("now", "Срок идёт")],
                chosen: query.due.clone(),
            },
        ],
        hidden: [
            ("year", query.year.clone().unwrap_or_default()),
            ("sort", query.sort.clone()),
            ("dir", query.dir.clone()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect(),
        found: format!("Показано {} из {}", rows.len(), of_rows(board.rows.len())),
        body: table(&drawn(board, rows, query, address, visitor)),
    }
}

fn names(row: &BoardRow) -> Vec<String> {
    row.responsibles.iter().map(|one| one.user_name.clone().unwrap_or_else(|| one.label.clone())).collect()
}

/// Returns the rows the query asks for, sorted as it wants.
fn found<'a>(board: &'a Board, query: &ListQuery) -> Vec<&'a BoardRow> {
    let needle = words::fold(&query.q);
    let section = query.section.parse::<i64>().ok();
    let section = section.and_then(|position| board.sections.iter().find(|section| section.position == position));
    let mut rows: Vec<&BoardRow> = board
        .rows
        .iter()
        .filter(|row| query.state.is_empty() || query.state.iter().any(|key| key == row.state.key()))
        .filter(|row| query.who.is_empty() || names(row).contains(&query.who))
        .filter(|row| section.is_none_or(|section| section.id == row.row.section_id))
        .filter(|row| query.due.iter().all(|due| is_due(row, due, board.today)))
        .filter(|row| {
            let text = format!("{} {} {}", row.row.caption(), row.row.expected_result, row.responsible_text());
            words::fold(&text).contains(&needle)
        })
        .collect();
    match query.sort.as_str() {
        "title" => rows.sort_by_key(|row| words::fold(&row.row.title)),
        "term" => rows.sort_by_key(|row| (row.row.due_on.is_none(), row.row.due_on, row.row.starts_on)),
        "who" => rows.sort_by_key(|row| words::fold(&row.responsible_text())),
        "state" => rows.sort_by_key(|row| urgency(row.state)),
        _ => {}
    }
    if Direction::named(&query.dir) == Direction::Descending {
        rows.reverse();
    }
    rows
}

/// Tells whether the term of a row ends this week («week»), or runs today («now»).
fn is_due(row: &BoardRow, due: &str, today: NaiveDate) -> bool {
    match due {
        "now" => row.row.window().is_some_and(|window| window.contains(today)),
        _ => row.row.due_on.is_some_and(|due| week_of(today).contains(due)),
    }
}

/// What needs somebody first stands first.
fn urgency(state: RowState) -> u8 {
    match state {
        RowState::Overdue => 0,
        RowState::InWork => 1,
        RowState::NotStarted => 2,
        RowState::DoneLate => 3,
        RowState::Done => 4,
        RowState::Cancelled => 5,
    }
}

/// Returns the days from Monday to Sunday around a day.
pub fn week_of(today: NaiveDate) -> Window {
    let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    Window { from: monday, to: monday + TimeDelta::days(6) }
}

fn drawn(board: &Board, rows: Vec<&BoardRow>, query: &ListQuery, address: &Address, visitor: &Visitor) -> Table {
    let sorted = (!query.sort.is_empty()).then(|| (query.sort.clone(), Direction::named(&query.dir)));
    let mut last = None;
    let lines = rows.into_iter().map(|row| {
        let begins = sorted.is_none() && last != Some(row.row.section_id);
        last = Some(row.row.section_id);
        let section = board.sections.iter().find(|section| begins && section.id == row.row.section_id);
        Row {
            cells: cells(row, board.today, visitor),
            href: Some(row.row.show_path()),
            tone: if row.state == RowState::Overdue { Tone::Danger } else { Tone::Neutral },
            section: section.map(|section| format!("{} {}", section.number, section.title).trim().to_owned()),
        }
    });
    Table {
        caption: format!("Дорожная карта, {}", board.programme.year()),
        rows: lines.collect(),
        columns: vec![
            Column::new("title", "Мероприятие").sortable(),
            Column::new("term", "Срок").sortable(),
            Column::new("who", "Ответственный").sortable(),
            Column::new("indicator", "Показатель"),
            Column::new("records", "Документы").numeric().hidden_on_phone(),
            Column::new("state", "Состояние").sortable(),
        ],
        sort: sorted,
        address: address.clone(),
        empty: Empty::new(
            "Ничего не нашлось",
            "Под такой отбор не подходит ни одно мероприятие. Сбросьте часть условий.",
        ),
        ..Table::default()
    }
}

fn cells(row: &BoardRow, today: NaiveDate, visitor: &Visitor) -> Vec<Markup> {
    let documents = row.counts.documents;
    vec![
        html! { span class="row-number" { (row.row.number) } " " (row.row.title) },
        term(row, today),
        html! { (short_names(row)) },
        html! { @for indicator in &row.indicators { (indicator_line(indicator, visitor)) } },
        html! { @if documents > 0 { (documents) } @else { span class="muted" { "—" } } },
        html! {
            (badge::state(ui_state(row.state)))
            @if row.row.unproven_reason.is_some() {
                (badge::badge(&Badge { tone: Tone::Warning, text: "без показателя".into(), icon: None }))
            }
        },
    ]
}

/// Names the responsibles shortly: «Е. Е. Верхова», posts in full.
fn short_names(row: &BoardRow) -> String {
    let names: Vec<String> = names(row).iter().map(|name| words::initials(name)).collect();
    names.join(", ")
}

fn term(row: &BoardRow, today: NaiveDate) -> Markup {
    html! {
        (row.row.term_text)
        @if let Some(due) = row.row.due_on.filter(|_| row.state.is_open()) {
            div class="muted" { (words::due(due, today)) }
        }
        @if !row.row.open_doubts().is_empty() {
            (badge::badge(&Badge { tone: Tone::Warning, text: "проверьте срок".into(), icon: None }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_runs_from_monday_to_sunday() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(week_of(day(22)), Window { from: day(16), to: day(22) });
        assert_eq!(week_of(day(23)), Window { from: day(23), to: day(29) });
    }
}
