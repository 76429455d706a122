//! Any bytes are a file with tables: as they are, or as the parts of a document or a workbook.
#![no_main]

use documents::tables::{Limits, read_any, read_docx, read_xlsx};
use fuzz::{document, halves, workbook};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((way, bytes)) = data.split_first() else { return };
    let limits = Limits::default();
    match way % 4 {
        0 => drop(read_any("Карта.docx", bytes, &limits)),
        1 => drop(read_any("Карта.csv", bytes, &limits)),
        2 => drop(read_docx(&document(bytes), &limits)),
        _ => {
            let (sheet, strings) = halves(bytes);
            drop(read_xlsx(&workbook(sheet, strings), &limits));
        }
    }
});
