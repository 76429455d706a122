//! The only writer of SQLite, shared by everybody who writes at the same moment (group commit).
//!
//! A disk that keeps its word takes milliseconds to make a transaction durable, whether it holds one change or fifty.
//! So writers that queue up share one transaction: each works between a savepoint and its release, one after another;
//! a failed one goes back to its savepoint and takes nobody along. Who finds others waiting hands the transaction over
//! to them and is told «committed» only when the shared COMMIT has returned; who finds nobody waiting commits at once.
//! Figures: `docs/decisions/0061-group-commit.md`.
//!
//! Everything that must not stop half-way runs in tasks of its own: a browser that goes away drops the future of its
//! request at any moment.

use crate::error::{Error, Result};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    sync::{
        Arc, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// How long a writer waits for its turn before it is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many changes share a transaction: the first of them is told only when the last has come.
const TOGETHER: usize = 64;

/// How a shared transaction ended; absent while it is open.
type Outcome = Option<Result<(), Arc<Error>>>;

/// The queue to the only writing connection.
pub struct Writer {
    options: SqliteConnectOptions,
    place: Arc<Mutex<Seat>>,
    waiting: AtomicUsize,
    /// The end of the transaction that holds changes nobody has been told about yet.
    pending: std::sync::Mutex<Option<watch::Receiver<Outcome>>>,
}

/// What its holder alone may use.
#[derive(Default)]
pub struct Seat {
    connection: Option<SqliteConnection>,
    batch: Option<Batch>,
    number: u64,
}

/// An open transaction.
struct Batch {
    number: u64,
    /// Changes whose authors wait for the COMMIT.
    members: usize,
    outcome: watch::Sender<Outcome>,
}

/// One change inside a shared transaction; dropped without [`Member::commit`] it leaves nothing behind.
pub struct Member {
    writer: Arc<Writer>,
    seat: Option<OwnedMutexGuard<Seat>>,
    /// The transaction was lost under a statement: nothing more may run, least of all outside of it.
    lost: Option<Arc<Error>>,
    alone: bool,
}

impl Writer {
    /// Returns a writer that connects when it is first needed.
    pub fn new(options: SqliteConnectOptions) -> Arc<Self> {
        Arc::new(Self {
            options,
            place: Arc::default(),
            waiting: AtomicUsize::new(0),
            pending: std::sync::Mutex::default(),
        })
    }

    /// Waits for a turn and opens a savepoint; `alone` shares its transaction with nobody.
    pub async fn begin(self: &Arc<Self>, alone: bool) -> Result<Member> {
        let writer = Arc::clone(self);
        tokio::spawn(async move { writer.join(alone).await }).await.map_err(stopped)?
    }

    async fn join(self: Arc<Self>, alone: bool) -> Result<Member> {
        let waiting = Waiting::of(&self);
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.place).lock_owned()).await;
        drop(waiting);
        let mut seat = turn.map_err(|_| Error::Busy)?;
        if alone && seat.batch.is_some() {
            self.end(&mut seat).await;
        }
        self.open(&mut seat).await?;
        Ok(Member { writer: self, seat: Some(seat), lost: None, alone })
    }

    /// Opens the transaction unless one is open, and a savepoint in it.
    async fn open(&self, seat: &mut Seat) -> Result<()> {
        if seat.connection.is_none() {
            seat.connection = Some(self.options.connect().await?);
        }
        if seat.batch.is_none() {
            seat.run("BEGIN IMMEDIATE").await?;
            seat.number += 1;
            seat.batch = Some(Batch { number: seat.number, members: 0, outcome: watch::Sender::new(None) });
        }
        if let Err(error) = seat.run("SAVEPOINT member").await {
            return Err(self.lose(seat, error).await);
        }
        Ok(())
    }

    /// Keeps the change of the holder; returns when it is on the disk.
    async fn keep(self: Arc<Self>, mut seat: OwnedMutexGuard<Seat>, alone: bool) -> Result<()> {
        if let Err(error) = seat.run("RELEASE member").await {
            return Err(self.lose(&mut seat, error).await);
        }
        let Some(batch) = &mut seat.batch else { return Err(Error::Unreachable("no transaction is open".to_owned())) };
        batch.members += 1;
        let (number, is_first, is_full) = (batch.number, batch.members == 1, batch.members >= TOGETHER);
        let mut outcome = batch.outcome.subscribe();
        if alone || is_full || self.waiting.load(Ordering::SeqCst) == 0 {
            self.end(&mut seat).await;
        } else if is_first {
            *self.pending.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome.clone());
            // Turns are given in order: this task comes after all who wait now and before all who come later.
            let (writer, turn) = (Arc::clone(&self), Arc::clone(&self.place).lock_owned());
            tokio::spawn(async move {
                let mut seat = turn.await;
                if seat.batch.as_ref().is_some_and(|batch| batch.number == number) {
                    writer.end(&mut seat).await;
                }
            });
            tokio::task::yield_now().await;
        }
        drop(seat);
        told(&mut outcome).await
    }

    /// Commits the shared transaction and tells everybody who waits for it.
    async fn end(&self, seat: &mut Seat) {
        if let Err(error) = seat.run("COMMIT").await {
            let _ = self.lose(seat, error).await;
            return;
        }
        self.tell(seat, Ok(()));
    }

    /// Gives the transaction up with everything in it and returns the error to its cause.
    async fn lose(&self, seat: &mut Seat, error: Error) -> Error {
        // SQLite has rolled back already after some errors; then this one only says so.
        if seat.run("ROLLBACK").await.is_err() {
            seat.connection = None;
        }
        let again = error.again();
        self.tell(seat, Err(Arc::new(error)));
        again
    }

    fn tell(&self, seat: &mut Seat, outcome: Result<(), Arc<Error>>) {
        *self.pending.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(batch) = seat.batch.take() {
            batch.outcome.send_replace(Some(outcome));
        }
    }

    /// Undoes the change of the holder; others of the transaction stay.
    async fn undo(&self, seat: &mut Seat, lost: Option<Arc<Error>>) {
        if let Some(error) = lost {
            self.lose(seat, error.again()).await;
        } else if seat.batch.as_ref().is_none_or(|batch| batch.members == 0) {
            // Nobody waits for this transaction: it ends here, and nothing stays locked.
            self.lose(seat, Error::Missing).await;
        } else {
            for sql in ["ROLLBACK TO member", "RELEASE member"] {
                if let Err(error) = seat.run(sql).await {
                    self.lose(seat, error).await;
                    return;
                }
            }
        }
    }

    /// Waits until every change that others could have seen by now is on the disk or gone.
    pub async fn settle(&self) {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(mut outcome) = pending {
            let _ = told(&mut outcome).await;
        }
    }

    /// Lends the connection to something that opens its own transactions.
    pub async fn lend(&self) -> Result<Lent> {
        let mut seat = Arc::clone(&self.place).lock_owned().await;
        if seat.batch.is_some() {
            self.end(&mut seat).await;
        }
        if seat.connection.is_none() {
            seat.connection = Some(self.options.connect().await?);
        }
        Ok(Lent(seat))
    }

    /// Commits what is open and closes the connection; the next writer opens another.
    pub async fn close(&self) {
        let mut seat = self.place.lock().await;
        if seat.batch.is_some() {
            self.end(&mut seat).await;
        }
        if let Some(connection) = seat.connection.take() {
            let _ = connection.close().await;
        }
    }
}

