//! Reads a whole backup and compares it with what it says about itself; touches nothing.

use super::{
    archive::{Parts, Tally, Written},
    error::{Result, Trouble},
    key::Key,
    manifest::{self, Content, Manifest},
    seal::Opener,
};
use flate2::read::DeflateDecoder;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read as _},
    path::Path,
};

/// A backup that is being read.
pub type Stream = Parts<DeflateDecoder<Opener<BufReader<File>>>>;

/// What was found in a part.
struct Found {
    written: Written,
    rows: u64,
    content: Content,
}

/// What was found, by the names of the parts.
type AllFound = BTreeMap<String, Found>;

/// Opens a backup.
pub fn open(path: &Path, key: &Key) -> Result<Stream> {
    let file = File::open(path).map_err(Trouble::with(path))?;
    Ok(Parts::new(DeflateDecoder::new(Opener::new(BufReader::new(file), key)?)))
}

/// Reads a backup to its end and returns its manifest when every part is as the manifest says.
pub fn check(path: &Path, key: &Key) -> Result<Manifest> {
    let mut stream = open(path, key)?;
    let (found, manifest) = read(&mut stream).map_err(Trouble::with(path))?;
    let mut rest = stream.finish().map_err(Trouble::with(path))?.into_inner();
    // The encrypted stream must end where the archive does, or its end was never authenticated.
    if rest.read(&mut [0]).map_err(Trouble::with(path))? > 0 {
        return Err(Trouble::Damaged("после конца копии есть лишнее".into()));
    }
    let manifest: Manifest = manifest
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| Trouble::Damaged("в ней нет описи".into()))?;
    compare(found, &manifest)?;
    Ok(manifest)
}

fn read(stream: &mut Stream) -> io::Result<(AllFound, Option<Vec<u8>>)> {
    let (mut found, mut manifest) = (BTreeMap::new(), None);
    while let Some(name) = stream.next_part()? {
        if name == manifest::PART {
            let mut bytes = vec![];
            while let Some(block) = stream.next_block()? {
                bytes.extend(block);
            }
            manifest = Some(bytes);
            continue;
        }
        let (mut tally, mut rows, mut content) = (Tally::default(), 0, Content::default());
        let is_table = name.starts_with("table/");
        while let Some(block) = stream.next_block()? {
            tally.add(&block);
            if is_table {
                for line in lines(&block)? {
                    rows += 1;
                    content.add(line);
                }
            }
        }
        found.insert(name, Found { written: tally.end(), rows, content });
    }
    Ok((found, manifest))
}

/// Returns the rows of a block; rows never cross the border of two blocks.
pub fn lines(block: &[u8]) -> io::Result<Vec<&str>> {
    let text = std::str::from_utf8(block).map_err(|_| super::error::unsound("записи не читаются"))?;
    Ok(text.lines().collect())
}

fn compare(mut found: AllFound, manifest: &Manifest) -> Result<()> {
    for part in &manifest.tables {
        let is_same = found.remove(&format!("table/{}", part.table.name)).is_some_and(|found| {
            found.written == Written { bytes: part.bytes, sha256: part.sha256.clone() }
                && found.rows == part.rows
                && found.content.to_string() == part.content
        });
        if !is_same {
            return Err(Trouble::Damaged(format!("таблица {} не такая, как в описи", part.table.name)));
        }
    }
    for part in &manifest.files {
        let wanted = Written { bytes: part.bytes, sha256: part.sha256.clone() };
        if found.remove(&format!("file/{}", part.stored_as)).is_none_or(|found| found.written != wanted) {
            return Err(Trouble::Damaged("один из файлов не такой, как в описи".into()));
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Damaged("в ней есть то, чего нет в описи".into()))
    }
}
