//! Lists of partners.

use super::sheet::{Lines, List};
use crate::{
    error::Answer,
    evidence::contents::Reader,
    partners::{Book, Entry, model::Agreement},
};
use database::Tx;
use documents::sheet::{Column, Kind, Value};

/// Row 1.3: who gave a mentor this year.
pub async fn giving(tx: &mut Tx, reader: &Reader<'_>) -> Answer<List> {
    let book = Book::load(tx, &reader.visitor).await?;
    let line = |entry: &Entry| -> Vec<Value> {
        let mentors: Vec<String> = entry.mentors(book.today).map(|one| one.name().to_string()).collect();
        vec![entry.partner.name.as_str().into(), entry.partner.kind.label().into(), mentors.join("; ").into()]
    };
    let gives = |entry: &&Entry| entry.mentors(book.today).next().is_some();
    let lines = Lines {
        title: "Партнёры, давшие наставников",
        columns: vec![Column::text("Организация", 50.0), Column::text("Вид", 26.0), Column::text("Наставники", 60.0)],
        within: ("дали наставников", book.entries.iter().filter(gives).map(line).collect()),
        missing: ("не дали", book.entries.iter().filter(|entry| !gives(entry)).map(line).collect()),
    };
    Ok(lines.list(&reader.school().short_name, reader.as_of))
}

/// Row 1.4: with whom an agreement is signed.
pub async fn agreed(tx: &mut Tx, reader: &Reader<'_>) -> Answer<List> {
    let book = Book::load(tx, &reader.visitor).await?;
    let line = |entry: &Entry| -> Vec<Value> {
        let leading = entry.leading(book.today);
        vec![
            entry.partner.name.as_str().into(),
            leading.map(Agreement::caption).into(),
            entry.standing(book.today).map_or("нет соглашения", |state| state.label()).into(),
            leading.and_then(|agreement| agreement.valid_until).into(),
        ]
    };
    let working = || book.working();
    let lines = Lines {
        title: "Соглашения с партнёрами",
        columns: vec![
            Column::text("Организация", 50.0),
            Column::text("Соглашение", 28.0),
            Column::text("Состояние", 18.0),
            Column::new("Действует по", 14.0, Kind::Date),
        ],
        within: ("подписано", working().filter(|entry| entry.is_bound(book.today)).map(line).collect()),
        missing: ("не подписано", working().filter(|entry| !entry.is_bound(book.today)).map(line).collect()),
    };
    Ok(lines.list(&reader.school().short_name, reader.as_of))
}
