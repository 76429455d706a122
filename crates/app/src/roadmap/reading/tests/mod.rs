//! Road maps of every layout that schools use, in our own words.

mod built_in;
mod layouts;
mod oddities;
mod properties;

use documents::tables::{Cell, Table};

use super::*;
use crate::roadmap::template::Post;

fn year(start: i32) -> SchoolYear {
    SchoolYear::starting_in(start).unwrap()
}

/// Builds a table; `^` is covered by the cell above and `<` by the cell on the left.
fn table(title: &str, rows: &[&[&str]]) -> Table {
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        let mut line: Vec<Cell> = Vec::new();
        for (c, text) in row.iter().enumerate() {
            let covered_by = match *text {
                "^" => Some(cells[r - 1][c].covered_by.unwrap_or((r - 1, c))),
                "<" => Some(line[c - 1].covered_by.unwrap_or((r, c - 1))),
                _ => None,
            };
            let text = if covered_by.is_some() { "" } else { text };
            line.push(Cell { text: text.to_owned(), covered_by });
        }
        cells.push(line);
    }
    Table { title: (!title.is_empty()).then(|| title.to_owned()), rows: cells }
}

fn read(tables: &[Table]) -> Understood {
    understand(tables, year(2023))
}

/// Shows sections and rows as an outline.
fn outline(understood: &Understood) -> Vec<String> {
    let show = |section: &ReadSection| {
        let rows = section.rows.iter().map(|row| format!("  {} {} | {}", row.number, row.title, row.term.term));
        std::iter::once(format!("{} {}", section.number, section.title)).chain(rows).collect::<Vec<_>>()
    };
    understood.sections.iter().flat_map(show).collect()
}

fn row<'a>(understood: &'a Understood, number: &str) -> &'a ReadRow {
    understood.rows().find(|row| row.number == number).unwrap()
}

fn said(row: &ReadRow) -> Vec<String> {
    row.doubts.iter().map(ToString::to_string).collect()
}

fn posts(row: &ReadRow) -> Vec<Post> {
    row.responsible.iter().filter_map(|who| who.post).collect()
}

fn reasons(understood: &Understood) -> Vec<(LeftOutReason, &str)> {
    understood.left_out.iter().map(|left| (left.reason, left.cell.text.as_str())).collect()
}
