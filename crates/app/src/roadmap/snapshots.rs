//! The history of indicators: one value per row, measure and day.

use super::{
    board::Board,
    model::{Programme, RowId, Snapshot},
    queries,
};
use crate::{
    access::{self, School},
    state::App,
};
use chrono::NaiveDate;
use database::{Result, Tx};
use std::{collections::HashMap, time::Duration};

/// How often the program looks whether the day has its snapshot.
const EVERY: Duration = Duration::from_mins(30);

/// Keeps the numbers of a programme that differ from the last ones kept.
pub async fn keep_changed(tx: &mut Tx, school: &School, programme: Programme, today: NaiveDate) -> Result<()> {
    keep(tx, school, programme, today, |last, new| {
        last.is_none_or(|last| {
            (last.numerator, last.denominator, last.is_met) != (new.numerator, new.denominator, new.is_met)
        })
    })
    .await
}

/// Keeps every number of a programme that has none for the day yet.
async fn keep_day(tx: &mut Tx, school: &School, programme: Programme, today: NaiveDate) -> Result<()> {
    keep(tx, school, programme, today, |last, new| last.is_none_or(|last| last.taken_on < new.taken_on)).await
}

async fn keep(
    tx: &mut Tx,
    school: &School,
    programme: Programme,
    today: NaiveDate,
    worth: impl Fn(Option<&Snapshot>, &Snapshot) -> bool,
) -> Result<()> {
    let tomorrow = today.succ_opt().unwrap_or(today);
    let last: HashMap<(RowId, String), Snapshot> = queries::snapshots_before(tx, school.id, programme.id, tomorrow)
        .await?
        .into_iter()
        .map(|shot| ((shot.row_id, shot.measure.clone()), shot))
        .collect();
    let board = Board::load(tx, school, programme, today).await?;
    for row in &board.rows {
        for new in row.indicators.iter().filter_map(|indicator| indicator.snapshot(row.row.id, today)) {
            if worth(last.get(&(new.row_id, new.measure.clone())), &new) {
                queries::upsert_snapshot(tx, school.id, &new).await?;
            }
        }
    }
    Ok(())
}

/// Keeps the numbers of the day of every running programme; running it again the same day changes nothing.
pub async fn keep_today(app: &App) -> Result<()> {
    let mut tx = app.db.read().await?;
    let running = queries::running(&mut tx).await?;
    drop(tx);
    for (school, programme) in running {
        let mut tx = app.db.of_school(school.uuid()).begin().await?;
        let school = access::school(&mut tx, school).await?;
        let programme = queries::programme(&mut tx, school.id, programme).await?;
        let today = app.clock.today(school.zone());
        keep_day(&mut tx, &school, programme, today).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Starts the task that keeps the numbers of each day while the program runs.
pub fn keep_snapshots(app: App) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = keep_today(&app).await {
                tracing::warn!(%error, "the numbers of the day were not kept; the next round tries again");
            }
            tokio::time::sleep(EVERY).await;
        }
    });
}
