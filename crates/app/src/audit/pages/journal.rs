//! The journal: who did what, when, with what change.

use crate::{
    access::{self, Right, User, Visitor},
    audit::{
        model::{Act, Change, Entry, Event, Subject, SubjectKind},
        paths,
        queries::{self, SYSTEM, Slice},
    },
    clock::{day_asked, day_begins},
    error::Answer,
    files::{Format, Outgoing},
    state::App,
    web::{
        Query, View,
        ui::{
            address::Address,
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            layout::{Page, Width},
            paging::{Paging, paging},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::{DateTime, Days, NaiveDateTime, Utc};
use documents::sheet::{self, Kind, Sheet, Value};
use maud::{Markup, html};
use serde::Deserialize;

/// Acts on one page.
const PER_PAGE: u32 = 50;

/// Characters of a name on the page: titles of rows are whole paragraphs.
const NAME_MAX: usize = 90;

/// Acts that are in memory together while the journal is taken out.
const AT_ONCE: i64 = 1_000;

/// What is asked of the journal.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
    until: String,
    event: String,
    actor: String,
    page: String,
}

impl Asked {
    /// Days include both ends; what cannot be read asks for nothing.
    fn slice(&self, visitor: &Visitor) -> Slice<'_> {
        let zone = visitor.school.zone();
        let last = day_asked(&self.until).unwrap_or(visitor.today);
        Slice {
            from: day_asked(&self.from).map_or(DateTime::UNIX_EPOCH, |day| day_begins(day, zone)),
            until: day_begins(last + Days::new(1), zone),
            event: self.event.parse().ok(),
            actor: Some(self.actor.as_str())
                .filter(|actor| *actor == SYSTEM || actor.parse::<access::UserId>().is_ok()),
            // An administrator alone sees nobody's card and no name here.
            names_people: visitor.may_everywhere(Right::ReadPeople),
        }
    }
}

/// Shows a page of the journal.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let (school, slice) = (visitor.school_id(), asked.slice(&visitor));
    let mut tx = app.db.read().await?;
    let total = queries::count(&mut tx, school, &slice).await?;
    let pages = Paging::of(view.address(), &asked.page, PER_PAGE, usize::try_from(total).unwrap_or(usize::MAX));
    let skip = i64::from(pages.skipped());
    let entries = queries::page_of(&mut tx, school, &slice, i64::from(PER_PAGE), skip).await?;
    let users = access::users_of(&mut tx, school).await?;
    let body = html! { (acts(&visitor, &entries, &view.address())) (paging(&pages)) };
    Ok(view.page(Page {
        title: "Журнал действий".into(),
        lead: Some("Кто, когда и что сделал в программе. Записи журнала нельзя изменить или удалить.".into()),
        body: filter(&Filter {
            address: view.address(),
            asks: asks(&asked, &users),
            hidden: vec![],
            found: format!("Найдено: {}", words::counted(total, &["запись", "записи", "записей"])),
            body,
        }),
        width: Width::Wide,
        ..Page::default()
    }))
}

fn asks(asked: &Asked, users: &[User]) -> Vec<Ask> {
    let program = Choice::new(SYSTEM, "Сама программа");
    let people = users.iter().map(|user| Choice::new(user.id.to_string(), user.full_name.clone()));
    vec![
        Ask::Date { name: "from", label: "С какого дня".into(), value: asked.from.clone() },
        Ask::Date { name: "until", label: "По какой день".into(), value: asked.until.clone() },
        Ask::Select {
            name: "event",
            label: "Действие".into(),
            options: Event::ALL.iter().map(|event| Choice::new(event.word(), event.label())).collect(),
            value: asked.event.clone(),
        },
        Ask::Select {
            name: "actor",
            label: "Кто".into(),
            options: std::iter::once(program).chain(people).collect(),
            value: asked.actor.clone(),
        },
    ]
}

