//! A long table on its way out: row by row to the disk, from there piece by piece to whoever asked.
//!
//! It is never whole in memory, and a slow line holds no transaction: nothing leaves before everything is written.

use super::{
    draft::Draft,
    store::{FileStore, handed_out},
};
use crate::error::{Answer, Failure};
use axum::response::Response;
use documents::{
    block::Unwritable,
    csv,
    sheet::{Sheet, Value},
    xlsx,
};
use std::{io, iter};
use tokio::{sync::mpsc, task::JoinHandle};

/// Rows that wait for the disk.
const WAITING: usize = 256;

/// How rows become bytes.
#[derive(Debug, Clone, Copy)]
pub enum Format {
    Csv,
    Xlsx,
}

/// A table that is written.
pub struct Outgoing {
    rows: mpsc::Sender<Vec<Value>>,
    written: JoinHandle<Result<Draft, Failure>>,
    ending: &'static str,
}

impl Outgoing {
    /// Begins a file with the header of a sheet; its rows come one by one.
    pub fn begin(store: &FileStore, sheet: Sheet, format: Format) -> Answer<Self> {
        let (mut draft, scratch) = (store.draft()?, store.path_of(""));
        let (rows, mut waiting) = mpsc::channel(WAITING);
        let written = tokio::task::spawn_blocking(move || {
            let rows = iter::from_fn(|| waiting.blocking_recv());
            let mut out = io::BufWriter::new(&mut draft);
            match format {
                Format::Csv => csv::write_rows(&mut out, &sheet, rows)?,
                Format::Xlsx => xlsx::write_rows(&mut out, &scratch, &sheet, rows).map_err(unwritten)?,
            }
            out.into_inner().map_err(io::IntoInnerError::into_error)?;
            Ok(draft)
        });
        let ending = match format {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        };
        Ok(Self { rows, written, ending })
    }

    /// Adds a row.
    pub async fn row(self, values: Vec<Value>) -> Answer<Self> {
        match self.rows.send(values).await {
            Ok(()) => Ok(self),
            // The writer has stopped, and it alone knows why.
            Err(stopped) => Err(self.end().await.err().unwrap_or_else(|| Failure::unforeseen(&stopped))),
        }
    }

    /// Waits until everything is written.
    pub async fn end(self) -> Answer<Written> {
        drop(self.rows);
        let draft = self.written.await.map_err(|error| Failure::unforeseen(&error))??;
        Ok(Written { draft, ending: self.ending })
    }
}

/// A table that waits to be handed out.
pub struct Written {
    draft: Draft,
    ending: &'static str,
}

impl Written {
    /// Answers with the file under a name, to which its ending is added; it is forgotten with the answer.
    pub fn hand_out(self, name: &str) -> Answer<Response> {
        Ok(handed_out(&format!("{name}.{}", self.ending), self.draft.spent()?))
    }
}

fn unwritten(error: Unwritable) -> Failure {
    match error {
        Unwritable::DiskFull => io::Error::from(io::ErrorKind::StorageFull).into(),
        Unwritable::SheetTooLarge => Failure::Refused(
            "Записей больше, чем вмещает лист Excel. Ограничьте дни или сохраните в формате CSV.".to_owned(),
        ),
        other => Failure::unforeseen(&other),
    }
}
