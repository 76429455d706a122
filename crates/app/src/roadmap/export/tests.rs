use super::*;
use crate::roadmap::{
    board::Board,
    model::Row,
    sample::{board, cancelled, day, done, now, school},
};
use documents::{
    sheet::Value,
    tables::{Limits, Table, read_docx, read_xlsx},
};

fn in_progress() -> Board {
    board(|row: &mut Row| match row.number.as_str() {
        "1.1" => done(row, day(2026, 10, 20)),
        "1.3" => {
            done(row, day(2026, 11, 2));
            row.unproven_reason = Some("Список организаций; уточняется, до 1.12".into());
        }
        "1.4" => cancelled(row),
        "1.6" => row.starts_on = Some(day(2026, 10, 29)),
        _ => {}
    })
}

fn table(bytes: &[u8], read: impl Fn(&[u8], &Limits) -> Result<Vec<Table>, documents::tables::Unreadable>) -> Table {
    read(bytes, &Limits::default()).unwrap().remove(0)
}

#[test]
fn a_format_is_known_by_its_extension() {
    assert_eq!(Format::named("docx"), Some(Format::Docx));
    assert_eq!(Format::named("pdf"), None);
    assert_eq!(Format::named("DOCX"), None);
}

#[test]
fn the_word_document_holds_every_row_under_its_section() {
    let bytes = write(Format::Docx, &in_progress(), &school(), now()).unwrap();
    let table = table(&bytes, read_docx);
    assert_eq!(table.width(), 7);
    assert_eq!(table.rows.len(), 1 + 5 + 31, "heading, sections, rows");
    assert!(table.text(1, 0).starts_with("1. Организационно-методическое"));
    assert!((1..7).all(|column| !table.is_origin(1, column)), "a section is merged across the table");
    assert_eq!(table.text(2, 0), "1.1");
    assert_eq!(table.text(2, 6), "выполнено, 20.10.2026");
    assert!(table.text(4, 6).contains("Показатель не достигнут: Список организаций"));
    assert_eq!(table.text(5, 6), "отменено\nПричина: Партнёров нет");
}

#[test]
fn the_head_approves_the_word_document_by_name() {
    let document = docx::document(&in_progress(), &school());
    let text = serde_json::to_string(&document).unwrap();
    for words in
        ["УТВЕРЖДАЮ\\nДиректор\\nШкола № 7", "В. П. Образцова", "2026–2027 учебный год", "Состояние на 22.11.2026"]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn the_workbook_keeps_dates_as_dates_and_numbers_as_numbers() {
    let workbook = xlsx::workbook(&in_progress(), &school(), now());
    let rows = &workbook.sheets[0].rows;
    assert_eq!(rows.len(), 31);
    assert_eq!(rows[0][4], Value::Date(day(2026, 10, 1)));
    assert_eq!(rows[0][10], Value::Date(day(2026, 10, 20)));
    let indicators = &workbook.sheets[1].rows;
    let of_pupils = indicators.iter().find(|line| line[3] == "обучающиеся 10–18 лет".into()).unwrap();
    assert_eq!(of_pupils[4..7], [Value::Integer(341), Value::Integer(620), Value::Percent(0.55)]);
    assert_eq!(of_pupils[8..], ["не достигнут".into(), Value::Date(day(2026, 11, 1)), "Списки классов".into()]);
}

#[test]
fn the_workbook_is_read_back_with_all_its_rows() {
    let bytes = write(Format::Xlsx, &in_progress(), &school(), now()).unwrap();
    let table = table(&bytes, read_xlsx);
    assert!(table.rows.len() > 31);
    assert!((0..table.rows.len()).any(|row| table.text(row, 4) == "01.10.2026"), "{table:?}");
}

#[test]
fn a_share_below_its_target_never_looks_like_it() {
    assert_eq!(xlsx::share(Some(5499), Some(10_000)), Value::Percent(0.549));
    assert_eq!(xlsx::share(Some(5), Some(0)), Value::Empty);
    assert_eq!(xlsx::share(Some(5), None), Value::Empty);
    assert_eq!(xlsx::share(Some(i64::MAX), Some(1)), Value::Empty);
}

/// An event read back from a calendar: names of properties with their parameters, and unescaped values.
fn events(calendar: &str) -> Vec<Vec<(String, String)>> {
    let unescape =
        |value: &str| value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
    let unfolded = calendar.replace("\r\n ", "");
    let events = unfolded.split("BEGIN:VEVENT\r\n").skip(1).map(|event| event.split("END:VEVENT").next().unwrap());
    let property = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_owned(), unescape(value))
    };
    events.map(|event| event.split_terminator("\r\n").map(property).collect()).collect()
}

