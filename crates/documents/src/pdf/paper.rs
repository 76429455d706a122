//! Blocks as data for `paper.typ`: merged cells laid out, squares of codes gathered.

use serde::Serialize;

use crate::block::{
    Block, Clause, Document, HeadingLevel, Look, Orientation, Paragraph, Place, Run, Signature, Spacing, TableBlock,
    Unwritable,
};
use crate::code::Code;

/// What stands at the head of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    None,
    /// GOST R 7.0.97-2016, 3.7: the first page of a document has no number.
    FromTheSecond,
}

/// Everything that is set at once.
#[derive(Serialize)]
pub struct Batch<'a> {
    name: &'a str,
    numbered: bool,
    papers: Vec<Paper<'a>>,
}

#[derive(Serialize)]
struct Paper<'a> {
    title: &'a str,
    landscape: bool,
    /// In millimetres.
    left: u32,
    size: u8,
    cells: u8,
    /// Space from one line to the next, in letters.
    lines: f64,
    pieces: Vec<Piece<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Piece<'a> {
    Heading { level: u8, text: &'a str },
    Paragraph { paragraph: &'a Paragraph },
    Clauses { clauses: &'a [Clause] },
    Dashes { items: &'a [Vec<Run>] },
    Table { columns: &'a [u32], header: usize, cells: Vec<Cell<'a>> },
    Aside { lines: &'a [Vec<Run>] },
    Ends { left: &'a [Run], right: &'a [Run] },
    Signatures { lines: &'a [Signature] },
    Code { from: usize, side: usize, text: &'a str, caption: &'a str },
    Break,
}

#[derive(Serialize)]
struct Cell<'a> {
    x: usize,
    y: usize,
    across: usize,
    down: usize,
    paragraphs: &'a [Paragraph],
}

/// Lays documents out; the second value holds the squares of all codes one after another.
pub fn batch(documents: &[Document], numbers: Numbers) -> Result<(Batch<'_>, Vec<u8>), Unwritable> {
    let mut squares = Vec::new();
    let papers = documents.iter().map(|document| paper(document, &mut squares)).collect::<Result<_, _>>()?;
    let name = documents.first().map_or("", Document::name);
    Ok((Batch { name, numbered: numbers == Numbers::FromTheSecond, papers }, squares))
}

fn paper<'a>(document: &'a Document, squares: &mut Vec<u8>) -> Result<Paper<'a>, Unwritable> {
    let Look { size, cells, spacing } = document.look;
    Ok(Paper {
        title: &document.title,
        landscape: document.page.orientation == Orientation::Landscape,
        left: document.page.margins_mm().left,
        size,
        cells,
        // A single line of Times New Roman takes 1.15 of its size.
        lines: match spacing {
            Spacing::Single => 1.15,
            Spacing::Usual => 1.15 * 1.15,
            Spacing::OneAndHalf => 1.15 * 1.5,
        },
        pieces: document.blocks.iter().map(|block| piece(block, squares)).collect::<Result<_, _>>()?,
    })
}

fn piece<'a>(block: &'a Block, squares: &mut Vec<u8>) -> Result<Piece<'a>, Unwritable> {
    Ok(match block {
        Block::Heading { level, text } => Piece::Heading {
            level: match level {
                HeadingLevel::First => 1,
                HeadingLevel::Second => 2,
                HeadingLevel::Third => 3,
            },
            text,
        },
        Block::Paragraph(paragraph) => Piece::Paragraph { paragraph },
        Block::NumberedClauses(clauses) => Piece::Clauses { clauses },
        Block::Dashes(items) => Piece::Dashes { items },
        Block::Table(table) => {
            Piece::Table { columns: &table.columns, header: table.header_rows, cells: cells(table)? }
        }
        Block::Aside(lines) => Piece::Aside { lines },
        Block::Ends { left, right } => Piece::Ends { left, right },
        Block::Signatures(lines) => Piece::Signatures { lines },
        Block::Code { text, caption } => {
            let code = Code::of(text)?;
            let from = squares.len();
            squares.extend(code.squares);
            Piece::Code { from, side: code.side, text, caption }
        }
        Block::PageBreak => Piece::Break,
    })
}

fn cells(table: &TableBlock) -> Result<Vec<Cell<'_>>, Unwritable> {
    let mut cells = Vec::new();
    for (y, places) in table.layout()?.into_iter().enumerate() {
        let mut x = 0;
        for place in places {
            x += match place {
                Place::Cell { cell, across, down } => {
                    cells.push(Cell { x, y, across, down, paragraphs: &cell.paragraphs });
                    across
                }
                Place::Continued { across } => across,
                Place::Empty => {
                    cells.push(Cell { x, y, across: 1, down: 1, paragraphs: &[] });
                    1
                }
            };
        }
    }
    Ok(cells)
}
