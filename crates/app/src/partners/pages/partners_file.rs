//! «Перечень партнёрских организаций» as a workbook and on paper.

use super::{common::count, partners::Asked};
use crate::{
    access::Visitor,
    audit::Event,
    error::{Answer, Failure},
    files::download,
    partners::{
        actions::note_export,
        book::{Book, Entry},
        paths,
    },
    state::App,
    web::{
        Query, View,
        ui::{
            layout::{Crumb, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use documents::sheet::{self, Kind, Sheet, Value, Workbook};
use maud::html;

/// Saves the list as a workbook.
pub async fn xlsx(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.read().await?;
    let book = Book::load(&mut tx, &visitor).await?;
    drop(tx);
    let found = asked.of(&book);
    note_export(&app, &visitor, Event::PartnersExported, found.len()).await?;
    let title = format!(
        "Перечень партнёрских организаций: {}, на {}",
        visitor.school.short_name,
        words::short_date(book.today)
    );
    let sheet = (1_i64..)
        .zip(&found)
        .fold(empty().titled(title), |sheet, (number, entry)| sheet.row(cells(number, entry, &book)));
    let sheet = match book.total {
        Some(total) => sheet.note(format!("Всего организаций и предприятий: {}.", words::number(total))),
        None => sheet.note("Всего организаций и предприятий: не внесено."),
    };
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download("Перечень партнёрских организаций.xlsx", bytes))
}

fn empty() -> Sheet {
    let text = [
        ("Организация", 44.0),
        ("Вид", 24.0),
        ("ИНН", 14.0),
        ("Адрес", 34.0),
        ("Контактное лицо", 34.0),
        ("Телефон, почта", 30.0),
        ("Соглашение", 28.0),
        ("Состояние соглашения", 18.0),
    ];
    let number = sheet::Column::new("№", 5.0, Kind::Integer);
    let last = [
        sheet::Column::new("Действует по", 14.0, Kind::Date),
        sheet::Column::new("Наставников в этом году", 14.0, Kind::Integer),
        sheet::Column::text("Примечание", 40.0),
    ];
    let text = text.map(|(title, width)| sheet::Column::text(title, width));
    Sheet::new("Партнёры", std::iter::once(number).chain(text).chain(last))
}

fn cells(number: i64, entry: &Entry, book: &Book) -> Vec<Value> {
    let (partner, agreement) = (&entry.partner, entry.leading(book.today));
    let contact = entry.contacts.first();
    let reach =
        contact.map(|one| [&*one.phone, &one.email].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>());
    let ended = partner.ended_on.filter(|_| !partner.is_working_on(book.today));
    let note = match ended {
        Some(day) => format!("Работа завершена {}. {}", words::short_date(day), partner.note),
        None => partner.note.clone(),
    };
    vec![
        number.into(),
        partner.name.as_str().into(),
        partner.kind.label().into(),
        partner.inn.as_str().into(),
        partner.address.as_str().into(),
        contact.map(who).into(),
        reach.map(|parts| parts.join(", ")).into(),
        agreement.map(crate::partners::model::Agreement::caption).into(),
        entry.standing(book.today).map_or("нет соглашения", |state| state.label()).into(),
        agreement.and_then(|one| one.valid_until).into(),
        count(entry.mentors(book.today).count()).into(),
        note.trim().into(),
    ]
}

fn who(contact: &crate::partners::model::Contact) -> String {
    if contact.post.is_empty() { contact.full_name.clone() } else { format!("{}, {}", contact.full_name, contact.post) }
}

/// Shows the list ready to be printed.
pub async fn print(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let book = Book::load(&mut tx, &visitor).await?;
    let line = |(number, entry): (usize, &Entry)| {
        let mentors = entry.mentors(book.today).map(|one| one.name().short()).collect::<Vec<_>>();
        Row::new(vec![
            html! { (number) },
            html! { (entry.partner.name) @if !entry.partner.address.is_empty() { ", " (entry.partner.address) } },
            html! { (entry.partner.kind.label()) },
            html! { @if let Some(contact) = entry.contacts.first() { (who(contact)) @if !contact.phone.is_empty() { ", " (contact.phone) } } },
            html! {
                @if let Some(agreement) = entry.leading(book.today) { (agreement.caption()) ", " }
                (entry.standing(book.today).map_or("нет соглашения", |state| state.label()))
            },
            html! { (mentors.join(", ")) },
        ])
    };
    let sheet = Table {
        caption: format!("{} учебный год", book.year.long_label()),
        columns: [
            ("number", "№"),
            ("name", "Организация"),
            ("kind", "Вид"),
            ("contact", "Контактное лицо"),
            ("agreement", "Соглашение"),
            ("mentors", "Наставники в этом году"),
        ]
        .map(|(key, label)| Column::new(key, label))
        .into(),
        rows: (1..).zip(book.working()).map(line).collect(),
        ..Table::default()
    };
    Ok(view.page(Page {
        title: "Перечень партнёрских организаций".into(),
        lead: Some(format!("{}. На {}.", visitor.school.name, words::short_date(book.today))),
        crumbs: vec![Crumb::new("Партнёры", paths::PARTNERS)],
        body: html! {
            p class="screen-only muted" { "Напечатайте эту страницу средствами браузера (Ctrl+P): меню и кнопки на бумагу не попадут." }
            (table(&sheet))
        },
        width: Width::Wide,
        ..Page::default()
    }))
}
