//! Takes jobs out of the queue and has them done, two at a time.

use super::{
    actions::{may, note_end},
    forgetting, keeper,
    kind::{Done, Kind, Pulse, Unfinished, Work},
    model::{ATTEMPTS_MAX, ClaimId, Job, JobState, PAUSE},
    queries::{self, End},
};
use crate::{
    access,
    audit::Event,
    error::{Answer, Failure},
    files,
    state::App,
};
use std::time::Duration;
use tokio::{sync::watch, task::JoinSet};

/// How many jobs a server does at a time: the pages need the processor, too.
const AT_ONCE: usize = 2;

/// How often the queue is looked at when no bell rings: another server's job, a pause that is over.
const EVERY: Duration = Duration::from_secs(2);

/// How long the end of the work is waited for after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(8);

/// The tasks that do jobs while a server runs.
pub struct Runner {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Runner {
    /// Begins to do jobs.
    pub fn start(app: &App) -> Self {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for _ in 0..AT_ONCE {
            tasks.spawn(work_until(app.clone(), stopped.clone()));
        }
        tasks.spawn(forgetting::forget_until(app.clone(), stopped));
        Self { stop, tasks }
    }

    /// Gives unfinished jobs back to the queue and ends.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, all).await.is_err() {
            tracing::warn!("a job was cut off at the stop; it runs again when its lease is over");
        }
    }
}

async fn work_until(app: App, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match run_next(&app, &mut stopped).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(failure) => tracing::warn!(%failure, "a job was not done; the next round tries again"),
        }
        tokio::select! {
            () = app.jobs.rung() => {}
            () = tokio::time::sleep(EVERY) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Does the job that waits longest; `false` when none waits. Dropped, it leaves the job to its lease, as a killed server.
pub async fn run_next(app: &App, stopped: &mut watch::Receiver<bool>) -> Answer<bool> {
    let claim = ClaimId::fresh();
    let mut tx = app.db.begin().await?;
    let Some(job) = queries::claim(&mut tx, claim, app.clock.now()).await? else { return Ok(false) };
    tx.commit().await?;
    let (pulse, heard) = Pulse::new();
    let outcome = tokio::select! {
        outcome = attempt(app, &job, pulse.clone()) => outcome,
        () = keeper::keep(app, (&job, claim), heard) => Err(Unfinished::Stopped),
        _ = stopped.wait_for(|stop| *stop) => Err(Unfinished::Stopped),
    };
    pulse.stop();
    settle(app, (&job, claim), outcome).await?;
    Ok(true)
}

/// Does the work with the roles its user has now.
async fn attempt(app: &App, job: &Job, pulse: Pulse) -> Result<Done, Unfinished> {
    if job.attempts > ATTEMPTS_MAX {
        return Err(refused(
            "Задание несколько раз прерывалось: сервер останавливался посреди работы. Повторите его позже; если не поможет, сообщите администратору программы.",
        ));
    }
    let kind = app.jobs.kind(&job.kind).ok_or_else(|| {
        refused(
            "Программа не знает такого задания: возможно, её вернули к прежней версии. Обновите программу и повторите.",
        )
    })?;
    let mut tx = app.db.read().await?;
    let visitor = access::visitor_of(&mut tx, job.school_id, job.user_id, app.clock.now()).await?;
    drop(tx);
    let visitor = visitor
        .filter(|visitor| may(visitor, kind))
        .ok_or_else(|| refused("Прав на это задание больше нет: изменились роли учётной записи."))?;
    let work = Work { app: app.of_school(job.school_id), job: job.id, visitor, pulse, payload: job.payload.0.clone() };
    finished(kind, work).await
}

/// Runs the work in a task of its own, which a panic ends alone and dropping ends at its next wait.
async fn finished(kind: &Kind, work: Work) -> Result<Done, Unfinished> {
    let mut task = JoinSet::new();
    task.spawn((kind.run)(work));
    match task.join_next().await {
        Some(Ok(outcome)) => outcome,
        Some(Err(error)) => Err(Failure::unforeseen(&error).into()),
        None => Err(Unfinished::Stopped),
    }
}

fn refused(sentence: &str) -> Unfinished {
    Unfinished::Failed(Failure::Refused(sentence.to_owned()))
}

async fn settle(app: &App, attempt: (&Job, ClaimId), outcome: Result<Done, Unfinished>) -> Answer<()> {
    let (job, now) = (attempt.0, app.clock.now());
    match outcome {
        Ok(done) => keep(app, attempt, done).await,
        Err(Unfinished::Stopped) => give_back(app, attempt, (job.attempts - 1, now)).await,
        Err(Unfinished::Failed(Failure::Unavailable(_))) if job.attempts < ATTEMPTS_MAX => {
            give_back(app, attempt, (job.attempts, now + PAUSE)).await
        }
        Err(Unfinished::Failed(failure)) => {
            let sentence = sentence(&failure);
            let end = End { state: JobState::Failed, sentence: &sentence, file: None, page: "" };
            let mut tx = app.db.begin().await?;
            if queries::finish(&mut tx, attempt, &end, now).await? {
                note_end(&mut tx, job, Event::JobFailed, &sentence, now).await?;
                tx.commit().await?;
            }
            Ok(())
        }
    }
}

/// Writes the result, unless another attempt or a cancellation came before.
async fn keep(app: &App, attempt: (&Job, ClaimId), done: Done) -> Answer<()> {
    let (job, now) = (attempt.0, app.clock.now());
    let mut tx = app.db.begin().await?;
    if let Some(file) = &done.file {
        files::insert(&mut tx, job.school_id, file, Some(job.user_id)).await?;
    }
    let file = done.file.as_ref().map(|file| file.id);
    let end = End { state: JobState::Done, sentence: &done.sentence, file, page: &done.page };
    if queries::finish(&mut tx, attempt, &end, now).await? {
        note_end(&mut tx, job, Event::JobDone, &done.sentence, now).await?;
        tx.commit().await?;
    } else if let Some(file) = &done.file {
        drop(tx);
        app.files.forget(file).await;
    }
    Ok(())
}

async fn give_back(
    app: &App,
    attempt: (&Job, ClaimId),
    (attempts, not_before): (i64, chrono::DateTime<chrono::Utc>),
) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    queries::give_back(&mut tx, attempt, attempts, not_before).await?;
    Ok(tx.commit().await?)
}

/// Says why a job failed, in the words of its page.
fn sentence(failure: &Failure) -> String {
    match failure {
        Failure::Forbidden | Failure::NotResponsible => {
            "Прав на это задание больше нет: изменились роли учётной записи.".to_owned()
        }
        Failure::NotFound => "Записи, о которой это задание, больше нет.".to_owned(),
        other => other.to_string(),
    }
}
