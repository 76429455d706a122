//! Confirming, accepting, cancelling a row. The rules are `roadmap/state`.

use super::Open;
use crate::{
    access::Visitor,
    audit::{Change, Event},
    error::{Answer, Failure},
    roadmap::{
        model::RowId,
        state::{self, Refusal},
    },
    state::App,
    words,
};
use chrono::NaiveDate;

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

/// Confirms that a row is done: by its rule, or with a written reason that stays visible.
///
/// The inner refusal is the rule's own, so that the form can put it beside the field it is about.
pub async fn confirm(
    app: &App,
    visitor: &Visitor,
    id: RowId,
    done_on: NaiveDate,
    reason: &str,
) -> Answer<Result<(), Refusal>> {
    let mut open = Open::for_work(app, visitor, id).await?;
    let proven = open.board_row()?.is_proven();
    let facts = open.row.facts(open.has_records());
    let year = open.board.programme.year();
    let confirmed = match state::confirm(&facts, year, proven, Some(reason), done_on, visitor.today) {
        Ok(confirmed) => confirmed,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let event = if confirmed.reason.is_some() { Event::RowConfirmedUnproven } else { Event::RowConfirmed };
    let mut changes = vec![Change::fact("Дата выполнения", words::short_date(confirmed.done_on))];
    changes.extend(confirmed.reason.as_ref().map(|reason| Change::fact("Причина", reason)));
    open.row.done_on = Some(confirmed.done_on);
    open.row.confirmed_at = Some(open.now);
    open.row.confirmed_by = Some(visitor.user);
    open.row.unproven_reason = confirmed.reason;
    open.save(event, changes).await.map(Ok)
}

/// Takes a confirmation back, before the head has accepted it.
pub async fn withdraw(app: &App, visitor: &Visitor, id: RowId) -> Answer<()> {
    let mut open = Open::for_work(app, visitor, id).await?;
    state::withdraw(&open.row.facts(open.has_records()))?;
    forget_confirmation(&mut open);
    open.save(Event::RowReopened, []).await
}

/// Accepts a confirmed row; the head's act.
pub async fn accept(app: &App, visitor: &Visitor, id: RowId) -> Answer<()> {
    let mut open = Open::any(app, visitor, id).await?;
    state::accept(&open.row.facts(open.has_records()))?;
    open.row.accepted_at = Some(open.now);
    open.row.accepted_by = Some(visitor.user);
    open.save(Event::RowAccepted, []).await
}

/// Sends a confirmed row back to its responsible, accepted or not; the head's act.
pub async fn send_back(app: &App, visitor: &Visitor, id: RowId, reason: &str) -> Answer<()> {
    let reason = words::one_line(reason);
    if reason.is_empty() {
        return Err(Failure::Refused("Напишите, что нужно доработать.".into()));
    }
    let mut open = Open::any(app, visitor, id).await?;
    let facts = open.row.facts(open.has_records());
    if facts.is_accepted {
        state::reopen(&facts)?;
    } else {
        state::withdraw(&facts)?;
    }
    forget_confirmation(&mut open);
    open.save(Event::RowSentBack, [Change::fact("Что доработать", reason)]).await
}

fn forget_confirmation(open: &mut Open<'_>) {
    let row = &mut open.row;
    row.done_on = None;
    row.confirmed_at = None;
    row.confirmed_by = None;
    row.unproven_reason = None;
    row.accepted_at = None;
    row.accepted_by = None;
}

/// Cancels a row for this year; the reason stays visible.
pub async fn cancel(app: &App, visitor: &Visitor, id: RowId, reason: &str) -> Answer<()> {
    let mut open = Open::any(app, visitor, id).await?;
    let reason = state::cancel(&open.row.facts(open.has_records()), reason)?;
    open.row.cancelled_on = Some(visitor.today);
    open.row.cancel_reason = Some(reason.clone());
    open.save(Event::RowCancelled, [Change::fact("Причина", reason)]).await
}

/// Brings a cancelled row back.
pub async fn restore(app: &App, visitor: &Visitor, id: RowId) -> Answer<()> {
    let mut open = Open::any(app, visitor, id).await?;
    state::restore(&open.row.facts(open.has_records()))?;
    open.row.cancelled_on = None;
    open.row.cancel_reason = None;
    open.save(Event::RowRestored, []).await
}
