//! Looks for a text in everything the program shows to anybody: every page, every file, the search.

use super::{Seen, Town};
use axum::http::Method;
use nastavnik::{access::Role, router};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

/// What the parameters of paths stand for; each value is tried.
pub type Values = BTreeMap<&'static str, Vec<String>>;

/// Pages that answer a question about people in `q`; an unknown parameter is ignored by the others.
const QUESTION: &str = "q";

/// Returns who sees the text where: «head /consents/withdrawn».
///
/// Every GET route is opened as every role and as nobody, with and without a search for the first letters of the text;
/// workbooks and documents are unpacked. A parameter without values is filled with an id of nothing.
pub async fn appearances(town: &Town, values: &Values, text: &str) -> Vec<String> {
    let mut found = vec![];
    let start: String = text.chars().take(5).collect();
    let paths: Vec<String> = router::routes()
        .table()
        .iter()
        .filter(|entry| entry.method == Method::GET)
        .flat_map(|entry| filled(entry.path, values))
        .collect();
    let mut browsers = vec![("nobody", town.stranger())];
    for role in Role::ALL {
        browsers.push((role.word(), town.browser(*role).await));
    }
    for (who, browser) in &browsers {
        for path in &paths {
            for path in [path.clone(), format!("{path}?{QUESTION}={}", encoded(&start))] {
                if holds(&browser.get(&path).await, text) {
                    found.push(format!("{who} {path}"));
                }
            }
        }
    }
    found
}

/// Returns a path for every combination of values of its parameters.
fn filled(pattern: &str, values: &Values) -> Vec<String> {
    let Some((before, rest)) = pattern.split_once('{') else { return vec![pattern.to_owned()] };
    let (name, after) = rest.split_once('}').unwrap();
    let nothing = vec![uuid::Uuid::now_v7().to_string()];
    let choices = values.get(name.trim_start_matches('*')).unwrap_or(&nothing);
    let ends = filled(after, values);
    choices.iter().flat_map(|choice| ends.iter().map(move |end| format!("{before}{choice}{end}"))).collect()
}

fn encoded(text: &str) -> String {
    nastavnik::files::percent_encoded(text)
}

/// Tells whether an answer holds the text, whatever the case; packed files are unpacked.
pub fn holds(seen: &Seen, text: &str) -> bool {
    let text = text.to_lowercase();
    let says = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&text);
    let headers = seen.headers.values().any(|value| says(value.as_bytes()));
    headers || says(&seen.bytes) || unpacked(&seen.bytes).iter().any(|bytes| says(bytes))
}

/// Returns the parts of a workbook, a document or an archive.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    if !bytes.starts_with(b"PK") {
        return vec![];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |index| {
        let mut part = vec![];
        archive.by_index(index).unwrap().read_to_end(&mut part).unwrap();
        part
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}
