//! The papers of a year: found, with where each stands and what is next.

use super::common::{makes, next_act, signs, state_badge};
use crate::{
    access::{Right, Visitor},
    error::Answer,
    paperwork::{
        kinds::{TRAITS, is_consent},
        model::Paper,
        paths,
        queries::{self, Wanted},
        scans,
        state::State,
    },
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Query, View,
        ui::{
            action::{Action, action},
            address::Address,
            badge::{Badge, Tone, badge},
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
use axum::extract::State as Run;
use documents::kinds;
use maud::{Markup, html};
use serde::Deserialize;

/// Papers on one page.
const PER_PAGE: u32 = 50;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    kind: String,
    state: String,
    year: String,
    page: String,
}

impl Asked {
    fn year(&self, visitor: &Visitor) -> SchoolYear {
        SchoolYear::parse(&self.year).unwrap_or_else(|| SchoolYear::containing(visitor.today))
    }

    fn asks(&self, visitor: &Visitor, counts: &[(State, i64)]) -> Vec<Ask> {
        let of = |state: State| counts.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count);
        let state = |state: State| Choice::new(state.key(), format!("{} ({})", state.label(), of(state)));
        let kind = |name: &str| Choice::new(name, kinds::find(name).map_or(name, |kind| kind.title));
        let sees_all = visitor.may(Right::ReadWordings);
        let kinds = TRAITS.iter().map(|known| known.kind).filter(|name| sees_all || is_consent(name));
        let this = SchoolYear::containing(visitor.today);
        let years = [this.next(), this, this.previous(), this.previous().previous()];
        let select = |name, label: &str, options, value: &str| Ask::Select {
            name,
            label: label.to_owned(),
            options,
            value: value.to_owned(),
        };
        vec![
            Ask::Search {
                name: "q", label: "Название, номер или фамилия".into(), value: self.q.clone()
            },
            select("state", "Состояние", State::ALL.map(state).into(), &self.state),
            select("kind", "Вид документа", kinds.map(kind).collect(), &self.kind),
            select(
                "year",
                "Учебный год",
                years.map(|year| Choice::new(year.start_year().to_string(), year.to_string())).into(),
                &self.year(visitor).start_year().to_string(),
            ),
        ]
    }
}

/// Shows the list.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let sight = Sight::of(&visitor)?;
    let wanted =
        Wanted { year: asked.year(&visitor), kind: &asked.kind, state: State::named(&asked.state), words: &asked.q };
    let mut tx = app.db.read().await?;
    let counts = queries::counts_by_state(&mut tx, sight, &wanted).await?;
    let found: i64 =
        counts.iter().filter(|(state, _)| wanted.state.is_none_or(|one| one == *state)).map(|(_, n)| n).sum();
    let pages = Paging::of(view.address(), &asked.page, PER_PAGE, usize::try_from(found).unwrap_or(usize::MAX));
    let skip = i64::from(pages.skipped());
    let papers = queries::listed(&mut tx, sight, &wanted, (i64::from(PER_PAGE), skip)).await?;
    let scans = if signs(&visitor) { scans::queries::waiting(&mut tx, visitor.school_id()).await? } else { vec![] };
    drop(tx);
    let list = filter(&Filter {
        asks: asked.asks(&visitor, &counts),
        hidden: vec![],
        found: words::counted(found, &["документ", "документа", "документов"]),
        body: html! { (listed(&papers, &visitor, view.address())) (paging(&pages)) },
        address: view.address(),
    });
    Ok(view.page(Page {
        title: "Документы".into(),
        lead: Some(
            "Составляются по записям программы, печатаются с кодом, возвращаются сканами, получают номер в журнале."
                .into(),
        ),
        actions: acts(&visitor),
        body: html! { (scans::waiting_card(&scans)) (list) },
        width: Width::Wide,
        ..Page::default()
    }))
}

fn acts(visitor: &Visitor) -> Vec<Action> {
    let mut acts = vec![];
    if makes(visitor) {
        acts.push(Action::link("Составить документ", paths::NEW).icon(Icon::Plus).primary());
    } else if visitor.may(Right::ReadWordings) {
        acts.push(Action::link("Какие документы есть", paths::NEW).icon(Icon::Book));
    }
    if signs(visitor) {
        acts.push(Action::link("Сканы с подписями", scans::paths::SCANS).icon(Icon::Upload));
    }
    if visitor.may(Right::ReadWordings) {
        acts.push(Action::link("Журналы", paths::JOURNALS).icon(Icon::Table));
        acts.push(Action::link("Тексты", paths::WORDINGS).icon(Icon::Edit));
    }
    acts
}

fn listed(papers: &[Paper], visitor: &Visitor, address: Address) -> Markup {
    let mut nothing =
        Empty::new("Документов нет", "Здесь появятся приказы, согласия, соглашения, протоколы и справки года.");
    if makes(visitor) {
        nothing = nothing.action(Action::link("Составить документ", paths::NEW));
    }
    let has_next = signs(visitor) || visitor.may(Right::PrintPapers);
    let mut columns = vec![
        Column::new("title", "Документ"),
        Column::new("about", "О ком"),
        Column::new("number", "Номер и дата").hidden_on_phone(),
        Column::new("state", "Состояние"),
    ];
    if has_next {
        columns.push(Column::new("next", "Что дальше"));
    }
    let row = |paper: &Paper| {
        let mut cells = vec![
            html! { (paper.title) },
            html! { (paper.person_name().unwrap_or_default()) },
            html! { (paper.registration().unwrap_or_default()) },
            html! { (state_badge(paper.state())) @if paper.is_closed { " " (closed()) } },
        ];
        if has_next {
            cells.push(html! { @if let Some(next) = next_act(paper, visitor) { (action(&next)) } });
        }
        Row::new(cells).href(paper.id.show_path())
    };
    table(&Table {
        caption: "Документы учебного года".into(),
        columns,
        rows: papers.iter().map(row).collect(),
        address,
        empty: nothing,
        ..Table::default()
    })
}

/// Marks a paper that names somebody who has withdrawn the consent.
pub fn closed() -> Markup {
    badge(&Badge { tone: Tone::Danger, text: "закрыт".into(), icon: Some(Icon::Lock) })
}
