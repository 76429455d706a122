//! «Реестр соглашений»: every agreement with its state, and what ends soon.

use super::common::{AGREEMENT_FORMS, count, edits, list_tabs, state_badge};
use crate::{
    access::Visitor,
    error::Answer,
    partners::{model::Agreement, paths, queries, rules::AgreementState},
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            icon::Icon,
            layout::{Page, Width},
            paging::{Paging, paging},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::NaiveDate;
use database::fold;
use maud::{Markup, html};
use serde::Deserialize;

/// Agreements on one page.
const PER_PAGE: u32 = 50;

/// What is asked of the register.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    state: String,
    page: String,
}

impl Asked {
    /// Returns the agreements asked for; they come the newest first.
    pub fn of(&self, mut all: Vec<Agreement>, today: NaiveDate) -> Vec<Agreement> {
        let needle = fold(&self.q);
        let state = AgreementState::ALL.into_iter().find(|state| state.word() == self.state);
        all.retain(|one| {
            fold(&format!("{} {} {} {}", one.partner_name, one.number, one.subject, one.note)).contains(&needle)
                && state.is_none_or(|state| one.state_on(today) == state)
        });
        all
    }
}

/// Shows the register.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.read().await?;
    let all = queries::agreements(&mut tx, visitor.school_id()).await?;
    let total = all.len();
    let found = asked.of(all, visitor.today);
    let address = view.address();
    let pages = Paging::of(address.clone(), &asked.page, PER_PAGE, found.len());
    let shown = Table {
        rows: pages.part(&found).iter().map(|one| line(one, visitor.today)).collect(),
        address: address.clone(),
        empty: nothing(total, &visitor),
        exports: vec![("XLSX".into(), address.without(&["page"]).at(paths::AGREEMENTS_XLSX).to_string())],
        ..empty_table()
    };
    let counted = words::counted(count(found.len()), &AGREEMENT_FORMS);
    let list = if total == 0 {
        table(&shown)
    } else {
        filter(&Filter {
            asks: asks(&asked),
            hidden: vec![],
            found: if found.len() == total { counted } else { format!("{counted} из {total}") },
            body: html! { (table(&shown)) (paging(&pages)) },
            address,
        })
    };
    Ok(view.page(Page {
        title: "Реестр соглашений".into(),
        lead: Some(
            "Соглашения с партнёрами о наставничестве. Состояние следует из дней подписания и окончания.".into(),
        ),
        actions: vec![Action::link("Печать", paths::AGREEMENTS_PRINT).icon(Icon::Print)],
        body: html! { (list_tabs(paths::AGREEMENTS)) (list) },
        width: Width::Wide,
        ..Page::default()
    }))
}

fn nothing(total: usize, visitor: &Visitor) -> Empty {
    if total > 0 {
        return Empty::new("Соглашений не найдено", "Измените условия отбора или сбросьте их.");
    }
    let advice = "Соглашение добавляют на странице партнёра: откройте его в перечне.";
    let way = if edits(visitor) { "Выбрать партнёра" } else { "К партнёрам" };
    Empty::new("Соглашений пока нет", advice).action(Action::link(way, paths::PARTNERS).primary())
}

fn asks(asked: &Asked) -> Vec<Ask> {
    vec![
        Ask::Search {
            name: "q", label: "Партнёр, номер или предмет".into(), value: asked.q.clone()
        },
        Ask::Select {
            name: "state",
            label: "Состояние".into(),
            options: AgreementState::ALL.map(|state| Choice::new(state.word(), state.label())).into(),
            value: asked.state.clone(),
        },
    ]
}

/// Returns the table of agreements without its lines.
pub fn empty_table() -> Table {
    let columns = [
        ("agreement", "Соглашение"),
        ("partner", "Партнёр"),
        ("forms", "Формы наставничества"),
        ("days", "Срок действия"),
        ("state", "Состояние"),
        ("file", "Файл"),
    ];
    Table {
        caption: "Реестр соглашений".into(),
        columns: columns.map(|(key, label)| Column::new(key, label)).into(),
        ..Table::default()
    }
}

/// Draws an agreement in a line.
pub fn line(agreement: &Agreement, today: NaiveDate) -> Row {
    Row::new(vec![
        html! { (agreement.caption()) },
        html! { (agreement.partner_name) },
        html! { (agreement.forms_text()) },
        days(agreement),
        state_badge(Some(agreement.state_on(today))),
        html! { @if agreement.file_name.is_some() { "есть" } @else { "нет" } },
    ])
    .href(agreement.show_path())
}

/// Draws from when to when an agreement is valid.
pub fn days(agreement: &Agreement) -> Markup {
    let from = agreement.valid_from.or(agreement.signed_on);
    html! {
        @if let Some(from) = from { "с " (words::short_date(from)) " " }
        @match agreement.valid_until {
            Some(until) => { "по " (words::short_date(until)) },
            None => "без срока окончания",
        }
        @if let Some(terminated) = agreement.terminated_on { ", расторгнуто " (words::short_date(terminated)) }
    }
}
