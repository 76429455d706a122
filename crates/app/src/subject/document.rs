//! The record about a person as JSON for a machine and as .docx for the person.

use super::{
    record::{Line, Record, Section},
    shown::shown,
};
use crate::words;
use documents::block::{Block, Document, HeadingLevel, Page, Paragraph, TableBlock, TableCell};
use serde_json::{Value, json};

/// Writes the record for a machine: tables and columns by their names in the database.
pub fn as_json(record: &Record) -> Value {
    let row = |lines: &[Line]| -> Value {
        Value::Object(lines.iter().map(|line| (line.column.to_owned(), json!(line.value))).collect())
    };
    let tables: serde_json::Map<String, Value> = record
        .sections
        .iter()
        .map(|(section, rows)| (section.table.to_owned(), rows.iter().map(|lines| row(lines)).collect()))
        .collect();
    let readers: Vec<Value> =
        record.readers.iter().map(|[at, who, what]| json!({"at": at, "who": who, "what": what})).collect();
    json!({
        "school": record.school,
        "person": record.name,
        "as_of": record.today,
        "held": tables,
        "seen_by": readers,
    })
}

/// Writes the record for the person: only what there is, with the names of a school.
pub fn as_document(record: &Record) -> Document {
    let title = format!("Сведения, которые хранит школа: {}", record.name);
    let lead = format!(
        "{}. Составлено {} по запросу субъекта персональных данных (152-ФЗ, ст. 14).",
        record.school,
        words::short_date(record.today)
    );
    let mut document = Document::new(title, Page::portrait()).with(Paragraph::text(lead));
    for (section, rows) in record.sections.iter().filter(|(_, rows)| !rows.is_empty()) {
        document = document.with(heading(section.title)).with(Block::Table(of_section(section, rows)));
    }
    let empty: Vec<&str> = record.sections.iter().filter(|(_, rows)| rows.is_empty()).map(|(s, _)| s.title).collect();
    if !empty.is_empty() {
        document = document.with(Paragraph::text(format!("Ничего не хранится: {}.", empty.join("; ").to_lowercase())));
    }
    document.with(heading("Кто видел эти сведения")).with(Block::Table(of_readers(record)))
}

fn heading(text: &str) -> Block {
    Block::Heading { level: HeadingLevel::Second, text: text.to_owned() }
}

fn of_section(section: &Section, rows: &[Vec<Line>]) -> TableBlock {
    let mut table = TableBlock::new(&[2, 5]);
    for (number, lines) in rows.iter().enumerate() {
        if rows.len() > 1 {
            table = table.row([TableCell::text(format!("Запись {}", number + 1)).across(2)]);
        }
        for line in lines {
            table = table
                .row([TableCell::text(line.name), TableCell::text(shown(section.table, line.column, &line.value))]);
        }
    }
    table
}

fn of_readers(record: &Record) -> TableBlock {
    let table = TableBlock::new(&[2, 3, 4]).header(["Когда", "Кто", "Что сделано"]);
    record.readers.iter().fold(table, |table, line| table.row(line.clone().map(TableCell::text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::record::{SECTIONS, lines};
    use chrono::NaiveDate;

    fn record() -> Record {
        let section = &SECTIONS[0];
        let mut values = vec![None; section.columns.len()];
        values[0] = Some("Ёлкина".to_owned());
        values[4] = Some("2012-05-01".to_owned());
        Record {
            name: "Ёлкина Анна".into(),
            school: "Школа № 7".into(),
            today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            sections: SECTIONS
                .iter()
                .enumerate()
                .map(|(place, section)| {
                    (section, if place == 0 { vec![lines(section, values.clone())] } else { vec![] })
                })
                .collect(),
            readers: vec![["22.11.2026, 12:00".into(), "Иванова Вера".into(), "Карточка человека открыта".into()]],
        }
    }

    #[test]
    fn the_paper_has_what_there_is_and_says_what_there_is_not() {
        let paper = format!("{:?}", as_document(&record()));
        for words in ["Ёлкина", "01.05.2012", "Ничего не хранится: кем является", "Иванова Вера"]
        {
            assert!(paper.contains(words), "{words}: {paper}");
        }
        assert!(!paper.contains("Отчество"), "{paper}");
    }

    #[test]
    fn a_machine_gets_every_table_and_the_values_as_they_are_kept() {
        let json = as_json(&record());
        assert_eq!(json["held"]["persons"][0]["born_on"], "2012-05-01");
        assert_eq!(json["held"].as_object().unwrap().len(), SECTIONS.len());
        assert_eq!(json["seen_by"][0]["who"], "Иванова Вера");
    }
}
