//! Leaving a trace of what was read and taken out.

use super::school;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::Answer,
    participation::{model::Participant, registers::Register},
    people::actions::subject,
    state::App,
};

/// Records that somebody took a register out.
pub async fn note_export(app: &App, visitor: &Visitor, register: Register, lines: usize) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let act = Act::of(visitor, Event::RegisterExported, school(&visitor.school))
        .with([Change::fact("Список", register.label()), Change::fact("Строк", lines.to_string())]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Records that somebody read the card of a participant.
pub async fn note_reading(app: &App, visitor: &Visitor, participant: &Participant) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let act = Act::of(visitor, Event::ParticipantRead, subject(participant.person_id))
        .with([Change::fact("Кем", participant.side.label())]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
