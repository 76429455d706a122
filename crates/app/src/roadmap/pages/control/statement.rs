//! «Справка о выполнении дорожной карты» (row 5.1).

use super::{actions_of, load, make, of_year, save, signatures, years};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    roadmap::{
        control::{Statement, Tally, statement},
        export,
        pages::common::{Shown, YearQuery, no_year},
        paths,
    },
    state::App,
    web::{
        Query, View,
        ui::{
            badge::Tone,
            card::{Card, card},
            empty::Empty,
            layout::{Crumb, Page, Width},
            notice::{Notice, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

const TITLE: &str = "Справка о выполнении дорожной карты";

/// Shows the statement.
pub async fn show(
    State(app): State<App>,
    Query(query): Query<YearQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let Some(shown) = load(&app, &visitor, &query).await? else { return Ok(view.page(no_year(&visitor, TITLE))) };
    Ok(view.page(page(&shown, &visitor)))
}

/// Saves the statement as a workbook.
pub async fn download(State(app): State<App>, Query(query): Query<YearQuery>, visitor: Visitor) -> Answer<Response> {
    let Shown { board, .. } = load(&app, &visitor, &query).await?.ok_or(Failure::NotFound)?;
    let workbook = export::statement_workbook(&board, &visitor.school);
    save(&app, &visitor, &board, "Справка о выполнении дорожной карты", &workbook).await
}

/// Makes a paper of it.
pub async fn paper(State(app): State<App>, Query(query): Query<YearQuery>, visitor: Visitor) -> Answer<Response> {
    make(&app, &visitor, &query, export::memo).await
}

fn page(shown: &Shown, visitor: &Visitor) -> Page {
    let board = &shown.board;
    let figures = statement(board);
    let as_of = words::short_date(board.today);
    Page {
        title: TITLE.into(),
        lead: Some(format!(
            "{}, {} учебный год, на {as_of}.",
            visitor.school.name,
            board.programme.year().long_label()
        )),
        crumbs: vec![Crumb::new("Дорожная карта", of_year(paths::ROADMAP, board))],
        actions: actions_of((paths::STATEMENT_XLSX, paths::STATEMENT_PAPER), board, visitor),
        body: html! {
            (years(paths::STATEMENT, shown))
            (notice(&Notice::new(tone(&figures), figures.conclusion())))
            (by_section(&figures))
            @if let Some(note) = &figures.note { p class="muted" { (note) } }
            (unproven(&figures))
            (signatures(visitor))
        },
        width: Width::Wide,
    }
}

fn tone(figures: &Statement<'_>) -> Tone {
    if !figures.overdue.is_empty() {
        Tone::Warning
    } else if figures.total.planned() > 0 && figures.total.finished() == figures.total.planned() {
        Tone::Success
    } else {
        Tone::Info
    }
}

fn by_section(figures: &Statement<'_>) -> Markup {
    let rows = figures
        .sections
        .iter()
        .map(|(section, tally)| Row::new(cells(format!("{} {}", section.number, section.title).trim(), *tally)));
    table(&Table {
        caption: "Мероприятия по разделам".into(),
        columns: vec![
            Column::new("section", "Раздел"),
            Column::new("rows", "Всего").numeric(),
            Column::new("done", "Выполнено").numeric(),
            Column::new("work", "В работе").numeric(),
            Column::new("new", "Не начато").numeric(),
            Column::new("overdue", "Просрочено").numeric(),
            Column::new("cancelled", "Отменено").numeric(),
            Column::new("share", "Доля").numeric(),
        ],
        rows: rows.collect(),
        totals: cells("Итого", figures.total),
        empty: Empty::new("Разделов нет", "В дорожной карте этого года нет ни одного раздела."),
        ..Table::default()
    })
}

fn cells(name: &str, tally: Tally) -> Vec<Markup> {
    let done = html! {
        (tally.finished())
        @if tally.done_late > 0 { div class="muted" { "с опозданием" (words::NO_BREAK_SPACE) (tally.done_late) } }
    };
    let others = [tally.in_work, tally.not_started, tally.overdue, tally.cancelled].map(|count| html! { (count) });
    let mut cells = vec![html! { (name) }, html! { (tally.rows()) }, done];
    cells.extend(others);
    cells.push(html! { (tally.share_text()) });
    cells
}

fn unproven(figures: &Statement<'_>) -> Markup {
    if figures.unproven.is_empty() {
        return html! {};
    }
    card(&Card {
        title: "Подтверждены, хотя показатель не достигнут".into(),
        body: html! {
            ul {
                @for row in &figures.unproven {
                    li {
                        a href=(row.row.show_path()) { (row.row.caption()) }
                        ". Причина: " (row.row.unproven_reason.as_deref().unwrap_or_default())
                    }
                }
            }
        },
        ..Card::default()
    })
}