fn acts(visitor: &Visitor, entries: &[Entry], address: &Address) -> Markup {
    let row = |entry: &Entry| {
        let moment = local(visitor, entry.at);
        Row::new(vec![
            html! { time datetime=(entry.at.to_rfc3339()) { (words::short_date(moment.date())) ", " (moment.format("%H:%M")) } },
            html! { (entry.actor_name) },
            html! { (entry.event.label()) },
            html! { (entry.subject_kind.label()) ": " (words::shortened(&entry.subject_name, NAME_MAX)) },
            html! { @for change in &entry.details.0 { p { (sentence(change)) } } },
        ])
    };
    table(&Table {
        caption: "Действия, новые сверху".into(),
        columns: vec![
            Column::new("at", "Когда"),
            Column::new("actor", "Кто"),
            Column::new("event", "Что сделано"),
            Column::new("subject", "С чем"),
            Column::new("changes", "Подробности"),
        ],
        rows: entries.iter().map(row).collect(),
        address: address.clone(),
        empty: Empty::new(
            "Действий не найдено",
            "За эти дни и с такими условиями в журнале нет записей. Сбросьте отбор.",
        ),
        exports: [("XLSX", paths::JOURNAL_XLSX), ("CSV", paths::JOURNAL_CSV)]
            .map(|(label, path)| (label.to_owned(), address.without(&["page"]).at(path).to_string()))
            .into(),
        ..Table::default()
    })
}

/// Writes a change as a person says it: «Роли: директор → куратор программы».
fn sentence(change: &Change) -> String {
    match (change.from.as_str(), change.to.as_str()) {
        ("", to) => format!("{}: {to}", change.what),
        (from, "") => format!("{}: {from} → пусто", change.what),
        (from, to) => format!("{}: {from} → {to}", change.what),
    }
}

fn local(visitor: &Visitor, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&visitor.school.zone()).naive_local()
}

/// Saves the journal as a workbook.
pub async fn xlsx(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    take_out(&app, &visitor, &asked, Format::Xlsx).await
}

/// Saves the journal as text.
pub async fn csv(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    take_out(&app, &visitor, &asked, Format::Csv).await
}

/// Hands out all that is asked for, of however many years. Taking the journal out is an act itself.
async fn take_out(app: &App, visitor: &Visitor, asked: &Asked, format: Format) -> Answer {
    let (school, slice) = (visitor.school_id(), asked.slice(visitor));
    let mut file = Outgoing::begin(&app.files, heading(visitor), format)?;
    let mut tx = app.db.read().await?;
    let mut entries = queries::page_of(&mut tx, school, &slice, AT_ONCE, 0).await?;
    let mut taken = 0;
    while let Some(last) = entries.last() {
        taken += entries.len();
        for entry in &entries {
            file = file.row(values(visitor, entry)).await?;
        }
        entries = queries::before(&mut tx, school, &slice, last, AT_ONCE).await?;
    }
    drop(tx);
    let file = file.end().await?;
    let subject =
        Subject { kind: SubjectKind::School, id: Some(school.uuid()), name: visitor.school.short_name.clone() };
    let act = Act::of(visitor, Event::JournalExported, subject).with([Change::fact("Записей", taken.to_string())]);
    let mut tx = app.db.begin().await?;
    queries::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    file.hand_out("Журнал действий")
}

fn heading(visitor: &Visitor) -> Sheet {
    let columns = [("Кто", 32.0), ("Что сделано", 36.0), ("С чем", 44.0), ("Подробности", 60.0)];
    let columns = columns.map(|(title, width)| sheet::Column::text(title, width));
    let moment = sheet::Column::new("Когда", 18.0, Kind::DateTime);
    Sheet::new("Журнал", std::iter::once(moment).chain(columns)).titled(format!(
        "Журнал действий: {}, на {}",
        visitor.school.short_name,
        words::short_date(visitor.today)
    ))
}

fn values(visitor: &Visitor, entry: &Entry) -> Vec<Value> {
    let details: Vec<String> = entry.details.0.iter().map(sentence).collect();
    vec![
        Value::DateTime(local(visitor, entry.at)),
        Value::from(entry.actor_name.as_str()),
        Value::from(entry.event.label()),
        Value::from(format!("{}: {}", entry.subject_kind.label(), entry.subject_name)),
        Value::from(details.join("; ")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_read_as_from_and_to() {
        assert_eq!(
            sentence(&Change::new("Роли", "директор", "куратор программы")),
            "Роли: директор → куратор программы"
        );
        assert_eq!(sentence(&Change::fact("Записей", "14")), "Записей: 14");
        assert_eq!(sentence(&Change::new("Адрес", "ул. Школьная", "")), "Адрес: ул. Школьная → пусто");
    }
}
