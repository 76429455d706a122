//! Taking lists of partners out of the program is an act.

use crate::{
    access::Visitor,
    audit::{self, Author, Change, Event, Subject, SubjectKind},
    error::Answer,
    state::App,
};

/// Notes that a list with so many lines was taken out.
pub async fn note_export(app: &App, visitor: &Visitor, event: Event, lines: usize) -> Answer<()> {
    let school = &visitor.school;
    let subject = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let act = Author::visitor(visitor).act(event, subject).with([Change::fact("Записей", lines.to_string())]);
    let mut tx = app.db.begin().await?;
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
