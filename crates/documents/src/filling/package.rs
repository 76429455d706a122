//! The archive a .docx is: opened within bounds, searched for what harms, packed again.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Unfilled;

/// Bytes of the file as it was sent.
const PACKED: usize = 10 << 20;
/// Bytes of all parts together.
const UNPACKED: usize = 64 << 20;
/// Bytes of a part with a text: the longest order of a school has some 300 000.
const TEXT: usize = 8 << 20;
const PARTS: usize = 1_000;
/// Times a part may grow after its first megabyte: drawings and texts stay under 60, deflate ends at 1032.
const RATIO: u64 = 100;
const RATIO_GRACE: u64 = 1 << 20;

/// Kinds of links that bring programs or other documents into one.
const OBJECTS: [&str; 5] = ["oleObject", "package", "control", "aFChunk", "subDocument"];

/// The parts of a document by their names, in their order.
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// Opens a file and refuses what a wording of a school never needs.
    pub fn open(bytes: &[u8]) -> Result<Self, Unfilled> {
        if bytes.len() > PACKED {
            return Err(Unfilled::TooLarge { megabytes: PACKED >> 20 });
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            // Word puts a document with a password into the container of its old format.
            return Err(Unfilled::Encrypted);
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(Unfilled::NotWord);
        }
        let mut package = Self { parts: unpack(bytes)? };
        if !package.parts.iter().any(|(name, _)| name.starts_with("word/document")) {
            return Err(Unfilled::NotWord);
        }
        package.check()?;
        package.forget_template()?;
        Ok(package)
    }

    /// Returns the names of the parts with texts that are filled.
    pub fn wordings(&self) -> Vec<String> {
        const BEGINNINGS: [&str; 5] = ["document", "header", "footer", "footnotes", "endnotes"];
        let is_wording = |name: &str| {
            let last = name.strip_prefix("word/").filter(|rest| is_of(rest, "xml") && !rest.contains('/'));
            last.is_some_and(|last| BEGINNINGS.iter().any(|beginning| last.starts_with(beginning)))
        };
        self.parts.iter().map(|(name, _)| name.clone()).filter(|name| is_wording(name)).collect()
    }

    /// Returns a part as text.
    pub fn text(&self, name: &str) -> Result<Option<String>, Unfilled> {
        let Some((_, bytes)) = self.parts.iter().find(|(part, _)| part == name) else { return Ok(None) };
        let text = std::str::from_utf8(bytes).map_err(|_| Unfilled::Broken)?;
        Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()))
    }

    /// Puts a part in, in the place of an older one of that name.
    pub fn replace(&mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Result<(), Unfilled> {
        let bytes = bytes.into();
        match self.parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, old)) => *old = bytes,
            None => self.parts.push((name.to_owned(), bytes)),
        }
        let all: usize = self.parts.iter().map(|(_, bytes)| bytes.len()).sum();
        if all > UNPACKED { Err(Unfilled::TooLargeUnpacked) } else { Ok(()) }
    }

    /// Packs the parts; the same parts give the same bytes.
    pub fn pack(self) -> Result<Vec<u8>, Unfilled> {
        let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in self.parts {
            packed.start_file(name, options).map_err(|_| Unfilled::Broken)?;
            packed.write_all(&bytes).map_err(|_| Unfilled::Broken)?;
        }
        Ok(packed.finish().map_err(|_| Unfilled::Broken)?.into_inner())
    }

    fn check(&self) -> Result<(), Unfilled> {
        for (name, bytes) in &self.parts {
            let lower = name.to_lowercase();
            if lower.contains("vbaproject") || lower.contains("vbadata") {
                return Err(Unfilled::Macros);
            }
            if lower.contains("activex/") {
                return Err(Unfilled::Objects);
            }
            let (is_xml, is_links) = (is_of(name, "xml"), is_of(name, "rels"));
            if (is_xml || is_links) && (bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")) {
                return Err(Unfilled::Broken);
            }
            if (is_xml || is_links) && (contains(bytes, b"<!DOCTYPE") || contains(bytes, b"<!ENTITY")) {
                return Err(Unfilled::Entities);
            }
            if lower == "[content_types].xml" && contains(bytes, b"macroEnabled") {
                return Err(Unfilled::Macros);
            }
            if is_links {
                for link in links(bytes)? {
                    link.check()?;
                }
            }
        }
        Ok(())
    }

    /// Forgets the template a document was made from: Word notes its path, which nobody else can open.
    fn forget_template(&mut self) -> Result<(), Unfilled> {
        for (name, bytes) in &mut self.parts {
            if is_of(name, "rels") && contains(bytes, b"/attachedTemplate") {
                *bytes = without(bytes, "Relationship", |link| {
                    Link::read(link).is_some_and(|link| link.is("attachedTemplate"))
                })?;
            }
            if name == "word/settings.xml" {
                *bytes = without(bytes, "attachedTemplate", |_| true)?;
            }
        }
        Ok(())
    }
}

fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Unfilled> {
    let refusal = |error: ZipError| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Unfilled::Encrypted,
        _ => Unfilled::Broken,
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
    if archive.len() > PARTS {
        return Err(Unfilled::TooManyParts);
    }
    let (mut parts, mut unpacked) = (Vec::new(), 0);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(refusal)?;
        if !file.is_file() {
            continue;
        }
        let name = file.name().map_err(refusal)?.replace('\\', "/").trim_start_matches('/').to_owned();
        let room = (UNPACKED - unpacked) as u64;
        let bound = room.min(file.compressed_size().saturating_mul(RATIO).max(RATIO_GRACE));
        let mut part = Vec::new();
        file.take(bound + 1).read_to_end(&mut part).map_err(|_| Unfilled::Broken)?;
        let is_long_text = is_of(&name, "xml") && part.len() > TEXT;
        if part.len() as u64 > bound || is_long_text {
            return Err(Unfilled::TooLargeUnpacked);
        }
        unpacked += part.len();
        parts.push((name, part));
    }
    Ok(parts)
}

/// A link from a part to something else.
struct Link {
    kind: String,
    target: String,
    is_external: bool,
}

impl Link {
    fn read(element: &BytesStart<'_>) -> Option<Self> {
        let value = |name: &str| {
            let attributes = element.attributes().with_checks(false).filter_map(Result::ok).collect::<Vec<_>>();
            let found = attributes.iter().find(|attribute| attribute.key.as_ref() == name)?;
            Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
        };
        let is_external = value("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        Some(Self { kind: value("Type")?, target: value("Target")?, is_external })
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }

    fn check(&self) -> Result<(), Unfilled> {
        if self.is("vbaProject") {
            return Err(Unfilled::Macros);
        }
        if OBJECTS.iter().any(|kind| self.is(kind)) {
            return Err(Unfilled::Objects);
        }
        let is_page = ["http://", "https://", "mailto:", "#"].iter().any(|scheme| self.target.starts_with(scheme));
        let may_be_outside = self.is("attachedTemplate") || (self.is("hyperlink") && is_page);
        if self.is_external && !may_be_outside {
            return Err(Unfilled::External(self.target.chars().take(80).collect()));
        }
        Ok(())
    }
}

fn links(bytes: &[u8]) -> Result<Vec<Link>, Unfilled> {
    let mut reader = reader(bytes)?;
    let mut links = Vec::new();
    loop {
        match reader.read_event().map_err(|_| Unfilled::Broken)? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "Relationship" => {
                links.extend(Link::read(&element));
            }
            Event::Eof => return Ok(links),
            _ => {}
        }
    }
}

/// Takes empty elements of a name out of a part.
fn without(bytes: &[u8], name: &str, unwanted: impl Fn(&BytesStart<'_>) -> bool) -> Result<Vec<u8>, Unfilled> {
    let mut reader = reader(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|_| Unfilled::Broken)?;
    let (mut kept, mut from) = (String::with_capacity(text.len()), 0);
    loop {
        let event = reader.read_event().map_err(|_| Unfilled::Broken)?;
        let to = usize::try_from(reader.buffer_position()).map_err(|_| Unfilled::TooDeep)?;
        let is_unwanted =
            matches!(&event, Event::Empty(element) if element.local_name().as_ref() == name && unwanted(element));
        if !is_unwanted {
            kept.push_str(text.get(from..to).unwrap_or_default());
        }
        if matches!(event, Event::Eof) {
            return Ok(kept.into_bytes());
        }
        from = to;
    }
}

fn reader(bytes: &[u8]) -> Result<Reader<&[u8]>, Unfilled> {
    Ok(Reader::from_str(std::str::from_utf8(bytes).map_err(|_| Unfilled::Broken)?))
}

/// Tells whether a part is of a kind, by its extension.
fn is_of(name: &str, kind: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case(kind))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
