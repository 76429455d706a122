//! What a person decides about an upload before it is loaded, and what is left of it afterwards.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Author, Change, Event},
    error::{Answer, Failure},
    people::{
        import::{
            model::{Choice, ImportState, Outcome},
            queries::{self, ListRow, Lists},
        },
        model::PeopleImportId,
        queries as people,
        reading::{Column, header_key},
    },
    state::App,
};
use documents::{
    sheet::{self, Sheet, Workbook},
    xlsx,
};

/// Keeps decisions about unclear rows: place and word.
pub async fn choose(app: &App, visitor: &Visitor, id: PeopleImportId, choices: &[(i64, String)]) -> Answer<()> {
    let school = visitor.school_id();
    let mut tx = app.db.begin().await?;
    waiting(&queries::lists(&mut tx, school, id).await?)?;
    for (position, word) in choices {
        let rows = queries::rows(&mut tx, (school, id), position - 1, 1).await?;
        let Some(row) = rows.first().filter(|row| row.position == *position) else { return Err(Failure::NotFound) };
        let word = match Choice::read(word) {
            Choice::Undecided => String::new(),
            Choice::New => "new".to_owned(),
            Choice::This(person) if row.plan.0.candidates.contains(&person) => person.to_string(),
            Choice::This(_) => return Err(Failure::NotFound),
        };
        queries::set_choice(&mut tx, (school, id), *position, &word).await?;
    }
    Ok(tx.commit().await?)
}

/// Keeps what a person says about columns, for this upload and for those to come.
pub async fn correct_columns(
    app: &App,
    visitor: &Visitor,
    id: PeopleImportId,
    columns: &[(String, Column)],
) -> Answer<()> {
    let school = visitor.school_id();
    let mut tx = app.db.begin().await?;
    let mut lists = queries::lists(&mut tx, school, id).await?;
    waiting(&lists)?;
    for section in &mut lists.sections.0 {
        for (title, column) in section.header.iter().zip(&mut section.columns) {
            let told = columns.iter().find(|(key, _)| *key == header_key(title));
            if let Some((_, corrected)) = told.filter(|_| *column != Column::Private) {
                *column = *corrected;
            }
        }
    }
    for (key, column) in columns {
        queries::remember_column(&mut tx, school, key, *column).await?;
    }
    lists.state = ImportState::Comparing;
    queries::save_lists(&mut tx, school, &lists, app.clock.now()).await?;
    tx.commit().await?;
    super::compare(app, &visitor.school, id).await
}

/// Forgets an upload that is not loaded, or what was left of a loaded one.
pub async fn drop_lists(app: &App, author: Author<'_>, id: PeopleImportId) -> Answer<()> {
    let (school, now) = (author.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    queries::lists(&mut tx, school, id).await?;
    queries::delete_lists(&mut tx, school, id).await?;
    audit::record(&mut tx, author.act(Event::PeopleListsDropped, subject(school)), now).await?;
    Ok(tx.commit().await?)
}

/// Returns the rows that were not taken as a workbook with their reasons; those of a loaded upload are then forgotten.
pub async fn take_leftovers(app: &App, author: Author<'_>, id: PeopleImportId) -> Answer<Vec<u8>> {
    let (school, now) = (author.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let lists = queries::lists(&mut tx, school, id).await?;
    let mut rows = queries::rows_of(&mut tx, (school, id), Outcome::Failed, (LEFTOVERS_MAX, 0)).await?;
    let unclear = queries::rows_of(&mut tx, (school, id), Outcome::Unclear, (LEFTOVERS_MAX, 0)).await?;
    rows.extend(unclear.into_iter().filter(|row| Choice::read(&row.choice) == Choice::Undecided));
    // A row about somebody who has withdrawn the consent since leaves the program no more.
    let withdrawn = people::withdrawn_names(&mut tx, school).await?;
    rows.retain(|row| !row.names_any(&withdrawn));
    if rows.is_empty() {
        return Err(Failure::Refused("Строк, которые не загрузились, нет.".into()));
    }
    let bytes = xlsx::write(&workbook(&lists, &rows)).map_err(|error| Failure::unforeseen(&error))?;
    if lists.state == ImportState::Applied {
        queries::delete_rows(&mut tx, (school, id), true).await?;
    }
    let act = author.act(Event::PeopleLeftoversTaken, subject(school));
    audit::record(&mut tx, act.with([Change::fact("Строк", rows.len().to_string())]), now).await?;
    tx.commit().await?;
    Ok(bytes)
}

/// Rows one workbook of leftovers has at most.
const LEFTOVERS_MAX: i64 = 20_000;

/// A sheet for each header, with the columns of the school's own file, the class where it stood apart, and the reason.
fn workbook(lists: &Lists, rows: &[ListRow]) -> Workbook {
    let mut book = Workbook::default();
    for (place, section) in lists.sections.0.iter().enumerate() {
        let mut own = rows.iter().filter(|row| usize::try_from(row.section) == Ok(place)).peekable();
        if own.peek().is_none() {
            continue;
        }
        let has_class = section.columns.contains(&Column::Class) || section.class.is_none();
        let mut columns: Vec<_> = section.header.iter().map(|title| sheet::Column::text(title.clone(), 20.0)).collect();
        columns.extend((!has_class).then(|| sheet::Column::text("Класс", 10.0)));
        columns.push(sheet::Column::text("Причина", 50.0));
        let name = section.class.clone().unwrap_or_else(|| format!("Список {}", place + 1));
        book.sheets.push(own.fold(Sheet::new(name, columns), |sheet, row| {
            let mut cells = row.cells.0.clone();
            cells.resize(section.header.len(), String::new());
            cells.extend(section.class.clone().filter(|_| !has_class));
            cells.push(row.reason.clone());
            sheet.row(cells)
        }));
    }
    book
}

fn waiting(lists: &Lists) -> Answer<()> {
    if lists.state == ImportState::Ready {
        return Ok(());
    }
    Err(Failure::Refused("Эти списки уже загружены или ещё читаются: изменить их нельзя.".into()))
}
