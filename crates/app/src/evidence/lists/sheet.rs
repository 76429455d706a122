//! A list as a workbook of two sheets: what counts, what is missing. Pure.

use crate::words;
use chrono::NaiveDate;
use documents::sheet::{Column, Kind, Sheet, Value, Workbook};

/// A list behind a number.
#[derive(Debug, Clone)]
pub struct List {
    pub title: String,
    /// How many lines count and how many are missing, in words.
    pub about: String,
    pub workbook: Workbook,
}

/// The lines of a list.
pub struct Lines {
    pub title: &'static str,
    pub columns: Vec<Column>,
    pub within: (&'static str, Vec<Vec<Value>>),
    pub missing: (&'static str, Vec<Vec<Value>>),
}

impl Lines {
    /// Makes the workbook; each sheet numbers its lines.
    pub fn list(self, school: &str, as_of: NaiveDate) -> List {
        let about = format!("{}: {}; {}: {}", self.within.0, self.within.1.len(), self.missing.0, self.missing.1.len());
        let sheet = |(name, lines): &(&str, Vec<Vec<Value>>)| {
            let title = format!("{}: {name}. {school}, на {}", self.title, words::short_date(as_of));
            let number = Column::new("№", 6.0, Kind::Integer);
            let empty = Sheet::new(words::capitalised(name), std::iter::once(number).chain(self.columns.clone()));
            (1_i64..).zip(lines).fold(empty.titled(title), |sheet, (number, line)| {
                sheet.row(std::iter::once(Value::from(number)).chain(line.iter().cloned()))
            })
        };
        let sheets = vec![sheet(&self.within), sheet(&self.missing)];
        List { title: self.title.to_owned(), about, workbook: Workbook { sheets, created: None } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_and_what_is_missing_stand_apart_and_are_counted() {
        let line = |name: &str| vec![Value::from(name)];
        let lines = Lines {
            title: "Охват",
            columns: vec![Column::text("ФИО", 30.0)],
            within: ("участвуют", vec![line("Клёнова Анна"), line("Рябинин Лев")]),
            missing: ("не участвуют", vec![line("Дубов Пётр")]),
        };
        let list = lines.list("Школа № 7", NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
        assert_eq!(list.about, "участвуют: 2; не участвуют: 1");
        let names: Vec<&str> = list.workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Участвуют", "Не участвуют"]);
        assert_eq!(list.workbook.sheets[0].rows[1], [Value::Integer(2), Value::from("Рябинин Лев")]);
        assert_eq!(list.workbook.sheets[0].title, "Охват: участвуют. Школа № 7, на 22.11.2026");
    }
}
