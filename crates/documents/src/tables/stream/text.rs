//! The rows of a .csv or of a text with tabs.

use super::super::formats::decode;
use super::super::text::quoted;
use super::super::{Limits, Unreadable};
use super::{Item, Sink, Spent, Stopped, tidy_into};

/// Lines that are looked at to find out what separates columns.
const SAMPLE: usize = 30;

/// Hands over the records of a text; what separates its columns is found out by its first lines.
pub fn stream(name: &str, bytes: &[u8], spent: &mut Spent<'_>, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    let text = decode(bytes)?;
    let separator = separator_of(&text, name.to_lowercase().ends_with(".csv"));
    sink(Item::Sheet(""))?;
    let mut cells: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    let mut line = 1;
    while !rest.is_empty() {
        cells.iter_mut().for_each(String::clear);
        let before = rest;
        rest = record(rest, separator, &mut cells, spent)?;
        spent.row(line, &cells, sink)?;
        line += before[..before.len() - rest.len()].matches('\n').count();
    }
    if spent.rows == 0 { Err(Unreadable::Empty.into()) } else { Ok(()) }
}

/// Reads one record and returns what follows it.
fn record<'a>(
    text: &'a str,
    separator: char,
    cells: &mut Vec<String>,
    spent: &Spent<'_>,
) -> Result<&'a str, Unreadable> {
    let limits: &Limits = spent.limits;
    let mut rest = text;
    let mut column = 0;
    loop {
        spent.check_column(column)?;
        if cells.len() == column {
            cells.push(String::new());
        }
        let (cell, after) = if let Some((cell, after)) = quoted(rest, separator, limits) {
            (std::borrow::Cow::Owned(cell), after)
        } else {
            let end = rest.find([separator, '\n']).unwrap_or(rest.len());
            (rest[..end].into(), &rest[end..])
        };
        if let Some(place) = cells.get_mut(column) {
            tidy_into(place, &cell, limits)?;
        }
        column += 1;
        let mut characters = after.chars();
        match characters.next() {
            None | Some('\n') => return Ok(characters.as_str()),
            Some(_) => rest = characters.as_str(),
        }
    }
}

/// Finds the separator that gives most lines the same number of columns above one; a comma only in a .csv.
fn separator_of(text: &str, commas: bool) -> char {
    let candidates: &[char] = if commas { &['\t', ';', ',', '|'] } else { &['\t', ';', '|'] };
    let score = |separator: char| {
        let mut widths: Vec<usize> =
            text.lines().take(SAMPLE).map(|line| line.matches(separator).count()).filter(|width| *width > 0).collect();
        widths.sort_unstable();
        let longest = widths.chunk_by(PartialEq::eq).max_by_key(|run| (run.len(), run.first().copied()));
        longest.map_or((0, 0), |run| (run.len(), run.first().copied().unwrap_or(0)))
    };
    let best = candidates.iter().copied().rev().max_by_key(|separator| score(*separator));
    best.filter(|separator| score(*separator).0 > 0).unwrap_or('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_most_lines_agree_on() {
        assert_eq!(separator_of("ФИО;Дата, день;Пол\nА;1;м\nБ;2;ж\n", true), ';');
        assert_eq!(separator_of("ФИО,Пол\nА,м\n", true), ',');
        assert_eq!(separator_of("ФИО\tПол\nА, Б\tм\n", false), '\t');
        assert_eq!(separator_of("Иванов\nПетров\n", true), '\t');
    }
}