/// The connection, lent; everybody else waits until it is given back.
pub struct Lent(OwnedMutexGuard<Seat>);

impl Lent {
    pub fn connection(&mut self) -> Result<&mut SqliteConnection> {
        self.0.connection.as_mut().ok_or_else(gone)
    }
}

impl Seat {
    async fn run(&mut self, sql: &'static str) -> Result<()> {
        match &mut self.connection {
            Some(connection) => connection.execute(sql).await.map(|_| ()).map_err(Error::from),
            None => Err(gone()),
        }
    }
}

impl Member {
    /// Returns the connection for a statement of this change.
    pub fn connection(&mut self) -> Result<&mut SqliteConnection> {
        if let Some(lost) = &self.lost {
            return Err(lost.again());
        }
        self.seat.as_mut().and_then(|seat| seat.connection.as_mut()).ok_or_else(gone)
    }

    /// Notes an error after which SQLite may have rolled the whole transaction back by itself:
    /// <https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction>.
    pub fn note(&mut self, error: &Error) {
        if matches!(error, Error::Full | Error::ReadOnly | Error::Unreachable(_) | Error::Damaged(_) | Error::Busy) {
            self.lost = Some(Arc::new(error.again()));
        }
    }

    /// Keeps the change; it is on the disk when this returns.
    pub async fn commit(mut self) -> Result<()> {
        if let Some(lost) = &self.lost {
            return Err(lost.again());
        }
        let Some(seat) = self.seat.take() else { return Err(gone()) };
        let (writer, alone) = (Arc::clone(&self.writer), self.alone);
        tokio::spawn(async move { writer.keep(seat, alone).await }).await.map_err(stopped)?
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let Some(mut seat) = self.seat.take() else { return };
        let (writer, lost) = (Arc::clone(&self.writer), self.lost.take());
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move { writer.undo(&mut seat, lost).await });
            }
            // The program ends: closing the connection rolls back, and nobody is told that anything was kept.
            Err(_) => seat.connection = None,
        }
    }
}

/// Counts a writer in the queue for as long as it stands there.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn of(writer: &'a Writer) -> Self {
        writer.waiting.fetch_add(1, Ordering::SeqCst);
        Self(&writer.waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn told(outcome: &mut watch::Receiver<Outcome>) -> Result<()> {
    let ended = outcome.wait_for(Option::is_some).await.map_err(|_| gone())?;
    match &*ended {
        Some(Err(error)) => Err(error.again()),
        _ => Ok(()),
    }
}

fn gone() -> Error {
    Error::Unreachable("the connection is gone".to_owned())
}

fn stopped(_: tokio::task::JoinError) -> Error {
    Error::Unreachable("the program is stopping".to_owned())
}
