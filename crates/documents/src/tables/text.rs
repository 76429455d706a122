//! Tables pasted as text: copied from Word or Excel, typed with `|`, saved as CSV, or lined up with spaces.

use std::collections::HashMap;

use super::grid::{Grid, Spent};
use super::{Limits, Table, Unreadable};

/// What a comma is in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commas {
    Separate,
    BelongToText,
}

type Rows = Vec<Vec<String>>;

/// Reads a pasted text as one table. Columns are told by tabs, `|`, `;` or runs of spaces, whichever fits first.
pub fn read_text(text: &str, limits: &Limits) -> Result<Vec<Table>, Unreadable> {
    read_columns(text, Commas::BelongToText, limits)
}

/// Reads a text as one table.
pub fn read_columns(text: &str, commas: Commas, limits: &Limits) -> Result<Vec<Table>, Unreadable> {
    if text.len() > limits.packed {
        return Err(Unreadable::TooLarge { megabytes: limits.packed / (1024 * 1024) });
    }
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    // Lines end as they do on the person's system; a cell of Excel has the Unix end inside it in any case.
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{B}', '\u{2028}'], "\n");
    let rows = columns(&text, commas, limits)?;
    let mut grid = Grid::new(limits);
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            grid.put(r, c, cell)?;
        }
    }
    let table = grid.finish(None, &mut Spent::default())?;
    table.map(|table| vec![table]).ok_or(Unreadable::NoTables)
}

fn columns(text: &str, commas: Commas, limits: &Limits) -> Result<Rows, Unreadable> {
    let tabs = separated(text, '\t', limits)?;
    if tabs.iter().any(|row| row.len() > 1) {
        return Ok(rejoined(tabs));
    }
    let pipes = piped(text, limits)?;
    if is_table(&pipes) {
        return Ok(pipes);
    }
    let separators: &[char] = if commas == Commas::Separate { &[';', ','] } else { &[';'] };
    for &separator in separators {
        let rows = separated(text, separator, limits)?;
        if is_table(&rows) {
            return Ok(rows);
        }
    }
    let rows = spaced(text, limits)?;
    if is_table(&rows) { Ok(rows) } else { Err(Unreadable::NoColumns) }
}

/// Tells whether at least half of the rows agree on a number of columns above one: prose does not.
fn is_table(rows: &[Vec<String>]) -> bool {
    usual_width(rows).is_some_and(|width| rows.iter().filter(|row| row.len() == width).count() * 2 >= rows.len())
}

/// Returns the most frequent number of columns above one, the greater of equally frequent ones.
fn usual_width(rows: &[Vec<String>]) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.len() > 1) {
        *counts.entry(row.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(width, count)| (count, width)).map(|(width, _)| width)
}

/// Splits a text at a separator and at line ends, except inside quotes that enclose a whole cell.
fn separated(text: &str, separator: char, limits: &Limits) -> Result<Rows, Unreadable> {
    let mut rows = vec![Vec::new()];
    let mut rest = text;
    let mut cells = 0;
    loop {
        cells += 1;
        if cells > limits.cells {
            return Err(Unreadable::TooManyCells { limit: limits.cells });
        }
        let (cell, after) = quoted(rest, separator, limits).unwrap_or_else(|| {
            let end = rest.find([separator, '\n']).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        });
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
        rest = match after.chars().next() {
            None => break,
            Some(end) => {
                if end == '\n' {
                    rows.push(Vec::new());
                }
                &after[end.len_utf8()..]
            }
        };
    }
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    Ok(rows)
}

/// Takes a cell in quotes: `"two\nlines, ""quoted"""`. `None` when the quotes are only the beginning of the text.
pub fn quoted<'a>(text: &'a str, separator: char, limits: &Limits) -> Option<(String, &'a str)> {
    let mut cell = String::new();
    let mut rest = text.strip_prefix('"')?;
    while cell.len() <= limits.cell_text.saturating_mul(4) {
        let quote = rest.find('"')?;
        cell.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.chars().next() {
            Some('"') => {
                cell.push('"');
                rest = &rest[1..];
            }
            Some(end) if end != '\n' && end != separator => return None,
            _ => return Some((cell, rest)),
        }
    }
    None
}

/// Joins what Word tore apart: it copies a paragraph mark inside a cell as a line end, like the end of a row.
///
/// Lines are joined only when together they give exactly the usual number of columns. A line without tabs is a row of
/// its own: sections are such rows.
fn rejoined(rows: Rows) -> Rows {
    let Some(width) = usual_width(&rows) else { return rows };
    let mut joined = Rows::new();
    let mut rest = rows.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let torn = if (2..width).contains(&first.len()) { torn_lines(first.len(), after, width) } else { None };
        let (continued, after) = after.split_at(torn.unwrap_or(0));
        let mut row = first.clone();
        for line in continued {
            let mut cells = line.iter();
            if let (Some(last), Some(cell)) = (row.last_mut(), cells.next()) {
                last.push('\n');
                last.push_str(cell);
            }
            row.extend(cells.cloned());
        }
        joined.push(row);
        rest = after;
    }
    joined
}

/// Returns how many of the following lines complete a row of `have` cells to `width`; `None` if they do not.
fn torn_lines(have: usize, following: &[Vec<String>], width: usize) -> Option<usize> {
    let mut have = have;
    for (index, line) in following.iter().enumerate() {
        have += line.len() - 1;
        if line.len() >= width || have > width {
            return None;
        }
        if have == width {
            return Some(index + 1);
        }
    }
    None
}

/// Splits lines at `|`, without the frame around the table and the ruler under its header.
fn piped(text: &str, limits: &Limits) -> Result<Rows, Unreadable> {
    let is_ruler = |line: &str| line.chars().all(|character| matches!(character, '|' | '-' | '+' | ':' | '=' | ' '));
    let lines = text.lines().map(str::trim).filter(|line| !is_ruler(line));
    split_lines(lines, limits, |line| {
        let inner = line.strip_prefix('|').unwrap_or(line);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        inner.split('|').map(str::trim).map(str::to_owned).collect()
    })
}

/// Splits lines at two or more spaces.
fn spaced(text: &str, limits: &Limits) -> Result<Rows, Unreadable> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    split_lines(lines, limits, |line| {
        line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
    })
}

fn split_lines<'a>(
    lines: impl Iterator<Item = &'a str>,
    limits: &Limits,
    split: impl Fn(&str) -> Vec<String>,
) -> Result<Rows, Unreadable> {
    let mut cells = 0;
    let mut rows = Rows::new();
    for line in lines {
        let row = split(line);
        cells += row.len();
        if cells > limits.cells {
            return Err(Unreadable::TooManyCells { limit: limits.cells });
        }
        rows.push(row);
    }
    Ok(rows)
}
