//! The table `jobs`.

use super::{
    kind::Progress,
    model::{ClaimId, Job, JobId, JobState, LEASE, SPOILING},
};
use crate::{
    access::{SchoolId, UserId},
    audit::Event,
    files::FileId,
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// Adds a job, unless the same work is under way for the same user.
    INSERT = "
        INSERT INTO jobs (id, school_id, user_id, kind, title, payload, fingerprint, state, done, total, sentence, page,
                          attempts, not_before, stamp, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', 0, 0, '', '', 0, $8, 0, $8)
        ON CONFLICT DO NOTHING";
    /// The job that does some work already.
    UNDER_WAY = "
        SELECT id
        FROM jobs
        WHERE school_id = $1 AND user_id = $2 AND kind = $3 AND fingerprint = $4 AND state IN ('queued', 'running')";
    /// One job of a user.
    ONE = "
        SELECT id, school_id, user_id, kind, title, payload, state, done, total, sentence, file_id, page, attempts, stamp,
               asked_at, finished_at, taken_at
        FROM jobs
        WHERE id = $1 AND school_id = $2 AND user_id = $3";
    /// The jobs of a user, the newest first.
    OF_USER = "
        SELECT id, school_id, user_id, kind, title, payload, state, done, total, sentence, file_id, page, attempts, stamp,
               asked_at, finished_at, taken_at
        FROM jobs
        WHERE school_id = $1 AND user_id = $2
        ORDER BY asked_at DESC, id DESC
        LIMIT 100";
    /// Takes the job that waits longest, of whichever school; of two servers at once the second finds it taken.
    CLAIM = "
        UPDATE jobs
        SET state = 'running', claim = $2, leased_until = $3, started_at = $1, attempts = attempts + 1, done = 0, total = 0,
            sentence = '',
            stamp = (SELECT COUNT(*) FROM audit_log a
                     WHERE a.school_id = jobs.school_id
                       AND (a.event IN ($4, $5, $6) OR (a.event = $7 AND a.subject_id = jobs.user_id)))
        WHERE id = (SELECT j.id FROM jobs j
                    WHERE (j.state = 'queued' AND j.not_before <= $1) OR (j.state = 'running' AND j.leased_until < $1)
                    ORDER BY j.asked_at, j.id
                    LIMIT 1)
          AND (state = 'queued' OR (state = 'running' AND leased_until < $1))
        RETURNING id, school_id, user_id, kind, title, payload, state, done, total, sentence, file_id, page, attempts, stamp,
                  asked_at, finished_at, taken_at";
    /// How many acts that spoil a result of a user there were.
    STAMP = "
        SELECT COUNT(*)
        FROM audit_log
        WHERE school_id = $1 AND (event IN ($3, $4, $5) OR (event = $6 AND subject_id = $2))";
    /// Says that the work goes on and how far it is.
    BEAT = "
        UPDATE jobs SET leased_until = $4, done = $5, total = $6, sentence = $7
        WHERE id = $1 AND school_id = $2 AND claim = $3 AND state = 'running'";
    /// Ends a job that is still this attempt's.
    FINISH = "
        UPDATE jobs
        SET state = $4, sentence = $5, file_id = $6, page = $7, finished_at = $8, claim = NULL, leased_until = NULL
        WHERE id = $1 AND school_id = $2 AND claim = $3 AND state = 'running'";
    /// Gives a job back to the queue.
    GIVE_BACK = "
        UPDATE jobs SET state = 'queued', claim = NULL, leased_until = NULL, attempts = $4, not_before = $5
        WHERE id = $1 AND school_id = $2 AND claim = $3 AND state = 'running'";
    /// Cancels a job that is under way.
    CANCEL = "
        UPDATE jobs SET state = 'cancelled', finished_at = $4, taken_at = $4, claim = NULL, leased_until = NULL
        WHERE id = $1 AND school_id = $2 AND user_id = $3 AND state IN ('queued', 'running')";
    /// Puts a job that is over into the queue again; what came of it before is forgotten by the caller.
    REPEAT = "
        UPDATE jobs
        SET state = 'queued', attempts = 0, not_before = $4, asked_at = $4, done = 0, total = 0, sentence = '',
            file_id = NULL, page = '', started_at = NULL, finished_at = NULL, taken_at = NULL
        WHERE id = $1 AND school_id = $2 AND user_id = $3 AND state NOT IN ('queued', 'running')";
    /// Notes that the user has looked at what came of a job.
    TAKE = "UPDATE jobs SET taken_at = COALESCE(taken_at, $4) WHERE id = $1 AND school_id = $2 AND user_id = $3";
    /// Jobs that ended before a moment, of whichever school.
    OVER_BEFORE = "
        SELECT id, school_id, user_id, kind, title, payload, state, done, total, sentence, file_id, page, attempts, stamp,
               asked_at, finished_at, taken_at
        FROM jobs
        WHERE finished_at < $1
        ORDER BY finished_at
        LIMIT 200";
    /// Forgets a job that is over.
    DELETE = "DELETE FROM jobs WHERE id = $1 AND school_id = $2 AND finished_at IS NOT NULL";
}

/// A job to be added.
pub struct Asked<'a> {
    pub kind: &'a str,
    pub title: &'a str,
    pub payload: &'a serde_json::Value,
    pub fingerprint: &'a str,
}

