//! A stack is uploaded.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    files::{self, StoredFile, hex},
    jobs,
    paperwork::scans::{
        model::{FILES_MAX, StackId},
        queries, reading,
    },
    state::App,
};
use sha2::{Digest as _, Sha256};

/// What became of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uploaded {
    New(StackId),
    /// The same files wait already.
    Same(StackId),
}

/// Takes files whose bytes are kept; they are read by a job. Those that are not taken are forgotten.
pub async fn upload(app: &App, visitor: &Visitor, files: &[StoredFile]) -> Answer<Uploaded> {
    let taken = take(app, visitor, files).await;
    if !matches!(taken, Ok(Uploaded::New(_))) {
        super::forget_bytes(app, files).await;
    }
    taken
}

async fn take(app: &App, visitor: &Visitor, sent: &[StoredFile]) -> Answer<Uploaded> {
    if sent.is_empty() {
        return Err(Failure::Refused("Выберите файлы со сканами.".into()));
    }
    if sent.len() > FILES_MAX {
        return Err(Failure::Refused(format!(
            "За один раз загружается до {FILES_MAX} файлов: сложите их в архив ZIP или загрузите частями."
        )));
    }
    let (school, now) = (visitor.school_id(), app.clock.now());
    let (id, fingerprint) = (StackId::fresh(), fingerprint(sent));
    let mut tx = app.db.begin().await?;
    if let Some(same) = queries::waiting_same(&mut tx, school, &fingerprint).await? {
        return Ok(Uploaded::Same(same));
    }
    match queries::insert_stack(&mut tx, (school, visitor.user), (id, &fingerprint), now).await {
        Err(database::Error::Taken(_)) => {
            return Err(Failure::Refused("Эти же файлы загружаются прямо сейчас: обновите страницу.".into()));
        }
        other => other?,
    }
    for (place, file) in (0..).zip(sent) {
        files::insert(&mut tx, school, file, Some(visitor.user)).await?;
        queries::insert_file(&mut tx, (school, id), (place, &file.name, file.id)).await?;
    }
    let job = jobs::ask_in(&mut tx, visitor, &reading::job(id), now).await?;
    queries::set_job(&mut tx, (school, id), job).await?;
    let act = Act::of(visitor, Event::ScansUploaded, subject(id));
    audit::record(&mut tx, act.with([Change::fact("Файлов", sent.len().to_string())]), now).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(Uploaded::New(id))
}

/// Returns what files are alike by, in whatever order they were chosen.
fn fingerprint(sent: &[StoredFile]) -> String {
    let mut sums: Vec<&str> = sent.iter().map(|file| file.sha256.as_str()).collect();
    sums.sort_unstable();
    hex(&Sha256::digest(sums.concat()))
}
