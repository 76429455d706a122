//! The act about the destruction of personal data and the extract of the journal, as Roskomnadzor wants them
//! (order 179 of 28.10.2022, items 3 and 5). Both are kept for three years (item 8). Pure.

use super::model::{Basis, Destroyed};
use crate::{access::School, audit::Link, words};
use chrono::NaiveDate;
use documents::block::{Block, Document, HeadingLevel, Page, Paragraph, Run, Signature, TableBlock, TableCell};

/// The information system out of which data are destroyed.
const SYSTEM: &str = concat!("«Наставник», версия ", env!("CARGO_PKG_VERSION"));

const WAY: &str = "Записи и файлы удалены средствами программы без возможности восстановления; ключ, которым были зашифрованы особые категории, уничтожен. Номера уничтоженных записей хранятся рядом с резервными копиями: после восстановления из копии программа уничтожает эти записи снова.";

/// What both papers say.
pub struct ActPaper<'a> {
    pub school: &'a School,
    pub number: i64,
    pub on: NaiveDate,
    pub basis: Basis,
    pub reason: &'a str,
    /// Whose data they were: the name and the number of the record, or the number alone.
    pub subjects: Vec<String>,
    pub destroyed: &'a [Destroyed],
    /// Post and name of who did it.
    pub by: (&'a str, &'a str),
}

impl ActPaper<'_> {
    fn dated(&self) -> String {
        format!("№ {} от {}", self.number, words::short_date(self.on))
    }
}

/// Writes the act.
pub fn act(paper: &ActPaper<'_>) -> Document {
    let mut document = Document::new(
        format!("Акт № {} об уничтожении персональных данных", paper.number),
        Page::portrait(),
    )
    .with(Paragraph::text(words::short_date(paper.on)))
    .with(facts(&[
        ("Оператор", format!("{}, {}", paper.school.name, paper.school.address)),
        ("Чьи персональные данные уничтожены", paper.subjects.join("; ")),
        ("Причина уничтожения", paper.basis.label().to_owned()),
        ("Пояснение", paper.reason.to_owned()),
        ("Дата уничтожения", words::short_date(paper.on)),
        ("Информационная система", SYSTEM.to_owned()),
        ("Способ уничтожения", WAY.to_owned()),
    ]))
    .with(heading("Категории уничтоженных персональных данных"))
    .with(categories(paper.destroyed))
    .with(Paragraph::new([Run::italic("Акт и выгрузка из журнала хранятся три года с дня уничтожения (приказ Роскомнадзора от 28.10.2022 № 179, п. 8).")]));
    let head = Signature { post: words::capitalised(&paper.school.head_post), name: paper.school.head_name.clone() };
    let (post, name) = paper.by;
    let by = Signature { post: words::capitalised(post), name: name.to_owned() };
    document = document.with(Block::Signatures(vec![head, by]));
    document
}

/// Writes the extract of the journal that belongs to the act.
pub fn extract(paper: &ActPaper<'_>, links: &[Link], zone: chrono_tz::Tz) -> Document {
    let table = TableBlock::new(&[1, 2, 2, 3, 4]).header(["Запись №", "Когда", "Кто", "Событие", "Отпечаток записи"]);
    let table = links.iter().fold(table, |table, link| {
        let at = link.at.with_timezone(&zone);
        let event =
            link.event.parse::<crate::audit::Event>().map_or_else(|_| link.event.clone(), |known| known.to_string());
        table.row([
            TableCell::text(link.place.to_string()),
            TableCell::text(format!("{}, {}", words::short_date(at.date_naive()), at.format("%H:%M"))),
            TableCell::text(link.actor_name.clone()),
            TableCell::text(event),
            TableCell::text(link.hash.clone()),
        ])
    });
    Document::new(
        "Выгрузка из журнала регистрации событий в информационной системе персональных данных",
        Page::portrait(),
    )
    .with(Paragraph::text(format!("К акту {}.", paper.dated())))
    .with(facts(&[
        ("Чьи персональные данные уничтожены", paper.subjects.join("; ")),
        ("Категории", paper.destroyed.iter().map(|one| one.what.as_str()).collect::<Vec<_>>().join("; ")),
        ("Информационная система", SYSTEM.to_owned()),
        ("Причина уничтожения", paper.basis.label().to_owned()),
        ("Дата уничтожения", words::short_date(paper.on)),
    ]))
    .with(heading("Записи журнала"))
    .with(table)
    .with(Paragraph::text(
        "Каждая запись журнала связана с предыдущей отпечатком: изменить или убрать её незаметно нельзя.",
    ))
}

fn heading(text: &str) -> Block {
    Block::Heading { level: HeadingLevel::Second, text: text.to_owned() }
}

fn facts(facts: &[(&str, String)]) -> TableBlock {
    facts.iter().fold(TableBlock::new(&[2, 5]), |table, (name, value)| {
        table.row([TableCell::text(*name), TableCell::text(value.clone())])
    })
}

fn categories(destroyed: &[Destroyed]) -> TableBlock {
    let table = TableBlock::new(&[1, 6, 2]).header(["№", "Категория", "Записей"]);
    destroyed.iter().zip(1_u32..).fold(table, |table, (one, number)| {
        table.row([number.to_string(), one.what.clone(), one.count.to_string()].map(TableCell::text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{SchoolId, SchoolKind};

    fn school() -> School {
        School {
            id: SchoolId::fresh(),
            name: "МБОУ «Школа № 7»".into(),
            short_name: "Школа № 7".into(),
            kind: SchoolKind::School,
            is_small: false,
            address: "г. Образцов".into(),
            municipality: String::new(),
            head_name: "Рябинина Вера Павловна".into(),
            head_post: "директор".into(),
            time_zone: "Europe/Moscow".into(),
            version: 1,
        }
    }

    #[test]
    fn the_act_says_everything_the_order_wants() {
        let (school, destroyed) = (school(), [Destroyed { what: "Согласия".into(), count: 2 }]);
        let paper = ActPaper {
            school: &school,
            number: 3,
            on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            basis: Basis::Withdrawal,
            reason: "Заявление матери",
            subjects: vec!["Ивушкина Анна, запись № 1".into()],
            destroyed: &destroyed,
            by: ("куратор программы", "Берёзкина Ольга Ильинична"),
        };
        let act = format!("{:?}", act(&paper));
        for words in [
            "МБОУ «Школа № 7», г. Образцов",
            "Ивушкина Анна, запись № 1",
            "отзыв согласия",
            "Заявление матери",
            "22.11.2026",
            "Наставник",
            "без возможности восстановления",
            "Согласия",
            "Рябинина Вера Павловна",
            "Куратор программы",
            "Берёзкина Ольга Ильинична",
            "три года",
        ] {
            assert!(act.contains(words), "{words}: {act}");
        }
        let extract = format!("{:?}", extract(&paper, &[], chrono_tz::Europe::Moscow));
        for words in ["К акту № 3 от 22.11.2026", "Ивушкина Анна, запись № 1", "Согласия", "Отпечаток записи"]
        {
            assert!(extract.contains(words), "{words}: {extract}");
        }
    }
}
