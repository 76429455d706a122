//! Tables of a text: rows between `|`, the header above a line of dashes.
//!
//! As many dashes as a column has, so wide it is against the others; `:--:` stands for the middle, `--:` for the right.
//! `||` without a space between joins a cell with the one on its left.

use super::markup::Line;
use super::{Slip, inline};
use crate::block::{Align, Block, Paragraph, TableBlock, TableCell};

const MOST_COLUMNS: usize = 40;
/// Rows × columns; a register of 5 000 lines with 16 columns has 80 000.
const MOST_CELLS: usize = 100_000;

/// Reads the table that begins with the first line; returns how many lines it took.
pub fn read(lines: &[Line<'_>]) -> Result<(Block, usize), Slip> {
    let taken = lines.iter().take_while(|line| line.text.starts_with('|')).count();
    let rows = &lines[..taken];
    let Some((header_rows, columns)) =
        rows.iter().enumerate().find_map(|(index, line)| columns(*line).map(|columns| (index, columns)))
    else {
        return Err(Slip::new(lines[0].offset, "В таблице нет строки с ширинами столбцов: |---|------|."));
    };
    if columns.len() > MOST_COLUMNS || columns.len() * taken > MOST_CELLS {
        return Err(Slip::new(lines[0].offset, "Таблица слишком велика: не больше 40 столбцов и 100 000 ячеек."));
    }
    let mut table = TableBlock::new(&columns.iter().map(|column| column.share).collect::<Vec<_>>());
    for (index, line) in rows.iter().enumerate().filter(|(index, _)| *index != header_rows) {
        let cells = cells(*line, &columns)?;
        table = if index < header_rows { table.header(cells) } else { table.row(cells) };
    }
    Ok((Block::Table(table), taken))
}

#[derive(Debug, Clone, Copy)]
struct Column {
    share: u32,
    align: Align,
}

/// Reads the line of dashes.
fn columns(line: Line<'_>) -> Option<Vec<Column>> {
    let inner = line.text.trim_end().strip_prefix('|')?.strip_suffix('|')?;
    inner
        .split('|')
        .map(|cell| {
            let cell = cell.trim();
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            let align = match (cell.starts_with(':'), cell.ends_with(':')) {
                (true, true) => Align::Centre,
                (false, true) => Align::End,
                _ => Align::Start,
            };
            let share = u32::try_from(dashes.len()).unwrap_or(1);
            (!dashes.is_empty() && dashes.chars().all(|dash| dash == '-')).then_some(Column { share, align })
        })
        .collect()
}

fn cells(line: Line<'_>, columns: &[Column]) -> Result<Vec<TableCell>, Slip> {
    let mut pieces = inline::split(line.text.trim_end(), "|");
    if pieces.last().is_some_and(|(_, last)| last.is_empty()) {
        pieces.pop();
    }
    let mut cells: Vec<TableCell> = Vec::new();
    for (column, (at, piece)) in pieces.into_iter().skip(1).enumerate() {
        if column >= columns.len() {
            let sentence = format!("Ячеек больше, чем столбцов: их {}.", columns.len());
            return Err(Slip::new(line.offset + at, sentence));
        }
        match cells.last_mut() {
            Some(left) if piece.is_empty() => left.across += 1,
            _ => cells.push(cell(piece, line.offset + at, columns[column].align)?),
        }
    }
    Ok(cells)
}

fn cell(text: &str, offset: usize, align: Align) -> Result<TableCell, Slip> {
    let runs = inline::runs(text.trim(), offset)?;
    Ok(TableCell { paragraphs: vec![Paragraph { runs, align }], across: 1, down: 1 })
}
