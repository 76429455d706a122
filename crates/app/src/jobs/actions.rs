//! What a user does with jobs: asks, cancels, repeats, takes the result.

use super::{
    kind::Kind,
    model::{Job, JobId},
    queries::{self, Asked},
};
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    files::{self, StoredFile, hex},
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;
use sha2::{Digest as _, Sha256};

/// What a result is not handed out for any more.
pub const SPOILED: &str = "После того как это собрали, изменились согласия или права доступа. Выполните задание заново: людей, которых больше нельзя показывать, в нём не будет.";

/// A job to be asked for.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub kind: &'static str,
    /// What is made of what, without names of people: «Согласия 7 «Б»».
    pub title: String,
    /// What is to be done, by ids and words.
    pub payload: serde_json::Value,
}

/// Asks for a job; the same work under way already is that job.
pub async fn ask(app: &App, visitor: &Visitor, new: &NewJob) -> Answer<JobId> {
    let mut tx = app.db.begin().await?;
    let id = ask_in(&mut tx, visitor, new, app.clock.now()).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(id)
}

/// Asks for a job within an act; who commits rings the bell ([`super::Jobs::ring`]).
pub async fn ask_in(tx: &mut Tx, visitor: &Visitor, new: &NewJob, now: DateTime<Utc>) -> Answer<JobId> {
    let fingerprint = hex(&Sha256::digest(new.payload.to_string()));
    let asked = Asked { kind: new.kind, title: &new.title, payload: &new.payload, fingerprint: &fingerprint };
    let (owner, id) = ((visitor.school_id(), visitor.user), JobId::fresh());
    if !queries::insert(tx, owner, (id, &asked), now).await? {
        return Ok(queries::under_way(tx, owner, &asked).await?);
    }
    audit::record(tx, Act::of(visitor, Event::JobAsked, subject(id, &new.title)), now).await?;
    Ok(id)
}

/// Cancels a job that is under way.
pub async fn cancel(app: &App, visitor: &Visitor, id: JobId) -> Answer<()> {
    let (mut tx, job) = open(app, visitor, id).await?;
    if !queries::cancel(&mut tx, &job, app.clock.now()).await? {
        return Err(Failure::Refused("Задание уже закончено: отменять нечего.".into()));
    }
    close(app, tx, visitor, Event::JobCancelled, &job).await
}

/// Has a job that is over done once more; what came of it before is forgotten.
pub async fn repeat(app: &App, visitor: &Visitor, id: JobId) -> Answer<()> {
    let (mut tx, job) = open(app, visitor, id).await?;
    let busy = || Failure::Refused("Такое задание уже выполняется: откройте его в «Моих заданиях».".into());
    match queries::repeat(&mut tx, &job, app.clock.now()).await {
        Ok(true) => {}
        Ok(false) | Err(database::Error::Taken(_)) => return Err(busy()),
        Err(other) => return Err(other.into()),
    }
    let old = match job.file_id {
        Some(file) => Some(files::remove(&mut tx, job.school_id, file).await?),
        None => None,
    };
    close(app, tx, visitor, Event::JobRepeated, &job).await?;
    if let Some(file) = old {
        app.files.forget(&file).await;
    }
    app.jobs.ring();
    Ok(())
}

/// Notes that the user knows how a job ended.
pub async fn dismiss(app: &App, visitor: &Visitor, id: JobId) -> Answer<()> {
    let (mut tx, job) = open(app, visitor, id).await?;
    queries::take(&mut tx, &job, app.clock.now()).await?;
    close(app, tx, visitor, Event::JobDismissed, &job).await
}

/// What a user is given when the result of a job is taken.
#[derive(Debug)]
pub enum Taken {
    File(StoredFile),
    Page(String),
}

/// Takes the result of a job, if its user may still have it.
pub async fn take(app: &App, visitor: &Visitor, id: JobId) -> Answer<Taken> {
    let (mut tx, job) = open(app, visitor, id).await?;
    if !job.has_result() {
        return Err(Failure::Refused("Результата нет: задание ещё не выполнено.".into()));
    }
    app.jobs.kind(&job.kind).filter(|kind| may(visitor, kind)).ok_or(Failure::Forbidden)?;
    let taken = match job.file_id {
        Some(_) if is_spoiled(&mut tx, &job).await? => return Err(Failure::Refused(SPOILED.into())),
        Some(file) => Taken::File(files::file(&mut tx, job.school_id, file).await?),
        None => Taken::Page(job.page.clone()),
    };
    queries::take(&mut tx, &job, app.clock.now()).await?;
    close(app, tx, visitor, Event::JobTaken, &job).await?;
    Ok(taken)
}

/// Tells whether people went out of sight after the work began.
pub async fn is_spoiled(tx: &mut Tx, job: &Job) -> Answer<bool> {
    Ok(job.file_id.is_some() && queries::stamp(tx, (job.school_id, job.user_id)).await? != job.stamp)
}

/// Tells whether somebody may have a kind of work done.
pub fn may(visitor: &Visitor, kind: &Kind) -> bool {
    visitor.may(kind.right)
}

async fn open(app: &App, visitor: &Visitor, id: JobId) -> Answer<(Tx, Job)> {
    let mut tx = app.db.begin().await?;
    let job = queries::job(&mut tx, (visitor.school_id(), visitor.user), id).await?;
    Ok((tx, job))
}

async fn close(app: &App, mut tx: Tx, visitor: &Visitor, event: Event, job: &Job) -> Answer<()> {
    audit::record(&mut tx, Act::of(visitor, event, subject(job.id, &job.title)), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Records how a job ended; the program itself has ended it.
pub(super) async fn note_end(tx: &mut Tx, job: &Job, event: Event, sentence: &str, now: DateTime<Utc>) -> Answer<()> {
    let act = Act::of_system(job.school_id, event, subject(job.id, &job.title));
    Ok(audit::record(tx, act.with([Change::fact("Итог", sentence)]), now).await?)
}

fn subject(id: JobId, title: &str) -> Subject {
    Subject { kind: SubjectKind::Job, id: Some(id.uuid()), name: title.to_owned() }
}
