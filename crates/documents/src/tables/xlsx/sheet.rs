//! One sheet: its cells and what is merged.

use super::super::grid::{Grid, Merge};
use super::super::xml::{Element, Token, Xml};
use super::super::{Limits, Unreadable};
use super::value::{Raw, show};
use super::{Workbook, read_rich_text, unescaped};

/// Reads a sheet into a grid. Rows and columns are those of the sheet: A1 is the first cell.
pub fn read<'a>(xml: &mut Xml<'_>, workbook: &Workbook, limits: &'a Limits) -> Result<Grid<'a>, Unreadable> {
    let mut grid = Grid::new(limits);
    let (mut row, mut column) = (0, 0);
    loop {
        match xml.next()? {
            Token::Open(element) => match element.name() {
                "row" => {
                    row = element.number::<usize>("r").and_then(|number| number.checked_sub(1)).unwrap_or(row);
                    column = 0;
                }
                "c" => {
                    let place = element.attribute("r").and_then(|name| parse_place(&name));
                    (row, column) = place.unwrap_or((row, column));
                    let text = read_cell(xml, &element, workbook)?;
                    grid.put(row, column, &text)?;
                    column = column.saturating_add(1);
                }
                "mergeCell" => {
                    if let Some(merge) = element.attribute("ref").and_then(|range| parse_range(&range)) {
                        grid.merge(merge)?;
                    }
                }
                _ => {}
            },
            Token::Close(name) if name == "row" => row = row.saturating_add(1),
            Token::End => return Ok(grid),
            _ => {}
        }
    }
}

/// Reads a cell's value as text; of a formula, the result that Excel kept.
fn read_cell(xml: &mut Xml<'_>, cell: &Element<'_>, workbook: &Workbook) -> Result<String, Unreadable> {
    let kind = cell.attribute("t");
    let mut value = String::new();
    let mut in_value = false;
    loop {
        match xml.next()? {
            Token::Open(inner) if inner.name() == "is" => value = read_rich_text(xml, "is")?,
            Token::Open(inner) => in_value = inner.name() == "v",
            Token::Text(part) if in_value => value.push_str(&part),
            Token::Close(name) if name == "c" => break,
            Token::Close(_) => in_value = false,
            Token::Text(_) => {}
            Token::End => return Err(Unreadable::Broken),
        }
    }
    let raw = match kind.as_deref() {
        Some("s") => {
            let text = value.trim().parse::<usize>().ok().and_then(|index| workbook.strings.get(index));
            return Ok(text.map(ToString::to_string).unwrap_or_default());
        }
        Some("str") => return Ok(unescaped(&value)),
        Some("inlineStr" | "e") => return Ok(value),
        Some("b") => Raw::Truth(value.trim() == "1"),
        Some("d") => Raw::Iso(value),
        _ => match value.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Raw::Number(number),
            _ => return Ok(value),
        },
    };
    let style = cell.number("s").unwrap_or(0);
    Ok(show(&raw, workbook.styles.look(style), workbook.since_1904))
}

/// Parses `B12` into row 11, column 1.
pub fn parse_place(name: &str) -> Option<(usize, usize)> {
    let name = name.trim();
    let digits = name.find(|character: char| character.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    if letters.is_empty() || letters.len() > 4 {
        return None;
    }
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        column = column * 26 + usize::from(value) + 1;
    }
    let row = number.parse::<usize>().ok()?.checked_sub(1)?;
    Some((row, column.checked_sub(1)?))
}

/// Parses `A5:B7` into a merge.
fn parse_range(range: &str) -> Option<Merge> {
    let (first, last) = range
        .replace('$', "")
        .split_once(':')
        .and_then(|(first, last)| Some((parse_place(first)?, parse_place(last)?)))?;
    let rows = last.0.checked_sub(first.0)?.checked_add(1)?;
    let columns = last.1.checked_sub(first.1)?.checked_add(1)?;
    Some(Merge { row: first.0, column: first.1, rows, columns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_row_and_a_column() {
        assert_eq!(parse_place("A1"), Some((0, 0)));
        assert_eq!(parse_place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(parse_place("ab12"), Some((11, 27)));
    }

    #[test]
    fn nonsense_is_no_place() {
        for name in ["", "A", "1", "A0", "Ж1", "A-1", "AAAAA1", "A99999999999999999999999"] {
            assert_eq!(parse_place(name), None, "{name}");
        }
    }

    #[test]
    fn a_range_turned_around_is_no_merge() {
        assert_eq!(parse_range("B2:C4"), Some(Merge { row: 1, column: 1, rows: 3, columns: 2 }));
        assert_eq!(parse_range("C4:B2"), None);
        assert_eq!(parse_range("A1"), None);
    }
}
