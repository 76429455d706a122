//! Writes a folder as a ZIP archive, file by file: at no time more than one list is in memory, and no document.

use super::{
    index::{self, SUMS},
    model::{Folder, Item, Source, Written},
};
use crate::{
    error::Failure,
    files::{FileStore, hex},
    jobs::Unfinished,
};
use documents::block::Unwritable;
use sha2::{Digest as _, Sha256};
use std::io::{self, Seek, Write};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// How the index is called; it stands before the rows.
const INDEX: &str = "0 Оглавление";

/// Files that are packed inside: packing them once more costs time and saves nothing.
const PACKED: [&str; 13] =
    ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "jpg", "jpeg", "png", "webp", "zip", "mp4"];

/// Says how many of how many files are written; stops the writing by its error.
pub type Say<'a> = &'a mut dyn FnMut((usize, usize), &str) -> Result<(), Unfinished>;

/// Writes a folder and notes in it what became of every file.
pub fn write(files: &FileStore, folder: &mut Folder, out: impl Write + Seek, say: Say<'_>) -> Result<(), Unfinished> {
    let mut archive = Archive { zip: ZipWriter::new(out), sums: vec![] };
    let total = folder.items_mut().count() + 1;
    for (done, item) in folder.items_mut().enumerate() {
        say((done, total), &format!("Записывается: {}", item.title))?;
        item.written = Some(archive.item(files, item)?);
    }
    say((total - 1, total), "Составляется оглавление")?;
    let index = index::document(folder);
    archive.whole(&format!("{INDEX}.docx"), &documents::docx::write(&index).map_err(unwritable)?)?;
    archive.whole(&format!("{INDEX}.pdf"), &documents::pdf::write(&index, folder.as_of).map_err(unwritable)?)?;
    archive.finish()
}

struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    /// Places with their sums, in the order they were written.
    sums: Vec<(String, String)>,
}

impl<W: Write + Seek> Archive<W> {
    fn item(&mut self, files: &FileStore, item: &Item) -> Result<Written, Unfinished> {
        match &item.source {
            Source::Made(workbook) => {
                self.whole(&item.place, &documents::xlsx::write(workbook).map_err(unwritable)?).map(Written::Sum)
            }
            Source::Kept(file) => {
                let Ok(bytes) = files.opened_now(file) else {
                    tracing::warn!(file = %file.id, "a document of the evidence is not on the disk");
                    return Ok(Written::Lost);
                };
                let sum = self.copied(&item.place, bytes)?;
                Ok(if sum == file.sha256 { Written::Sum(sum) } else { Written::Altered(sum) })
            }
        }
    }

    fn whole(&mut self, place: &str, bytes: &[u8]) -> Result<String, Unfinished> {
        self.copied(place, bytes)
    }

    fn copied(&mut self, place: &str, mut bytes: impl io::Read) -> Result<String, Unfinished> {
        self.zip.start_file(place, options(place)).map_err(unpacked)?;
        let (mut digest, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
        loop {
            let read = bytes.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            digest.update(&buffer[..read]);
            self.zip.write_all(&buffer[..read])?;
        }
        let sum = hex(&digest.finalize());
        self.sums.push((place.to_owned(), sum.clone()));
        Ok(sum)
    }

    /// Adds the sums and closes the archive.
    fn finish(mut self) -> Result<(), Unfinished> {
        self.sums.sort();
        self.zip.start_file(SUMS, options(SUMS)).map_err(unpacked)?;
        for (place, sum) in &self.sums {
            writeln!(self.zip, "{sum}  {place}")?;
        }
        self.zip.finish().map_err(unpacked)?.flush()?;
        Ok(())
    }
}

/// Neither clock nor system enters the archive: the same records give the same bytes.
fn options(place: &str) -> SimpleFileOptions {
    let is_packed = place.rsplit_once('.').is_some_and(|(_, kind)| PACKED.contains(&kind.to_lowercase().as_str()));
    let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default())
}

fn unwritable(error: Unwritable) -> Unfinished {
    match error {
        Unwritable::NoFonts => Failure::Refused(error.to_string()).into(),
        other => Failure::unforeseen(&other).into(),
    }
}

fn unpacked(error: ZipError) -> Unfinished {
    match error {
        ZipError::Io(error) => error.into(),
        other => Failure::unforeseen(&other).into(),
    }
}
