//! Files that are broken, foreign, or made to harm: each gets its sentence, none a panic or memory.

use std::io::Write;

use documents::block::{Document, Page, TableBlock};
use documents::sheet::{Column, Sheet, Workbook};
use documents::tables::{Limits, Table, Unreadable, read_any, read_docx, read_text, read_xlsx};
use proptest::prelude::*;

use crate::raw::{Archive, Book, cell, document, docx, relationships, text_cell, word_table};

fn read(bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    read_any("загрузка", bytes, &Limits::default())
}

fn honest_docx() -> Vec<u8> {
    let table = TableBlock::new(&[1, 2]).header(["№", "Мероприятие"]).row(["1", "Педсовет"]).row(["2", "Анкеты"]);
    documents::docx::write(&Document::new("Карта", Page::portrait()).with(table)).unwrap()
}

fn honest_xlsx() -> Vec<u8> {
    let sheet = Sheet::new("Карта", [Column::text("№", 5.0), Column::text("Что", 30.0)]).row(["1", "Педсовет"]);
    documents::xlsx::write(&Workbook::of(sheet)).unwrap()
}

/// An archive whose main part swells to 40 MB: a Word document or a workbook, by the names.
fn bomb(main: &str, beginning: &str, piece: &str) -> Vec<u8> {
    Archive::new()
        .part("_rels/.rels", relationships(&[("r1", "officeDocument", main)]))
        .swollen_part(main, beginning, piece, 40 * 1024 * 1024)
        .pack()
}

#[test]
fn a_bomb_of_spaces_is_refused_while_it_swells() {
    let bytes = bomb("word/document.xml", "<w:document><w:body>", "<w:p>          </w:p>");
    assert!(bytes.len() < 200_000, "{}", bytes.len());
    assert_eq!(read(&bytes), Err(Unreadable::TooLargeUnpacked));
}

#[test]
fn a_bomb_of_one_endless_text_is_refused() {
    let bytes = bomb("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>", "а");
    assert_eq!(read(&bytes), Err(Unreadable::TooLargeUnpacked));
}

#[test]
fn a_bomb_in_the_shared_strings_is_refused() {
    let piece = format!("<si><t>{}</t></si>", " ".repeat(1_000));
    let bytes = Archive::new()
        .part("_rels/.rels", relationships(&[("r1", "officeDocument", "xl/workbook.xml")]))
        .part("xl/_rels/workbook.xml.rels", relationships(&[("s", "sharedStrings", "sharedStrings.xml")]))
        .part("xl/workbook.xml", "<workbook><sheets/></workbook>")
        .swollen_part("xl/sharedStrings.xml", "<sst>", &piece, 40 * 1024 * 1024)
        .pack();
    assert_eq!(read(&bytes), Err(Unreadable::TooLargeUnpacked));
}

#[test]
fn parts_are_counted_together() {
    let limits = Limits { unpacked: 3_000, ..Limits::default() };
    let many = docx(&word_table(&[&[&cell(&"а".repeat(900))], &[&cell(&"б".repeat(900))]]));
    assert_eq!(read_docx(&many, &limits), Err(Unreadable::TooLargeUnpacked));
}

#[test]
fn one_string_named_by_every_cell_is_refused() {
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(200);
    let rows = format!("<row>{cells}</row>").repeat(50);
    let mut book = Book::default().sheet("Лист", &format!("<sheetData>{rows}</sheetData>"));
    book.strings = format!("<si><t>{}</t></si>", "щ".repeat(30_000));
    assert_eq!(read(&book.pack()), Err(Unreadable::TooMuchText));
}

#[test]
fn a_cell_in_the_far_corner_is_refused_without_a_table_of_that_size() {
    let far = |place: &str| format!("<sheetData><row>{}</row></sheetData>", text_cell(place, "далеко"));
    let read_sheet = |place: &str| read(&Book::default().sheet("Лист", &far(place)).pack());
    assert_eq!(read_sheet("A1048576"), Err(Unreadable::TooManyRows { limit: 20_000 }));
    assert_eq!(read_sheet("XFD1"), Err(Unreadable::TooManyColumns { limit: 256 }));
    assert_eq!(read_sheet("IU20000"), Err(Unreadable::TooManyCells { limit: 300_000 }));
}

#[test]
fn a_span_of_a_million_columns_is_refused() {
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"1000000000000\"/></w:tcPr><w:p/></w:tc>";
    let before = "<w:tr><w:trPr><w:gridBefore w:val=\"18446744073709551615\"/></w:trPr></w:tr>";
    for row in [format!("<w:tr>{wide}</w:tr>"), before.to_owned()] {
        let bytes = docx(&format!("<w:tbl>{row}</w:tbl>"));
        assert_eq!(read(&bytes), Err(Unreadable::TooManyColumns { limit: 256 }));
    }
}

