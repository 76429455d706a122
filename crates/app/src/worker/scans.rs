//! Scans that come home, read page by page in a child process.
//!
//! The child says a line of JSON a page and the picture of the page behind it. A page that takes longer than a person
//! waits, a drawing that draws itself, a stream that swells: the child is ended, the stack is refused, the server serves.

use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use scans::{Limits, Stopped, Unreadable};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdout};
use tokio::sync::OwnedSemaphorePermit;

use super::{Unread, Worker, limit_this_process, say};

/// The name of the hidden subcommand.
pub const SUBCOMMAND: &str = "read-scans";

/// How long the processor may work on one page.
const PAGE_PATIENCE: Duration = Duration::from_secs(8);

/// How often it is asked how long that was.
const GLANCE: Duration = Duration::from_secs(1);

/// How long one page is waited for at all: on a busy computer the child works a part of the time only.
const PAGE_WAIT: Duration = Duration::from_mins(1);

/// Seconds of processor time a stack of a thousand pages may cost.
const STACK_SECONDS: u64 = 1_800;

/// The longest line a child may say: some codes of 500 signs.
const LINE_MAX: u64 = 256 * 1024;

/// The largest picture of a page, in bytes.
const PREVIEW_MAX: usize = 4 * 1024 * 1024;

/// What the child says, a line each; behind a page stand the bytes of its picture.
#[derive(serde::Serialize, serde::Deserialize)]
enum Told {
    Page { file: String, number: usize, codes: Vec<String>, turns: u8, preview: usize },
    UnreadPage { file: String, number: usize, why: String },
    Unreadable(String),
    End,
}

/// A page of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedPage {
    /// The name of the file it stood in.
    pub file: String,
    /// Its number in that file, from 1.
    pub number: usize,
    /// What is seen on it, or a sentence why it cannot be looked at.
    pub content: Result<scans::Seen, String>,
}

/// A stack that a child is reading; dropped, it ends the child.
pub struct Scans {
    output: BufReader<ChildStdout>,
    child: Child,
    _place: OwnedSemaphorePermit,
}

impl Worker {
    /// Begins to read a stack of scans; its bytes are given away to the child.
    ///
    /// # Errors
    /// [`Unread`] when the child does not start.
    pub async fn read_scans(&self, name: &str, bytes: Vec<u8>) -> Result<Scans, Unread> {
        let place = self.places_of_scans.clone().acquire_owned().await.map_err(|_| Unread::BrokenScan)?;
        let mut child = self.start(SUBCOMMAND, name)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.ok_or(Unread::BrokenScan)?;
        tokio::spawn(async move {
            if let Some(mut input) = input {
                // A child that refuses early closes its end: that is not our error.
                let _ = input.write_all(&bytes).await;
            }
        });
        Ok(Scans { output: BufReader::new(output), child, _place: place })
    }
}

impl Scans {
    /// Returns the next page; nothing at the end of the stack.
    ///
    /// # Errors
    /// [`Unread`] with a sentence for the person, whatever happens to the child.
    pub async fn next(&mut self) -> Result<Option<ScannedPage>, Unread> {
        let (began, id) = (Instant::now(), self.child.id());
        let before = worked(id);
        let mut page = std::pin::pin!(self.page());
        loop {
            if let Ok(page) = tokio::time::timeout(GLANCE, page.as_mut()).await {
                return page;
            }
            let took = before.zip(worked(id)).map_or(began.elapsed(), |(before, now)| now.saturating_sub(before));
            if took >= PAGE_PATIENCE || began.elapsed() >= PAGE_WAIT {
                return Err(Unread::SlowScan);
            }
        }
    }

    async fn page(&mut self) -> Result<Option<ScannedPage>, Unread> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.output).take(LINE_MAX);
        bounded.read_until(b'\n', &mut line).await.map_err(|_| Unread::BrokenScan)?;
        match serde_json::from_slice(&line) {
            Ok(Told::End) => Ok(None),
            Ok(Told::Unreadable(sentence)) => Err(Unread::Refused(sentence)),
            Ok(Told::UnreadPage { file, number, why }) => Ok(Some(ScannedPage { file, number, content: Err(why) })),
            Ok(Told::Page { file, number, codes, turns, preview }) if preview <= PREVIEW_MAX => {
                let mut picture = vec![0; preview];
                self.output.read_exact(&mut picture).await.map_err(|_| Unread::BrokenScan)?;
                Ok(Some(ScannedPage { file, number, content: Ok(scans::Seen { codes, turns, preview: picture }) }))
            }
            _ => {
                tracing::warn!("the reading process died");
                Err(Unread::BrokenScan)
            }
        }
    }
}

/// Returns how long the processor has worked for a child of one thread; nothing where the system does not say.
/// <https://docs.kernel.org/scheduler/sched-stats.html>
fn worked(id: Option<u32>) -> Option<Duration> {
    let said = std::fs::read_to_string(format!("/proc/{}/schedstat", id?)).ok()?;
    said.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Runs in the child: limits itself, reads a stack from standard input, prints its pages.
///
/// # Errors
/// When nobody listens any more.
pub fn run_child(name: &str, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    limit_this_process(STACK_SECONDS)?;
    let limits = Limits::default();
    let mut bytes = Vec::new();
    let cap = u64::try_from(limits.packed).unwrap_or(u64::MAX);
    input.take(cap.saturating_add(1)).read_to_end(&mut bytes)?;
    let read = scans::read(name, &bytes, &limits, &mut |page| {
        let (file, number) = (page.file, page.number);
        match page.content {
            Ok(seen) => {
                let preview = seen.preview.len();
                say(output, &Told::Page { file, number, codes: seen.codes, turns: seen.turns, preview })?;
                output.write_all(&seen.preview)?;
            }
            Err(why) => say(output, &Told::UnreadPage { file, number, why: Unreadable::to_string(&why) })?,
        }
        output.flush()
    });
    match read {
        Ok(()) => say(output, &Told::End)?,
        Err(Stopped::Unreadable(why)) => say(output, &Told::Unreadable(why.to_string()))?,
        Err(Stopped::Sink(error)) => return Err(error),
    }
    output.flush()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_processor_is_asked_how_long_it_has_worked_for_a_child() {
        let mut child = std::process::Command::new("sh").args(["-c", "while :; do :; done"]).spawn().unwrap();
        let before = worked(Some(child.id())).unwrap();
        while worked(Some(child.id())).unwrap() == before {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(worked(None), None);
    }
}
