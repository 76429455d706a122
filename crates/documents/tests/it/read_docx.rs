//! Tables of Word as people draw them.

use documents::tables::{Limits, Table, Unreadable, read_docx};

use crate::raw::{cell, cell_with, docx, docx_with, drawn, paragraph, word_table};

fn read(body: &str) -> Vec<Table> {
    read_docx(&docx(body), &Limits::default()).unwrap()
}

fn only(body: &str) -> Vec<Vec<String>> {
    let tables = read(body);
    assert_eq!(tables.len(), 1, "{tables:?}");
    drawn(&tables[0])
}

#[test]
fn a_plain_table_is_read_with_the_paragraph_above_as_its_title() {
    let rows = word_table(&[&[&cell("№"), &cell("Мероприятие")], &[&cell("1"), &cell("Педсовет")]]);
    let tables = read(&format!("{}{}{rows}", paragraph("Дорожная карта"), paragraph("  ")));
    assert_eq!(tables[0].title.as_deref(), Some("Дорожная карта"));
    assert_eq!(drawn(&tables[0]), [["№", "Мероприятие"], ["1", "Педсовет"]]);
    assert_eq!(tables[0].width(), 2);
}

#[test]
fn cells_merged_across_cover_those_on_the_right() {
    let section = cell_with(r#"<w:gridSpan w:val="3"/>"#, "Раздел 1");
    let table = word_table(&[&[&cell("№"), &cell("Что"), &cell("Срок")], &[&section]]);
    let tables = read(&table);
    assert_eq!(drawn(&tables[0])[1], ["Раздел 1", "<", "<"]);
    assert_eq!(tables[0].text(1, 2), "Раздел 1");
    assert_eq!(tables[0].rows[1][2].covered_by, Some((1, 0)));
    assert!(tables[0].is_origin(1, 0) && !tables[0].is_origin(1, 2));
}

#[test]
fn cells_merged_down_cover_those_below() {
    let begin = cell_with(r#"<w:vMerge w:val="restart"/>"#, "55%");
    let go_on = cell_with("<w:vMerge/>", "");
    let table = word_table(&[&[&cell("1"), &begin], &[&cell("2"), &go_on], &[&cell("3"), &cell("2%")]]);
    let tables = read(&table);
    assert_eq!(drawn(&tables[0]), [["1", "55%"], ["2", "^"], ["3", "2%"]]);
    assert_eq!(tables[0].text(1, 1), "55%");
}

#[test]
fn a_block_merged_both_ways_is_one_cell() {
    let wide = r#"<w:gridSpan w:val="2"/>"#;
    let begin = cell_with(&format!(r#"{wide}<w:vMerge w:val="restart"/>"#), "итог");
    let go_on = cell_with(&format!("{wide}<w:vMerge/>"), "");
    let table = word_table(&[&[&cell("а"), &begin], &[&cell("б"), &go_on], &[&cell("в"), &cell("г"), &cell("д")]]);
    assert_eq!(only(&table), [["а", "итог", "<"], ["б", "^", "^"], ["в", "г", "д"]]);
}

#[test]
fn two_merges_down_in_a_row_stay_two() {
    let begin = |text: &str| cell_with(r#"<w:vMerge w:val="restart"/>"#, text);
    let go_on = cell_with("<w:vMerge/>", "");
    let table = word_table(&[
        &[&cell("1"), &begin("а")],
        &[&cell("2"), &go_on],
        &[&cell("3"), &begin("б")],
        &[&cell("4"), &go_on],
    ]);
    assert_eq!(only(&table), [["1", "а"], ["2", "^"], ["3", "б"], ["4", "^"]]);
}

#[test]
fn a_border_moved_by_a_millimetre_makes_no_column() {
    let wide = |text: &str| cell_with(r#"<w:gridSpan w:val="2"/>"#, text);
    let table = word_table(&[&[&wide("а"), &cell("б")], &[&wide("в"), &cell("г")]]);
    assert_eq!(only(&table), [["а", "б"], ["в", "г"]]);
}

#[test]
fn rows_that_begin_late_or_end_early_keep_their_columns() {
    let late = format!(r#"<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{}{}</w:tr>"#, cell("б"), cell("в"));
    let early = format!(r#"<w:tr><w:trPr><w:gridAfter w:val="2"/></w:trPr>{}</w:tr>"#, cell("а"));
    let full = format!("<w:tr>{}{}{}</w:tr>", cell("1"), cell("2"), cell("3"));
    let rows = only(&format!("<w:tbl>{full}{late}{early}</w:tbl>"));
    assert_eq!(rows, [["1", "2", "3"], ["", "б", "в"], ["а", "", "<"]]);
}

#[test]
fn paragraphs_breaks_and_tabs_of_a_cell_are_kept() {
    let content = "<w:tc><w:p><w:r><w:t>Октябрь -</w:t><w:br/><w:t>Ноябрь</w:t></w:r></w:p><w:p/>\
        <w:p><w:r><w:t xml:space=\"preserve\"> 2023</w:t><w:tab/><w:t>год </w:t></w:r></w:p></w:tc>";
    assert_eq!(only(&format!("<w:tbl><w:tr>{content}</w:tr></w:tbl>")), [["Октябрь -\nНоябрь\n2023\tгод"]]);
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let text = "<w:tc><w:p><w:ins><w:r><w:t>до 31 мая</w:t></w:r></w:ins><w:del><w:r><w:delText>до 1 мая</w:delText></w:r></w:del>\
        <w:moveFrom><w:r><w:t>ушло</w:t></w:r></w:moveFrom></w:p></w:tc>";
    let struck = format!(r#"<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{}</w:tr>"#, cell("вычеркнутая строка"));
    assert_eq!(only(&format!("<w:tbl><w:tr>{text}</w:tr>{struck}</w:tbl>")), [["до 31 мая"]]);
}

#[test]
fn hidden_text_boxes_and_field_codes_are_not_seen() {
    let text = "<w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r><w:r><w:drawing><a><w:txbxContent><w:p><w:r>\
        <w:t>надпись</w:t></w:r></w:p></w:txbxContent></a></w:drawing></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
        <w:r><w:t>видно</w:t></w:r></w:p></w:tc>";
    assert_eq!(only(&format!("<w:tbl><w:tr>{text}</w:tr></w:tbl>")), [["видно"]]);
}

#[test]
fn a_nested_table_is_text_of_its_cell() {
    let inner = word_table(&[&[&cell("а"), &cell("б")]]);
    let outer = format!("<w:tbl><w:tr><w:tc>{}{inner}<w:p/></w:tc>{}</w:tr></w:tbl>", paragraph("до"), cell("рядом"));
    assert_eq!(only(&outer), [["до\nа\nб", "рядом"]]);
}

#[test]
fn a_table_that_goes_on_after_a_page_break_is_a_table_of_its_own() {
    let one = word_table(&[&[&cell("№")], &[&cell("1")]]);
    let two = word_table(&[&[&cell("№")], &[&cell("2")]]);
    let tables = read(&format!("{one}<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>{two}"));
    assert_eq!(tables.len(), 2);
    assert_eq!(tables[1].title, None);
}

#[test]
fn content_controls_and_entities_are_read_through() {
    let row = format!(
        "<w:sdt><w:sdtPr><w:t>нет</w:t></w:sdtPr><w:sdtContent><w:tr>{}</w:tr></w:sdtContent></w:sdt>",
        cell("А &amp; Б &#8212; &lt;В&gt;")
    );
    assert_eq!(only(&format!("<w:tbl>{row}</w:tbl>")), [["А & Б — <В>"]]);
}

const NUMBERS: &str = r#"<w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
  <w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#;

fn numbered(list: u32, level: u32, text: &str) -> String {
    let properties = format!(r#"<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>"#);
    format!("<w:tc><w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

fn labels(cells: &[String]) -> Vec<String> {
    let rows: Vec<String> = cells.iter().map(|cell| format!("<w:tr>{cell}</w:tr>")).collect();
    let bytes = docx_with(&format!("<w:tbl>{}</w:tbl>", rows.concat()), NUMBERS, "");
    let tables = read_docx(&bytes, &Limits::default()).unwrap();
    tables[0].rows.iter().map(|row| row[0].text.clone()).collect()
}

#[test]
fn automatic_numbers_of_an_empty_column_are_counted() {
    assert_eq!(labels(&[numbered(1, 0, ""), numbered(1, 0, ""), numbered(1, 0, "")]), ["1.", "2.", "3."]);
}

#[test]
fn levels_restart_below_their_section() {
    let cells = [numbered(1, 0, "а"), numbered(1, 1, ""), numbered(1, 1, ""), numbered(1, 0, "б"), numbered(1, 1, "")];
    assert_eq!(labels(&cells), ["1. а", "1.1.", "1.2.", "2. б", "2.1."]);
}

#[test]
fn roman_numbers_bullets_and_restarts_are_told_apart() {
    let cells =
        [numbered(2, 0, ""), numbered(2, 0, ""), numbered(3, 0, "пункт"), numbered(4, 0, ""), numbered(4, 0, "")];
    assert_eq!(labels(&cells), ["I", "II", "пункт", "5.", "6."]);
}

#[test]
fn a_list_named_by_a_style_is_counted() {
    let styles = r#"<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="row"><w:basedOn w:val="base"/></w:style>"#;
    let row = "<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val=\"row\"/></w:pPr></w:p></w:tc></w:tr>";
    let bytes = docx_with(&format!("<w:tbl>{row}{row}</w:tbl>"), NUMBERS, styles);
    let tables = read_docx(&bytes, &Limits::default()).unwrap();
    assert_eq!(drawn(&tables[0]), [["1."], ["2."]]);
}

#[test]
fn styles_that_go_round_in_a_circle_end() {
    let styles = r#"<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>"#;
    let row = "<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>текст</w:t></w:r></w:p></w:tc></w:tr>";
    let tables = read_docx(&docx_with(&format!("<w:tbl>{row}</w:tbl>"), "", styles), &Limits::default()).unwrap();
    assert_eq!(drawn(&tables[0]), [["текст"]]);
}

#[test]
fn a_document_without_tables_says_so() {
    assert_eq!(read_docx(&docx(&paragraph("Просто текст")), &Limits::default()), Err(Unreadable::NoTables));
}
