//! What stands in a written .xlsx.

use std::io::Read;

use documents::block::Unwritable;
use documents::sheet::{Column, Kind, Sheet, Value, Workbook};
use documents::tables::{Limits, read_any};
use documents::xlsx;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn two_columns() -> Sheet {
    Sheet::new("Реестр", [Column::text("ФИО", 30.0), Column::new("Дата", 12.0, Kind::Date)])
}

/// Tells of a cell whether it is text and whether its style carries the mark of a leading apostrophe.
fn is_quoted_text(bytes: &[u8], place: &str) -> (bool, bool) {
    let sheet = part(bytes, "xl/worksheets/sheet1.xml");
    let cell = sheet.split("<c ").find(|cell| cell.starts_with(&format!("r=\"{place}\""))).unwrap();
    let style: usize = cell.split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    let styles = part(bytes, "xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).unwrap();
    let format = formats.split("<xf ").nth(style + 1).unwrap();
    (cell.contains("t=\"s\""), format.contains("quotePrefix=\"1\""))
}

#[test]
fn text_that_begins_like_a_formula_stays_text() {
    for dangerous in ["=1+1", "+7 900 000-00-00", "-1", "@SUM(A1)", "\tтаб", "\rвозврат", "=HYPERLINK(\"http://x\")"]
    {
        let bytes = xlsx::write(&Workbook::of(two_columns().row([dangerous]))).unwrap();
        assert_eq!(is_quoted_text(&bytes, "A2"), (true, true), "{dangerous:?}");
        assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    }
    let bytes = xlsx::write(&Workbook::of(two_columns().row(["Педсовет"]))).unwrap();
    assert_eq!(is_quoted_text(&bytes, "A2"), (true, false));
}

#[test]
fn titles_headers_notes_and_links_stay_text_too() {
    let link = Value::Link { address: "https://example.org".to_owned(), text: "=cmd".to_owned() };
    let sheet = Sheet::new("Лист", [Column::text("=шапка", 10.0)]).titled("=название").row([link]).note("=примечание");
    let bytes = xlsx::write(&Workbook::of(sheet)).unwrap();
    for place in ["A1", "A3", "A4", "A6"] {
        assert_eq!(is_quoted_text(&bytes, place), (true, true), "{place}");
    }
}

#[test]
fn a_sheet_is_ready_to_read_and_to_print() {
    let bytes = xlsx::write(&Workbook::of(two_columns().titled("Реестр участников").row(["а"]).row(["б"]))).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        r#"<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>"#,
        r#"<autoFilter ref="A3:B5"/>"#,
        r#"orientation="landscape""#,
        r#"paperSize="9""#,
        r#"fitToHeight="0""#,
        r#"<pageSetUpPr fitToPage="1"/>"#,
    ] {
        assert!(sheet.contains(expected), "{expected} in {sheet}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("Реестр!$3:$3"));
    assert!(part(&bytes, "xl/styles.xml").contains(r#"wrapText="1""#));
}

#[test]
fn dates_are_dates() {
    let day = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let bytes = xlsx::write(&Workbook::of(two_columns().row([Value::Empty, Value::Date(day)]))).unwrap();
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("<v>45292</v>"));
    assert!(
        part(&bytes, "xl/styles.xml").contains(r#"formatCode="dd\.mm\.yyyy""#)
            || part(&bytes, "xl/styles.xml").contains("dd.mm.yyyy")
    );
}

#[test]
fn only_web_and_mail_addresses_become_links() {
    let link = |address: &str| Value::Link { address: address.to_owned(), text: "открыть".to_owned() };
    let has_link = |address: &str| {
        let bytes = xlsx::write(&Workbook::of(two_columns().row([link(address)]))).unwrap();
        part(&bytes, "xl/worksheets/sheet1.xml").contains("<hyperlink ")
    };
    assert!(has_link("https://example.org") && has_link("mailto:school@example.org"));
    assert!(!has_link("javascript:alert(1)") && !has_link("file:///etc/passwd") && !has_link("\\\\server\\share"));
}

#[test]
fn names_that_excel_refuses_are_mended() {
    let names = ["8/А: список?", "8/А: список?", "", "'кавычки'", &"ы".repeat(60), &"ы".repeat(60)];
    let sheets = names.iter().map(|name| Sheet::new(*name, [Column::text("а", 5.0)])).collect();
    let bytes = xlsx::write(&Workbook { sheets, created: None }).unwrap();
    let book = part(&bytes, "xl/workbook.xml");
    let written: Vec<&str> = book.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let long = "ы".repeat(31);
    let again = format!("{} (2)", "ы".repeat(27));
    assert_eq!(written, ["8 А  список", "8 А  список (2)", "Лист", "кавычки", &long, &again]);
}

#[test]
fn a_text_longer_than_a_cell_is_cut() {
    let bytes = xlsx::write(&Workbook::of(two_columns().row(["щ".repeat(40_000)]))).unwrap();
    let strings = part(&bytes, "xl/sharedStrings.xml");
    assert_eq!(strings.matches('щ').count(), 32_766);
    assert!(strings.contains('…'));
}

#[test]
fn the_same_workbook_gives_the_same_bytes() {
    let book = Workbook::of(two_columns().row(["а"]));
    assert_eq!(xlsx::write(&book), xlsx::write(&book));
    let made = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap().and_hms_opt(9, 0, 0);
    let dated = xlsx::write(&Workbook { created: made, ..book }).unwrap();
    assert!(part(&dated, "docProps/core.xml").contains("2026-09-01T09:00:00Z"));
}

#[test]
fn a_row_wider_than_the_sheet_is_refused() {
    let sheet = two_columns().row(["а", "б", "в"]);
    assert_eq!(xlsx::write(&Workbook::of(sheet)), Err(Unwritable::RowTooWide { row: 1 }));
}

#[test]
fn a_workbook_without_sheets_still_opens() {
    let bytes = xlsx::write(&Workbook::default()).unwrap();
    assert!(part(&bytes, "xl/workbook.xml").contains("Лист1"));
}

/// Returns the sheet with texts cut out of its cells, and without hints how wide a row is.
fn without_texts(bytes: &[u8]) -> String {
    let sheet = part(bytes, "xl/worksheets/sheet1.xml").replace(" spans=\"1:2\"", "");
    let cells = sheet.split("<c ").map(|cell| {
        let text = [" t=\"s\"", " t=\"inlineStr\""].iter().find_map(|kind| cell.split_once(kind));
        text.map_or(cell.to_owned(), |(head, rest)| format!("{head} text {}", rest.split_once("</c>").unwrap().1))
    });
    cells.collect::<Vec<_>>().join("<c ")
}

#[test]
fn rows_that_come_one_by_one_give_the_same_sheet() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    let link = Value::Link { address: "https://example.org".to_owned(), text: String::new() };
    let sheet = two_columns()
        .titled("Реестр участников")
        .row([Value::from("=1+1"), Value::from(day)])
        .row([Value::from("длинный текст, которому в столбце нужны две строки или больше"), Value::Empty])
        .row([link, Value::Integer(7)])
        .note("источник");
    let one_by_one = |sheet: &Sheet| {
        let mut bytes = Vec::new();
        let without_rows = Sheet { rows: vec![], ..sheet.clone() };
        xlsx::write_rows(&mut bytes, &std::env::temp_dir(), &without_rows, &sheet.rows).map(|()| bytes)
    };
    let bytes = one_by_one(&sheet).unwrap();
    let whole = xlsx::write(&Workbook::of(sheet.clone())).unwrap();
    let read = |bytes: &[u8]| read_any("x.xlsx", bytes, &Limits::default()).unwrap();
    assert_eq!(read(&bytes), read(&whole));
    // Texts stand in the cells and not in a table of texts; the rest is the same: heights, looks, filter, widths.
    assert_eq!(without_texts(&bytes), without_texts(&whole));
    assert_eq!(part(&bytes, "xl/styles.xml"), part(&whole, "xl/styles.xml"));
    assert!(matches!(one_by_one(&sheet.merged(0, 0, 1, 2)), Err(Unwritable::Packing(_))));
}
