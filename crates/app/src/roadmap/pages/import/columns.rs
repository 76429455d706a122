//! What each column was taken for, to be corrected by a person.

use crate::{
    roadmap::{
        import::ColumnChoice,
        paths,
        queries::ImportRecord,
        reading::{Column, ColumnMapping, Confidence, Mapping, TableMapping},
    },
    school_year::SchoolYear,
    web::{
        Errors,
        ui::{
            details::{Details, details},
            field::{Choice, Control, Field, field},
            form::{Fieldset, Form, fieldset, form},
        },
    },
    words,
};
use documents::tables::Table;
use maud::{Markup, html};

/// Tables and columns that can be corrected; a road map has one table of some six columns, rarely five tables.
const MOST_TABLES: usize = 12;
const MOST_COLUMNS: usize = 24;

/// Rows that may be named as the first one below the heading.
const MOST_HEADER_ROWS: usize = 15;

/// Applies what a person says about columns and headings; nothing when they belong to other tables.
pub fn corrected(
    mut mapping: Mapping,
    tables: &[Table],
    choices: &[ColumnChoice],
    first_rows: &[(usize, usize)],
) -> Option<Mapping> {
    for choice in choices {
        let table = table_of(&mut mapping, tables, choice.table)?;
        if choice.place >= table.columns.len() {
            return None;
        }
        table.set(choice.place, choice.column);
    }
    // A table of which no column means anything is no road map and is left out whole.
    for slot in &mut mapping.tables {
        slot.take_if(|table| table.columns.iter().all(|column| column.column.is_none()));
    }
    for (index, row) in first_rows {
        if *row >= tables.get(*index)?.rows.len() {
            return None;
        }
        if let Some(table) = mapping.tables.get_mut(*index)?.as_mut().filter(|table| table.body != *row) {
            table.body = *row;
            table.header = row.checked_sub(1);
        }
    }
    Some(mapping)
}

/// Returns the mapping of a table, making an empty one for a table that was not taken for a road map.
fn table_of<'m>(mapping: &'m mut Mapping, tables: &[Table], index: usize) -> Option<&'m mut TableMapping> {
    let width = tables.get(index)?.width();
    if mapping.tables.len() < tables.len() {
        mapping.tables.resize(tables.len(), None);
    }
    let unknown = ColumnMapping { heading: String::new(), column: None, confidence: Confidence::Sure };
    let empty = || TableMapping { header: None, body: 0, columns: vec![unknown; width] };
    Some(mapping.tables.get_mut(index)?.get_or_insert_with(empty))
}

/// Says what is missing before the tables can be read.
pub fn unfinished(mapping: &Mapping) -> Option<String> {
    let nameless = |table: &Option<TableMapping>| table.as_ref().is_some_and(|table| !table.has(Column::Title));
    let index = mapping.tables.iter().position(nameless)?;
    Some(format!("В таблице {} укажите, в каком столбце стоит мероприятие.", index + 1))
}

/// Draws the columns of every table with a form to correct them.
pub fn card_of(import: &ImportRecord, mapping: &Mapping, year: SchoolYear, errors: &Errors) -> Markup {
    let tables = import.tables.0.iter().enumerate().filter(|(_, table)| table.width() > 1).take(MOST_TABLES);
    let error = errors.of("columns");
    let around = [year, year.next(), year.previous()];
    let years = around.map(|year| Choice::new(year.start_year().to_string(), format!("{year} учебный год"))).into();
    let body = form(&Form {
        action: paths::import_path(import.id),
        submit: "Прочитать заново".into(),
        body: html! {
            @if let Some(sentence) = error { p class="field-error" id="columns" role="alert" { (sentence) } }
            (field(&Field::new("year", "Учебный год").required().control(Control::Select(years)).value(year.start_year().to_string())))
            @for (index, table) in tables {
                (fieldset(&Fieldset {
                    legend: format!("Таблица {}", index + 1),
                    hint: table.title.clone(),
                    body: of_table(index, table, mapping.tables.get(index).and_then(Option::as_ref)),
                }))
            }
        },
        ..Form::default()
    });
    let is_guess = mapping
        .tables
        .iter()
        .flatten()
        .flat_map(|table| &table.columns)
        .any(|column| column.confidence == Confidence::Guess);
    let nothing = mapping.tables.iter().all(Option::is_none);
    details(&Details {
        summary: "Столбцы и учебный год: исправить, если прочитано не то".into(),
        body,
        open: error.is_some() || is_guess || nothing,
    })
}

fn of_table(index: usize, table: &Table, mapping: Option<&TableMapping>) -> Markup {
    html! {
        (first_row(index, table, mapping))
        @for place in 0..table.width().min(MOST_COLUMNS) {
            (of_column(index, place, table, mapping))
        }
    }
}

