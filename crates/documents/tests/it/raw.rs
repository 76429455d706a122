//! Office files made of raw XML, right or wrong, as no honest program would write them.

use std::io::{Cursor, Write};

use documents::tables::Table;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An archive being put together.
pub struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    pub fn part(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.0.start_file(name, SimpleFileOptions::default()).unwrap();
        self.0.write_all(content.as_ref()).unwrap();
        self
    }

    /// Adds a part of `size` bytes: a beginning, then one repeated piece. It packs about a thousand times smaller.
    pub fn swollen_part(mut self, name: &str, beginning: &str, piece: &str, size: usize) -> Self {
        self.0.start_file(name, SimpleFileOptions::default()).unwrap();
        self.0.write_all(beginning.as_bytes()).unwrap();
        let block = piece.repeat(65_536 / piece.len());
        for _ in 0..size / block.len() {
            self.0.write_all(block.as_bytes()).unwrap();
        }
        self
    }

    pub fn pack(self) -> Vec<u8> {
        self.0.finish().unwrap().into_inner()
    }
}

/// Makes the relationships of a part: id, kind, target.
pub fn relationships(links: &[(&str, &str, &str)]) -> String {
    let links: Vec<String> = links
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
        links.concat()
    )
}

/// Wraps a body into `document.xml`.
pub fn document(body: &str) -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>"#)
}

/// Makes a Word document of a body.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, "", "")
}

/// Makes a Word document of a body, the content of `numbering.xml` and that of `styles.xml`.
pub fn docx_with(body: &str, numbering: &str, styles: &str) -> Vec<u8> {
    Archive::new()
        .part("_rels/.rels", relationships(&[("r1", "officeDocument", "word/document.xml")]))
        .part(
            "word/_rels/document.xml.rels",
            relationships(&[("r1", "numbering", "numbering.xml"), ("r2", "styles", "styles.xml")]),
        )
        .part("word/document.xml", document(body))
        .part("word/numbering.xml", format!("<w:numbering>{numbering}</w:numbering>"))
        .part("word/styles.xml", format!("<w:styles>{styles}</w:styles>"))
        .pack()
}

/// Makes a table of Word out of rows of cells in XML.
pub fn word_table(rows: &[&[&str]]) -> String {
    let rows: Vec<String> = rows.iter().map(|cells| format!("<w:tr>{}</w:tr>", cells.concat())).collect();
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

/// Makes a cell of Word of a text.
pub fn cell(text: &str) -> String {
    cell_with("", text)
}

/// Makes a cell of Word with properties.
pub fn cell_with(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

/// Makes a paragraph of Word.
pub fn paragraph(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

/// A workbook being put together: sheets in order, shared strings, number formats.
#[derive(Default)]
pub struct Book {
    sheets: Vec<(String, String, String)>,
    pub strings: String,
    /// How many strings the file says it has.
    pub strings_count: String,
    pub styles: String,
    pub workbook_properties: String,
}

impl Book {
    /// Adds a sheet with the content of its `worksheet` element.
    pub fn sheet(self, name: &str, content: &str) -> Self {
        self.sheet_in_state(name, "visible", content)
    }

    pub fn sheet_in_state(mut self, name: &str, state: &str, content: &str) -> Self {
        self.sheets.push((name.to_owned(), state.to_owned(), content.to_owned()));
        self
    }

    pub fn pack(self) -> Vec<u8> {
        let mut archive = Archive::new();
        let mut listed = Vec::new();
        let mut links = vec![
            ("s".to_owned(), "sharedStrings", "sharedStrings.xml".to_owned()),
            ("t".to_owned(), "styles", "styles.xml".to_owned()),
        ];
        for (index, (name, state, content)) in self.sheets.iter().enumerate() {
            listed.push(format!(r#"<sheet name="{name}" sheetId="{index}" state="{state}" r:id="r{index}"/>"#));
            links.push((format!("r{index}"), "worksheet", format!("worksheets/sheet{index}.xml")));
            archive =
                archive.part(&format!("xl/worksheets/sheet{index}.xml"), format!("<worksheet>{content}</worksheet>"));
        }
        let links: Vec<_> = links.iter().map(|(id, kind, target)| (id.as_str(), *kind, target.as_str())).collect();
        let (properties, listed) = (self.workbook_properties, listed.concat());
        archive
            .part("_rels/.rels", relationships(&[("r1", "officeDocument", "xl/workbook.xml")]))
            .part("xl/_rels/workbook.xml.rels", relationships(&links))
            .part(
                "xl/workbook.xml",
                format!(r#"<workbook xmlns:r="urn:r">{properties}<sheets>{listed}</sheets></workbook>"#),
            )
            .part(
                "xl/sharedStrings.xml",
                format!(r#"<sst uniqueCount="{}">{}</sst>"#, self.strings_count, self.strings),
            )
            .part("xl/styles.xml", format!("<styleSheet>{}</styleSheet>", self.styles))
            .pack()
    }
}

/// Makes a cell of Excel with a text in place.
pub fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// Lists what a table shows, row by row, with `^` for a cell merged from above and `<` for one merged from the left.
pub fn drawn(table: &Table) -> Vec<Vec<String>> {
    let draw = |row: usize, column: usize| match table.rows[row][column].covered_by {
        Some((above, _)) if above < row => "^".to_owned(),
        Some(_) => "<".to_owned(),
        None => table.text(row, column).to_owned(),
    };
    (0..table.rows.len()).map(|row| (0..table.width()).map(|column| draw(row, column)).collect()).collect()
}
