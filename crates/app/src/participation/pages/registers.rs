//! The bases and registers: on the screen, on paper, in Excel.

use super::common::{crumbs, year_of};
use crate::{
    access::{Right, Visitor},
    error::{Answer, Failure},
    files::download,
    participation::{
        actions,
        paths::{self, register_path},
        queries,
        registers::{Records, Register},
    },
    people::Sight,
    state::App,
    web::{
        PathOf, View,
        ui::{
            action::Action,
            empty::{Empty, empty},
            icon::Icon,
            layout::{Crumb, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
};
use axum::extract::State;
use documents::sheet::{Sheet, Value, Workbook};
use maud::{Markup, html};

/// Shows what lists there are.
pub async fn index(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let all = queries::participants(&mut tx, Sight::of(&visitor)?, year_of(&visitor)).await?;
    let rows = Register::ALL.iter().map(|register| {
        let count = register.members(&all).len();
        Row::new(vec![html! { (register.label()) }, html! { (register.meaning()) }, html! { (count) }])
            .href(register_path(*register))
    });
    let body = table(&Table {
        caption: "Базы и реестры".into(),
        columns: vec![
            Column::new("name", "Список"),
            Column::new("meaning", "Кто в нём"),
            Column::new("count", "Записей").numeric(),
        ],
        rows: rows.collect(),
        ..Table::default()
    });
    Ok(view.page(Page {
        title: "Базы и реестры".into(),
        lead: Some("Одни и те же записи в формах, которые сдаёт школа: на экране, на бумаге и в Excel.".into()),
        crumbs: crumbs(),
        body,
        width: Width::Normal,
        ..Page::default()
    }))
}

/// Shows the register of everybody in the programme.
pub async fn registry(state: State<App>, view: View, visitor: Visitor) -> Answer {
    show(state, PathOf(Register::Registry), view, visitor).await
}

/// Shows a list.
pub async fn show(State(app): State<App>, PathOf(register): PathOf<Register>, view: View, visitor: Visitor) -> Answer {
    let sheet = sheet(&app, &visitor, register).await?;
    let path = register_path(register);
    let mut actions = vec![
        Action::download("Excel", format!("{path}/xlsx")),
        Action::link("Для печати", format!("{path}/print")).icon(Icon::Print),
    ];
    if visitor.may(Right::MakePapers) && !sheet.rows.is_empty() {
        actions.push(Action::post("Составить документ", format!("{path}/paper")).icon(Icon::File));
    }
    Ok(view.page(Page {
        title: register.label().into(),
        lead: Some(register.meaning().into()),
        crumbs: way(),
        actions,
        body: lines(&sheet),
        width: Width::Wide,
    }))
}

fn way() -> Vec<Crumb> {
    let mut way = crumbs();
    way.push(Crumb::new("Базы и реестры", paths::REGISTERS));
    way
}

/// Draws the columns that hold something; those that wait for pairs, plans and diagnostics are named below.
fn lines(sheet: &Sheet) -> Markup {
    let is_used =
        |place: usize| sheet.rows.iter().any(|row| row.get(place).is_some_and(|value| *value != Value::Empty));
    let (used, waiting): (Vec<usize>, Vec<usize>) = (0..sheet.columns.len()).partition(|place| is_used(*place));
    let title = |place: &usize| sheet.columns.get(*place).map_or("", |column| column.title.as_str());
    if sheet.rows.is_empty() {
        return empty(&Empty::new("Пока никого нет", "Список наполнится, когда кандидаты войдут в базу."));
    }
    let rows = sheet.rows.iter().map(|row| {
        let cells = used.iter().map(|place| row.get(*place).map(Value::shown).unwrap_or_default());
        Row::new(cells.map(|text| html! { (text) }).collect())
    });
    let shown = table(&Table {
        caption: sheet.title.clone(),
        columns: used.iter().map(|place| Column::new("", title(place))).collect(),
        rows: rows.collect(),
        ..Table::default()
    });
    let waiting: Vec<&str> = waiting.iter().map(title).collect();
    html! {
        (shown)
        @if !waiting.is_empty() { p class="muted" { "Пока пусто и потому не показано: " (waiting.join("; ")) "." } }
    }
}

/// Shows a list ready to be printed, with every column of the form; it is taken out of the program, so it is recorded.
pub async fn print(State(app): State<App>, PathOf(register): PathOf<Register>, view: View, visitor: Visitor) -> Answer {
    let sheet = sheet(&app, &visitor, register).await?;
    actions::note_export(&app, &visitor, register, sheet.rows.len()).await?;
    let note = sheet.notes.join(" ");
    let body = html! {
        p class="screen-only muted" { "Напечатайте эту страницу средствами браузера (Ctrl+P): меню и кнопки на бумагу не попадут." }
        div class="print-sheet" tabindex="0" role="region" aria-label=(register.label()) {
            table class="table print-table" {
                thead { tr { @for column in &sheet.columns { th scope="col" { (column.title) } } } }
                tbody {
                    @for row in &sheet.rows {
                        tr { @for value in row { td { (value.shown()) } } }
                    }
                }
            }
        }
    };
    Ok(view.page(Page {
        title: sheet.title,
        lead: Some(note),
        crumbs: way(),
        actions: vec![Action::link("К списку", register_path(register))],
        body,
        width: Width::Wide,
    }))
}

/// Saves a list as a workbook.
pub async fn xlsx(State(app): State<App>, PathOf(register): PathOf<Register>, visitor: Visitor) -> Answer {
    let sheet = sheet(&app, &visitor, register).await?;
    let lines = sheet.rows.len();
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).map_err(|error| Failure::unforeseen(&error))?;
    actions::note_export(&app, &visitor, register, lines).await?;
    Ok(download(&format!("{}.xlsx", register.label().replace(':', ",")), bytes))
}

async fn sheet(app: &App, visitor: &Visitor, register: Register) -> Answer<Sheet> {
    let year = year_of(visitor);
    let mut tx = app.db.read().await?;
    let participants = queries::participants(&mut tx, Sight::of(visitor)?, year).await?;
    let topics = queries::topics(&mut tx, visitor.school_id(), Some(year), None).await?;
    let (dictionary, _) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    let records =
        Records { participants: &participants, topics: &topics, dictionary: &dictionary, today: visitor.today };
    Ok(register.sheet(&records, &visitor.school.short_name, &year.long_label()))
}
