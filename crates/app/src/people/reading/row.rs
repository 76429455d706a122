//! One line of a list, understood.

use super::class_in;
use super::{
    BadDate, Column, ReadGuardian, ReadPerson, ReadStaff, Section, Since,
    column::guardian_columns,
    contact::{email, phone},
    date_in, full_name, words,
};
use crate::people::{ClassName, FullName};
use chrono::NaiveDate;

/// The longest text of a column that is kept.
const TEXT_MAX: usize = 200;

/// Longer service than anybody has.
const SERVICE_MAX: u32 = 75;

/// Understands a line, or says in words of the school why it cannot be taken.
pub fn understand(section: &Section, cells: &[String], today: NaiveDate) -> Result<ReadPerson, String> {
    let line = Line { section, cells };
    let name = line.name([Column::Name, Column::Surname, Column::Given, Column::Patronymic])?;
    let Some(name) = name else { return Err("не указано ФИО".to_owned()) };
    let told = words::sex(&line.text(Column::Sex));
    let mut person = ReadPerson {
        born_on: line.date(Column::BornOn, "дата рождения", today)?,
        sex: told.or_else(|| words::sex_of_patronymic(&name.patronymic)),
        sex_is_guess: told.is_none(),
        class: if section.is_staff { None } else { line.class()? },
        journal_id: line.text(Column::JournalId),
        phone: phone(&line.text(Column::Phone)),
        email: email(&line.text(Column::Email)),
        name,
        ..ReadPerson::default()
    };
    if section.is_staff {
        person.staff = Some(line.staff(today)?);
    } else {
        for slot in 0..2 {
            line.guardian(slot, &mut person)?;
        }
    }
    Ok(person)
}

struct Line<'a> {
    section: &'a Section,
    cells: &'a [String],
}

impl Line<'_> {
    fn text(&self, column: Column) -> String {
        self.section.text(self.cells, column).chars().take(TEXT_MAX).collect()
    }

    /// Reads a name of one column or of three; nothing when all are empty.
    fn name(&self, [whole, surname, given, patronymic]: [Column; 4]) -> Result<Option<FullName>, String> {
        let parts = [surname, given, patronymic].map(|column| self.text(column));
        let parts = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
        let text = self.text(whole);
        // «Фамилия» alone may hold the whole name, and «ФИО» stand beside the parts.
        let text = if text.is_empty() { parts } else { text };
        if text.is_empty() { Ok(None) } else { full_name(&text).map(Some).map_err(str::to_owned) }
    }

    fn date(&self, column: Column, what: &str, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
        date_in(&self.text(column), today).map_err(|bad| match bad {
            BadDate::Unreadable => format!("{what} не понята: нужна в виде 01.02.2012"),
            BadDate::Several => format!("{what}: в ячейке несколько дат"),
            BadDate::Impossible => format!("{what} невозможна: такого дня ещё не было или он слишком давний"),
        })
    }

    fn class(&self) -> Result<Option<ClassName>, String> {
        let (grade, letter) = (self.text(Column::Grade), self.text(Column::Letter));
        let of_column = match self.text(Column::Class) {
            text if !text.is_empty() => text,
            _ if !grade.is_empty() => format!("{grade}{letter}"),
            _ => self.section.class.clone().unwrap_or_default(),
        };
        if of_column.is_empty() {
            return Ok(None);
        }
        of_column
            .parse()
            .ok()
            .or_else(|| class_in(&of_column))
            .map(Some)
            .ok_or_else(|| "класс не понят: нужен в виде 8А".to_owned())
    }

    fn staff(&self, today: NaiveDate) -> Result<ReadStaff, String> {
        let post = self.text(Column::Post);
        let since = self.date(Column::Since, "дата начала педагогической деятельности", today)?.map(Since::Day);
        let service = self.text(Column::Service);
        let years: String = service.chars().take_while(char::is_ascii_digit).collect();
        let years = years.parse().ok().filter(|years| *years <= SERVICE_MAX).map(Since::Years);
        if since.is_none() && years.is_none() && !service.is_empty() {
            return Err("педагогический стаж не понят: нужно число лет".to_owned());
        }
        Ok(ReadStaff {
            is_teaching: words::is_teaching(&post) || since.or(years).is_some() && post.is_empty(),
            since: since.or(years),
            post,
        })
    }

    fn guardian(&self, slot: usize, person: &mut ReadPerson) -> Result<(), String> {
        let [name, surname, given, patronymic, grounds, number, mail] = guardian_columns(slot);
        let read = self.name([name, surname, given, patronymic]);
        let Some(name) = read.map_err(|why| format!("представитель: {why}"))? else { return Ok(()) };
        let mut told = self.text(grounds);
        if told.is_empty() {
            told = self.header_of(&[name_column(slot), surname]);
        }
        match words::grounds(&told) {
            Some(grounds) => {
                let (phone, email) = (phone(&self.text(number)), email(&self.text(mail)));
                person.guardians.push(ReadGuardian { name, grounds, phone, email });
            }
            None => person.remarks.push(format!("представитель не загружен: «{told}» — не законный представитель")),
        }
        Ok(())
    }

    /// A header that says «Мать» or «Отец» tells the grounds; any other one tells nothing.
    fn header_of(&self, columns: &[Column]) -> String {
        let places = self.section.columns.iter().zip(&self.section.header);
        let titles = places.filter(|(column, _)| columns.contains(column)).map(|(_, title)| title.to_lowercase());
        let known = titles.into_iter().find_map(|title| {
            [("мат", "мать"), ("мам", "мать"), ("отец", "отец"), ("отц", "отец"), ("пап", "отец"), ("опекун", "опекун")]
                .iter()
                .find(|(stem, _)| title.contains(stem))
                .map(|(_, word)| (*word).to_owned())
        });
        known.unwrap_or_default()
    }
}

fn name_column(slot: usize) -> Column {
    guardian_columns(slot)[0]
}