#[test]
fn limits_of_rows_cells_tables_and_texts_hold() {
    let table = word_table(&[&[&cell("абв"), &cell("б")], &[&cell("в"), &cell("г")]]);
    let bytes = docx(&format!("{table}<w:p/>{table}"));
    let read = |limits: Limits| read_docx(&bytes, &limits).unwrap_err();
    assert_eq!(read(Limits { rows: 1, ..Limits::default() }), Unreadable::TooManyRows { limit: 1 });
    assert_eq!(read(Limits { columns: 1, ..Limits::default() }), Unreadable::TooManyColumns { limit: 1 });
    assert_eq!(read(Limits { cells: 7, ..Limits::default() }), Unreadable::TooManyCells { limit: 7 });
    assert_eq!(read(Limits { tables: 1, ..Limits::default() }), Unreadable::TooManyTables { limit: 1 });
    assert_eq!(read(Limits { cell_text: 2, ..Limits::default() }), Unreadable::CellTooLong { limit: 2 });
    assert_eq!(read(Limits { text: 8, ..Limits::default() }), Unreadable::TooMuchText);
    assert_eq!(read(Limits { entries: 4, ..Limits::default() }), Unreadable::TooManyEntries);
    assert_eq!(read(Limits { packed: 100, ..Limits::default() }), Unreadable::TooLarge { megabytes: 0 });
    assert_eq!(read(Limits { xml_depth: 4, ..Limits::default() }), Unreadable::TooDeep);
}

#[test]
fn bottomless_nesting_is_refused() {
    let body = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(50_000), "</w:tc></w:tr></w:tbl>".repeat(50_000));
    assert_eq!(read(&docx(&body)), Err(Unreadable::TooDeep));
}

#[test]
fn entities_of_any_kind_are_refused() {
    let table = word_table(&[&[&cell("&secret;")]]);
    let declared = |dtd: &str| {
        let content = document(&table).replacen("?>", &format!("?>{dtd}"), 1);
        Archive::new().part("word/document.xml", content).pack()
    };
    let external = declared("<!DOCTYPE d [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>");
    let laughs = declared("<!DOCTYPE d [<!ENTITY a \"ха\"><!ENTITY secret \"&a;&a;&a;\">]>");
    for bytes in [external, laughs, docx(&table)] {
        assert_eq!(read(&bytes), Err(Unreadable::Entities));
    }
}

#[test]
fn foreign_formats_are_named_with_advice() {
    let compound = |stream: &str| {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain([0; 600]).chain(name).collect::<Vec<u8>>()
    };
    let archive = |part: &str| Archive::new().part("mimetype", "x").part(part, "<x/>").pack();
    let cases = [
        (Vec::new(), Unreadable::Empty),
        (compound("EncryptedPackage"), Unreadable::Encrypted),
        (compound("WordDocument"), Unreadable::OldWord),
        (compound("Workbook"), Unreadable::OldExcel),
        (compound("PowerPoint"), Unreadable::UnknownFormat),
        (b"%PDF-1.7 ...".to_vec(), Unreadable::Pdf),
        (b"{\\rtf1\\ansi".to_vec(), Unreadable::Rtf),
        (b"\xEF\xBB\xBF\n<HTML><table>".to_vec(), Unreadable::Html),
        (vec![0, 1, 2, 3, 255], Unreadable::UnknownFormat),
        (archive("content.xml"), Unreadable::OpenDocument),
        (archive("xl/workbook.bin"), Unreadable::BinaryWorkbook),
        (archive("ppt/presentation.xml"), Unreadable::UnknownFormat),
        (archive("word/vbaProject.bin"), Unreadable::Macros),
    ];
    for (bytes, refusal) in cases {
        assert_eq!(read(&bytes), Err(refusal));
    }
}

#[test]
fn a_workbook_is_not_read_as_a_document_nor_the_other_way_round() {
    assert_eq!(read_docx(&honest_xlsx(), &Limits::default()), Err(Unreadable::UnknownFormat));
    assert_eq!(read_xlsx(&honest_docx(), &Limits::default()), Err(Unreadable::UnknownFormat));
    assert_eq!(read_xlsx(b"a;b", &Limits::default()), Err(Unreadable::UnknownFormat));
}

