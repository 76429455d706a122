//! Tables of the block model become tables of Word.

use docx_rs::{Table, TableCell, TableLayoutType, TableRow, VAlignType, VMergeType, WidthType};

use super::{body, twips};
use crate::block::{self, Align, Block, Document, Page, Place, TableBlock, Unwritable};

/// Tells for every row of every table, in the order of the document, whether it is repeated on each page.
pub fn header_flags(document: &Document) -> Vec<bool> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| (0..table.rows.len()).map(|row| row < table.header_rows)).collect()
}

/// Builds a table as wide as the text of the page.
pub fn build(table: &TableBlock, page: Page) -> Result<Table, Unwritable> {
    let widths = widths(&table.columns, twips(page.text_width_mm()));
    let layout = table.layout()?;
    let rows = layout.iter().enumerate().map(|(index, places)| {
        let mut column = 0;
        let cells = places.iter().map(|place| {
            let taken = across(place);
            let width = widths.iter().skip(column).take(taken).sum();
            column += taken;
            build_cell(place, index < table.header_rows).width(width, WidthType::Dxa).grid_span(taken)
        });
        TableRow::new(cells.collect()).cant_split()
    });
    let built = Table::new(rows.collect()).style("TableGrid").layout(TableLayoutType::Fixed);
    let width = widths.iter().sum();
    Ok(built.width(width, WidthType::Dxa).set_grid(widths))
}

/// Divides the width by the shares of the columns; a column of no share still gets a little.
fn widths(shares: &[u32], width: u32) -> Vec<usize> {
    let whole: u64 = shares.iter().map(|share| u64::from((*share).max(1))).sum();
    let part = |share: &u32| u64::from(width) * u64::from((*share).max(1)) / whole.max(1);
    shares.iter().map(|share| usize::try_from(part(share)).unwrap_or(0)).collect()
}

const fn across(place: &Place<'_>) -> usize {
    match place {
        Place::Cell { across, .. } | Place::Continued { across } => *across,
        Place::Empty => 1,
    }
}

fn build_cell(place: &Place<'_>, header: bool) -> TableCell {
    let (cell, down) = match place {
        Place::Cell { cell, down, .. } => (cell, *down),
        Place::Continued { .. } => return empty().vertical_merge(VMergeType::Continue),
        Place::Empty => return empty(),
    };
    let mut built = cell.paragraphs.iter().fold(TableCell::new(), |built, paragraph| {
        built.add_paragraph(body::styled(cell_style(paragraph.align), &paragraph.runs))
    });
    if cell.paragraphs.is_empty() {
        built = empty();
    }
    if down > 1 {
        built = built.vertical_merge(VMergeType::Restart);
    }
    if header { built.vertical_align(VAlignType::Center) } else { built }
}

/// Makes a cell without text; the format asks for a paragraph in every cell.
fn empty() -> TableCell {
    TableCell::new().add_paragraph(body::styled(cell_style(Align::Start), &[] as &[block::Run]))
}

const fn cell_style(align: Align) -> &'static str {
    match align {
        Align::Start => "Cell",
        Align::Centre => "CellCentre",
        Align::End => "CellEnd",
        Align::Justify => "CellJustify",
    }
}
