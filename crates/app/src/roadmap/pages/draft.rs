//! A year being prepared: its rows to be adjusted, its start, its removal.

use super::common::indicator_line;
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    roadmap::{
        actions,
        board::{Board, BoardRow},
        model::{Programme, ProgrammeId, ProgrammeState},
        nouns, paths, queries,
    },
    state::App,
    web::{
        PathOf, View, see_other, see_other_saying,
        ui::{
            action::Action,
            badge::{Badge, Tone, badge},
            confirm::{Confirm, confirm},
            icon::Icon,
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, notice},
            steps::{Step, Steps, steps},
            table::{Column, Row, Table, table},
        },
    },
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// Draws the steps of the preparation.
pub fn wizard(current: usize, programme: Option<&Programme>) -> Markup {
    let step = |label: &str, href: Option<String>| Step { label: label.to_owned(), href };
    steps(&Steps {
        label: "Подготовка учебного года".into(),
        steps: vec![
            step("Источник", None),
            step("Сроки и цели", programme.map(|programme| paths::draft_path(programme.id))),
            step("Ответственные", programme.map(|programme| programme.step_path("posts"))),
            step("Начало года", programme.map(|programme| programme.step_path("start"))),
        ],
        current,
    })
}

/// Returns the way to a step of the preparation.
pub fn step_crumbs(programme: &Programme) -> Vec<Crumb> {
    vec![
        Crumb::new("Учебные годы", paths::YEARS),
        Crumb::new(format!("Черновик, {}", programme.year()), paths::draft_path(programme.id)),
    ]
}

/// Loads a draft; a year that runs is none.
pub async fn load_draft(app: &App, visitor: &Visitor, id: ProgrammeId) -> Answer<Option<Board>> {
    let mut tx = app.db.read().await?;
    let programme = queries::programme(&mut tx, visitor.school_id(), id).await?;
    if programme.state != ProgrammeState::Draft {
        return Ok(None);
    }
    Ok(Some(Board::load(&mut tx, &visitor.school, programme, visitor.today).await?))
}

/// Shows the rows with what should be looked at.
pub async fn show(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let Some(board) = load_draft(&app, &visitor, id).await? else { return Ok(see_other(paths::ROADMAP)) };
    let programme = &board.programme;
    let doubtful = board.rows.iter().filter(|row| !row.row.open_doubts().is_empty()).count();
    Ok(view.page(Page {
        title: format!("Сроки и цели, {} учебный год", programme.year()),
        lead: Some(
            "Это черновик: его видите только вы. Откройте мероприятие, чтобы изменить срок, цель или ответственных."
                .into(),
        ),
        crumbs: vec![Crumb::new("Учебные годы", paths::YEARS)],
        actions: vec![
            Action::link("Дальше: ответственные", programme.step_path("posts")).primary(),
            Action::link("Добавить мероприятие", programme.step_path("rows/new")).icon(Icon::Plus),
            Action::link("Удалить черновик", programme.step_path("removal")).quiet(),
        ],
        body: html! {
            (wizard(1, Some(programme)))
            @if doubtful > 0 { (doubts(doubtful)) }
            (rows(&board, &visitor))
        },
        width: Width::Wide,
    }))
}

fn doubts(count: usize) -> Markup {
    let rows = nouns::of_rows(count);
    notice(&Notice::new(
        Tone::Warning,
        format!(
            "Сроки {rows} требуют взгляда человека: они отмечены «проверьте срок». Исправление — одной кнопкой на странице мероприятия."
        ),
    ))
}

fn rows(board: &Board, visitor: &Visitor) -> Markup {
    let lines = board.by_section().flat_map(|(section, rows)| {
        let title = section.caption();
        rows.into_iter().enumerate().map(move |(index, row)| Row {
            cells: cells(row, visitor),
            href: Some(row.row.part_path("edit")),
            tone: Tone::Neutral,
            section: (index == 0).then(|| title.clone()),
        })
    });
    table(&Table {
        caption: "Мероприятия черновика".into(),
        rows: lines.collect(),
        columns: vec![
            Column::new("title", "Мероприятие"),
            Column::new("term", "Срок"),
            Column::new("who", "Ответственный"),
            Column::new("target", "Показатель и цель"),
        ],
        ..Table::default()
    })
}

