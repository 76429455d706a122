//! What kind of file it is, told by its bytes: names lie, and mail programs change them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::package::{Kind, Package};
use super::text::{Commas, read_columns};
use super::{Limits, Table, Unreadable, docx, xlsx};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Archive,
    Text,
}

/// Reads the tables of a file of any supported format.
///
/// The name decides on one thing only: whether a comma separates columns, as it does in a `.csv` and not in a text.
pub fn read_any(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, Unreadable> {
    if recognise(bytes, limits)? == Format::Text {
        let separated = name.to_lowercase().ends_with(".csv");
        let commas = if separated { Commas::Separate } else { Commas::BelongToText };
        return read_columns(&decode(bytes)?, commas, limits);
    }
    let mut package = Package::open(bytes, limits)?;
    match package.kind()? {
        Kind::Document => docx::read_package(&mut package),
        Kind::Workbook => xlsx::read_package(&mut package),
    }
}

/// Tells an archive from a text and names every other format with the advice that belongs to it.
pub fn recognise(bytes: &[u8], limits: &Limits) -> Result<Format, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > limits.packed {
        return Err(Unreadable::TooLarge { megabytes: limits.packed / (1024 * 1024) });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Format::Archive);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(compound(bytes));
    }
    let start = String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).to_lowercase();
    let start = start.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']);
    if start.starts_with("%pdf-") {
        return Err(Unreadable::Pdf);
    }
    if start.starts_with("{\\rtf") {
        return Err(Unreadable::Rtf);
    }
    if ["<!doctype html", "<html", "<table", "<?xml", "mime-version:"].iter().any(|it| start.starts_with(it)) {
        return Err(Unreadable::Html);
    }
    Ok(Format::Text)
}

/// Names what an OLE container holds by the names of its streams, which are written in UTF-16.
fn compound(bytes: &[u8]) -> Unreadable {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        Unreadable::Encrypted
    } else if holds("WordDocument") {
        Unreadable::OldWord
    } else if holds("Workbook") || holds("Book") {
        Unreadable::OldExcel
    } else {
        Unreadable::UnknownFormat
    }
}

/// Decodes a text: by its mark, else UTF-8, else windows-1251, the encoding of the Russian Excel's CSV.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1251 });
    debug_assert!([UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1251].contains(&encoding));
    let (text, _, _) = encoding.decode(bytes);
    let is_text = |character: char| !character.is_control() || matches!(character, '\t' | '\n' | '\r' | '\u{C}');
    // A single control character is enough: no program writes one into a text, every binary file has them.
    if text.chars().all(is_text) { Ok(text.into_owned()) } else { Err(Unreadable::UnknownFormat) }
}
