//! Sheets of Excel as people fill them.

use documents::tables::{Limits, Table, Unreadable, read_xlsx};

use crate::raw::{Book, drawn, text_cell};

fn read(book: Book) -> Vec<Table> {
    read_xlsx(&book.pack(), &Limits::default()).unwrap()
}

fn one_row(cells: &str, styles: &str) -> Vec<String> {
    let mut book = Book::default().sheet("Лист", &format!("<sheetData><row r=\"1\">{cells}</row></sheetData>"));
    book.styles = styles.to_owned();
    drawn(&read(book)[0])[0].clone()
}

#[test]
fn a_sheet_is_a_table_titled_with_its_name() {
    let cells = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"2\">{}</row></sheetData>",
        text_cell("A1", "№"),
        text_cell("B2", "Педсовет")
    );
    let tables = read(Book::default().sheet("Карта &amp; план", &cells));
    assert_eq!(tables[0].title.as_deref(), Some("Карта & план"));
    assert_eq!(drawn(&tables[0]), [["№", ""], ["", "Педсовет"]]);
}

#[test]
fn shared_strings_are_read_with_their_runs_and_without_phonetics() {
    let mut book = Book::default().sheet(
        "Лист",
        r#"<sheetData><row><c t="s"><v>1</v></c><c t="s"><v>9</v></c><c t="s"><v>0</v></c></row></sheetData>"#,
    );
    book.strings =
        "<si><t>один</t></si><si><r><t>пол</t></r><r><t xml:space=\"preserve\">ка </t></r><rPh><t>нет</t></rPh></si>"
            .to_owned();
    assert_eq!(drawn(&read(book)[0]), [["полка", "", "один"]]);
}

#[test]
fn numbers_lose_nothing_and_gain_nothing() {
    let cells = format!("<c><v>5</v></c><c><v>1.1</v></c><c><v>0.30000000000000004</v></c>{}", text_cell("D1", "1.10"));
    assert_eq!(one_row(&cells, ""), ["5", "1.1", "0.3", "1.10"]);
}

#[test]
fn formats_make_dates_months_and_per_cents() {
    let styles = r#"<numFmts><numFmt numFmtId="164" formatCode="[$-419]mmmm\ yyyy;@"/><numFmt numFmtId="165" formatCode="dd.mm.yyyy"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/></cellXfs>"#;
    let cells = r#"<c s="1"><v>45292</v></c><c s="2"><v>45200</v></c><c s="3"><v>0.55</v></c><c s="4"><v>45291</v></c><c s="0"><v>45292</v></c>"#;
    assert_eq!(one_row(cells, styles), ["01.01.2024", "октябрь 2023", "55%", "31.12.2023", "45292"]);
}

#[test]
fn the_calendar_of_1904_is_kept() {
    let mut book = Book::default().sheet("Лист", r#"<sheetData><row><c s="0"><v>43830</v></c></row></sheetData>"#);
    book.styles = r#"<cellXfs><xf numFmtId="14"/></cellXfs>"#.to_owned();
    book.workbook_properties = r#"<workbookPr date1904="1"/>"#.to_owned();
    assert_eq!(drawn(&read(book)[0]), [["01.01.2024"]]);
}

#[test]
fn formulas_show_the_result_that_excel_kept() {
    let cells = r#"<c t="str"><f>A2&amp;"x"</f><v>итог</v></c><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c>"#;
    assert_eq!(one_row(cells, ""), ["итог", "2", "", "#REF!", "ИСТИНА"]);
}

#[test]
fn merged_cells_cover_others_and_hide_what_was_below_them() {
    let rows = format!(
        "<sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}{}{}</row><row r=\"3\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"B2:B3\"/></mergeCells>",
        text_cell("A1", "Раздел"),
        text_cell("B1", "под объединением"),
        text_cell("A2", "1"),
        text_cell("B2", "55%"),
        text_cell("C2", "директор"),
        text_cell("A3", "2"),
    );
    let tables = read(Book::default().sheet("Лист", &rows));
    assert_eq!(drawn(&tables[0]), [["Раздел", "<", "<"], ["1", "55%", "директор"], ["2", "^", ""]]);
    assert_eq!(tables[0].text(2, 1), "55%");
}

#[test]
fn merges_that_reach_to_the_end_of_the_sheet_or_overlap_do_no_harm() {
    let rows = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"2\">{}</row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/>\
         <mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B9:C9\"/><mergeCell ref=\"мусор\"/></mergeCells>",
        text_cell("A1", "всё"),
        text_cell("B2", "под ним"),
    );
    let tables = read(Book::default().sheet("Лист", &rows));
    assert_eq!(tables[0].rows.len(), 2);
    for cell in tables[0].rows.iter().flatten().skip(1) {
        assert_eq!(cell.covered_by, Some((0, 0)));
    }
}

#[test]
fn hidden_sheets_are_passed_over() {
    let sheet = |text: &str| format!("<sheetData><row>{}</row></sheetData>", text_cell("A1", text));
    let book = Book::default()
        .sheet_in_state("Справочник", "hidden", &sheet("нет"))
        .sheet("Карта", &sheet("да"))
        .sheet_in_state("Служебный", "veryHidden", &sheet("нет"));
    let tables = read(book);
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].title.as_deref(), Some("Карта"));
}

#[test]
fn empty_rows_and_columns_after_the_table_are_trimmed() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>";
    let rows =
        format!("<sheetData><row r=\"1\">{}{}</row>{far}</sheetData>", text_cell("A1", "есть"), text_cell("F1", "  "));
    assert_eq!(drawn(&read(Book::default().sheet("Лист", &rows))[0]), [["есть"]]);
}

#[test]
fn an_announced_size_is_not_believed() {
    let rows = format!(
        "<dimension ref=\"A1:XFD1048576\"/><sheetData><row>{}<c t=\"s\"><v>0</v></c></row></sheetData>",
        text_cell("A1", "одна")
    );
    let mut book = Book::default().sheet("Лист", &rows);
    book.strings_count = "99999999999".to_owned();
    book.strings = "<si><t>две</t></si>".to_owned();
    assert_eq!(drawn(&read(book)[0]), [["одна", "две"]]);
}

#[test]
fn characters_that_xml_cannot_hold_are_unescaped() {
    let cells = r#"<c t="inlineStr"><is><t>раз_x000A_два_x005F_x_xZZ</t></is></c>"#;
    assert_eq!(one_row(cells, ""), ["раз\nдва_x_xZZ"]);
}

#[test]
fn a_workbook_with_empty_sheets_says_so() {
    let book = Book::default().sheet("Лист1", "<sheetData/>");
    assert_eq!(read_xlsx(&book.pack(), &Limits::default()), Err(Unreadable::NoTables));
}
