//! Reads files of strangers in a child process with limits.
//!
//! A hostile .xlsx can make any parser abort, overflow its stack or eat the memory; Rust does not catch an abort. So the
//! server never parses an upload itself: it starts its own program as `nastavnik read-table`, gives it the bytes and
//! waits for JSON (security rule 17). The child limits its own memory, time, files and processes before it looks at the
//! first byte, its environment is empty.

pub mod filling;
pub mod scans;

use documents::tables::{Item, Limits, Stopped, Table, Unreadable};
use std::{path::PathBuf, process::Stdio, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    process::{Child, ChildStdout, Command},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// The name of the hidden subcommand.
pub const SUBCOMMAND: &str = "read-table";

/// The name of the hidden subcommand that hands a list over row by row.
pub const ROWS_SUBCOMMAND: &str = "read-rows";

/// Seconds of processor time a list of a hundred thousand rows may cost, and of patience with a silent child.
const ROWS_SECONDS: u64 = 30;

/// The longest line a child may say: a row of 256 full cells.
const LINE_MAX: u64 = 4 * 1024 * 1024;

/// Seconds of processor time and of patience a file may cost.
const SECONDS: u64 = 10;

/// Bytes of address space of the child.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

/// How many files are read at the same time.
const AT_ONCE: usize = 2;

/// How many stacks of scans are read at the same time.
const STACKS_AT_ONCE: usize = 1;

/// Starts the children.
#[derive(Clone)]
pub struct Worker {
    program: PathBuf,
    places: Arc<Semaphore>,
    /// Stacks of scans take minutes: whoever waits for a table does not wait for them.
    places_of_scans: Arc<Semaphore>,
}

/// What the child answers.
#[derive(serde::Serialize, serde::Deserialize)]
enum Reply {
    Tables(Vec<Table>),
    Unreadable(String),
}

/// What the child says of a list, a line each.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub enum Told {
    /// A file inside an archive begins.
    File(String),
    Sheet(String),
    /// A row with its number, from 1.
    Row(u64, Vec<String>),
    Unreadable(String),
    End,
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
    #[error(
        "Файл заполняется слишком долго. Сохраните его в Word под другим именем, уберите лишние рисунки и таблицы и загрузите снова."
    )]
    SlowFile,
    #[error("Файл не удалось прочитать: он повреждён или слишком сложен. Отсканируйте эти листы заново.")]
    BrokenScan,
    #[error("Страница читается слишком долго. Отсканируйте её заново как обычный рисунок.")]
    SlowScan,
}

impl Worker {
    /// Returns a worker that starts `program`, this same binary.
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            places_of_scans: Arc::new(Semaphore::new(STACKS_AT_ONCE)),
        }
    }

    /// Reads the tables of an uploaded .docx or .xlsx.
    ///
    /// # Errors
    /// [`Unread`] with a sentence for the person, whatever happens to the child.
    pub async fn read_tables(&self, name: &str, bytes: &[u8]) -> Result<Vec<Table>, Unread> {
        let _place = self.places.acquire().await.map_err(|_| Unread::Broken)?;
        let mut child = self.start(SUBCOMMAND, name)?;
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

impl Worker {
    fn start(&self, subcommand: &str, name: &str) -> Result<Child, Unread> {
        let mut command = Command::new(&self.program);
        // A file may be called «--help.docx».
        command.arg(subcommand).arg("--").arg(name).env_clear();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        command.spawn().map_err(|error| {
            tracing::error!(%error, program = %self.program.display(), "the reading process does not start");
            Unread::Broken
        })
    }

    /// Begins to read an uploaded list row by row; the file's bytes are given away to the child.
    ///
    /// # Errors
    /// [`Unread`] when the child does not start.
    pub async fn read_rows(&self, name: &str, bytes: Vec<u8>) -> Result<Rows, Unread> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| Unread::Broken)?;
        let mut child = self.start(ROWS_SUBCOMMAND, name)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.ok_or(Unread::Broken)?;
        tokio::spawn(async move {
            if let Some(mut input) = input {
                // A child that refuses early closes its end: that is not our error.
                let _ = input.write_all(&bytes).await;
            }
        });
        Ok(Rows { output: BufReader::new(output), line: Vec::new(), _child: child, _place: place })
    }
}

