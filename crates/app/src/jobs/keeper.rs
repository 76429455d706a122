//! Keeps a job while its work runs: renews the lease, writes down how far it is, sees that it was cancelled.

use super::{
    kind::Progress,
    model::{ClaimId, Job},
    queries,
};
use crate::state::App;
use std::time::Duration;
use tokio::sync::watch;

/// How often a sign of life is given, well within [`super::model::LEASE`].
const EVERY: Duration = Duration::from_secs(5);

/// How long progress is gathered before it is written: each note is a write.
const GATHERED: Duration = Duration::from_millis(300);

/// Ends when the job is not this attempt's any more; dropped when the work is over.
pub async fn keep(app: &App, (job, claim): (&Job, ClaimId), mut heard: watch::Receiver<Progress>) {
    loop {
        // A work that says nothing, or whose last word was said, is kept by time alone.
        let _ = tokio::time::timeout(EVERY, changed(&mut heard)).await;
        let progress = heard.borrow_and_update().clone();
        match beat(app, (job, claim), &progress).await {
            Ok(true) => {}
            Ok(false) => return,
            // The lease is longer than a busy database: the next sign of life comes in time.
            Err(error) => tracing::warn!(%error, "a job gave no sign of life"),
        }
        tokio::time::sleep(GATHERED).await;
    }
}

async fn changed(heard: &mut watch::Receiver<Progress>) {
    if heard.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn beat(app: &App, attempt: (&Job, ClaimId), progress: &Progress) -> database::Result<bool> {
    let mut tx = app.db.begin().await?;
    let is_ours = queries::beat(&mut tx, attempt, progress, app.clock.now()).await?;
    tx.commit().await?;
    Ok(is_ours)
}