#[test]
fn every_refusal_is_one_russian_sentence() {
    let refusals = [
        Unreadable::Broken,
        Unreadable::Encrypted,
        Unreadable::OldWord,
        Unreadable::TooLarge { megabytes: 20 },
        Unreadable::TooManyCells { limit: 300_000 },
        Unreadable::NoTables,
        Unreadable::Entities,
        Unreadable::Macros,
    ];
    for refusal in refusals {
        let sentence = refusal.to_string();
        let first = sentence.chars().next().unwrap();
        assert!(sentence.ends_with('.') && first.is_uppercase() && !first.is_ascii(), "{sentence}");
        let travelled: Unreadable = serde_json::from_str(&serde_json::to_string(&refusal).unwrap()).unwrap();
        assert_eq!(travelled, refusal);
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    for whole in [honest_docx(), honest_xlsx()] {
        assert!(read(&whole).is_ok());
        for part in 1..50 {
            let cut = &whole[..whole.len() * part / 50];
            assert_eq!(read(cut), Err(Unreadable::Broken), "{part}/50");
        }
    }
}

#[test]
fn xml_that_ends_too_early_or_is_mixed_up_is_broken() {
    for content in ["<w:document><w:body><w:tbl>", "<a></b>", "<w:document", "не XML", "<a/><b"] {
        let bytes = Archive::new().part("word/document.xml", content).pack();
        let refusal = read(&bytes).unwrap_err();
        assert!(matches!(refusal, Unreadable::Broken | Unreadable::NoTables), "{content}: {refusal:?}");
    }
}

/// Checks that a reading kept within its bounds and that merged cells point at cells that begin.
fn check(result: &Result<Vec<Table>, Unreadable>, limits: &Limits) -> Result<(), TestCaseError> {
    let Ok(tables) = result else { return Ok(()) };
    let mut cells = 0;
    for table in tables {
        prop_assert!(table.rows.len() <= limits.rows && table.width() <= limits.columns);
        for cell in table.rows.iter().flatten() {
            cells += 1;
            prop_assert!(cell.text.chars().count() <= limits.cell_text);
            if let Some((row, column)) = cell.covered_by {
                prop_assert!(table.is_origin(row, column) && cell.text.is_empty());
            }
        }
        prop_assert!(table.rows.iter().all(|row| row.len() == table.width()));
    }
    prop_assert!(cells <= limits.cells);
    Ok(())
}

fn small() -> Limits {
    Limits { rows: 30, columns: 12, cells: 200, cell_text: 40, ..Limits::default() }
}

/// A piece of a Word table, well-formed or not, with small and absurd numbers.
fn word_piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<w:tbl>".to_owned()), Just("</w:tbl>".to_owned()), Just("<w:tr>".to_owned()), Just("</w:tr>".to_owned()),
        (0..4_u32, 0..3_u32, 0..3_usize).prop_map(|(span, merge, text)| {
            let merge = ["", "<w:vMerge/>", "<w:vMerge w:val=\"restart\"/>"][merge as usize];
            let text = "слово ".repeat(text);
            format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        }),
        (0..4_u32).prop_map(|n| format!("<w:trPr><w:gridBefore w:val=\"{n}\"/><w:gridAfter w:val=\"{n}\"/></w:trPr>")),
        Just("<w:tc><w:tcPr><w:hMerge/></w:tcPr></w:tc>".to_owned()), Just("<w:p>&#x416;</w:p>".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..4_usize) {
        let mut all = [&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"PK\x05\x06"][head].to_vec();
        all.write_all(&bytes).unwrap();
        check(&read_any("x", &all, &small()), &small())?;
    }

    #[test]
    fn flipped_bytes_of_an_honest_file_are_read_or_refused(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), book in any::<bool>()
    ) {
        let mut bytes = if book { honest_xlsx() } else { honest_docx() };
        for (index, value) in flips {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        check(&read_any("x", &bytes, &small()), &small())?;
    }

    #[test]
    fn any_xml_of_a_document_is_read_or_refused(xml in "[<>/=\"&;#a-z:\\[\\]! ]{0,120}") {
        let bytes = Archive::new().part("word/document.xml", xml).pack();
        check(&read_any("x", &bytes, &small()), &small())?;
    }

    #[test]
    fn any_mixture_of_rows_and_merges_gives_a_sound_table(pieces in prop::collection::vec(word_piece(), 0..40)) {
        let rows: String = pieces.concat();
        for body in [format!("<w:tbl><w:tr>{rows}</w:tr></w:tbl>"), format!("<w:tbl>{rows}</w:tbl>"), rows] {
            check(&read_docx(&docx(&body), &small()), &small())?;
        }
    }

    #[test]
    fn any_merges_of_a_sheet_give_a_sound_table(
        cells in prop::collection::vec((1..20_u32, 0..10_u8), 1..20),
        merges in prop::collection::vec((1..25_u32, 0..12_u8, 1..25_u32, 0..12_u8), 0..12)
    ) {
        let name = |row: u32, column: u8| format!("{}{row}", char::from(b'A' + column));
        let cells: String = cells.iter().map(|(row, column)| text_cell(&name(*row, *column), "т")).collect();
        let merges: Vec<String> = merges
            .iter()
            .map(|(r, c, r2, c2)| format!("<mergeCell ref=\"{}:{}\"/>", name(*r, *c), name(*r2, *c2)))
            .collect();
        let merges = merges.concat();
        let bytes = Book::default().sheet("Лист", &format!("<sheetData><row>{cells}</row></sheetData>{merges}")).pack();
        check(&read_xlsx(&bytes, &small()), &small())?;
    }

    #[test]
    fn pasted_text_is_read_or_refused(text in "\\PC{0,200}") {
        check(&read_text(&text, &small()), &small())?;
    }
}