/// A list that a child is reading; dropped, it ends the child.
pub struct Rows {
    output: BufReader<ChildStdout>,
    line: Vec<u8>,
    _child: Child,
    _place: OwnedSemaphorePermit,
}

impl Rows {
    /// Returns what the child says next; nothing at the end of the list.
    ///
    /// # Errors
    /// [`Unread`] with a sentence for the person, whatever happens to the child.
    pub async fn next(&mut self) -> Result<Option<Told>, Unread> {
        self.line.clear();
        let mut bounded = (&mut self.output).take(LINE_MAX);
        let read = tokio::time::timeout(Duration::from_secs(ROWS_SECONDS), bounded.read_until(b'\n', &mut self.line));
        read.await.map_err(|_| Unread::TooSlow)?.map_err(|_| Unread::Broken)?;
        match serde_json::from_slice(&self.line) {
            Ok(Told::End) => Ok(None),
            Ok(Told::Unreadable(sentence)) => Err(Unread::Refused(sentence)),
            Ok(told) => Ok(Some(told)),
            Err(_) => {
                tracing::warn!("the reading process died");
                Err(Unread::Broken)
            }
        }
    }
}

/// Runs in the child: limits itself, reads a list from standard input, prints its rows as lines of JSON.
pub fn run_rows_child(
    name: &str,
    input: &mut dyn std::io::Read,
    output: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    limit_this_process(ROWS_SECONDS)?;
    let limits = Limits::of_lists();
    let bytes = all_of(input, &limits)?;
    let mut output = std::io::BufWriter::with_capacity(64 * 1024, output);
    let read = documents::tables::stream_any(name, &bytes, &limits, &mut |item| match item {
        Item::File(name) => say(&mut output, &Told::File(name.to_owned())),
        Item::Sheet(title) => say(&mut output, &Told::Sheet(title.to_owned())),
        Item::Row { line, cells } => say(&mut output, &Lent::Row(line, cells)),
    });
    match read {
        Ok(()) => say(&mut output, &Told::End)?,
        Err(Stopped::Unreadable(why)) => say(&mut output, &Told::Unreadable(why.to_string()))?,
        Err(Stopped::Sink(error)) => return Err(error),
    }
    std::io::Write::flush(&mut output)
}

/// [`Told::Row`] without owning its cells: a hundred thousand rows are said at once.
#[derive(serde::Serialize)]
enum Lent<'a> {
    Row(usize, &'a [String]),
}

fn say(output: &mut dyn std::io::Write, told: &impl serde::Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *output, told)?;
    output.write_all(b"\n")
}

fn all_of(input: &mut dyn std::io::Read, limits: &Limits) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let cap = u64::try_from(limits.packed).unwrap_or(u64::MAX);
    std::io::Read::read_to_end(&mut std::io::Read::take(input, cap.saturating_add(1)), &mut bytes)?;
    Ok(bytes)
}

/// Runs in the child: limits itself, reads the file from standard input, prints the reply.
pub fn run_child(name: &str, input: &mut dyn std::io::Read, output: &mut dyn std::io::Write) -> std::io::Result<()> {
    limit_this_process(SECONDS)?;
    let limits = Limits::default();
    let bytes = all_of(input, &limits)?;
    let reply = match documents::tables::read_any(name, &bytes, &limits) {
        Ok(tables) => Reply::Tables(tables),
        Err(unreadable) => Reply::Unreadable(Unreadable::to_string(&unreadable)),
    };
    serde_json::to_writer(output, &reply)?;
    Ok(())
}

#[cfg(unix)]
fn limit_this_process(seconds: u64) -> std::io::Result<()> {
    use rlimit::Resource;
    Resource::AS.set(MEMORY, MEMORY)?;
    Resource::CPU.set(seconds, seconds)?;
    Resource::CORE.set(0, 0)?;
    // No file may be opened or written and no process started: the bytes are in memory already.
    Resource::NPROC.set(0, 0)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::NOFILE.set(3, 3)
}

#[cfg(not(unix))]
fn limit_this_process(_: u64) -> std::io::Result<()> {
    Ok(())
}
