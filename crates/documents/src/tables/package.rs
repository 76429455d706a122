//! The archive an office file is, unpacked part by part and within bounds.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, BufReader, Cursor, Read};

use encoding_rs::IBM866;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Element, Token, Xml};
use super::{Limits, Unreadable};

/// Growth is not judged before this many bytes: a form of thousand blank rows packs as well as any bomb.
const RATIO_GRACE: u64 = 8 * 1024 * 1024;

/// What an office archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Document,
    Workbook,
}

/// An opened archive.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index of an entry by its name in lower case with `/`: programs differ in both.
    entries: HashMap<String, usize>,
    limits: &'a Limits,
    /// Bytes unpacked so far, all parts together.
    unpacked: Cell<u64>,
}

impl<'a> Package<'a> {
    /// Opens an archive. Nothing is unpacked yet; the number of entries is checked before they are listed.
    pub fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Unreadable> {
        if bytes.is_empty() {
            return Err(Unreadable::Empty);
        }
        if bytes.len() > limits.packed {
            return Err(Unreadable::TooLarge { megabytes: limits.packed / (1024 * 1024) });
        }
        if announced_entries(bytes) > limits.entries {
            return Err(Unreadable::TooManyEntries);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
        if archive.len() > limits.entries {
            return Err(Unreadable::TooManyEntries);
        }
        let mut entries = HashMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                entries.entry(normalised(&name)).or_insert(index);
            }
        }
        Ok(Self { archive, entries, limits, unpacked: Cell::new(0) })
    }

    /// Returns the bounds this package is read within.
    pub fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// Tells whether a part is there.
    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&normalised(name))
    }

    /// Tells whether some part's name ends so.
    pub fn has_ending(&self, ending: &str) -> bool {
        self.entries.keys().any(|name| name.ends_with(ending))
    }

    /// Returns the names of all parts in their order, as people see them.
    ///
    /// The archiver of a Russian Windows writes names in the code page of DOS and says nothing about it.
    pub fn names(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        for index in 0..self.archive.len() {
            if let Ok(file) = self.archive.by_index_raw(index) {
                let raw = file.name_raw();
                let name = std::str::from_utf8(raw).map_or_else(|_| IBM866.decode(raw).0.into_owned(), str::to_owned);
                names.push(name.replace('\\', "/"));
            }
        }
        names
    }

    /// Unpacks the part with this place in [`names`](Self::names), as far as a file may be sent.
    pub fn bytes(&mut self, index: usize) -> Result<Vec<u8>, Unreadable> {
        let file = self.archive.by_index(index).map_err(|error| refusal(&error))?;
        let mut bytes = Vec::new();
        let bound = self.limits.packed as u64;
        file.take(bound + 1).read_to_end(&mut bytes).map_err(|_| Unreadable::Broken)?;
        if bytes.len() > self.limits.packed { Err(Unreadable::TooLargeUnpacked) } else { Ok(bytes) }
    }

    /// Reads one part with `read`; `None` where there is no such part.
    pub fn read<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Xml<'_>) -> Result<T, Unreadable>,
    ) -> Result<Option<T>, Unreadable> {
        let Some(&index) = self.entries.get(&normalised(name)) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| refusal(&error))?;
        let source = Bounded {
            part_bound: file.compressed_size().saturating_mul(self.limits.ratio).max(RATIO_GRACE),
            part: 0,
            all_bound: self.limits.unpacked,
            all: &self.unpacked,
            inner: file,
        };
        read(&mut Xml::new(BufReader::new(source), self.limits.xml_depth)).map(Some)
    }

    /// Returns the relationships of a part: id, type's last word, target as a name inside the package.
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, Unreadable> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let bound = self.limits.entries;
        let found = self.read(&name, |xml| {
            let mut found = Vec::new();
            loop {
                match xml.next()? {
                    Token::Open(element) if element.name() == "Relationship" => {
                        if found.len() == bound {
                            return Err(Unreadable::TooManyEntries);
                        }
                        found.extend(Relationship::read(&element, folder));
                    }
                    Token::End => return Ok(found),
                    _ => {}
                }
            }
        })?;
        Ok(found.unwrap_or_default())
    }

    /// Returns the name of the main part, wherever the program that wrote the file has put it.
    pub fn main_part(&mut self, usual: &str) -> Result<String, Unreadable> {
        let named = self.relationships("")?.into_iter().find(|it| it.kind == "officeDocument").map(|it| it.target);
        Ok(named.filter(|name| self.has(name)).unwrap_or_else(|| usual.to_owned()))
    }

    /// Tells a document from a workbook, and names what is neither.
    pub fn kind(&mut self) -> Result<Kind, Unreadable> {
        if self.has_ending("vbaproject.bin") {
            return Err(Unreadable::Macros);
        }
        let main = self.main_part("")?.to_lowercase();
        if main.starts_with("word/") || self.has("word/document.xml") {
            return Ok(Kind::Document);
        }
        if self.has("xl/workbook.bin") {
            return Err(Unreadable::BinaryWorkbook);
        }
        if main.starts_with("xl/") || self.has("xl/workbook.xml") {
            return Ok(Kind::Workbook);
        }
        if self.has("content.xml") && self.has("mimetype") {
            return Err(Unreadable::OpenDocument);
        }
        Err(Unreadable::UnknownFormat)
    }
}

/// One link from a part to another.
pub struct Relationship {
    pub id: String,
    /// The last word of the type, the same in the transitional and the strict vocabulary: `worksheet`, `styles`.
    pub kind: String,
    pub target: String,
}

impl Relationship {
    fn read(element: &Element<'_>, folder: &str) -> Option<Self> {
        let target = element.attribute("Target")?;
        let target = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target,
            None => format!("{folder}/{target}"),
        };
        let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
        Some(Self { id: element.attribute("Id")?, kind, target })
    }
}

/// Counts what is unpacked and stops at the bounds.
struct Bounded<'a, R> {
    inner: R,
    part: u64,
    part_bound: u64,
    all: &'a Cell<u64>,
    all_bound: u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.part = self.part.saturating_add(count as u64);
        self.all.set(self.all.get().saturating_add(count as u64));
        if self.part > self.part_bound || self.all.get() > self.all_bound {
            return Err(io::Error::other(Unreadable::TooLargeUnpacked));
        }
        Ok(count)
    }
}

/// Returns the number of entries the end record of the archive announces, 0 where there is none.
///
/// A listing costs some 300 bytes per entry, 20 MB of entries would cost 130 MB: so it is looked at before listing.
fn announced_entries(bytes: &[u8]) -> usize {
    const END_RECORD: usize = 22;
    const COMMENT_MAX: usize = 65_535;
    let tail = &bytes[bytes.len().saturating_sub(END_RECORD + COMMENT_MAX)..];
    tail.windows(END_RECORD)
        .rev()
        .find(|window| window.starts_with(b"PK\x05\x06"))
        .map_or(0, |window| usize::from(u16::from_le_bytes([window[10], window[11]])))
}

fn normalised(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn refusal(error: &ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Unreadable::Encrypted,
        _ => Unreadable::Broken,
    }
}
