//! Writes a [`Document`] as .docx.
//!
//! docx-rs builds the body and the archive. The styles are a file of ours (`styles.xml`): every paragraph names one of
//! them and none is formatted by hand, so a school that wants another font changes one style in Word. The same document
//! gives the same bytes: neither the clock nor chance enters them.

mod body;
mod table;

use std::io::{self, Cursor};

use docx_rs::{Docx, Header, PageMargin, PageNum, PageOrientationType, XMLDocx};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::block::{Document, Look, Orientation, Page, Spacing, Unwritable};

/// Writes a document; the bytes are a file that an office program opens.
pub fn write(document: &Document) -> Result<Vec<u8>, Unwritable> {
    let mut package = body::fill(page(document.page), document)?.build();
    package.styles = styles(document.look).into_bytes();
    package.doc_props.core = properties(document.name()).into_bytes();
    repeat_headers(&mut package, &table::header_flags(document))?;
    for part in std::iter::once(&mut package.document).chain(&mut package.headers) {
        *part = without_ids(part)?;
    }

    let mut stored = Cursor::new(Vec::new());
    package.pack(&mut stored).map_err(|error| Unwritable::Packing(error.to_string()))?;
    deflated(stored).map_err(|error| Unwritable::Packing(error.to_string()))
}

/// Packs the archive anew, since docx-rs stores its parts as they are: a road map of 30 rows shrinks from 74 KB to 11.
fn deflated(stored: Cursor<Vec<u8>>) -> Result<Vec<u8>, ZipError> {
    let mut parts = ZipArchive::new(stored)?;
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..parts.len() {
        let mut part = parts.by_index(index)?;
        packed.start_file(part.name()?.into_owned(), options)?;
        io::copy(&mut part, &mut packed)?;
    }
    Ok(packed.finish()?.into_inner())
}

/// Sets the sheet up: A4, margins, the page's number at the top from the second page on (ГОСТ Р 7.0.97-2016, 3.4–3.5).
fn page(page: Page) -> Docx {
    let (width, height) = page.size_mm();
    let margins = page.margins_mm();
    let orientation = match page.orientation {
        Orientation::Portrait => PageOrientationType::Portrait,
        Orientation::Landscape => PageOrientationType::Landscape,
    };
    let number = docx_rs::Paragraph::new().style("Header").add_page_num(PageNum::new());
    let twips = |mm: u32| i32::try_from(twips(mm)).unwrap_or(0);
    Docx::new()
        .page_size(crate::docx::twips(width), crate::docx::twips(height))
        .page_orient(orientation)
        .page_margin(PageMargin {
            top: twips(margins.top),
            right: twips(margins.right),
            bottom: twips(margins.bottom),
            left: twips(margins.left),
            header: twips(10),
            footer: twips(10),
            gutter: 0,
        })
        .header(Header::new().add_paragraph(number))
        .first_header(Header::new().add_paragraph(docx_rs::Paragraph::new().style("Header")))
        .title_pg()
}

/// Marks the rows that are repeated on every page, which docx-rs cannot: every row writes exactly one `w:trPr`.
fn repeat_headers(package: &mut XMLDocx, flags: &[bool]) -> Result<(), Unwritable> {
    const PROPERTIES: &str = "<w:trPr><w:cantSplit />";
    let body = text_of(&package.document)?;
    let mut pieces = body.split(PROPERTIES);
    let mut marked = pieces.next().unwrap_or_default().to_owned();
    let mut rows = 0;
    for (piece, repeated) in pieces.zip(flags) {
        marked.push_str(PROPERTIES);
        if *repeated {
            marked.push_str("<w:tblHeader />");
        }
        marked.push_str(piece);
        rows += 1;
    }
    if rows != flags.len() || body.matches(PROPERTIES).count() != flags.len() {
        return Err(Unwritable::Packing("строки таблиц не сошлись".to_owned()));
    }
    package.document = marked.into_bytes();
    Ok(())
}

/// Takes the numbers of paragraphs out: they count what the thread has written before, and only comments need them.
fn without_ids(part: &[u8]) -> Result<Vec<u8>, Unwritable> {
    let mut pieces = text_of(part)?.split(" w14:paraId=\"");
    let mut cleared = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        cleared.push_str(piece.split_once('"').map_or(piece, |(_, rest)| rest));
    }
    Ok(cleared.into_bytes())
}

fn text_of(part: &[u8]) -> Result<&str, Unwritable> {
    std::str::from_utf8(part).map_err(|error| Unwritable::Packing(error.to_string()))
}

/// Returns the styles in the sizes of a document.
fn styles(look: Look) -> String {
    let lines = match look.spacing {
        Spacing::Single => 240,
        Spacing::Usual => 276,
        Spacing::OneAndHalf => 360,
    };
    let (text, cells) = (u32::from(look.size) * 2, u32::from(look.cells) * 2);
    include_str!("styles.xml")
        .replace("{text}", &text.to_string())
        .replace("{cells}", &cells.to_string())
        .replace("{lines}", &lines.to_string())
}

/// Writes the properties of the file: a title and a language, no dates and no author.
fn properties(title: &str) -> String {
    let title = quick_xml::escape::escape(body::printable(title));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>ru-RU</dc:language></cp:coreProperties>"#
    )
}

/// Converts millimetres to twentieths of a point.
const fn twips(mm: u32) -> u32 {
    (mm * 14_400 + 127) / 254
}
