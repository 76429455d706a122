//! Reads files of strangers in a child process with limits.
//!
//! A hostile .xlsx can make any parser abort, overflow its stack or eat the memory; Rust does not catch an abort. So the
//! server never parses an upload itself: it starts its own program as `nastavnik read-table`, gives it the bytes and
//! waits for JSON (security rule 17). The child limits its own memory, time, files and processes before it looks at the
//! first byte, its environment is empty.

use documents::tables::{Limits, Table, Unreadable};
use std::{path::PathBuf, process::Stdio, sync::Arc, time::Duration};
use tokio::{io::AsyncWriteExt as _, process::Command, sync::Semaphore};

/// The name of the hidden subcommand.
pub const SUBCOMMAND: &str = "read-table";

/// Seconds of processor time and of patience a file may cost.
const SECONDS: u64 = 10;

/// Bytes of address space of the child.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

/// How many files are read at the same time.
const AT_ONCE: usize = 2;

/// Starts the children.
#[derive(Clone)]
pub struct Worker {
    program: PathBuf,
    places: Arc<Semaphore>,
}

/// What the child answers.
#[derive(serde::Serialize, serde::Deserialize)]
enum Reply {
    Tables(Vec<Table>),
    Unreadable(String),
}

/// Why a file gave no tables; the text is for the person who sent it.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    #[error("{0}")]
    Refused(String),
    #[error(
        "Файл не удалось прочитать: он повреждён или слишком сложен. Откройте его в Word или Excel и сохраните заново."
    )]
    Broken,
    #[error("Файл читается слишком долго. Оставьте в нём только таблицу дорожной карты и загрузите снова.")]
    TooSlow,
}

impl Worker {
    /// Returns a worker that starts `program`, this same binary.
    pub fn new(program: PathBuf) -> Self {
        Self { program, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Reads the tables of an uploaded .docx or .xlsx.
    ///
    /// # Errors
    /// [`Unread`] with a sentence for the person, whatever happens to the child.
    pub async fn read_tables(&self, name: &str, bytes: &[u8]) -> Result<Vec<Table>, Unread> {
        let _place = self.places.acquire().await.map_err(|_| Unread::Broken)?;
        let mut child = Command::new(&self.program)
            .arg(SUBCOMMAND)
            // A file may be called «--help.docx».
            .arg("--")
            .arg(name)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                tracing::error!(%error, program = %self.program.display(), "the reading process does not start");
                Unread::Broken
            })?;
        let input = child.stdin.take();
        let talk = async {
            if let Some(mut input) = input {
                // A child that refuses early closes its end: that is not our error.
                let _ = input.write_all(bytes).await;
            }
            child.wait_with_output().await
        };
        let output = tokio::time::timeout(Duration::from_secs(SECONDS), talk)
            .await
            .map_err(|_| Unread::TooSlow)?
            .map_err(|_| Unread::Broken)?;
        match serde_json::from_slice(&output.stdout) {
            Ok(Reply::Tables(tables)) => Ok(tables),
            Ok(Reply::Unreadable(sentence)) => Err(Unread::Refused(sentence)),
            Err(_) => {
                tracing::warn!(status = %output.status, "the reading process died");
                Err(Unread::Broken)
            }
        }
    }
}

/// Runs in the child: limits itself, reads the file from standard input, prints the reply.
pub fn run_child(name: &str, input: &mut dyn std::io::Read, output: &mut dyn std::io::Write) -> std::io::Result<()> {
    limit_this_process()?;
    let limits = Limits::default();
    let mut bytes = Vec::new();
    let cap = u64::try_from(limits.packed).unwrap_or(u64::MAX);
    std::io::Read::read_to_end(&mut std::io::Read::take(input, cap.saturating_add(1)), &mut bytes)?;
    let reply = match documents::tables::read_any(name, &bytes, &limits) {
        Ok(tables) => Reply::Tables(tables),
        Err(unreadable) => Reply::Unreadable(Unreadable::to_string(&unreadable)),
    };
    serde_json::to_writer(output, &reply)?;
    Ok(())
}

#[cfg(unix)]
fn limit_this_process() -> std::io::Result<()> {
    use rlimit::Resource;
    Resource::AS.set(MEMORY, MEMORY)?;
    Resource::CPU.set(SECONDS, SECONDS)?;
    Resource::CORE.set(0, 0)?;
    // No file may be opened or written and no process started: the bytes are in memory already.
    Resource::NPROC.set(0, 0)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::NOFILE.set(3, 3)
}

#[cfg(not(unix))]
fn limit_this_process() -> std::io::Result<()> {
    Ok(())
}