fn value<'e>(event: &'e [(String, String)], name: &str) -> &'e str {
    &event.iter().find(|(key, _)| key == name).unwrap_or_else(|| panic!("no {name} in {event:?}")).1
}

#[test]
fn the_calendar_is_read_back_event_by_event() {
    let board = in_progress();
    let text = ics::calendar(&board, &school(), now());
    let events = events(&text);
    assert_eq!(events.len(), 31);
    for (row, event) in board.rows.iter().zip(&events) {
        assert_eq!(value(event, "UID"), format!("{}@nastavnik", row.row.id));
        assert_eq!(value(event, "DTSTAMP"), "20261122T120000Z");
        assert!(value(event, "SUMMARY").ends_with(&row.row.caption()));
        assert_eq!(value(event, "TRANSP"), "TRANSPARENT");
    }
    assert!(value(&events[0], "SUMMARY").starts_with("Выполнено: 1.1 "));
    assert_eq!(value(&events[3], "STATUS"), "CANCELLED");
    let term = format!("Срок: {}\nОтветственный: куратор программы", board.rows[0].row.term_text);
    assert!(value(&events[0], "DESCRIPTION").starts_with(&term));
}

#[test]
fn a_short_row_takes_all_its_days_and_a_long_one_the_last() {
    let events = events(&ics::calendar(&in_progress(), &school(), now()));
    let days = |index: usize| {
        let event = &events[index];
        (value(event, "DTSTART;VALUE=DATE"), value(event, "DTEND;VALUE=DATE"))
    };
    assert_eq!(days(0), ("20261031", "20261101"), "October is an event of its last day");
    assert_eq!(days(5), ("20261029", "20261101"), "three days are an event of three days");
}

#[test]
fn lines_of_a_calendar_are_folded_between_letters() {
    let text = ics::calendar(&in_progress(), &school(), now());
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']));
    }
    assert!(text.matches("\r\n ").count() > 31, "long Russian lines are continued");
}

#[test]
fn a_row_without_days_is_no_event() {
    let board = board(|row| {
        row.starts_on = None;
        row.due_on = None;
    });
    assert_eq!(events(&ics::calendar(&board, &school(), now())), Vec::<Vec<(String, String)>>::new());
}

#[test]
fn the_json_carries_rows_with_dates_and_indicators() {
    let bytes = write(Format::Json, &in_progress(), &school(), now()).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let row = &value["sections"][0]["rows"][0];
    assert_eq!((&row["number"], &row["due_on"], &row["state"]), (&"1.1".into(), &"2026-10-31".into(), &"done".into()));
    assert_eq!(row["indicators"][0]["reading"]["denominator"], 668);
}

#[test]
fn the_control_workbooks_carry_their_totals() {
    let board = in_progress();
    let statement = statement_workbook(&board, &school());
    let total = statement.sheets[0].rows.last().unwrap();
    assert_eq!(total[0], "Итого".into());
    assert_eq!(total[1..3], [Value::Integer(29), Value::Integer(2)]);
    assert_eq!(statement.sheets[1].rows[0][2], "Список организаций; уточняется, до 1.12".into());
    let deadlines = deadlines_workbook(&board, &school());
    let late = deadlines.sheets[0].rows.iter().find(|row| row[0] == "1.3".into()).unwrap();
    assert_eq!((&late[6], &late[8]), (&Value::Integer(2), &"с опозданием".into()));
    for workbook in [statement, deadlines] {
        documents::xlsx::write(&workbook).unwrap();
    }
}
