//! Closing a school year: what is still open, what no longer changes, and the act.

use super::{common::ui_state, paths};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    roadmap::{
        actions,
        board::{Board, BoardRow},
        model::ProgrammeId,
        nouns, queries,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            badge,
            confirm::{Confirm, confirm},
            field::{Control, Field, field},
            layout::{Crumb, FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// What the form sends: «on» when a person says that the year has ended before its last day.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SealingForm {
    early: String,
}

/// Asks before the year is sealed.
pub async fn show(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    answer(&app, &view, &visitor, id, StatusCode::OK, (&SealingForm::default(), &Errors::none())).await
}

/// Seals the year, or asks again what is missing.
pub async fn seal(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<SealingForm>,
) -> Answer<Response> {
    match actions::seal(&app, &visitor, id, typed.early == "on").await {
        Ok(()) => Ok(see_other_saying(
            paths::YEARS,
            FlashKind::Success,
            "Учебный год завершён. Его можно смотреть, печатать и выгружать.",
        )),
        Err(Failure::Refused(sentence)) => {
            let errors = Errors::one("early", sentence);
            answer(&app, &view, &visitor, id, StatusCode::UNPROCESSABLE_ENTITY, (&typed, &errors)).await
        }
        Err(other) => Err(other),
    }
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    id: ProgrammeId,
    status: StatusCode,
    (typed, errors): (&SealingForm, &Errors),
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let programme = queries::programme(&mut tx, visitor.school_id(), id).await?;
    actions::running(&programme)?;
    let board = Board::load(&mut tx, &visitor.school, programme, visitor.today).await?;
    drop(tx);
    let open: Vec<&BoardRow> = board.rows.iter().filter(|row| row.state.is_open()).collect();
    let last = words::short_date(board.programme.year().last_day());
    let lead = if board.programme.is_over(board.today) {
        format!("Учебный год закончился {last}.")
    } else {
        format!("Учебный год идёт до {last}.")
    };
    Ok(view.page_with(
        status,
        Page {
            title: format!("Завершение {} учебного года", board.programme.year()),
            lead: Some(lead),
            crumbs: vec![Crumb::new("Учебные годы", paths::YEARS)],
            body: html! {
                (question(&board, open.len(), typed, errors))
                (unfinished(&open))
            },
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

fn question(board: &Board, open: usize, typed: &SealingForm, errors: &Errors) -> Markup {
    let waiting = board.rows.iter().filter(|row| row.row.done_on.is_some() && row.row.accepted_at.is_none()).count();
    let early = Field::new("early", "Год закончен раньше").control(Control::Checkbox);
    let early = early.value(typed.early.clone()).error(errors.of("early")).required();
    let mut will_happen = vec![
        "Сроки, цели, числа, документы, задачи и заметки этого года больше не изменятся. Вернуть год в работу нельзя."
            .to_owned(),
    ];
    if open > 0 {
        will_happen.push(format!("Не выполнено: {}. Подтвердить выполнение будет уже нельзя.", nouns::rows(open)));
    }
    if waiting > 0 {
        will_happen
            .push(format!("Не принято директором: {}. Принять выполнение будет уже нельзя.", nouns::rows(waiting)));
    }
    will_happen.push("Показатели перестанут запоминаться по дням.".to_owned());
    confirm(&Confirm {
        action: board.programme.step_path("sealing"),
        submit: "Завершить учебный год".into(),
        cancel_href: paths::YEARS.into(),
        will_happen,
        remains: vec![
            "Дорожную карту, справку, контрольный лист и историю можно смотреть, печатать и выгружать.".into(),
            "Документы можно скачивать.".into(),
            "Из этого года можно подготовить новый.".into(),
        ],
        fields: html! { @if !board.programme.is_over(board.today) { (field(&early)) } },
        danger: true,
        ..Confirm::default()
    })
}

fn unfinished(open: &[&BoardRow]) -> Markup {
    let line = |row: &&BoardRow| {
        let cells = vec![
            html! { span class="row-number" { (row.row.number) } " " (row.row.title) },
            html! { (row.row.term_text) },
            badge::state(ui_state(row.state)),
        ];
        Row::new(cells).href(row.row.show_path())
    };
    let rows = Table {
        caption: "Что ещё не выполнено".into(),
        columns: vec![
            Column::new("title", "Мероприятие"),
            Column::new("term", "Срок"),
            Column::new("state", "Состояние"),
        ],
        rows: open.iter().map(line).collect(),
        ..Table::default()
    };
    html! { @if !open.is_empty() { (table(&rows)) } }
}