fn cells(row: &BoardRow, visitor: &Visitor) -> Vec<Markup> {
    vec![
        html! { span class="row-number" { (row.row.number) } " " (row.row.title) },
        html! {
            (row.row.term_text)
            @if !row.row.open_doubts().is_empty() {
                (badge(&Badge { tone: Tone::Warning, text: "проверьте срок".into(), icon: None }))
            }
        },
        html! { (row.responsible_text()) },
        html! {
            @for indicator in &row.indicators {
                div { (indicator.rule.title) }
                (indicator_line(indicator, visitor))
            }
        },
    ]
}

/// Shows what starting the year means.
pub async fn start_page(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let Some(board) = load_draft(&app, &visitor, id).await? else { return Ok(see_other(paths::ROADMAP)) };
    let programme = &board.programme;
    let rows = nouns::rows(board.rows.len());
    let late = board.rows.iter().filter(|row| row.row.due_on.is_some_and(|due| due < board.today)).count();
    let vacant = board.rows.iter().filter(|row| row.responsibles.iter().all(is_vacant)).count();
    let question = Confirm {
        action: programme.step_path("start"),
        submit: "Начать учебный год".into(),
        cancel_href: paths::draft_path(id),
        will_happen: vec![
            format!(
                "Дорожная карта на {} учебный год — {rows} — станет видна всем сотрудникам школы.",
                programme.year()
            ),
            "Ответственные смогут вносить числа, документы и подтверждать выполнение.".into(),
        ],
        remains: vec![
            "Сроки, цели и ответственных можно менять весь год: каждое изменение останется в истории.".into(),
        ],
        ..Confirm::default()
    };
    Ok(view.page(Page {
        title: format!("Начало {} учебного года", programme.year()),
        crumbs: step_crumbs(programme),
        body: html! {
            (wizard(3, Some(programme)))
            @if late > 0 {
                (notice(&Notice::new(Tone::Warning, format!("{} сразу станет просроченными: их срок уже прошёл.", nouns::rows(late))).link("Проверить сроки", paths::draft_path(id))))
            }
            @if vacant > 0 {
                (notice(&Notice::new(Tone::Info, format!("Без названного человека пока мероприятий: {vacant}. За них отвечает должность; человека можно назначить и позже.")).link("Назначить", programme.step_path("posts"))))
            }
            (confirm(&question))
        },
        width: Width::Narrow,
        ..Page::default()
    }))
}

fn is_vacant(one: &crate::roadmap::model::Responsible) -> bool {
    use crate::roadmap::{posts::role_of, template::Post};
    one.user_id.is_none() && one.post.as_deref().and_then(Post::from_key).and_then(role_of).is_none()
}

/// Starts the year.
pub async fn start(State(app): State<App>, PathOf(id): PathOf<ProgrammeId>, visitor: Visitor) -> Answer<Response> {
    actions::start(&app, &visitor, id).await?;
    Ok(see_other_saying(
        paths::ROADMAP,
        FlashKind::Success,
        "Учебный год начат. Дорожная карта открыта для всех сотрудников.",
    ))
}

/// Asks before the draft is deleted.
pub async fn removal(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let board = load_draft(&app, &visitor, id).await?.ok_or(Failure::NotFound)?;
    let programme = &board.programme;
    Ok(view.page(Page {
        title: "Удалить черновик".into(),
        crumbs: step_crumbs(programme),
        body: confirm(&Confirm {
            action: programme.step_path("removal"),
            submit: "Удалить черновик".into(),
            cancel_href: paths::draft_path(id),
            will_happen: vec![format!(
                "Черновик на {} учебный год исчезнет вместе со всеми правками.",
                programme.year()
            )],
            remains: vec!["Другие учебные годы. Черновик можно подготовить заново.".into()],
            danger: true,
            ..Confirm::default()
        }),
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Deletes the draft.
pub async fn remove(State(app): State<App>, PathOf(id): PathOf<ProgrammeId>, visitor: Visitor) -> Answer<Response> {
    actions::drop_draft(&app, &visitor, id).await?;
    Ok(see_other_saying(paths::YEARS, FlashKind::Success, "Черновик удалён."))
}
