//! What the targets share: packages made around parts, so that bytes of the fuzzer reach the readers behind an archive,
//! and the parsers of the program itself.
//!
//! The program is one large crate with typst in it. Its parsers are pure, so they are read in by their paths under the
//! names they have there; what they only name of other modules stands in a few lines here.

// Read in for the parsers among it; the rest of a module has nobody to use it here.
#![allow(dead_code, unused_imports)]

use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

#[path = "../../crates/app/src/measure.rs"]
pub mod measure;
#[path = "../../crates/app/src/school_year.rs"]
pub mod school_year;
#[path = "../../crates/app/src/words.rs"]
pub mod words;

pub mod access {
    database::id_type! {
        /// The id of a school.
        pub SchoolId;
        /// The id of a user.
        pub UserId;
    }
}

pub mod audit {
    database::id_type! {
        /// The id of whatever an act was done to.
        pub SubjectId;
    }

    /// The last link of a school.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Head {
        pub place: i64,
        pub hash: String,
    }
}

pub mod files {
    /// Returns lower-case hexadecimal digits.
    pub fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[path = "../../crates/app/src/erasures.rs"]
pub mod erasures;

pub mod people;

pub mod roadmap;

pub mod backup;

/// Packs parts as office programs do.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("the name is plain");
        zip.write_all(bytes).expect("memory is written to");
    }
    zip.finish().expect("memory is written to").into_inner()
}

/// Wraps the body of a document of Word, or any part in its place.
pub fn document(body: &[u8]) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS_OF_DOCUMENT),
        ("word/document.xml", body),
    ])
}

/// Wraps a sheet of a workbook and its shared strings.
pub fn workbook(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS_OF_WORKBOOK),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONSHIPS_IN_WORKBOOK),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ])
}

/// Divides bytes in two at a zero byte.
pub fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == 0) {
        Some(place) => (&bytes[..place], &bytes[place + 1..]),
        None => (bytes, &[]),
    }
}

const CONTENT_TYPES: &[u8] = br#"<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"#;

const RELATIONSHIPS_OF_DOCUMENT: &[u8] = br#"<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"#;

const RELATIONSHIPS_OF_WORKBOOK: &[u8] = br#"<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
</Relationships>"#;

const WORKBOOK: &[u8] = br#"<?xml version="1.0"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="8A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

const RELATIONSHIPS_IN_WORKBOOK: &[u8] = br#"<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>"#;
