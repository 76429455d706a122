//! «Контрольный лист сроков» (row 5.2).

use super::{actions_of, load, make, of_year, save, signatures, years};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    roadmap::{
        control::{Deadline, Deadlines, Mark, deadlines},
        export,
        pages::common::{Shown, YearQuery, no_year},
        paths,
    },
    state::App,
    web::{
        Query, View,
        ui::{
            badge::{Badge, Tone, badge},
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

const TITLE: &str = "Контрольный лист сроков";

/// Shows the terms of every row.
pub async fn show(
    State(app): State<App>,
    Query(query): Query<YearQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let Some(shown) = load(&app, &visitor, &query).await? else { return Ok(view.page(no_year(&visitor, TITLE))) };
    Ok(view.page(page(&shown, &visitor)))
}

/// Saves the sheet as a workbook.
pub async fn download(State(app): State<App>, Query(query): Query<YearQuery>, visitor: Visitor) -> Answer<Response> {
    let Shown { board, .. } = load(&app, &visitor, &query).await?.ok_or(Failure::NotFound)?;
    let workbook = export::deadlines_workbook(&board, &visitor.school);
    save(&app, &visitor, &board, TITLE, &workbook).await
}

/// Makes a paper of it.
pub async fn paper(State(app): State<App>, Query(query): Query<YearQuery>, visitor: Visitor) -> Answer<Response> {
    make(&app, &visitor, &query, export::control_sheet).await
}

fn page(shown: &Shown, visitor: &Visitor) -> Page {
    let board = &shown.board;
    let figures = deadlines(board);
    let is_behind = figures.count(Mark::Overdue) + figures.count(Mark::Late) > 0;
    let tone = if is_behind { Tone::Warning } else { Tone::Info };
    let as_of = words::short_date(board.today);
    Page {
        title: TITLE.into(),
        lead: Some(format!(
            "{}, {} учебный год, на {as_of}.",
            visitor.school.name,
            board.programme.year().long_label()
        )),
        crumbs: vec![Crumb::new("Дорожная карта", of_year(paths::ROADMAP, board))],
        actions: actions_of((paths::DEADLINES_XLSX, paths::DEADLINES_PAPER), board, visitor),
        body: html! {
            (years(paths::DEADLINES, shown))
            (notice(&Notice::new(tone, figures.conclusion())))
            (lines(&figures))
            @if let Some(note) = &figures.note { p class="muted" { (note) } }
            (signatures(visitor))
        },
        width: Width::Wide,
    }
}

fn lines(figures: &Deadlines<'_>) -> Markup {
    let rows = figures.sections.iter().flat_map(|(section, lines)| {
        let heading = format!("{} {}", section.number, section.title).trim().to_owned();
        lines.iter().enumerate().map(move |(index, line)| Row {
            cells: cells(line),
            href: Some(line.row.row.show_path()),
            tone: if line.mark == Mark::Overdue { Tone::Danger } else { Tone::Neutral },
            section: (index == 0).then(|| heading.clone()),
        })
    });
    table(&Table {
        caption: "Сроки мероприятий".into(),
        columns: vec![
            Column::new("title", "Мероприятие"),
            Column::new("term", "Срок"),
            Column::new("due", "Последний день"),
            Column::new("done", "Выполнено"),
            Column::new("days", "Разница"),
            Column::new("who", "Ответственный"),
            Column::new("mark", "Отметка"),
        ],
        rows: rows.collect(),
        totals: totals(figures),
        empty: Empty::new("Мероприятий нет", "В дорожной карте этого года нет ни одного мероприятия."),
        ..Table::default()
    })
}

fn cells(line: &Deadline<'_>) -> Vec<Markup> {
    let row = &line.row.row;
    let date = |date: Option<chrono::NaiveDate>| html! { @match date { Some(date) => (words::short_date(date)), None => "—" } };
    vec![
        html! { span class="row-number" { (row.number) } " " (row.title) },
        html! { (row.term_text) },
        date(row.due_on),
        date(row.done_on),
        html! { (line.days_text()) },
        html! { (line.row.responsible_text()) },
        badge(&Badge { tone: tone_of(line.mark), text: line.mark.label().to_owned(), icon: None }),
    ]
}

const fn tone_of(mark: Mark) -> Tone {
    match mark {
        Mark::InTime => Tone::Success,
        Mark::Late => Tone::Warning,
        Mark::Overdue => Tone::Danger,
        Mark::Ahead | Mark::NoTerm | Mark::Cancelled => Tone::Neutral,
    }
}

fn totals(figures: &Deadlines<'_>) -> Vec<Markup> {
    let due = figures.reading.denominator.unwrap_or_default();
    let marks = Mark::ALL.iter().map(|mark| (mark, figures.count(*mark))).filter(|(_, count)| *count > 0);
    let marks: Vec<String> = marks.map(|(mark, count)| format!("{}: {}", mark.label(), count)).collect();
    let empty = html! {};
    vec![
        html! { "Выполнено в срок" },
        html! { (words::share(figures.reading.numerator, due)) },
        empty.clone(),
        empty.clone(),
        empty.clone(),
        empty,
        html! { (marks.join(", ")) },
    ]
}
