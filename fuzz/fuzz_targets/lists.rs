//! Any bytes are a list of a class or of the staff, up to the people in it: .xlsx, .xls, .csv, a text, an archive.
#![no_main]

use chrono::NaiveDate;
use documents::tables::{Item, Limits, stream_any};
use fuzz::{
    halves,
    people::reading::{ListReader, Seen, understand},
    workbook,
};
use libfuzzer_sys::fuzz_target;
use std::collections::HashMap;

fuzz_target!(|data: &[u8]| {
    let Some((way, bytes)) = data.split_first() else { return };
    let (name, packed);
    let bytes = match way % 3 {
        0 => {
            name = "8А.csv";
            bytes
        }
        1 => {
            let (sheet, strings) = halves(bytes);
            name = "8А.xlsx";
            packed = workbook(sheet, strings);
            &packed
        }
        _ => {
            name = "8А";
            bytes
        }
    };
    let today = NaiveDate::from_ymd_opt(2026, 11, 29).expect("a day");
    let mut reader = ListReader::new(HashMap::new());
    reader.file(0, name);
    let _ = stream_any(name, bytes, &Limits::of_lists(), &mut |item| {
        match item {
            Item::File(name) => reader.file(1, name),
            Item::Sheet(title) => reader.sheet(title),
            Item::Row { cells, .. } => {
                if let Some(Seen::Person { section, cells }) = reader.line(cells) {
                    let _ = understand(&reader.sections[section], &cells, today);
                }
            }
        }
        Ok(())
    });
});
