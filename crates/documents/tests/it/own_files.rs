//! The file a school begins with, and what a page shows of a filled one.

use documents::block::{Block, Document};
use documents::docx;
use documents::filling::{FilledFile, fill_with};
use documents::kinds::{self, KINDS, Kind, NameForms};
use serde_json::json;

use crate::kinds::text_of;
use crate::raw::{Archive, cell, document, docx as packed, paragraph, word_table};

const CODE: &str = "NS-00000000000000000000000000";

fn begun(kind: &Kind) -> Vec<u8> {
    docx::write(&kind.with_fields(kind.text).unwrap_or_else(|mistake| panic!("{}: {mistake}", kind.name))).unwrap()
}

fn filled(kind: &Kind, file: &[u8], code: Option<&str>) -> FilledFile {
    let filled = kind.fill_file(file, kind.example, (&NameForms::default(), code));
    filled.unwrap_or_else(|why| panic!("{}: {why}", kind.name))
}

/// What is said, whatever spaces and lines it is broken into.
fn words(text: &str) -> String {
    text.split(|character: char| character.is_whitespace() || character == '|').collect()
}

#[test]
fn the_file_a_school_begins_with_says_what_the_wording_says() {
    for kind in KINDS {
        let ours = text_of(&docx::write(&kind.make(kind.example).unwrap()).unwrap());
        let theirs = text_of(&filled(kind, &begun(kind), None).docx);
        // A consent draws its code by itself, and the example has one.
        assert_eq!(words(&theirs), words(&ours), "{}", kind.name);
        let paragraphs = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(paragraphs(&theirs).abs_diff(paragraphs(&ours)) <= 3, "{}:\n{theirs}\n---\n{ours}", kind.name);
    }
}

#[test]
fn the_file_a_school_begins_with_draws_the_code_of_the_paper() {
    for kind in KINDS {
        let filled = filled(kind, &begun(kind), Some(CODE));
        assert!(filled.draws(CODE), "{}", kind.name);
        assert!(text_of(&filled.docx).contains(CODE), "{}", kind.name);
    }
}

#[test]
fn clauses_of_the_begun_file_are_one_list() {
    let order = kinds::find("introduction-order").unwrap();
    let clauses =
        |document: &Document| document.blocks.iter().filter(|block| matches!(block, Block::NumberedClauses(_))).count();
    let unfilled = order.with_fields(order.text).unwrap();
    assert_eq!(
        clauses(&unfilled),
        clauses(&order.make(order.example).unwrap()),
        "another list would begin with 1 again"
    );
}

#[test]
fn names_are_written_as_the_school_writes_them() {
    let forms = NameForms::default().with("Ли Анна", "dative", "Лие Анне");
    let file = packed(&paragraph("Поручить {{ name | dative }}"));
    let filled = fill_with(&file, &json!({ "name": "Ли Анна" }), &forms).unwrap();
    assert_eq!(text_of(&filled.docx).trim(), "Поручить Лие Анне");
}

/// Writes what a page shows, block by block.
fn shown(document: &Document) -> Vec<String> {
    let text = |block: &Block| match block {
        Block::Paragraph(one) => one.runs.iter().map(|run| run.text.as_str()).collect(),
        Block::Table(table) => {
            let cell = |cell: &documents::block::TableCell| -> String {
                cell.paragraphs.iter().flat_map(|one| &one.runs).map(|run| run.text.as_str()).collect()
            };
            let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | "));
            rows.collect::<Vec<_>>().join(" / ")
        }
        Block::Code { text, .. } => format!("[{text}]"),
        other => panic!("{other:?}"),
    };
    document.blocks.iter().map(text).collect()
}

#[test]
fn a_page_shows_paragraphs_tables_and_codes_in_their_order() {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let table = word_table(&[&[&cell("Кто"), &cell("Где")], &[&cell("{{ name }}"), &cell("7 «А»")]]);
    let inside = table.replace("7 «А»</w:t></w:r></w:p>", &format!("7 «А»</w:t></w:r></w:p>{table}<w:p/>"));
    let body = format!("{}{inside}<w:p/>{}", paragraph("Приказ"), paragraph("{{ code | qr }} код"));
    let header = format!("<w:hdr xmlns:w=\"urn:w\">{}</w:hdr>", paragraph("Школа № 7"));
    let file = Archive::new()
        .part("[Content_Types].xml", types)
        .part("word/document.xml", document(&body))
        .part("word/header1.xml", header)
        .part("word/header2.xml", format!("<w:hdr xmlns:w=\"urn:w\">{}</w:hdr>", paragraph("1")))
        .pack();
    let values = json!({ "name": "Ли Анна", "code": CODE });
    let filled = fill_with(&file, &values, &NameForms::default()).unwrap();
    assert!(filled.draws(CODE) && !filled.draws("NS-1"));
    let seen = shown(&filled.document().unwrap());
    assert_eq!(seen[..2], ["Школа № 7", "Приказ"]);
    assert!(seen[2].starts_with("Кто | Где / Ли Анна | 7 «А»"), "{seen:?}");
    assert_eq!(seen[3..], [" код".to_owned(), format!("[{CODE}]")]);
}