/// Adds a job; `false` when the same work is under way for the same user.
pub async fn insert(
    tx: &mut Tx,
    (school, user): (SchoolId, UserId),
    (id, asked): (JobId, &Asked<'_>),
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts = args![id, school, user, asked.kind, asked.title, asked.payload.clone(), asked.fingerprint, now];
    Ok(tx.run(INSERT, facts).await? == 1)
}

/// Returns the job that does some work already.
pub async fn under_way(tx: &mut Tx, (school, user): (SchoolId, UserId), asked: &Asked<'_>) -> Result<JobId> {
    tx.one::<(JobId,)>(UNDER_WAY, args![school, user, asked.kind, asked.fingerprint]).await.map(|(id,)| id)
}

/// Returns a job of a user.
pub async fn job(tx: &mut Tx, (school, user): (SchoolId, UserId), id: JobId) -> Result<Job> {
    tx.one(ONE, args![id, school, user]).await
}

/// Returns the newest jobs of a user, at most a hundred.
pub async fn jobs_of(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<Vec<Job>> {
    tx.all(OF_USER, args![school, user]).await
}

/// Takes the job that waits longest.
pub async fn claim(tx: &mut Tx, claim: ClaimId, now: DateTime<Utc>) -> Result<Option<Job>> {
    let [withdrawn, class_given, erased] = SPOILING;
    tx.maybe(CLAIM, args![now, claim, now + LEASE, withdrawn, class_given, erased, Event::UserChanged]).await
}

/// Returns how many acts that spoil a result of a user there were.
pub async fn stamp(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<i64> {
    let [withdrawn, class_given, erased] = SPOILING;
    let facts = args![school, user, withdrawn, class_given, erased, Event::UserChanged];
    tx.one::<(i64,)>(STAMP, facts).await.map(|(count,)| count)
}

/// Says that an attempt goes on; `false` when the job is not its any more.
pub(super) async fn beat(
    tx: &mut Tx,
    (job, claim): (&Job, ClaimId),
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts =
        args![job.id, job.school_id, claim, now + LEASE, progress.done, progress.total, progress.sentence.as_str()];
    Ok(tx.run(BEAT, facts).await? == 1)
}

/// How a job ended.
pub struct End<'a> {
    pub state: JobState,
    pub sentence: &'a str,
    pub file: Option<FileId>,
    pub page: &'a str,
}

/// Ends a job; `false` when it is not this attempt's any more.
pub async fn finish(tx: &mut Tx, (job, claim): (&Job, ClaimId), end: &End<'_>, now: DateTime<Utc>) -> Result<bool> {
    let facts = args![job.id, job.school_id, claim, end.state, end.sentence, end.file, end.page, now];
    Ok(tx.run(FINISH, facts).await? == 1)
}

/// Gives a job back to the queue with so many attempts behind it.
pub async fn give_back(
    tx: &mut Tx,
    (job, claim): (&Job, ClaimId),
    attempts: i64,
    not_before: DateTime<Utc>,
) -> Result<()> {
    tx.run(GIVE_BACK, args![job.id, job.school_id, claim, attempts, not_before]).await.map(|_| ())
}

/// Cancels a job; `false` when it is over already.
pub async fn cancel(tx: &mut Tx, job: &Job, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(CANCEL, args![job.id, job.school_id, job.user_id, now]).await? == 1)
}

/// Puts a job into the queue again; `false` when it is under way.
pub async fn repeat(tx: &mut Tx, job: &Job, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(REPEAT, args![job.id, job.school_id, job.user_id, now]).await? == 1)
}

/// Notes that the user has looked at what came of a job.
pub async fn take(tx: &mut Tx, job: &Job, now: DateTime<Utc>) -> Result<()> {
    tx.run(TAKE, args![job.id, job.school_id, job.user_id, now]).await.map(|_| ())
}

/// Returns some of the jobs that ended before a moment, of whichever school.
pub async fn over_before(tx: &mut Tx, moment: DateTime<Utc>) -> Result<Vec<Job>> {
    tx.all(OVER_BEFORE, args![moment]).await
}

/// Forgets a job that is over.
pub async fn delete(tx: &mut Tx, job: &Job) -> Result<()> {
    tx.run(DELETE, args![job.id, job.school_id]).await.map(|_| ())
}
