//! What stands in a written CSV.

use documents::csv;
use documents::sheet::{Column, Sheet, Value};
use documents::tables::{Limits, read_any};

fn write(values: impl IntoIterator<Item = Value>) -> String {
    let values: Vec<Value> = values.into_iter().collect();
    let columns = (1..=values.len()).map(|number| Column::text(format!("Столбец {number}"), 10.0));
    let mut sheet = Sheet::new("Лист", columns);
    sheet.rows.push(values);
    let text = String::from_utf8(csv::write(&sheet)).unwrap();
    text.split_once("\r\n").unwrap().1.to_owned()
}

#[test]
fn the_russian_excel_opens_it_with_a_double_click() {
    let sheet = Sheet::new("Лист", [Column::text("ФИО", 10.0), Column::text("Класс", 5.0)]).row(["Ёжиков Пётр", "8А"]);
    assert_eq!(csv::write(&sheet), "\u{FEFF}ФИО;Класс\r\nЁжиков Пётр;8А\r\n".as_bytes());
}

#[test]
fn what_looks_like_a_formula_gets_an_apostrophe() {
    for text in ["=1+1", "+7", "-1", "@a"] {
        assert_eq!(write([Value::Text(text.to_owned())]), format!("'{text}\r\n"));
    }
    assert_eq!(write([Value::Text("\tа".to_owned())]), "\"'\tа\"\r\n");
    assert_eq!(write([Value::Text("\rа".to_owned())]), "\"'\rа\"\r\n");
    assert_eq!(write([Value::Link { address: "=cmd".to_owned(), text: String::new() }]), "'=cmd\r\n");
}

#[test]
fn numbers_are_written_with_a_comma_and_no_apostrophe() {
    let values = [Value::Number(-2.5), Value::Integer(-3), Value::Percent(0.55), Value::Empty];
    assert_eq!(write(values), "-2,5;-3;55%;\r\n");
}

#[test]
fn separators_quotes_and_line_breaks_are_enclosed() {
    assert_eq!(
        write([Value::Text("а;б".to_owned()), Value::Text("\"в\"\nг".to_owned())]),
        "\"а;б\";\"\"\"в\"\"\nг\"\r\n"
    );
}

#[test]
fn a_written_file_is_read_back() {
    let sheet = Sheet::new("Лист", [Column::text("а", 5.0), Column::text("б", 5.0)]).row(["раз; два", "три\nчетыре"]);
    let tables = read_any("x.csv", &csv::write(&sheet), &Limits::default()).unwrap();
    assert_eq!(tables[0].rows[1][0].text, "раз; два");
    assert_eq!(tables[0].rows[1][1].text, "три\nчетыре");
}

#[test]
fn rows_that_come_one_by_one_give_the_same_file() {
    let sheet = Sheet::new("Лист", [Column::text("а", 5.0), Column::text("б", 5.0)]).row(["=раз", "два"]).row(["три"]);
    let mut bytes = Vec::new();
    csv::write_rows(&mut bytes, &Sheet { rows: vec![], ..sheet.clone() }, &sheet.rows).unwrap();
    assert_eq!(bytes, csv::write(&sheet));
}
