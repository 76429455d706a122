//! What a slice offers as a job, and what its work is given.

use super::model::JobId;
use crate::{
    access::{Right, SchoolId, Visitor},
    error::{Answer, Failure},
    files::StoredFile,
    state::App,
};
use serde::de::DeserializeOwned;
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::{Notify, watch};

/// A kind of job.
#[derive(Clone, Copy)]
pub struct Kind {
    /// The word in the table.
    pub word: &'static str,
    /// What it is in the words of a school: «Папка доказательств».
    pub label: &'static str,
    /// Who may have it done and take its result; asked when it runs and when the result is taken.
    pub right: Right,
    /// Does the work.
    pub run: fn(Work) -> Running,
    /// Forgets what the work has left in tables of its slice, when the job is forgotten.
    pub forget: Option<Forget>,
}

/// Forgets what a job has left behind; it is given what was asked for.
pub type Forget = fn(App, SchoolId, serde_json::Value) -> Pin<Box<dyn Future<Output = Answer<()>> + Send>>;

/// The work of a job while it is done; dropped, it stops at its next wait.
pub type Running = Pin<Box<dyn Future<Output = Result<Done, Unfinished>> + Send>>;

/// What a job is given.
pub struct Work {
    pub app: App,
    pub job: JobId,
    /// Who asked, with the roles of now.
    pub visitor: Visitor,
    pub pulse: Pulse,
    pub(super) payload: serde_json::Value,
}

impl Work {
    /// Returns what is to be done, as it was asked for.
    pub fn order<T: DeserializeOwned>(&self) -> Result<T, Unfinished> {
        serde_json::from_value(self.payload.clone()).map_err(|error| Failure::unforeseen(&error).into())
    }
}

/// What came of a job.
#[derive(Debug, Clone)]
pub struct Done {
    /// What was done, in a sentence: «Папка собрана: 31 мероприятие, 84 документа».
    pub sentence: String,
    /// A kept file; its row is written together with the end of the job.
    pub file: Option<StoredFile>,
    /// A page where the work goes on.
    pub page: String,
}

impl Done {
    /// Ends in a file to be saved.
    pub fn file(sentence: impl Into<String>, file: StoredFile) -> Self {
        Self { sentence: sentence.into(), file: Some(file), page: String::new() }
    }

    /// Ends in a page where somebody goes on.
    pub fn page(sentence: impl Into<String>, page: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), file: None, page: page.into() }
    }
}

/// Why a job did not end in a result.
#[derive(Debug)]
pub enum Unfinished {
    /// A sentence for who asked, or a failure of the machine.
    Failed(Failure),
    /// It was cancelled, or the server stops: nobody waits for the result of this attempt.
    Stopped,
}

impl<E: Into<Failure>> From<E> for Unfinished {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// How far a job is, said by its work from wherever it runs.
#[derive(Clone)]
pub struct Pulse {
    said: Arc<watch::Sender<Progress>>,
    is_stopped: Arc<AtomicBool>,
}

/// How far a job is: so many of so many, in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub done: i64,
    pub total: i64,
    pub sentence: String,
}

impl Pulse {
    pub(super) fn new() -> (Self, watch::Receiver<Progress>) {
        let (said, heard) = watch::channel(Progress::default());
        (Self { said: Arc::new(said), is_stopped: Arc::default() }, heard)
    }

    /// Says how far the work is; nobody needs to wait, so that it may be said as often as there is something to say.
    ///
    /// # Errors
    /// [`Unfinished::Stopped`] when nobody waits for the result any more: work that does not wait ends here.
    pub fn say(&self, (done, total): (usize, usize), sentence: impl Into<String>) -> Result<(), Unfinished> {
        if self.is_stopped.load(Ordering::Relaxed) {
            return Err(Unfinished::Stopped);
        }
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.said.send_replace(Progress { done: count(done), total: count(total), sentence: sentence.into() });
        Ok(())
    }

    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

/// The kinds of jobs of the running program, and the bell that says there is a new one.
#[derive(Clone)]
pub struct Jobs {
    kinds: &'static [Kind],
    bell: Arc<Notify>,
}

impl Jobs {
    /// Returns the jobs of a table of kinds.
    pub fn of(kinds: &'static [Kind]) -> Self {
        Self { kinds, bell: Arc::default() }
    }

    /// Returns the kind of a word.
    pub fn kind(&self, word: &str) -> Option<&'static Kind> {
        self.kinds.iter().find(|kind| kind.word == word)
    }

    /// Wakes the runner: a job was committed.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    pub(super) async fn rung(&self) {
        self.bell.notified().await;
    }
}
