//! Who saw a person in a period: what a school must be able to say within a day of an incident (152-FZ art. 21).

use crate::{
    access::Visitor,
    audit::{self, Seeing},
    clock::{day_asked, day_begins},
    error::Answer,
    people::{Sight, model::PersonId, paths, queries},
    state::App,
    web::{
        PathOf, Query, View,
        ui::{
            address::Address,
            card::{Card, card},
            empty::Empty,
            filter::{Ask, Filter, filter},
            layout::{Crumb, Page, Width},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::{DateTime, Days, NaiveDate, Utc};
use maud::{Markup, html};
use serde::Deserialize;

/// Days of a period nobody has chosen: a month back from today.
const DAYS: u64 = 30;

/// The period that is asked about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
    until: String,
}

impl Asked {
    /// Returns the first and the last day; what cannot be read asks for the last month.
    fn days(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let until = day_asked(&self.until).unwrap_or(today);
        (day_asked(&self.from).unwrap_or(until - Days::new(DAYS)), until)
    }
}

/// Shows who saw the person; the question itself leaves a trace.
pub async fn show(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (from, until) = asked.days(visitor.today);
    let zone = visitor.school.zone();
    let period = (day_begins(from, zone), day_begins(until + Days::new(1), zone));
    let mut tx = app.db.begin().await?;
    let person = queries::person(&mut tx, Sight::of(&visitor)?, id).await?;
    let seen = audit::who_saw(&mut tx, visitor.school_id(), id.uuid(), period).await?;
    let act = audit::Act::of(&visitor, audit::Event::ReadersRead, crate::people::actions::subject(id));
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    let (own, lists): (Vec<&Seeing>, Vec<&Seeing>) = seen.iter().partition(|seeing| seeing.is_own);
    let found = words::counted(i64::try_from(own.len()).unwrap_or(i64::MAX), &["строка", "строки", "строк"]);
    Ok(view.page(Page {
        title: "Кто видел сведения о человеке".into(),
        lead: Some(format!(
            "{}, с {} по {}",
            person.name(),
            words::short_date(from),
            words::short_date(until)
        )),
        crumbs: vec![
            Crumb::new("Люди", paths::PEOPLE),
            Crumb::new(person.name().to_string(), paths::person_path(id)),
        ],
        body: html! {
            (notice(&Notice::new(Tone::Info, "Если сведения могли попасть к посторонним, Роскомнадзор уведомляют за 24 часа о самом случае и за 72 часа — о том, что показало расследование и кто имел доступ (152-ФЗ, ст. 21). Эта страница отвечает на второй вопрос.")))
            (filter(&Filter {
                address: view.address(),
                asks: vec![
                    Ask::Date { name: "from", label: "С какого дня".into(), value: from.to_string() },
                    Ask::Date { name: "until", label: "По какой день".into(), value: until.to_string() },
                ],
                found: format!("Найдено: {found}"),
                body: html! {
                    (card(&Card {
                        title: "Открывали сведения этого человека".into(),
                        body: seeings("Кто открывал сведения", &own, &visitor, &view.address()),
                        ..Card::default()
                    }))
                    (card(&Card {
                        title: "Брали документы, где человек назван, и списки, в которых мог быть".into(),
                        body: seeings("Кто брал документы и списки", &lists, &visitor, &view.address()),
                        ..Card::default()
                    }))
                },
                ..Filter::default()
            }))
        },
        width: Width::Wide,
        ..Page::default()
    }))
}

fn seeings(caption: &str, seen: &[&Seeing], visitor: &Visitor, address: &Address) -> Markup {
    let row = |seeing: &&Seeing| {
        Row::new(vec![
            html! { (seeing.actor_name) },
            html! { (seeing.event.label()) },
            html! { (words::number(seeing.times)) },
            html! { (moment(visitor, seeing.first_at)) },
            html! { (moment(visitor, seeing.last_at)) },
        ])
    };
    table(&Table {
        caption: caption.into(),
        columns: vec![
            Column::new("actor", "Кто"),
            Column::new("event", "Что сделано"),
            Column::new("times", "Раз"),
            Column::new("first", "Впервые"),
            Column::new("last", "Последний раз"),
        ],
        rows: seen.iter().map(row).collect(),
        address: address.clone(),
        empty: Empty::new("За эти дни никто", "Расширьте период, если случай мог произойти раньше."),
        ..Table::default()
    })
}

fn moment(visitor: &Visitor, at: DateTime<Utc>) -> Markup {
    let local = at.with_timezone(&visitor.school.zone());
    html! { time datetime=(at.to_rfc3339()) { (words::short_date(local.date_naive())) ", " (local.format("%H:%M")) } }
}
