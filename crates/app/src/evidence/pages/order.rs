//! What a folder will hold, and the button that has it made.

use crate::{
    access::Visitor,
    error::{Answer, Failure},
    evidence::{
        contents,
        job::job,
        model::{Folder, Order, Proof, Source},
    },
    jobs,
    roadmap::{
        model::{ProgrammeId, RowId},
        pages::{board_of, no_year},
        paths, queries,
    },
    state::App,
    web::{
        Form, Query, View, see_other,
        ui::{
            badge::Tone,
            form::{Form as DrawnForm, form},
            layout::{Crumb, Page, Width},
            notice::{Notice, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// Of which year or row: `?year=2026`, `?row=…`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    year: Option<String>,
    row: Option<RowId>,
}

/// What the button sends.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderForm {
    programme: ProgrammeId,
    #[serde(default)]
    row: String,
}

/// Shows what a folder will hold.
pub async fn show(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let programme = match asked.row {
        Some(row) => queries::row(&mut tx, visitor.school_id(), row).await?.programme_id,
        None => match board_of(&mut tx, &visitor, asked.year.as_deref()).await? {
            Some(shown) => shown.board.programme.id,
            None => return Ok(view.page(no_year(&visitor, "Папка доказательств"))),
        },
    };
    let order = Order { programme, row: asked.row };
    let folder = contents::collect(&mut tx, &visitor, order).await?;
    let crumbs = match asked.row {
        Some(row) => vec![Crumb::new(words::shortened(&folder.subject, 48), paths::row_path(row))],
        None => vec![Crumb::new("Дорожная карта", paths::ROADMAP)],
    };
    Ok(view.page(Page {
        title: "Папка доказательств".into(),
        lead: Some(format!("{}. Данные на {}.", folder.subject, words::short_date(folder.as_of))),
        crumbs,
        body: html! { (make(&folder, order)) (contents(&folder)) },
        width: Width::Normal,
        ..Page::default()
    }))
}

fn make(folder: &Folder, order: Order) -> Markup {
    let inside = "Архив ZIP: оглавление в Word и PDF, приложенные документы, соглашения и согласия, которые вам можно открывать, списки за показателями в Excel и контрольные суммы. Особых категорий в папке нет.";
    html! {
        p { (folder.summary()) }
        p { (inside) }
        @for note in &folder.notes { (notice(&Notice::new(Tone::Info, note.as_str()))) }
        (form(&DrawnForm {
            action: paths::EVIDENCE.into(),
            submit: "Собрать папку".into(),
            body: html! {
                input type="hidden" name="programme" value=(order.programme);
                @if let Some(row) = order.row { input type="hidden" name="row" value=(row); }
                p class="muted" { "Сборка идёт сама: страницу можно закрыть. Кто и когда собрал папку, остаётся в журнале." }
            },
            ..DrawnForm::default()
        }))
    }
}

fn contents(folder: &Folder) -> Markup {
    let line = |section: Option<&str>, proof: &Proof| {
        let count = |kept: bool| {
            proof.items.iter().filter(|item| matches!(item.source, Source::Kept(_)) == kept).count().to_string()
        };
        let row = Row::new(vec![
            html! { (proof.caption) },
            html! { (proof.state) },
            html! { (count(true)) },
            html! { (count(false)) },
        ]);
        let row = if proof.items.is_empty() { row.tone(Tone::Warning) } else { row };
        match section {
            Some(section) => row.section(section),
            None => row,
        }
    };
    let rows = folder.chapters.iter().flat_map(|chapter| {
        let section = |place: usize| (place == 0).then_some(chapter.caption.as_str());
        chapter.proofs.iter().enumerate().map(move |(place, proof)| line(section(place), proof))
    });
    table(&Table {
        caption: "Что войдёт в папку".into(),
        columns: vec![
            Column::new("row", "Мероприятие"),
            Column::new("state", "Состояние"),
            Column::new("documents", "Документов").numeric(),
            Column::new("lists", "Списков").numeric(),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

/// Has a folder made.
pub async fn submit(State(app): State<App>, visitor: Visitor, Form(sent): Form<OrderForm>) -> Answer<Response> {
    let row = match sent.row.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|()| Failure::NotFound)?),
    };
    let order = Order { programme: sent.programme, row };
    let mut tx = app.db.read().await?;
    let folder = contents::collect(&mut tx, &visitor, order).await?;
    drop(tx);
    let title = match row {
        Some(_) => format!("Папка доказательств: {}", folder.subject),
        None => format!("Папка доказательств: дорожная карта, {} учебный год", folder.year),
    };
    let id = jobs::ask(&app, &visitor, &job(order, title)?).await?;
    Ok(see_other(&id.show_path()))
}
