//! Forgets jobs that are long over, with their results.

use super::{
    model::{DAYS_KEPT, Job},
    queries,
};
use crate::{error::Answer, files, state::App};
use chrono::Days;
use std::time::Duration;
use tokio::sync::watch;

/// How often the program looks for results to forget.
const EVERY: Duration = Duration::from_mins(30);

/// Forgets old jobs from time to time, until the server stops.
pub async fn forget_until(app: App, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(failure) = forget_old(&app).await {
            tracing::warn!(%failure, "old jobs were not forgotten; the next round tries again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Forgets jobs that ended [`DAYS_KEPT`] days ago, and the bytes of attempts that were cut off; returns how many jobs.
pub async fn forget_old(app: &App) -> Answer<usize> {
    let mut tx = app.db.read().await?;
    let old = queries::over_before(&mut tx, app.clock.now() - Days::new(DAYS_KEPT)).await?;
    drop(tx);
    for job in &old {
        forget(app, job).await?;
    }
    app.files.forget_drafts(app.clock.now())?;
    Ok(old.len())
}

async fn forget(app: &App, job: &Job) -> Answer<()> {
    let app = &app.of_school(job.school_id);
    if let Some(forget) = app.jobs.kind(&job.kind).and_then(|kind| kind.forget) {
        forget(app.clone(), job.school_id, job.payload.0.clone()).await?;
    }
    let mut tx = app.db.begin().await?;
    queries::delete(&mut tx, job).await?;
    let file = match job.file_id {
        Some(file) => Some(files::remove(&mut tx, job.school_id, file).await?),
        None => None,
    };
    tx.commit().await?;
    if let Some(file) = file {
        app.files.forget(&file).await;
    }
    Ok(())
}
