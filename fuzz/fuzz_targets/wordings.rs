//! Any text is the wording of a paper: it is checked and filled, and what it became can be written.
#![no_main]

use documents::{
    docx,
    template::{check, fill},
};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let values = json!({
        "person": "Ивушкина Анна Петровна",
        "date": "2026-11-29",
        "number": "12-Н",
        "rows": [{"name": "Берёзкин Пётр"}, {"name": "Дубова Вера"}],
        "is_minor": true,
        "nothing": null,
    });
    let _ = check(&text);
    if let Ok(document) = fill(&text, &values) {
        drop(docx::write(&document));
    }
});
