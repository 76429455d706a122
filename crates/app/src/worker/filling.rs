//! A school's own .docx, filled in a child process: who uploaded it may have got it from anywhere.
//!
//! The child is told a line of JSON, what is to be filled in, and behind it the bytes of the file. It answers with a line
//! for every sheet; behind a filled one stand its bytes.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::time::Duration;

use documents::{
    block::Document,
    kinds::{self, Kind, NameForms},
};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader as AsyncBufReader};
use tokio::process::{Child, ChildStdout};
use tokio::sync::OwnedSemaphorePermit;

use super::{Unread, Worker, limit_this_process, say};

/// The name of the hidden subcommand.
pub const SUBCOMMAND: &str = "fill-file";

/// The most sheets of one child: its processor time is bounded.
pub const SHEETS_MAX: usize = 50;

/// Seconds of patience with one sheet.
const SHEET_SECONDS: u64 = 10;

/// Seconds of processor time a pile of sheets may cost.
const PILE_SECONDS: u64 = 60;

/// The longest line: what is shown of a register of 700 people.
const LINE_MAX: u64 = 16 * 1024 * 1024;

/// The largest filled file, in bytes.
const FILLED_MAX: usize = 64 * 1024 * 1024;

/// What a file is filled with.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Sheet {
    pub input: serde_json::Value,
    pub names: NameForms,
    /// What the QR code says.
    pub code: String,
}

/// A filled file.
#[derive(Debug, Clone)]
pub struct Filled {
    pub docx: Vec<u8>,
    /// The QR code is drawn in it.
    pub has_code: bool,
    /// What is written in it.
    pub document: Document,
}

#[derive(serde::Serialize, serde::Deserialize)]
enum Told {
    Filled { size: usize, has_code: bool, document: Document },
    Refused(String),
}

/// Sheets that a child is filling; dropped, it ends the child.
pub struct Fillings {
    output: AsyncBufReader<ChildStdout>,
    _child: Child,
    _place: OwnedSemaphorePermit,
}

impl Worker {
    /// Fills a file once.
    ///
    /// # Errors
    /// [`Unread`] with a sentence for the person, whatever happens to the child.
    pub async fn fill_one(&self, kind: &Kind, docx: Vec<u8>, sheet: Sheet) -> Result<Filled, Unread> {
        self.fill(kind, docx, &[sheet]).await?.next().await
    }

    /// Begins to fill a file with up to [`SHEETS_MAX`] sheets, one after the other.
    ///
    /// # Errors
    /// [`Unread`] when the child does not start.
    pub async fn fill(&self, kind: &Kind, docx: Vec<u8>, sheets: &[Sheet]) -> Result<Fillings, Unread> {
        let mut asked = serde_json::to_vec(sheets).map_err(|_| Unread::Broken)?;
        asked.push(b'\n');
        let place = self.places.clone().acquire_owned().await.map_err(|_| Unread::Broken)?;
        let mut child = self.start(SUBCOMMAND, kind.name)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.ok_or(Unread::Broken)?;
        tokio::spawn(async move {
            if let Some(mut input) = input {
                // A child that refuses early closes its end: that is not our error.
                let _ = input.write_all(&asked).await;
                let _ = input.write_all(&docx).await;
            }
        });
        Ok(Fillings { output: AsyncBufReader::new(output), _child: child, _place: place })
    }
}

impl Fillings {
    /// Returns the next sheet, filled.
    ///
    /// # Errors
    /// [`Unread`] with a sentence for the person, whatever happens to the child.
    pub async fn next(&mut self) -> Result<Filled, Unread> {
        tokio::time::timeout(Duration::from_secs(SHEET_SECONDS), self.sheet()).await.map_err(|_| Unread::SlowFile)?
    }

    async fn sheet(&mut self) -> Result<Filled, Unread> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.output).take(LINE_MAX);
        bounded.read_until(b'\n', &mut line).await.map_err(|_| Unread::Broken)?;
        match serde_json::from_slice(&line) {
            Ok(Told::Refused(sentence)) => Err(Unread::Refused(sentence)),
            Ok(Told::Filled { size, has_code, document }) if size <= FILLED_MAX => {
                let mut docx = vec![0; size];
                self.output.read_exact(&mut docx).await.map_err(|_| Unread::Broken)?;
                Ok(Filled { docx, has_code, document })
            }
            _ => {
                tracing::warn!("the reading process died");
                Err(Unread::Broken)
            }
        }
    }
}

/// Runs in the child: limits itself, reads what is to be filled and the file, prints the filled files.
///
/// # Errors
/// When nobody listens any more, or nothing sensible was told.
pub fn run_child(kind: &str, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    limit_this_process(PILE_SECONDS)?;
    let mut input = BufReader::new(input);
    let (mut line, mut docx) = (Vec::new(), Vec::new());
    (&mut input).take(LINE_MAX).read_until(b'\n', &mut line)?;
    let cap = u64::try_from(crate::files::MAX_BYTES).unwrap_or(u64::MAX);
    input.take(cap.saturating_add(1)).read_to_end(&mut docx)?;
    let sheets: Vec<Sheet> = serde_json::from_slice(&line)?;
    let kind = kinds::find(kind).ok_or(io::ErrorKind::InvalidInput)?;
    for sheet in sheets {
        match filled(kind, &docx, &sheet) {
            Ok(filled) => {
                let (size, has_code) = (filled.docx.len(), filled.has_code);
                say(output, &Told::Filled { size, has_code, document: filled.document })?;
                output.write_all(&filled.docx)?;
            }
            Err(sentence) => say(output, &Told::Refused(sentence))?,
        }
        output.flush()?;
    }
    Ok(())
}

fn filled(kind: &Kind, docx: &[u8], sheet: &Sheet) -> Result<Filled, String> {
    let filled = kind.fill_file(docx, &sheet.input.to_string(), (&sheet.names, Some(&sheet.code)));
    let filled = filled.map_err(|why| why.to_string())?;
    let document = filled.document().map_err(|why| why.to_string())?;
    Ok(Filled { has_code: filled.draws(&sheet.code), docx: filled.docx, document })
}
