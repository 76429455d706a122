//! Writes one sample of every format into a folder, to be looked at: `cargo run -p documents --example samples -- DIR`.

use std::error::Error;
use std::path::PathBuf;

use chrono::NaiveDate;
use documents::block::{
    Align, Block, Clause, Document, HeadingLevel, Page, Paragraph, Run, Signature, TableBlock, TableCell,
};
use documents::sheet::{Column, Kind, Sheet, Value, Workbook};
use documents::{csv, docx, xlsx};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("назовите папку: samples DIR")?);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("order.docx"), docx::write(&order())?)?;
    std::fs::write(folder.join("roadmap.docx"), docx::write(&roadmap())?)?;
    std::fs::write(folder.join("registry.xlsx"), xlsx::write(&Workbook::of(registry()))?)?;
    std::fs::write(folder.join("registry.csv"), csv::write(&registry()))?;
    std::fs::write(folder.join("roadmap.xlsx"), xlsx::write(&Workbook::of(merged_sheet()))?)?;
    Ok(())
}

fn order() -> Document {
    let clauses = vec![
        Clause::text(
            "Утвердить план мероприятий (дорожную карту) по наставничеству на 2026–2027 учебный год (приложение).",
        ),
        Clause::text("Назначить ответственными:")
            .with(Clause::text("за ведение базы наставляемых — куратора программы;"))
            .with(Clause::text("за обучение наставников — методиста.")),
        Clause::text("Контроль за исполнением приказа оставляю за собой."),
    ];
    Document::new("ПРИКАЗ", Page::portrait().kept_long())
        .with(Paragraph::text("01.09.2026\t№ 181/1").aligned(Align::Start))
        .with(Block::Heading {
            level: HeadingLevel::Second, text: "О внедрении системы наставничества".to_owned()
        })
        .with(Paragraph::new([
            Run::plain("В целях поддержки обучающихся и молодых педагогов "),
            Run::bold("ПРИКАЗЫВАЮ:"),
        ]))
        .with(Block::NumberedClauses(clauses))
        .with(Block::Signatures(vec![
            Signature { post: "Директор".to_owned(), name: "И. О. Фамилия".to_owned() },
            Signature {
                post: "Заместитель директора по воспитательной работе".to_owned(),
                name: "И. О. Фамилия".to_owned(),
            },
        ]))
        .with(Block::PageBreak)
        .with(Paragraph::new([Run::italic("Приложение к приказу")]).aligned(Align::End))
}

fn roadmap() -> Document {
    let mut table = TableBlock::new(&[1, 7, 3, 4, 4, 4])
        .header(["№", "Мероприятие", "Срок", "Ожидаемый результат", "Показатель", "Ответственный"])
        .header(["1", "2", "3", "4", "5", "6"]);
    for section in 1..=4 {
        table = table.row([section_title(section)]);
        for row in 1..=6 {
            let number = TableCell::text(format!("{section}.{row}")).aligned(Align::Centre);
            let what = TableCell::text("Формирование базы наставляемых из числа обучающихся и педагогов школы");
            let term = TableCell::text("Октябрь –\nноябрь 2026").aligned(Align::Centre);
            let result = TableCell::text("Сформирована база");
            let indicator = TableCell::text("Не менее 55 % от числа обучающихся от 10 до 18 лет").down(2);
            let who = TableCell::text("Куратор программы, методист");
            table = match row {
                1 | 3 => table.row([number, what, term, result, indicator, who]),
                2 | 4 => table.row([number, what, term, result, who]),
                _ => table.row([number, what, term, result.across(2), who]),
            };
        }
    }
    Document::new("План мероприятий (дорожная карта)", Page::landscape())
        .with(Paragraph::text("на 2026–2027 учебный год").aligned(Align::Centre))
        .with(table)
        .with(Block::Signatures(vec![Signature {
            post: "Директор".to_owned(), name: "И. О. Фамилия".to_owned()
        }]))
}

fn section_title(section: u32) -> TableCell {
    TableCell::from(Run::bold(format!("Раздел {section}. Организационно-методическая поддержка"))).across(6)
}

fn registry() -> Sheet {
    let columns = [
        Column::new("№", 5.0, Kind::Integer),
        Column::text("Наставляемый", 32.0),
        Column::new("Дата вхождения", 14.0, Kind::Date),
        Column::new("Последняя встреча", 18.0, Kind::DateTime),
        Column::new("Явка", 9.0, Kind::Percent),
        Column::new("Страница", 18.0, Kind::Link),
        Column::text("Примечание", 40.0),
    ];
    let mut sheet =
        Sheet::new("Реестр", columns).titled("Реестр участников на 22.11.2026").note("Источник: карточки участников.");
    let day = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
    for number in 1..=60_i64 {
        sheet = sheet.row([
            Value::Integer(number),
            Value::Text(format!("Участник {number}")),
            Value::Date(day),
            day.and_hms_opt(14, 30, 0).into(),
            Value::Percent(0.875),
            Value::Link { address: "https://example.org/pair".to_owned(), text: "открыть".to_owned() },
            if number % 3 == 0 {
                "=1+1 остаётся текстом, а длинный текст переносится по словам".into()
            } else {
                Value::Empty
            },
        ]);
    }
    sheet
}

fn merged_sheet() -> Sheet {
    let columns = [Column::text("№", 6.0), Column::text("Мероприятие", 40.0), Column::text("Показатель", 30.0)];
    Sheet::new("Дорожная карта", columns)
        .row(["Раздел 1. Организационная поддержка"])
        .row(["1.1", "База наставляемых", "не менее 55 %"])
        .row(["1.10", "База наставников"])
        .merged(0, 0, 1, 3)
        .merged(1, 2, 2, 1)
}
