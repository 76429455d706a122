//! What stands in a written .docx.

use std::io::Read;

use documents::block::{
    Align, Block, Clause, Document, HeadingLevel, Orientation, Page, Paragraph, Run, Signature, TableBlock, TableCell,
    Unwritable,
};

pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn body(document: &Document) -> String {
    part(&documents::docx::write(document).unwrap(), "word/document.xml")
}

fn portrait() -> Document {
    Document::new("", Page::portrait())
}

#[test]
fn every_paragraph_names_a_style_that_exists() {
    let document = Document::new("Приказ", Page::portrait())
        .with(Block::Heading { level: HeadingLevel::First, text: "Первый".to_owned() })
        .with(Block::Heading { level: HeadingLevel::Second, text: "Второй".to_owned() })
        .with(Block::Heading { level: HeadingLevel::Third, text: "Третий".to_owned() })
        .with(Paragraph::text("текст").aligned(Align::Start))
        .with(Paragraph::text("текст").aligned(Align::Centre))
        .with(Paragraph::text("текст").aligned(Align::End))
        .with(Paragraph::text("текст"))
        .with(Block::NumberedClauses(vec![Clause::text("пункт")]))
        .with(
            TableBlock::new(&[1, 1, 1])
                .header(["а", "б", "в"])
                .row([TableCell::text("г").aligned(Align::End), TableCell::text("д").aligned(Align::Justify)]),
        )
        .with(Block::Signatures(vec![Signature {
            post: "Директор".to_owned(), name: "И. О. Фамилия".to_owned()
        }]));
    let bytes = documents::docx::write(&document).unwrap();
    let (body, styles) = (part(&bytes, "word/document.xml"), part(&bytes, "word/styles.xml"));
    let used: Vec<&str> = body.split("w:pStyle w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(used.len(), body.matches("<w:p>").count(), "a paragraph without a style");
    for style in used {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
}

#[test]
fn the_header_of_a_table_is_repeated_and_nothing_else() {
    let table = TableBlock::new(&[1, 1]).header(["а", "б"]).header(["1", "2"]).row(["в", "г"]).row(["<w:trPr>", "д"]);
    let body = body(&portrait().with(table.clone()).with(table));
    let rows: Vec<bool> = body.split("<w:tr>").skip(1).map(|row| row.contains("w:tblHeader")).collect();
    assert_eq!(rows, [true, true, false, false, true, true, false, false]);
}

#[test]
fn margins_and_size_follow_the_standard() {
    let page = |page: Page| body(&Document::new("", page));
    let portrait = page(Page::portrait());
    assert!(portrait.contains(r#"w:w="11906" w:h="16838""#), "{portrait}");
    assert!(portrait.contains(r#"w:top="1134" w:right="567" w:bottom="1134" w:left="1134""#), "{portrait}");
    let landscape = page(Page::landscape().kept_long());
    assert!(
        landscape.contains(r#"w:w="16838" w:h="11906""#) && landscape.contains(r#"w:orient="landscape""#),
        "{landscape}"
    );
    assert!(landscape.contains(r#"w:left="1701""#), "{landscape}");
    assert_eq!(Page { orientation: Orientation::Portrait, ..Page::landscape() }.text_width_mm(), 180);
}

#[test]
fn the_title_stands_in_the_properties_of_the_file() {
    let bytes = documents::docx::write(&Document::new("Карта & план", Page::portrait())).unwrap();
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:title>Карта &amp; план</dc:title>"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = portrait().with(TableBlock::new(&[1]).row(["а"])).with(Paragraph::text("б"));
    let before = documents::docx::write(&document);
    let failed = portrait().with(Paragraph::text("в")).with(TableBlock::new(&[]));
    assert!(documents::docx::write(&failed).is_err());
    assert_eq!(documents::docx::write(&document), before);
}

#[test]
fn runs_keep_their_look_and_lines() {
    let body = body(&portrait().with(Paragraph::new([Run::bold("жирно"), Run::italic("косо\nстрока\tтаб\u{1}")])));
    assert!(
        body.contains("<w:b />") && body.contains("<w:i />") && body.contains("<w:br") && body.contains("<w:tab />")
    );
    assert!(!body.contains('\u{1}'));
}

#[test]
fn blocks_of_clauses_count_from_one_each() {
    let clauses = || Block::NumberedClauses(vec![Clause::text("один").with(Clause::text("один-один"))]);
    let bytes = documents::docx::write(&portrait().with(clauses()).with(clauses())).unwrap();
    let body = part(&bytes, "word/document.xml");
    let numbering = part(&bytes, "word/numbering.xml");
    let lists: Vec<&str> = body.split("<w:numId w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(lists[0] == lists[1] && lists[2] == lists[3] && lists[0] != lists[2], "{lists:?}");
    for list in lists {
        let definition = format!("w:abstractNumId=\"{list}\"");
        assert_eq!(numbering.matches(&definition).count(), 1, "{numbering}");
        let levels = numbering.split(&definition).nth(1).unwrap().split("</w:abstractNum>").next().unwrap();
        assert!(levels.contains(r#"w:lvlText w:val="%1.%2.""#), "{levels}");
    }
}

#[test]
fn clauses_deeper_than_the_format_allows_are_refused() {
    let deep = (0..9).fold(Clause::text("дно"), |clause, _| Clause::text("пункт").with(clause));
    let document = portrait().with(Block::NumberedClauses(vec![deep]));
    assert_eq!(documents::docx::write(&document), Err(Unwritable::ClausesTooDeep));
}

#[test]
fn a_table_that_does_not_fit_is_refused() {
    assert_eq!(
        documents::docx::write(&portrait().with(TableBlock::new(&[1]).row(["а", "б"]))),
        Err(Unwritable::RowTooWide { row: 1 })
    );
    assert_eq!(documents::docx::write(&portrait().with(TableBlock::new(&[]))), Err(Unwritable::NoColumns));
}
