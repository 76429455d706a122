//! The tables of a stack that is looked through.

use crate::{
    paperwork::{
        model::Paper,
        pages::state_badge,
        scans::{
            forms::ConfirmForm,
            model::ScanPage,
            review::{Asked, Fate, Line, Review},
        },
    },
    web::ui::{
        action::{Action, action},
        card::{Card, card},
        details::{Details, details},
        table::{Column, Row, Table, table},
    },
};
use maud::{Markup, html};

/// Draws the papers that take their pages, with ticks.
pub fn filed(review: &Review, typed: &ConfirmForm) -> Markup {
    let row = |(paper, line): (&Paper, &Line)| {
        let label = format!("Разложить: {}", caption(paper));
        Row::new(vec![
            html! {
                input class="form-check-input" type="checkbox" name="paper" value=(paper.id) aria-label=(label)
                    checked[typed.has(paper.id)];
            },
            document(paper),
            links(review, &line.pages),
            html! { @if let Fate::Filed(Some(asked)) = &line.fate { (signers(paper, asked, typed)) } @else { "по документу" } },
        ])
    };
    table(&Table {
        caption: "Документы, которые получат скан".into(),
        columns: vec![
            Column::new("paper", "Разложить"),
            Column::new("title", "Документ"),
            Column::new("pages", "Листы"),
            Column::new("signed", "Кто подписал"),
        ],
        rows: review.filed().map(row).collect(),
        ..Table::default()
    })
}

fn caption(paper: &Paper) -> String {
    paper.person_name().map_or_else(|| paper.title.clone(), |name| format!("{}, {name}", paper.title))
}

fn document(paper: &Paper) -> Markup {
    html! {
        a href=(paper.id.show_path()) { (paper.title) }
        @if let Some(name) = paper.person_name() { br; (name) }
        " " (state_badge(paper.state()))
    }
}

/// Draws the pages as links, those without a code marked.
fn links(review: &Review, pages: &[ScanPage]) -> Markup {
    html! {
        ul class="plain-list" {
            @for page in pages {
                li {
                    a href=(review.stack.id.page_path(page.id)) { (page.place_text()) }
                    @if page.paper_id.is_some() { " (указано вручную)" } @else if page.code.is_empty() { " (без кода)" }
                }
            }
        }
    }
}

/// Says who has signed, or asks which of several representatives.
fn signers(paper: &Paper, asked: &Asked, typed: &ConfirmForm) -> Markup {
    if asked.recorded.is_some() {
        return html! { "подписи уже внесены" };
    }
    html! {
        @if asked.needs_guardian() {
            @match asked.guardians.as_slice() {
                [(_, name)] => (name),
                several => {
                    select class="form-select" name="guardian" aria-label={ "Кто подписал: " (caption(paper)) } {
                        @for (id, name) in several {
                            @let value = format!("{}.{id}", paper.id);
                            option value=(value) selected[typed.guardian.contains(&value)] { (name) }
                        }
                    }
                }
            }
            @if asked.signers != crate::consents::model::Signers::Representative { " и обучающийся" }
        } @else { "лично" }
    }
}

/// Draws the pages without a paper.
pub fn loose(review: &Review) -> Markup {
    let row = |page: &ScanPage| {
        let path = review.stack.id.page_path(page.id);
        Row::new(vec![
            html! { a href=(path) { (page.place_text()) } },
            html! { @if page.trouble.is_empty() { "Кода на листе нет." } @else { (page.trouble) } },
            html! {
                div class="actions" {
                    @if page.picture_id.is_some() { (action(&Action::link("Указать документ", path.clone()))) }
                    (action(&Action::post("Убрать", path.clone()).field("act", "drop").quiet()))
                }
            },
        ])
    };
    table(&Table {
        caption: "Листы без документа".into(),
        columns: vec![Column::new("page", "Лист"), Column::new("why", "Почему"), Column::new("act", "Что сделать")],
        rows: review.loose.iter().map(row).collect(),
        ..Table::default()
    })
}

/// Draws what is not filed, each with its reason.
pub fn stays(review: &Review) -> Markup {
    let row = |line: &Line| {
        let (reason, becomes) = match &line.fate {
            Fate::Filed(_) => return None,
            Fate::Needless(reason) => ((*reason).to_owned(), "удалится при раскладке"),
            Fate::Waiting(reason) => (reason.clone(), "останется в стопке"),
            Fate::Withdrawn => {
                ("Согласие отозвано или документ закрыт: листы не показываются.".to_owned(), "удалится при раскладке")
            }
        };
        let is_withdrawn = line.fate == Fate::Withdrawn;
        let shown = line.paper.as_ref().filter(|_| !is_withdrawn);
        Some(Row::new(vec![
            html! { @match shown { Some(paper) => (document(paper)), None => "—" } },
            html! { @if is_withdrawn { (super::pages(line.pages.len())) } @else { (links(review, &line.pages)) } },
            html! { (reason) },
            html! { (becomes) },
        ]))
    };
    let rows: Vec<Row> = review.lines.iter().filter_map(row).collect();
    if rows.is_empty() {
        return html! {};
    }
    let body = table(&Table {
        caption: "Листы, которые ничего не изменят".into(),
        columns: vec![
            Column::new("title", "Документ"),
            Column::new("pages", "Листы"),
            Column::new("why", "Почему"),
            Column::new("becomes", "Что будет"),
        ],
        rows,
        ..Table::default()
    });
    card(&Card { title: "Не раскладываются".into(), body, ..Card::default() })
}

/// Draws the pages that were turned down.
pub fn dropped(review: &Review) -> Markup {
    if review.dropped.is_empty() {
        return html! {};
    }
    let body = html! {
        ul class="plain-list" {
            @for page in &review.dropped {
                li {
                    (page.place_text()) " "
                    (action(&Action::post("Вернуть", review.stack.id.page_path(page.id)).field("act", "open").quiet()))
                }
            }
        }
    };
    details(&Details { summary: format!("Убранные листы: {}", review.dropped.len()), body, open: false })
}
