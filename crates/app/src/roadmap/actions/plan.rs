//! Rows that come and go: added in a draft and in a running year, removed from a draft only.

use super::{EditedRow, running, subject};
use crate::{
    access::{SchoolId, Visitor},
    audit::{self, Act, Change, Event},
    error::{Answer, Failure, once},
    roadmap::{
        model::{Programme, ProgrammeId, ProgrammeState, Row, RowId, Section, SectionId, StoredDoubt},
        numbers, proof,
        queries::{self, NewRow},
        snapshots,
        term::Term,
    },
    state::App,
};
use database::Tx;

/// A row to be added to a section; without a number it gets the next one.
#[derive(Debug, Clone)]
pub struct AddedRow {
    /// Made with the form: the same form sent twice is one row.
    pub id: RowId,
    pub section: SectionId,
    pub says: EditedRow,
}

/// Adds a row as the last one of its section.
pub async fn add_row(app: &App, visitor: &Visitor, id: ProgrammeId, new: &AddedRow) -> Answer<Programme> {
    let mut tx = app.db.begin().await?;
    let key = (visitor.school_id(), id);
    queries::touch_programme(&mut tx, key.0, id).await?;
    let programme = queries::programme(&mut tx, key.0, id).await?;
    if programme.state == ProgrammeState::Sealed {
        running(&programme)?;
    }
    let sections = queries::sections(&mut tx, key.0, id).await?;
    let section = sections.iter().find(|section| section.id == new.section).ok_or(Failure::NotFound)?;
    let rows = queries::rows(&mut tx, key.0, id).await?;
    let position = place_at_the_end(section, &sections, &rows);
    queries::make_room(&mut tx, key, position).await?;
    let number = if new.says.number.is_empty() { next_number(section, &rows) } else { new.says.number.clone() };
    let written = insert(&mut tx, (key.0, &programme), new, (position, &number)).await;
    if once(written)?.is_none() {
        return Ok(programme);
    }
    let row = queries::row(&mut tx, key.0, new.id).await?;
    let facts = [Change::fact("Раздел", section.caption()), Change::fact("Срок", row.term_text.clone())];
    audit::record(&mut tx, Act::of(visitor, Event::RowAdded, subject(&row)).with(facts), app.clock.now()).await?;
    if programme.state == ProgrammeState::Running {
        snapshots::keep_changed(&mut tx, &visitor.school, programme.clone(), visitor.today).await?;
    }
    tx.commit().await?;
    Ok(programme)
}

/// Writes a row with the term as it is understood in the year.
async fn insert(
    tx: &mut Tx,
    (school, programme): (SchoolId, &Programme),
    new: &AddedRow,
    (position, number): (i64, &str),
) -> database::Result<()> {
    let says = &new.says;
    let term = Term::read(&says.term_text, programme.year());
    let doubts: Vec<StoredDoubt> = term.doubts.into_iter().map(StoredDoubt::from).collect();
    let rules = proof::or_a_document(says.rules.clone());
    let row = NewRow {
        section: new.section,
        position,
        number,
        title: &says.title,
        term_text: &term.text,
        term: &term.term,
        expected_result: &says.expected_result,
        document_kind: &says.document_kind,
        indicator_text: &says.indicator_text,
        rules: &rules,
        doubts: &doubts,
        remark: "",
    };
    queries::insert_row_as(tx, new.id, (school, programme.id), programme.year(), &row).await?;
    queries::set_responsibles(tx, school, new.id, &says.responsibles).await
}

/// Returns the position after the last row of a section; of an empty one, after the sections before it.
fn place_at_the_end(section: &Section, sections: &[Section], rows: &[Row]) -> i64 {
    let before = sections.iter().filter(|other| other.position <= section.position);
    let ids: Vec<SectionId> = before.map(|other| other.id).collect();
    let last = rows.iter().filter(|row| ids.contains(&row.section_id)).map(|row| row.position).max();
    last.map_or(0, |last| last + 1)
}

/// Returns the number that a row without one gets in a section.
pub fn next_number(section: &Section, rows: &[Row]) -> String {
    let of = |row: &&Row| row.section_id == section.id;
    let in_section: Vec<&str> = rows.iter().filter(of).map(|row| row.number.as_str()).collect();
    let everywhere: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    numbers::next_number(&section.number, &in_section, &everywhere)
}

/// Removes a row from a draft; a year that runs keeps its rows and their history.
pub async fn remove_row(app: &App, visitor: &Visitor, id: RowId) -> Answer<Programme> {
    let mut tx = app.db.begin().await?;
    let row = queries::row(&mut tx, visitor.school_id(), id).await?;
    queries::touch_programme(&mut tx, visitor.school_id(), row.programme_id).await?;
    let programme = queries::programme(&mut tx, visitor.school_id(), row.programme_id).await?;
    may_be_removed(&programme)?;
    queries::delete_row(&mut tx, visitor.school_id(), id).await?;
    let act = Act::of(visitor, Event::RowRemoved, subject(&row));
    let facts = [Change::fact("Учебный год", programme.year().to_string())];
    audit::record(&mut tx, act.with(facts), app.clock.now()).await?;
    tx.commit().await?;
    Ok(programme)
}

/// Refuses to remove rows of a year that has begun.
pub fn may_be_removed(programme: &Programme) -> Answer<()> {
    if programme.state == ProgrammeState::Draft {
        return Ok(());
    }
    running(programme)?;
    Err(Failure::Refused(
        "Учебный год идёт: мероприятие не удаляют, а отменяют с причиной, чтобы его история осталась.".into(),
    ))
}
