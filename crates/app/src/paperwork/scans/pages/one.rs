//! One page of a stack: how it looks, and whose it is.

use super::crumbs;
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    files,
    paperwork::{
        model::Paper,
        queries::{self as papers, Wanted},
        scans::{
            actions::{self, Decision},
            forms::DecisionForm,
            model::{ScanPage, ScanPageId, StackId},
            review::{Fate, Review},
        },
        state::State,
    },
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Form, PathOf, Query, View, see_other_saying,
        ui::{
            action::{Action, action, actions as buttons},
            badge::Tone,
            card::{Card, card, columns},
            empty::Empty,
            filter::{Ask, Filter, filter},
            icon::Icon,
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State as Run;
use maud::{Markup, html};
use serde::Deserialize;

/// Papers to choose from.
const MOST: i64 = 20;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// Shows the page and the papers that wait for their signed copy.
pub async fn show(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf((stack, id)): PathOf<(StackId, ScanPageId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut tx = app.db.read().await?;
    let (review, page) = actions::seen(&mut tx, &visitor, (stack, id)).await?;
    let year = SchoolYear::containing(visitor.today);
    let wanted = Wanted { year, kind: "", state: Some(State::Printed), words: &asked.q };
    let found = papers::listed(&mut tx, Sight::of(&visitor)?, &wanted, (MOST, 0)).await?;
    drop(tx);
    let found: Vec<Paper> = found.into_iter().filter(|paper| !paper.is_closed).collect();
    let main = html! {
        @if page.picture_id.is_some() {
            img class="scan" src=(stack.picture_path(id)) alt={ "Скан: " (page.place_text()) };
        } @else {
            (notice(&Notice::new(Tone::Warning, page.trouble.clone())))
        }
    };
    let aside = html! {
        (now(&review, &page))
        @if page.picture_id.is_some() {
            (neighbours(&review, &page))
            (card(&Card {
                title: "Документы, которые ждут подписи".into(),
                body: filter(&Filter {
                    asks: vec![Ask::Search { name: "q", label: "Фамилия, название или номер".into(), value: asked.q }],
                    hidden: vec![],
                    found: words::counted(i64::try_from(found.len()).unwrap_or(0), &["документ", "документа", "документов"]),
                    body: choice(&review, &page, &found),
                    address: view.address(),
                }),
                ..Card::default()
            }))
        }
    };
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new("Разбор", stack.show_path()));
    Ok(view.page(Page {
        title: "Чей это лист?".into(),
        lead: Some(page.place_text()),
        crumbs,
        body: columns(&main, &aside),
        width: Width::Wide,
        ..Page::default()
    }))
}

/// Says what is decided now, and offers to decide otherwise.
fn now(review: &Review, page: &ScanPage) -> Markup {
    let path = review.stack.id.page_path(page.id);
    let line = review.lines.iter().find(|line| line.pages.iter().any(|known| known.id == page.id));
    let paper = line.and_then(|line| line.paper.as_ref());
    let open = || Action::post("Решить позже", path.clone()).field("act", "open");
    let drop = || Action::post("Убрать лист", path.clone()).field("act", "drop").icon(Icon::Trash);
    let back = Action::link("К разбору", review.stack.id.show_path()).icon(Icon::ArrowRight).quiet();
    let (said, acts) = match (page.is_dropped, paper, line.map(|line| &line.fate)) {
        (true, ..) => ("Лист убран: при раскладке он будет удалён.".to_owned(), vec![open(), back]),
        (false, Some(paper), Some(fate)) => {
            let name = paper.person_name().map(|name| format!(", {name}")).unwrap_or_default();
            let why = match fate {
                Fate::Needless(reason) => format!(" {reason}"),
                Fate::Waiting(reason) => format!(" {reason}"),
                Fate::Filed(_) | Fate::Withdrawn => String::new(),
            };
            let reopen = if page.paper_id.is_some() { open() } else { drop() };
            (format!("Лист относится к документу «{}»{name}.{why}", paper.title), vec![reopen, back])
        }
        _ => ("Документ не указан: лист останется в стопке.".to_owned(), vec![drop(), back]),
    };
    html! { (notice(&Notice::new(Tone::Info, said))) (buttons(&acts)) }
}

/// Offers the papers of the pages before and behind: most pages without a code belong to one of them.
fn neighbours(review: &Review, page: &ScanPage) -> Markup {
    let of = |place: i64| {
        let has = |place: i64| move |known: &ScanPage| known.place == place;
        review.filed().find(|(_, line)| line.pages.iter().any(has(place))).map(|(paper, _)| paper)
    };
    let offer = |paper: &Paper, label: &str| {
        let name = paper.person_name().unwrap_or_else(|| paper.title.clone());
        Action::post(format!("{label}: {name}"), review.stack.id.page_path(page.id))
            .field("act", "paper")
            .field("paper", paper.id.to_string())
    };
    let mut acts = vec![];
    if let Some(paper) = of(page.place - 1) {
        acts.push(offer(paper, "Как лист перед этим"));
    }
    if let Some(paper) = of(page.place + 1).filter(|paper| of(page.place - 1).is_none_or(|one| one.id != paper.id)) {
        acts.push(offer(paper, "Как следующий лист"));
    }
    buttons(&acts)
}

fn choice(review: &Review, page: &ScanPage, found: &[Paper]) -> Markup {
    let row = |paper: &Paper| {
        let act = Action::post("Сюда", review.stack.id.page_path(page.id))
            .field("act", "paper")
            .field("paper", paper.id.to_string());
        Row::new(vec![
            html! { (paper.title) @if let Some(name) = paper.person_name() { br; (name) } },
            html! { (action(&act)) },
        ])
    };
    table(&Table {
        caption: "К какому документу относится лист".into(),
        columns: vec![Column::new("title", "Документ"), Column::new("act", "Отнести")],
        rows: found.iter().map(row).collect(),
        empty: Empty::new("Не найдено", "Подписи ждут только напечатанные документы этого учебного года."),
        ..Table::default()
    })
}

/// Decides about the page.
pub async fn submit(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf((stack, id)): PathOf<(StackId, ScanPageId)>,
    Form(sent): Form<DecisionForm>,
) -> Answer {
    let decision = sent.decision().ok_or(Failure::NotFound)?;
    actions::decide(&app, &visitor, (stack, id), decision).await?;
    let said = match decision {
        Decision::Paper(_) => "Лист отнесён к документу.",
        Decision::Drop => "Лист убран. Его можно вернуть до раскладки.",
        Decision::Open => "Лист возвращён в стопку.",
    };
    Ok(see_other_saying(&stack.show_path(), FlashKind::Success, said))
}

/// Hands out the picture of the page.
pub async fn picture(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf((stack, id)): PathOf<(StackId, ScanPageId)>,
) -> Answer {
    let bytes = actions::picture(&app, &visitor, (stack, id)).await?;
    Ok(files::download("страница.jpg", bytes))
}
