//! Lists handed over row by row: the same texts as the tables give, and no more memory than a row.

use crate::raw::{Archive, Book, text_cell};
use documents::sheet::{Column, Sheet, Value, Workbook};
use documents::tables::{Item, Limits, Stopped, Unreadable, stream_any};
use documents::xlsx;

/// Reads a file into lines of text, with files and sheets as lines of their own.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    let mut lines = vec![];
    let result = stream_any(name, bytes, &Limits::of_lists(), &mut |item| {
        lines.push(match item {
            Item::File(name) => format!("== {name}"),
            Item::Sheet(name) => format!("-- {name}"),
            Item::Row { line, cells } => format!("{line}: {}", cells.join("|")),
        });
        Ok(())
    });
    match result {
        Ok(()) => Ok(lines),
        Err(Stopped::Unreadable(why)) => Err(why),
        Err(Stopped::Sink(error)) => panic!("{error}"),
    }
}

fn list(rows: &[[&str; 3]]) -> Vec<u8> {
    let columns = ["ФИО", "Дата рождения", "Пол"].map(|title| Column::text(title, 20.0));
    let sheet = rows.iter().fold(Sheet::new("8А", columns), |sheet, row| sheet.row(*row));
    xlsx::write(&Workbook::of(sheet)).unwrap()
}

#[test]
fn a_workbook_gives_its_sheets_and_rows_in_order() {
    let bytes = list(&[["Ёлкина Анна", "01.02.2012", "ж"], ["", "", ""], ["Жуков Пётр", "", "м"]]);
    let expected = ["-- 8А", "1: ФИО|Дата рождения|Пол", "2: Ёлкина Анна|01.02.2012|ж", "4: Жуков Пётр||м"];
    assert_eq!(read("8А.xlsx", &bytes).unwrap(), expected);
}

#[test]
fn dates_numbers_and_rich_texts_are_read_as_a_person_sees_them() {
    let sheet = Sheet::new("Лист", [Column::text("а", 9.0), Column::text("б", 9.0), Column::text("в", 9.0)]).row([
        Value::Date(chrono::NaiveDate::from_ymd_opt(2012, 2, 1).unwrap()),
        Value::Integer(79_991_234_567),
        Value::Number(1.5),
    ]);
    let lines = read("x.xlsx", &xlsx::write(&Workbook::of(sheet)).unwrap()).unwrap();
    assert_eq!(lines[2], "2: 01.02.2012|79991234567|1.5");

    let mut book = Book::default();
    book.strings = "<si><r><t>Ива</t></r><r><t>нов</t></r><rPh><t>x</t></rPh></si><si><t>a&amp;b</t></si>".into();
    let cells = r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>7</v></c></row>"#;
    let cells = format!("<sheetData>{cells}<row r=\"5\">{}</row></sheetData>", text_cell("C5", "в\u{a0}г"));
    let lines = read("x.xlsx", &book.sheet("Лист", &cells).pack()).unwrap();
    assert_eq!(lines, ["-- Лист", "1: Иванов|a&b", "5: ||в\u{a0}г"]);
}

#[test]
fn a_text_is_read_in_the_encodings_and_separators_of_schools() {
    let text = "ФИО;Пол\n\"Ёлкина; Анна\";ж\nЖуков \"Пётр\";м\n";
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let expected = ["-- ", "1: ФИО|Пол", "2: Ёлкина; Анна|ж", "3: Жуков \"Пётр\"|м"];
    assert_eq!(read("8А.csv", text.as_bytes()).unwrap(), expected);
    assert_eq!(read("8А.csv", &cyrillic).unwrap(), expected);
    assert_eq!(read("8А.csv", format!("\u{feff}{text}").as_bytes()).unwrap(), expected);
    assert_eq!(read("8А.txt", "ФИО\tПол\r\nА\tж\r\n".as_bytes()).unwrap(), ["-- ", "1: ФИО|Пол", "2: А|ж"]);
    assert_eq!(read("8А.csv", "ФИО,Пол\nА,ж\n".as_bytes()).unwrap(), ["-- ", "1: ФИО|Пол", "2: А|ж"]);
}

#[test]
fn an_archive_gives_every_list_in_it_by_name() {
    let archive = Archive::new()
        .part("списки/8А.csv", "ФИО;Пол\nА;ж\n")
        .part("фото.jpg", "...")
        .part("8Б.xlsx", list(&[["Б", "", "м"]]))
        .pack();
    let lines = read("списки.zip", &archive).unwrap();
    assert_eq!(lines[..3], ["== 8А.csv", "-- ", "1: ФИО|Пол"]);
    assert_eq!(lines[4..6], ["== 8Б.xlsx", "-- 8А"]);
    let inside = Archive::new().part("внутри.xlsx", &archive).pack();
    assert_eq!(read("x.zip", &inside), Err(Unreadable::UnknownFormat));
}

#[test]
fn every_bad_file_has_its_refusal() {
    let wide = format!("<sheetData><row>{}</row></sheetData>", "<c><v>1</v></c>".repeat(1000));
    let bomb = Archive::new()
        .part("_rels/.rels", crate::raw::relationships(&[("r", "officeDocument", "xl/workbook.xml")]))
        .part("xl/workbook.xml", "<workbook><sheets><sheet name=\"1\" id=\"r\"/></sheets></workbook>")
        .part("xl/_rels/workbook.xml.rels", crate::raw::relationships(&[("r", "worksheet", "sheet.xml")]))
        .swollen_part("xl/sheet.xml", "<worksheet>", "<row></row>", 64 * 1024 * 1024)
        .pack();
    let whole = list(&[["А", "", ""]]);
    let long = "я".repeat(3000);
    for (name, bytes, expected) in [
        ("пусто.xlsx", vec![], Unreadable::Empty),
        ("пусто.csv", b" \n \n".to_vec(), Unreadable::Empty),
        ("программа.xls", b"MZ\x90\x00\x03\x00".to_vec(), Unreadable::UnknownFormat),
        ("обрезан.xlsx", whole[..whole.len() / 2].to_vec(), Unreadable::Broken),
        ("широк.xlsx", Book::default().sheet("1", &wide).pack(), Unreadable::TooManyColumns { limit: 256 }),
        ("бомба.xlsx", bomb, Unreadable::TooLargeUnpacked),
        ("документ.docx", crate::raw::docx(""), Unreadable::WordList),
        ("длинно.csv", long.into_bytes(), Unreadable::CellTooLong { limit: 2000 }),
        ("много.csv", "а;б\n".repeat(200_001).into_bytes(), Unreadable::TooManyRows { limit: 200_000 }),
        ("старый.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0".to_vec(), Unreadable::Broken),
    ] {
        assert_eq!(read(name, &bytes), Err(expected), "{name}");
    }
}
