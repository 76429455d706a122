//! What can be done with a programme and its road map: one function per intention, one transaction each.
//!
//! Who may: the coordinator everything; who answers for a row works on that row; the head accepts. Roles stand at the
//! routes, the relation to the row is checked here.

mod exports;
mod imports;
mod plan;
mod programmes;
mod records;
mod rows;
mod sealing;
mod states;

pub use exports::note_export;
pub use imports::{adopt_import, adopt_understood, correct_import, keep_import};
pub use plan::{AddedRow, add_row, may_be_removed, next_number, remove_row};
pub use programmes::{
    DraftRow, DraftSection, adopt_draft, draft_of_template, drop_draft, name_posts, start, start_draft,
    start_from_past_year, start_from_template,
};
pub use records::{
    add_document, add_note, add_task, document_bytes, enter_reading, finish_task, remove_document, reopen_task,
    replace_document,
};
pub use rows::{EditedRow, correct_term, edit, settle_term};
pub use sealing::seal;
pub use states::{accept, cancel, confirm, restore, send_back, withdraw};

use super::{
    board::{Board, BoardRow},
    model::{Programme, ProgrammeState, Row, RowId},
    posts, queries, snapshots,
};
use crate::{
    access::{Relation, Right, Visitor},
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// A row opened for a change: the row as it is, its board, and the transaction of the change.
struct Open<'a> {
    tx: Tx,
    visitor: &'a Visitor,
    board: Board,
    row: Row,
    now: DateTime<Utc>,
}

impl<'a> Open<'a> {
    /// Opens a row of a running year on which the visitor may work.
    async fn for_work(app: &App, visitor: &'a Visitor, id: RowId) -> Answer<Self> {
        let open = Self::any(app, visitor, id).await?;
        if !open.may_work() {
            return Err(Failure::NotResponsible);
        }
        Ok(open)
    }

    /// Opens a row of a running year whoever asks; the route has checked the role.
    async fn any(app: &App, visitor: &'a Visitor, id: RowId) -> Answer<Self> {
        let now = app.clock.now();
        let mut tx = app.db.begin().await?;
        let row = queries::row(&mut tx, visitor.school_id(), id).await?;
        // Changes of one year wait for each other: nothing lands in a year that is being sealed.
        queries::touch_programme(&mut tx, visitor.school_id(), row.programme_id).await?;
        let programme = queries::programme(&mut tx, visitor.school_id(), row.programme_id).await?;
        running(&programme)?;
        let board = Board::load(&mut tx, &visitor.school, programme, visitor.today).await?;
        Ok(Self { tx, visitor, board, row, now })
    }

    fn board_row(&self) -> Answer<&BoardRow> {
        self.board.row(self.row.id).ok_or(Failure::NotFound)
    }

    fn may_work(&self) -> bool {
        self.board_row().is_ok_and(|row| may_work(self.visitor, row))
    }

    fn has_records(&self) -> bool {
        self.board_row().is_ok_and(|row| row.has_records)
    }

    /// Saves the row, records the act, keeps the changed numbers of the day and commits.
    async fn save(mut self, event: Event, changes: impl IntoIterator<Item = Change>) -> Answer<()> {
        if !queries::update_row(&mut self.tx, self.visitor.school_id(), &self.row).await? {
            return Err(Failure::stale());
        }
        self.finish(event, changes).await
    }

    /// Records the act, keeps the changed numbers of the day and commits.
    async fn finish(mut self, event: Event, changes: impl IntoIterator<Item = Change>) -> Answer<()> {
        let act = Act::of(self.visitor, event, subject(&self.row)).with(changes);
        audit::record(&mut self.tx, act, self.now).await?;
        snapshots::keep_changed(&mut self.tx, &self.visitor.school, self.board.programme, self.visitor.today).await?;
        Ok(self.tx.commit().await?)
    }
}

/// Tells whether the visitor may work on a row: the coordinator and who answers for it.
pub fn may_work(visitor: &Visitor, row: &BoardRow) -> bool {
    let answers = posts::answers_for(visitor, &row.responsibles);
    visitor.may_over(Right::WorkOnRows, if answers { Relation::OwnRow } else { Relation::OwnSchool })
}

/// Refuses what can be done in a running year only.
pub fn running(programme: &Programme) -> Answer<()> {
    match programme.state {
        ProgrammeState::Running => Ok(()),
        ProgrammeState::Draft => {
            Err(Failure::Refused("Учебный год ещё не начат: сначала завершите подготовку.".into()))
        }
        ProgrammeState::Sealed => Err(Failure::Refused("Учебный год завершён: его записи больше не меняются.".into())),
    }
}

fn subject(row: &Row) -> Subject {
    Subject { kind: SubjectKind::Row, id: Some(row.id.uuid()), name: row.caption() }
}

fn subject_of(programme: &Programme) -> Subject {
    Subject { kind: SubjectKind::Programme, id: Some(programme.id.uuid()), name: programme.year().to_string() }
}
