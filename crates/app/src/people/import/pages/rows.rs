//! Rows of an upload as a table.

use crate::{
    audit::Change,
    people::{
        FullName, PersonId, WithdrawnNames,
        import::{
            model::{Choice, Outcome},
            queries::{ListRow, Lists, Named},
        },
        reading::{Column, Section, full_name},
    },
    web::ui::{
        address::Address,
        empty::Empty,
        table::{self, Table, table},
    },
    words,
};
use maud::{Markup, html};

/// Says how many files there are.
pub fn files(count: usize) -> String {
    words::counted(i64::try_from(count).unwrap_or(0), &["файл", "файла", "файлов"])
}

/// Says how many rows there are.
pub fn rows(count: i64) -> String {
    words::counted(count, &["строка", "строки", "строк"])
}

/// Why nothing of a row is shown.
const WITHDRAWN: &str = "Так зовут человека, чьё согласие отозвано: строка не показана и не загружается.";

/// What rows are drawn with.
pub struct Drawn<'a> {
    pub lists: &'a Lists,
    pub outcome: Outcome,
    pub rows: &'a [ListRow],
    pub people: &'a [Named],
    pub withdrawn: &'a WithdrawnNames,
    pub address: Address,
}

/// Draws the rows of one outcome; unclear ones ask what they are.
pub fn table_of(drawn: Drawn<'_>) -> Markup {
    let Drawn { lists, outcome, rows: shown, people, withdrawn, address } = drawn;
    let what = match outcome {
        Outcome::Changed => "Что изменится",
        Outcome::Unclear => "Кто это",
        _ => "Пояснение",
    };
    let columns = vec![
        table::Column::new("name", "ФИО"),
        table::Column::new("class", "Класс"),
        table::Column::new("what", what),
        table::Column::new("place", "Где").hidden_on_phone(),
    ];
    let line = |row: &ListRow| {
        if row.names_any(withdrawn) {
            return table::Row::new(vec![html! { "—" }, html! {}, html! { (WITHDRAWN) }, place_of(lists, row)]);
        }
        table::Row::new(vec![
            name_of(lists, row),
            class_of(lists, row),
            told(row, outcome, people),
            place_of(lists, row),
        ])
    };
    table(&Table {
        caption: format!("Строки: {}", outcome.label()),
        columns,
        rows: shown.iter().map(line).collect(),
        address,
        empty: Empty::new("Таких строк нет", "Выберите другую вкладку."),
        ..Table::default()
    })
}

fn section<'l>(lists: &'l Lists, row: &ListRow) -> Option<&'l Section> {
    usize::try_from(row.section).ok().and_then(|place| lists.sections.0.get(place))
}

/// Who withdrew a consent is not named.
fn name_of(lists: &Lists, row: &ListRow) -> Markup {
    if row.outcome == Outcome::Withdrawn {
        return html! { "—" };
    }
    let name = section(lists, row).map(|section| {
        let whole = section.text(&row.cells.0, Column::Name);
        let parts =
            [Column::Surname, Column::Given, Column::Patronymic].map(|column| section.text(&row.cells.0, column));
        let text = if whole.is_empty() { parts.join(" ") } else { whole };
        full_name(&text).map_or(text.trim().to_owned(), |name| name.to_string())
    });
    html! { (name.filter(|name| !name.is_empty()).unwrap_or_else(|| "—".into())) }
}

fn class_of(lists: &Lists, row: &ListRow) -> Markup {
    let class = section(lists, row).filter(|_| row.outcome != Outcome::Withdrawn).map(|section| {
        let own = section.text(&row.cells.0, Column::Class);
        if own.is_empty() { section.class.clone().unwrap_or_default() } else { own }
    });
    html! { (class.unwrap_or_default()) }
}

fn place_of(lists: &Lists, row: &ListRow) -> Markup {
    let file = usize::try_from(row.file).ok().and_then(|place| lists.files.0.get(place));
    html! { (file.map_or("", |file| file.name.as_str())) ", строка " (row.line) }
}

fn told(row: &ListRow, outcome: Outcome, people: &[Named]) -> Markup {
    html! {
        @match outcome {
            Outcome::Changed => {
                ul class="plain-list" {
                    @for Change { what, from, to } in &row.plan.0.changes {
                        li { (what) ": " @if !from.is_empty() { (from) " → " } (to) }
                    }
                }
            },
            Outcome::Unclear => { (question(row, people)) },
            _ => {},
        }
        @if !row.reason.is_empty() { p { (row.reason) } }
    }
}

/// Asks who an unclear row is about; people whose record is hidden are not offered.
fn question(row: &ListRow, people: &[Named]) -> Markup {
    let chosen = Choice::read(&row.choice);
    let of = |id: &PersonId| people.iter().find(|named| named.id == *id);
    html! {
        select class="form-select" name="choice" aria-label={ "Строка " (row.line) ": кто это" } {
            option value={ (row.position) "." } selected[chosen == Choice::Undecided] { "пропустить" }
            @for named in row.plan.0.candidates.iter().filter_map(of) {
                option value={ (row.position) "." (named.id) } selected[chosen == Choice::This(named.id)] { "это " (label(named)) }
            }
            option value={ (row.position) ".new" } selected[chosen == Choice::New] { "новый человек" }
        }
    }
}

/// Returns «Ким Лю, 01.02.2012».
pub fn label(named: &Named) -> String {
    let name = FullName {
        surname: named.surname.clone(),
        given: named.given_name.clone(),
        patronymic: named.patronymic.clone(),
    };
    named.born_on.map_or_else(|| name.to_string(), |born| format!("{name}, {}", words::short_date(born)))
}
