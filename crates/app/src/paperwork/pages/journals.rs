//! Journals of registration: how papers are numbered, which numbers were given and which passed over.

use super::common::{crumbs, makes};
use crate::{
    access::Visitor,
    clock::day_in,
    error::Answer,
    paperwork::{
        journals::Journal,
        model::Gap,
        paths::{self, journal_path},
        queries,
    },
    state::App,
    web::{
        View,
        ui::{
            action::Action,
            card::{Card, card},
            icon::Icon,
            layout::{Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State as Run;
use maud::{Markup, html};

/// Shows the journals.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let journals = queries::journals(&mut tx, visitor.school_id()).await?;
    let last = queries::last_numbers(&mut tx, visitor.school_id()).await?;
    let gaps = queries::gaps(&mut tx, visitor.school_id()).await?;
    drop(tx);
    let may = makes(&visitor);
    let row = |journal: &Journal| {
        let year = journal.year_of(visitor.today);
        let known = last.iter().find(|(word, of, _)| *word == journal.journal && *of == year);
        let last = known.map_or(0, |(.., last)| *last);
        let given = if last == 0 { "ещё не было".to_owned() } else { journal.written(last) };
        let row = Row::new(vec![
            html! { (journal.title) },
            html! { (given) },
            html! { (journal.written(last + 1)) },
            html! { "с 1 " (journal.period) },
        ]);
        if may { row.href(journal_path(&journal.journal)) } else { row }
    };
    let shown = table(&Table {
        caption: "Журналы".into(),
        columns: vec![
            Column::new("title", "Журнал"),
            Column::new("last", "Последний номер"),
            Column::new("next", "Следующий номер"),
            Column::new("period", "Нумерация").hidden_on_phone(),
        ],
        rows: journals.iter().map(row).collect(),
        ..Table::default()
    });
    let body = html! {
        (shown)
        @if !gaps.is_empty() {
            (card(&Card { title: "Пропущенные номера".into(), body: passed_over(&gaps, &journals, &visitor), ..Card::default() }))
        }
    };
    Ok(view.page(Page {
        title: "Журналы регистрации".into(),
        lead: Some("Номера идут подряд, один номер не даётся дважды, пропуск записывают с причиной.".into()),
        crumbs: crumbs(),
        actions: if may {
            vec![Action::link("Добавить журнал", journal_path("new")).icon(Icon::Plus)]
        } else {
            vec![]
        },
        body,
        width: Width::Normal,
    }))
}

fn passed_over(gaps: &[Gap], journals: &[Journal], visitor: &Visitor) -> Markup {
    let title = |word: &str| journals.iter().find(|one| one.journal == word).map_or(word, |one| &one.title).to_owned();
    let row = |gap: &Gap| {
        let numbers = if gap.first_number == gap.last_number {
            gap.first_number.to_string()
        } else {
            format!("{}–{}", gap.first_number, gap.last_number)
        };
        let noted = words::short_date(day_in(gap.noted_at, visitor.school.zone()));
        Row::new(vec![
            html! { (title(&gap.journal)) ", " (gap.journal_year) },
            html! { (numbers) },
            html! { (gap.reason) },
            html! { (noted) @if let Some(name) = &gap.noted_by_name { ", " (name) } },
        ])
    };
    table(&Table {
        caption: "Пропуски".into(),
        columns: vec![
            Column::new("journal", "Журнал и год"),
            Column::new("numbers", "Номера"),
            Column::new("reason", "Чем заняты"),
            Column::new("noted", "Кто и когда записал").hidden_on_phone(),
        ],
        rows: gaps.iter().map(row).collect(),
        ..Table::default()
    })
}

/// Where the journals stand.
pub const TITLE: (&str, &str) = ("Журналы регистрации", paths::JOURNALS);
