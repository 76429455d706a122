//! The rows as they were understood, what is doubtful about them, and what was left out.

use crate::{
    roadmap::{
        import::{self, Likenesses},
        nouns,
        reading::{ReadRow, RowDoubt, RowDoubtKind, Understood},
        template::{Post, Template},
        term::Window,
    },
    school_year::SchoolYear,
    web::ui::{
        badge::{Badge, Tone, badge},
        card::{Card, card},
        details::{Details, details},
        empty::Empty,
        table::{Column, Row, Table, table},
    },
    words,
};
use maud::{Markup, html};

/// The most lines of a list on the page; a road map has fewer, a strange file may have thousands.
const MOST: usize = 300;

const LINES: [&str; 3] = ["строка", "строки", "строк"];

/// Returns how many rows are like a row of the template.
pub fn alike(understood: &Understood) -> usize {
    Template::built_in().map_or(0, |template| {
        let likenesses = Likenesses::of(template);
        understood.rows().filter(|row| likenesses.closest(&row.title).is_some()).count()
    })
}

/// Draws everything a person should look at, each with the way to its row.
pub fn doubts(understood: &Understood) -> Markup {
    let of_rows = understood.rows().flat_map(|row| row.doubts.iter().map(move |doubt| (Some(row), doubt)));
    let all: Vec<(Option<&ReadRow>, &RowDoubt)> =
        understood.doubts.iter().map(|doubt| (None, doubt)).chain(of_rows).collect();
    if all.is_empty() {
        return html! {};
    }
    card(&Card {
        title: "Проверьте эти места".into(),
        lead: Some(
            "Ничего не потеряно: всё сомнительное попадёт в черновик с пометкой, и его можно будет исправить там."
                .into(),
        ),
        body: html! {
            ul {
                @for (row, doubt) in all.iter().take(MOST) {
                    li {
                        @match row {
                            Some(row) => { a href={ "#" (anchor(row)) } { (row.number) } ". " (doubt) },
                            None => { (doubt) " (" (doubt.place) ")" },
                        }
                    }
                }
            }
            (and_more(all.len()))
        },
        ..Card::default()
    })
}

/// Draws the rows.
pub fn table_of(understood: &Understood, year: SchoolYear) -> Markup {
    let template = Template::built_in().ok();
    let likenesses = template.map(Likenesses::of);
    let rows = understood.sections.iter().flat_map(|section| {
        let heading = format!("{} {}", section.number, section.title).trim().to_owned();
        section.rows.iter().enumerate().map(move |(index, row)| (row, (index == 0).then(|| heading.clone())))
    });
    let lines = rows.take(MOST).map(|(row, section)| Row {
        cells: cells(row, year, likenesses.as_ref()),
        section,
        tone: if row.doubts.is_empty() { Tone::Neutral } else { Tone::Warning },
        href: None,
    });
    let drawn = table(&Table {
        caption: "Что прочитано".into(),
        columns: vec![
            Column::new("title", "Мероприятие"),
            Column::new("term", "Срок"),
            Column::new("who", "Ответственный"),
            Column::new("result", "Результат и показатель"),
            Column::new("rule", "Чем доказывается"),
        ],
        rows: lines.collect(),
        empty: Empty::new(
            "Мероприятий не видно",
            "Укажите ниже, в каких столбцах стоят мероприятие и срок, или загрузите другой файл.",
        ),
        ..Table::default()
    });
    html! { (drawn) (and_more(understood.rows().count())) }
}

fn cells(row: &ReadRow, year: SchoolYear, likenesses: Option<&Likenesses<'_>>) -> Vec<Markup> {
    let like = likenesses.and_then(|likenesses| likenesses.closest(&row.title));
    vec![
        html! { span id=(anchor(row)) class="row-number" { (row.number) } " " (row.title) },
        term(row, year),
        html! { @for who in &row.responsible { div { (who.text) @if let Some(post) = who.post { (post_mark(post, &who.text)) } } } },
        result(row),
        html! {
            @match like {
                Some(like) => { "Показатели типового мероприятия " (like.row.number) div class="muted" { "совпадение " (like.percent) (words::NO_BREAK_SPACE) "%" } },
                None => "Приложенный документ",
            }
        },
    ]
}

/// Shows the term as it is printed and the days it was understood as.
fn term(row: &ReadRow, year: SchoolYear) -> Markup {
    let is_doubtful = row.doubts.iter().any(|doubt| matches!(doubt.kind, RowDoubtKind::Term { .. }));
    html! {
        (words::one_line(&row.term.text))
        @if let Some(window) = row.term.term.window(year) { div class="muted" { (days(window)) } }
        @if is_doubtful { div { (badge(&Badge { tone: Tone::Warning, text: "проверьте".into(), icon: None })) } }
    }
}

fn result(row: &ReadRow) -> Markup {
    html! {
        (row.result)
        @if !row.document_kind.is_empty() { div class="muted" { "Вид документа: " (row.document_kind) } }
        @if !row.indicator.is_empty() { div class="muted" { "Показатель: " (row.indicator) } }
    }
}

fn days(window: Window) -> String {
    format!("{} – {}", words::short_date(window.from), words::short_date(window.to))
}

fn post_mark(post: Post, text: &str) -> Markup {
    html! { @if words::fold(text) != post.label() { div class="muted" { "должность: " (post.label()) } } }
}

/// Draws what is part of no row, and why.
pub fn left_out(understood: &Understood) -> Markup {
    let all = import::left_out(understood);
    if all.is_empty() {
        return html! {};
    }
    details(&Details {
        summary: format!("Не вошло в дорожную карту: {}", words::counted(nouns::count(all.len()), &LINES)),
        body: html! {
            ul { @for line in all.iter().take(MOST) { li { (shortened(line)) } } }
            (and_more(all.len()))
        },
        open: false,
    })
}

fn shortened(line: &str) -> String {
    const LONGEST: usize = 240;
    if line.chars().count() <= LONGEST { line.to_owned() } else { line.chars().take(LONGEST).chain(['…']).collect() }
}

fn and_more(all: usize) -> Markup {
    html! { @if all > MOST { p class="muted" { "Показаны первые " (MOST) ", всего " (all) "." } } }
}

/// Names the place of a row on the page.
fn anchor(row: &ReadRow) -> String {
    format!("row-{}-{}", row.place.table, row.place.row)
}