fn of_column(index: usize, place: usize, table: &Table, mapping: Option<&TableMapping>) -> Markup {
    let mapped = mapping.and_then(|mapping| mapping.columns.get(place));
    let heading = mapped.map(|mapped| mapped.heading.as_str()).filter(|heading| !heading.is_empty());
    let id = format!("column-{index}-{place}");
    let value = |column| ColumnChoice { table: index, place, column }.to_string();
    let chosen = mapped.and_then(|mapped| mapped.column);
    html! {
        div class="field" {
            label class="form-label" for=(id) { "Столбец " (place + 1) @if let Some(heading) = heading { " «" (heading) "»" } }
            p class="field-hint" id={ (id) "-hint" } { "Например: " (sample(table, place, mapping)) }
            select class="form-select" id=(id) name="column" aria-describedby={ (id) "-hint" } {
                option value=(value(None)) selected[chosen.is_none()] { "не нужен" }
                @for column in Column::ALL {
                    option value=(value(Some(column))) selected[chosen == Some(column)] { (column.label()) }
                }
            }
        }
    }
}

/// The first filled cell of a column below the heading, shortened.
fn sample(table: &Table, place: usize, mapping: Option<&TableMapping>) -> String {
    const LONGEST: usize = 80;
    let first = mapping.map_or(0, |mapping| mapping.body);
    let texts = (first..table.rows.len()).filter(|row| table.is_origin(*row, place)).map(|row| table.text(row, place));
    let text = texts.into_iter().find(|text| !text.trim().is_empty()).map(words::one_line).unwrap_or_default();
    if text.is_empty() { "пусто".to_owned() } else { text.chars().take(LONGEST).collect() }
}

fn first_row(index: usize, table: &Table, mapping: Option<&TableMapping>) -> Markup {
    let id = format!("first-{index}");
    let chosen = mapping.map_or(0, |mapping| mapping.body);
    let rows = table.rows.len().min(MOST_HEADER_ROWS.max(chosen + 1));
    html! {
        div class="field" {
            label class="form-label" for=(id) { "Первая строка после шапки" }
            select class="form-select" id=(id) name="first" {
                @for row in 0..rows {
                    option value={ (index) "." (row) } selected[row == chosen] { (row + 1) ". " (line(table, row)) }
                }
            }
        }
    }
}

fn line(table: &Table, row: usize) -> String {
    const LONGEST: usize = 60;
    let texts = (0..table.width()).filter(|column| table.is_origin(row, *column)).map(|column| table.text(row, column));
    let line = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    words::one_line(&line).chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::tables::Cell;

    fn table() -> Table {
        let row = |texts: [&str; 3]| texts.map(|text| Cell { text: text.into(), covered_by: None }).to_vec();
        Table { title: None, rows: vec![row(["а", "б", "в"]), row(["г", "д", "е"])] }
    }

    fn chosen(mapping: Mapping, choices: &[&str], first_rows: &[(usize, usize)]) -> Option<Mapping> {
        let choices: Vec<ColumnChoice> = choices.iter().map(|text| text.parse().unwrap()).collect();
        corrected(mapping, &[table()], &choices, first_rows)
    }

    #[test]
    fn a_table_nobody_recognised_can_be_made_a_road_map_and_dropped_again() {
        let mapping = chosen(Mapping::default(), &["0.0.", "0.1.title", "0.2."], &[(0, 1)]).unwrap();
        let table = mapping.tables[0].as_ref().unwrap();
        assert!(table.has(Column::Title));
        assert_eq!((table.header, table.body), (Some(0), 1));
        assert_eq!(chosen(mapping, &["0.1."], &[(0, 1)]).unwrap().tables, [None]);
    }

    #[test]
    fn moving_the_title_to_another_column_keeps_the_heading() {
        let before = chosen(Mapping::default(), &["0.0.title"], &[(0, 1)]).unwrap();
        let after = chosen(before, &["0.0.", "0.1.title"], &[]).unwrap();
        assert_eq!(after.tables[0].as_ref().unwrap().header, Some(0));
    }

    #[test]
    fn columns_of_other_tables_are_refused() {
        for wrong in ["1.0.title", "0.3.title"] {
            assert_eq!(chosen(Mapping::default(), &[wrong], &[]), None, "{wrong}");
        }
        assert_eq!(chosen(Mapping::default(), &["0.0.title"], &[(0, 2)]), None);
        for wrong in ["", "0", "0.1", "a.b.title", "0.1.king", "-1.0.term"] {
            assert!(wrong.parse::<ColumnChoice>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_road_map_needs_a_column_that_names_its_rows() {
        let mapping = chosen(Mapping::default(), &["0.0.term"], &[]).unwrap();
        assert!(unfinished(&mapping).unwrap().contains("В таблице 1"));
        assert_eq!(unfinished(&chosen(mapping, &["0.1.title"], &[]).unwrap()), None);
    }
}
