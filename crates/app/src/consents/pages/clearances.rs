//! Clearances of adults from outside: who may work with children, the first to expire on top.

use super::common::{clearance_badge, day};
use crate::{
    access::Visitor,
    consents::{
        clearance::{self, Standing, is_needed},
        model::Clearance,
        paths::clearance_path,
        queries::{self, Subject},
        standing::by_person,
    },
    error::Answer,
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Query, View,
        ui::{
            badge::Tone,
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            insight::{Insight, insight},
            layout::{Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::NaiveDate;
use maud::html;
use serde::Deserialize;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
}

/// One person of the list.
struct Line {
    who: Subject,
    standing: Standing,
    /// The last day of the certificate that lasts longest.
    until: Option<NaiveDate>,
}

/// Shows the list.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let (sight, year) = (Sight::of(&visitor)?, SchoolYear::containing(visitor.today));
    let mut tx = app.db.read().await?;
    let policy = queries::policy(&mut tx, sight.school(), year).await?;
    let subjects = queries::subjects(&mut tx, sight, year).await?;
    let shown = by_person(queries::clearances(&mut tx, sight, None).await?, |clearance| clearance.person_id);
    let mut lines: Vec<Line> = subjects
        .into_iter()
        .filter(|who| who.takes_part && is_needed(&who.kinds(), who.born_on, visitor.today))
        .map(|who| {
            let own = shown.get(&who.id).map_or(&[][..], Vec::as_slice);
            Line { standing: clearance::standing(own, visitor.today), until: until(own, visitor.today), who }
        })
        .collect();
    // They come by name, and sorting is stable.
    lines.sort_by_key(|line| (line.standing, line.until.unwrap_or(NaiveDate::MAX)));
    let lacking = lines.iter().filter(|line| !line.standing.is_cleared()).count();
    let body = html! {
        @if lacking > 0 { (warning(lacking, policy.clearance_blocks)) }
        (filter(&Filter {
            asks: vec![Ask::Select {
                name: "state",
                label: "Допуск".into(),
                options: Standing::ALL.iter().filter(|one| **one != Standing::NotNeeded).map(|one| Choice::new(one.key(), one.label())).collect(),
                value: asked.state.clone(),
            }],
            found: words::counted(i64::try_from(lines.len()).unwrap_or(i64::MAX), &["взрослый участник", "взрослых участника", "взрослых участников"]),
            body: table(&list(&asked, &lines)),
            address: view.address(),
            ..Filter::default()
        }))
    };
    Ok(view.page(Page {
        title: "Допуск взрослых".into(),
        lead: Some("Наставники не из школы. Хранятся только вид документа и дни, сами справки — нет.".into()),
        body,
        width: Width::Wide,
        ..Page::default()
    }))
}

fn until(own: &[Clearance], today: NaiveDate) -> Option<NaiveDate> {
    own.iter().filter(|one| clearance::counts(one, today)).filter_map(|one| one.valid_until).max()
}

fn warning(lacking: usize, blocks: bool) -> maud::Markup {
    let lacking = i64::try_from(lacking).unwrap_or(i64::MAX);
    let detail = if blocks {
        "Пока справки нет, они не могут работать с детьми: участие приостановлено."
    } else {
        "В настройках года отсутствие допуска не приостанавливает участие."
    };
    insight(&Insight {
        tone: Tone::Danger,
        number: lacking.to_string(),
        sentence: format!(
            "{} без действующей справки об отсутствии судимости.",
            words::counted(lacking, &["взрослый участник", "взрослых участника", "взрослых участников"])
        ),
        detail: Some(detail.into()),
        ..Insight::default()
    })
}

fn list(asked: &Asked, lines: &[Line]) -> Table {
    let fits = |line: &&Line| asked.state.is_empty() || line.standing.key() == asked.state;
    let row = |line: &Line| {
        let kinds: Vec<&str> = line.who.kinds().iter().map(|kind| kind.label()).collect();
        Row::new(vec![
            html! { (line.who.name()) },
            html! { (kinds.join(", ")) },
            clearance_badge(line.standing),
            html! { (day(line.until)) },
        ])
        .href(clearance_path(line.who.id))
    };
    Table {
        caption: "Взрослые не из школы, которые участвуют в программе".into(),
        columns: vec![
            Column::new("name", "Фамилия, имя, отчество"),
            Column::new("kind", "Кто это").hidden_on_phone(),
            Column::new("state", "Допуск"),
            Column::new("until", "Справка действует до"),
        ],
        rows: lines.iter().filter(fits).map(row).collect(),
        empty: Empty::new(
            "Таких участников нет",
            "Здесь появятся наставники не из школы: родители, выпускники, студенты, партнёры.",
        ),
        ..Table::default()
    }
}
