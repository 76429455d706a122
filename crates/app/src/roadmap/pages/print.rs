//! The road map on paper: all rows with states, as a table of the order's annex.

use super::common::{YearQuery, board_of, no_year};
use crate::{
    access::Visitor,
    error::Answer,
    roadmap::{
        board::{Board, BoardRow, traits_of},
        paths,
    },
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            layout::{Crumb, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// Shows the road map ready to be printed.
pub async fn show(
    State(app): State<App>,
    Query(query): Query<YearQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let Some(shown) = board_of(&mut tx, &visitor, query.year.as_deref()).await? else {
        return Ok(view.page(no_year(&visitor, "Дорожная карта")));
    };
    let board = shown.board;
    Ok(view.page(Page {
        title: format!("План мероприятий (дорожная карта), {} учебный год", board.programme.year()),
        lead: Some(format!("{}. Состояние на {}.", visitor.school.name, words::short_date(board.today))),
        crumbs: vec![Crumb::new("Дорожная карта", paths::ROADMAP)],
        actions: vec![Action::link("К списку", board.programme.show_path())],
        body: html! {
            p class="screen-only muted" { "Напечатайте эту страницу средствами браузера (Ctrl+P): меню и кнопки на бумагу не попадут." }
            // Seven columns are wider than a screen beside the menu; only the sheet scrolls, by keyboard too.
            div class="print-sheet" tabindex="0" role="region" aria-label="Дорожная карта для печати" { (sheet(&board, &visitor)) }
        },
        width: Width::Wide,
    }))
}

fn sheet(board: &Board, visitor: &Visitor) -> Markup {
    html! {
        table class="table print-table" {
            thead { tr {
                th scope="col" { "№" } th scope="col" { "Мероприятие" } th scope="col" { "Срок" }
                th scope="col" { "Ожидаемый результат (вид документа)" } th scope="col" { "Показатель" }
                th scope="col" { "Ответственный" } th scope="col" { "Состояние" }
            } }
            @for (section, rows) in board.by_section() {
                tbody {
                    tr class="section" { th scope="colgroup" colspan="7" { (section.number) " " (section.title) } }
                    @for row in rows { (line(row, visitor)) }
                }
            }
        }
    }
}

fn line(row: &BoardRow, visitor: &Visitor) -> Markup {
    let traits = traits_of(&visitor.school);
    html! {
        tr {
            td { (row.row.number) }
            td { (row.row.title) }
            td { (row.row.term_text) }
            td { (row.row.expected_result) @if !row.row.document_kind.is_empty() { " (" (row.row.document_kind) ")" } }
            td {
                @for indicator in &row.indicators {
                    p { (indicator.rule.title) ": " (indicator.rule.value_text(indicator.reading.as_ref())) "; цель " (indicator.rule.target_text(traits)) }
                }
            }
            td { (row.responsible_text()) }
            td {
                (row.state.label())
                @if let Some(done) = row.row.done_on { ", " (words::short_date(done)) }
                @if let Some(reason) = &row.row.unproven_reason { ". Показатель не достигнут: " (reason) }
                @if let Some(reason) = &row.row.cancel_reason { ". Причина: " (reason) }
            }
        }
    }
}
