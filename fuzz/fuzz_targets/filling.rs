//! Any bytes are a school's own .docx with fields, as they are or as the part with the text: it is checked and filled.
#![no_main]

use documents::filling::{check, fill};
use fuzz::document;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|data: &[u8]| {
    let Some((way, bytes)) = data.split_first() else { return };
    let made;
    let docx = if way % 4 == 0 {
        bytes
    } else {
        made = document(bytes);
        &made
    };
    let values = json!({
        "person": "Ивушкина Анна Петровна",
        "date": "2026-11-29",
        "number": "12-Н",
        "rows": [{"name": "Берёзкин Пётр"}, {"name": "Дубова Вера"}],
        "code": "https://school.example/1",
        "is_minor": true,
        "nothing": null,
    });
    if check(docx).is_ok() {
        drop(fill(docx, &values));
    }
});
