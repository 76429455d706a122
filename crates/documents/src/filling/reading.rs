//! What is written in a filled file, as far as a page can show it: paragraphs, tables, where codes are drawn.
//!
//! Not how it looks: that is what the file is for.

use super::part::{Kind, Part, Token};
use super::{FilledFile, Unfilled, package::Package, picture};
use crate::block::{Align, Block, Document, Page, Paragraph, Run, TableBlock, TableCell};

/// Lines of all tables and paragraphs that a page shows; a register of a school has some 700.
const MOST: usize = 3_000;

/// Reads a filled file: its headers, its text, its footers.
pub fn read(file: &FilledFile) -> Result<Document, Unfilled> {
    let package = Package::open(&file.docx)?;
    let names = package.wordings();
    let mut reading = Reading::default();
    for beginning in ["word/header", "word/document", "word/footer"] {
        for name in names.iter().filter(|name| name.starts_with(beginning)) {
            reading.is_margin = beginning != "word/document";
            if let Some(xml) = package.text(name)? {
                let codes = file.codes.iter().find(|(part, _)| part == name).map_or(&[][..], |(_, codes)| codes);
                reading.part(&Part::read(&xml)?, codes);
            }
        }
    }
    reading.document.blocks.truncate(MOST);
    Ok(reading.document)
}

/// What was read so far, and what is being read.
struct Reading {
    document: Document,
    /// The paragraph, outside of tables.
    said: String,
    codes: Vec<String>,
    /// Rows that are open around the place: tables stand in tables.
    depth: usize,
    rows: Vec<Vec<String>>,
    /// In a header or a footer, where a number alone is that of the page.
    is_margin: bool,
}

impl Default for Reading {
    fn default() -> Self {
        let document = Document::new("", Page::portrait());
        Self { document, said: String::new(), codes: Vec::new(), depth: 0, rows: Vec::new(), is_margin: false }
    }
}

impl Reading {
    fn part(&mut self, part: &Part<'_>, codes: &[String]) {
        for token in &part.tokens {
            match token {
                Token::Open(Kind::Row, _) => {
                    if self.depth == 0 {
                        self.rows.push(Vec::new());
                    }
                    self.depth += 1;
                }
                Token::Close(Kind::Row, _) => self.depth = self.depth.saturating_sub(1),
                Token::Open(Kind::Frame, raw) if self.depth == 1 && raw.starts_with("<w:tc") => {
                    if let Some(row) = self.rows.last_mut() {
                        row.push(String::new());
                    }
                }
                Token::Open(Kind::Paragraph, _) if self.depth == 0 => self.end_table(),
                Token::Close(Kind::Paragraph, _) => self.end_paragraph(),
                Token::Text(text) => self.say(&part.texts[*text].said),
                Token::Raw(raw) if raw.starts_with("<w:br") => self.say("\n"),
                Token::Raw("<w:tab/>" | "<w:tab />") => self.say(" "),
                Token::Raw(raw) => self.codes.extend(picture::number_in(raw).and_then(|n| codes.get(n - 1)).cloned()),
                Token::Open(..) | Token::Close(..) => {}
            }
        }
        self.end_paragraph();
        self.end_table();
    }

    fn say(&mut self, text: &str) {
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) if self.depth > 0 => cell.push_str(text),
            _ => self.said.push_str(text),
        }
    }

    fn end_paragraph(&mut self) {
        if self.depth > 0 {
            self.say("\n");
            return;
        }
        let said = std::mem::take(&mut self.said);
        let is_number = self.is_margin && said.trim().chars().all(|sign| sign.is_ascii_digit());
        if !said.trim().is_empty() && !is_number {
            self.document.blocks.push(Block::Paragraph(paragraph(&said)));
        }
        let codes = std::mem::take(&mut self.codes);
        let drawn = codes.into_iter().map(|text| Block::Code { text, caption: String::new() });
        self.document.blocks.extend(drawn);
    }

    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let cell = |text: &String| TableCell { paragraphs: vec![paragraph(text.trim())], across: 1, down: 1 };
        let table = TableBlock::new(&vec![1; columns]);
        let table = rows.iter().take(MOST).fold(table, |table, row| table.row(row.iter().map(cell)));
        self.document.blocks.push(Block::Table(table));
    }
}

fn paragraph(text: &str) -> Paragraph {
    Paragraph { runs: vec![Run::plain(text)], align: Align::Start }
}
