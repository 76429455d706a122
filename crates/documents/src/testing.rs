//! Books of old Excel (.xls) for tests: the program reads them and never writes one.
//!
//! Records and their fields: [MS-XLS] of Microsoft's open specifications. The container is written by `cfb`.

use chrono::NaiveDate;
use encoding_rs::WINDOWS_1251;
use std::io::{Cursor, Write as _};

/// Which Excel has saved the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Excel 95: texts in windows-1251, each in its cell.
    By95,
    /// Excel 97–2003: texts in UTF-16, kept once for the whole book.
    By97,
    /// Excel 97–2003 with a password.
    Locked,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A date as Excel keeps it: a number that is shown as «дд.мм.гггг».
    Day(NaiveDate),
}

impl Cell {
    /// Returns a cell of a text; nothing for an empty one.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

/// The format of dates that a Russian Excel writes.
const DAY_FORMAT: (u16, &str) = (164, "dd/mm/yyyy");

/// The longest record, in bytes; a longer table of texts goes on in another one.
const RECORD_MAX: usize = 8224;

/// Returns the bytes of a book: sheets by name, each row by row.
pub fn old_excel(saved: Saved, sheets: &[(&str, Vec<Vec<Cell>>)]) -> Vec<u8> {
    let mut book = Book { saved, bytes: vec![], texts: vec![] };
    book.begin(0x0005);
    if saved == Saved::Locked {
        book.record(0x002F, &[1, 0, 1, 0]);
    }
    book.record(0x0042, &(if saved == Saved::By95 { 1251_u16 } else { 1200 }).to_le_bytes());
    let format = [DAY_FORMAT.0.to_le_bytes().to_vec(), book.long(DAY_FORMAT.1)].concat();
    book.record(0x041E, &format);
    for format in [0, DAY_FORMAT.0] {
        let mut look = [0; 20];
        look[2..4].copy_from_slice(&format.to_le_bytes());
        book.record(0x00E0, &look);
    }
    let places: Vec<usize> = sheets.iter().map(|(name, _)| book.announce(name)).collect();
    book.collect(sheets);
    book.record(0x000A, &[]);
    for ((_, rows), place) in sheets.iter().zip(places) {
        let begin = u32::try_from(book.bytes.len()).unwrap_or(u32::MAX);
        book.bytes[place..place + 4].copy_from_slice(&begin.to_le_bytes());
        book.begin(0x0010);
        book.cells(rows);
        book.record(0x000A, &[]);
    }
    packed(if saved == Saved::By95 { "/Book" } else { "/Workbook" }, &book.bytes)
}

struct Book {
    saved: Saved,
    bytes: Vec<u8>,
    texts: Vec<String>,
}

impl Book {
    fn record(&mut self, kind: u16, data: &[u8]) {
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_le_bytes());
        self.bytes.extend(data);
    }

    fn begin(&mut self, part: u16) {
        let version: u16 = if self.saved == Saved::By95 { 0x0500 } else { 0x0600 };
        let data = [version, part, 0, 1996, 0, 0, 6, 0].map(u16::to_le_bytes).concat();
        self.record(0x0809, &data);
    }

    /// Writes a text with its length in two bytes, as formats and cells have it.
    fn long(&self, text: &str) -> Vec<u8> {
        let (letters, bytes) = self.encoded(text);
        [letters.to_le_bytes().to_vec(), bytes].concat()
    }

    fn encoded(&self, text: &str) -> (u16, Vec<u8>) {
        let (letters, bytes): (usize, Vec<u8>) = if self.saved == Saved::By95 {
            let bytes = WINDOWS_1251.encode(text).0.into_owned();
            (bytes.len(), bytes)
        } else {
            let wide: Vec<u16> = text.encode_utf16().collect();
            (wide.len(), std::iter::once(1).chain(wide.into_iter().flat_map(u16::to_le_bytes)).collect())
        };
        (u16::try_from(letters).unwrap_or(u16::MAX), bytes)
    }

    /// Announces a sheet and returns where its beginning is to be noted.
    fn announce(&mut self, name: &str) -> usize {
        let (letters, bytes) = self.encoded(name);
        let place = self.bytes.len() + 4;
        let [letters, _] = letters.to_le_bytes();
        let data = [vec![0; 6], vec![letters], bytes].concat();
        self.record(0x0085, &data);
        place
    }

    /// Writes the table of all texts; Excel 95 has none.
    fn collect(&mut self, sheets: &[(&str, Vec<Vec<Cell>>)]) {
        if self.saved == Saved::By95 {
            return;
        }
        for cell in sheets.iter().flat_map(|(_, rows)| rows.iter().flatten()) {
            if let Cell::Text(text) = cell
                && !self.texts.contains(text)
            {
                self.texts.push(text.clone());
            }
        }
        let count = u32::try_from(self.texts.len()).unwrap_or(u32::MAX).to_le_bytes();
        let (mut kind, mut data) = (0x00FC, [count, count].concat());
        for text in self.texts.clone() {
            let text = self.long(&text);
            if data.len() + text.len() > RECORD_MAX {
                self.record(kind, &data);
                (kind, data) = (0x003C, vec![]);
            }
            data.extend(text);
        }
        self.record(kind, &data);
    }

    fn cells(&mut self, rows: &[Vec<Cell>]) {
        for (row, cells) in (0_u16..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                let place = |look: u16| [row, column, look].map(u16::to_le_bytes).concat();
                match cell {
                    Cell::Empty => {}
                    Cell::Number(number) => self.record(0x0203, &[place(0), number.to_le_bytes().to_vec()].concat()),
                    Cell::Day(day) => {
                        let serial = (*day - NaiveDate::default()).num_days() + 25_569;
                        let serial = f64::from(i32::try_from(serial).unwrap_or(i32::MAX));
                        self.record(0x0203, &[place(1), serial.to_le_bytes().to_vec()].concat());
                    }
                    Cell::Text(text) => self.text(place(0), text),
                }
            }
        }
    }

    fn text(&mut self, place: Vec<u8>, text: &str) {
        match self.texts.iter().position(|known| known == text) {
            Some(number) => {
                let number = u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
                self.record(0x00FD, &[place, number.to_vec()].concat());
            }
            None => self.record(0x0204, &[place, self.long(text)].concat()),
        }
    }
}

/// Puts the book into the container of old Office files.
#[expect(clippy::expect_used, reason = "a test that cannot write into memory must fail loudly")]
fn packed(stream: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(vec![])).expect("a container");
    file.create_stream(stream).and_then(|mut stream| stream.write_all(bytes)).expect("a stream");
    file.into_inner().into_inner()
}
