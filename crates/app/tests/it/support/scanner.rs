//! Looks for a text in everything the program shows to anybody: every page, every file, the search, the command line.

use super::{Browser, Seen, Town};
use crate::command_line::command;
use axum::http::Method;
use database::Place;
use nastavnik::{access::Role, router};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read as _},
    path::Path,
};
use tokio::task::JoinSet;

/// What the parameters of paths stand for; each value is tried.
pub type Values = BTreeMap<&'static str, Vec<String>>;

/// Pages that answer a question about people in `q`; an unknown parameter is ignored by the others.
const QUESTION: &str = "q";

/// Files that are handed over for a POST, since it is noted or leaves less behind.
const TAKEN_BY_POST: &[(&str, &[(&str, &str)])] = &[
    ("/consents/categories/export", &[("reason", "Проверка скрытых имён")]),
    ("/people/import/{lists}/leftovers", &[]),
];

/// Parameters of pages on which nobody of the records stands, each with its reason.
const OF_NOBODY: &[(&str, &str)] = &[
    ("agreement", "agreements name organisations and their contacts, who are not people of the records"),
    ("contact", "a contact of a partner is no record of a person"),
    ("import", "a road map that was uploaded names the employees who answer for rows"),
    ("document", "files of rows are what somebody has uploaded; their names are of no record"),
    ("version", "versions of those files"),
    ("task", "tasks name employees"),
    ("job", "long work is shown to who asked for it; what it writes is made of the pages that are scanned"),
    ("erasure", "acts about destruction name records by their numbers"),
    ("user", "an account is of an employee, who signs in as somebody"),
    ("invitation", "a link to set a password is of an employee, as the account is"),
    ("path", "styles and scripts"),
    ("kind", "examples and wordings of papers name invented people only"),
    ("edition", "a file of the school with fields where people will be named"),
    ("journal", "a journal of registration holds numbers"),
    ("clearance", "the question before a clearance is revoked: hidden with the person, whose card is scanned"),
    ("stack", "a stack shows people by their papers alone; the story of scans looks at one after a withdrawal"),
    ("scan", "a page of a stack; the same story"),
    ("partner", "a partner names its contacts; its mentors are counted"),
];

/// Returns who sees which of the texts where: «head /consents/withdrawn» under its text.
///
/// Every GET route is opened as every role and as nobody; where something is shown, also with a search for the first
/// letters of each text; then `questions`, pages with a query of their own, and the files that are handed over for a
/// POST; workbooks and documents are unpacked. A parameter without values is filled with an id of nothing.
pub async fn appearances<const N: usize>(
    town: &Town,
    values: &Values,
    questions: &[String],
    texts: [&'static str; N],
) -> [Vec<String>; N] {
    let mut browsers = vec![("nobody", town.stranger())];
    for role in Role::ALL {
        browsers.push((role.word(), town.browser(*role).await));
    }
    let (mut walks, mut found) = (JoinSet::new(), texts.map(|_| vec![]));
    for (who, browser) in browsers {
        let (values, questions) = (values.clone(), questions.to_owned());
        walks.spawn(async move { (who, seen_by(&browser, &values, questions, texts).await) });
    }
    while let Some(walk) = walks.join_next().await {
        let (who, paths) = walk.unwrap();
        for (found, paths) in found.iter_mut().zip(paths) {
            found.extend(paths.into_iter().map(|path| format!("{who} {path}")));
        }
    }
    found
}

async fn seen_by<const N: usize>(
    browser: &Browser,
    values: &Values,
    questions: Vec<String>,
    texts: [&str; N],
) -> [Vec<String>; N] {
    let mut found = texts.map(|_| vec![]);
    let mut look = |seen: &Seen, path: String| {
        for (text, found) in texts.iter().zip(&mut found) {
            if holds(seen, text) {
                found.push(path.clone());
            }
        }
    };
    let searches = texts.map(|text| {
        let start: String = text.chars().take(5).collect();
        format!("?{QUESTION}={}", nastavnik::files::percent_encoded(&start))
    });
    for path in parts(Method::GET).flat_map(|path| filled(path, values)) {
        let seen = browser.get(&path).await;
        let shown = seen.status == 200;
        look(&seen, path.clone());
        for search in searches.iter().filter(|_| shown) {
            let path = format!("{path}{search}");
            look(&browser.get(&path).await, path);
        }
    }
    for path in questions {
        look(&browser.get(&path).await, path);
    }
    for (pattern, fields) in TAKEN_BY_POST {
        for path in filled(pattern, values) {
            look(&browser.post(&path, fields).await, path);
        }
    }
    found
}

/// Returns the parameters of pages that neither have values nor a reason to have none.
pub fn forgotten(values: &Values) -> BTreeSet<String> {
    let names = parts(Method::GET).flat_map(|path| path.split('{').skip(1));
    names
        .filter_map(|part| part.split_once('}').map(|(name, _)| name.trim_start_matches('*').to_owned()))
        .filter(|name| !values.contains_key(name.as_str()) && OF_NOBODY.iter().all(|(known, _)| known != name))
        .collect()
}

fn parts(method: Method) -> impl Iterator<Item = &'static str> {
    router::routes()
        .table()
        .iter()
        .filter(move |entry| entry.method == method)
        .map(|entry| entry.path)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Returns what commands say and write about the data of the town in which the text stands.
pub fn said_by_commands(town: &Town, list: &[u8], text: &str) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    let database = match town.place() {
        Place::File(path) => {
            std::os::unix::fs::symlink(path, data.join("nastavnik.db")).unwrap();
            String::new()
        }
        Place::Server(url) => format!("--database={url}"),
    };
    let file = dir.path().join("8А.csv");
    fs::write(&file, list).unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut all: Vec<Vec<String>> = ["docx", "xlsx", "ics", "json"]
        .map(|end| vec!["roadmap".into(), "export".into(), path(&format!("карта.{end}")), "--year=2026".into()])
        .into();
    let list = file.to_str().unwrap().to_owned();
    for more in [vec![], vec!["--json".to_owned()]] {
        all.push([vec!["roadmap".into(), "status".into(), "--year=2026".into()], more.clone()].concat());
        let import = vec!["people".into(), "import".into(), list.clone(), "--year=2026".into(), "--dry-run".into()];
        all.push([import, more].concat());
    }
    let mut found = vec![];
    for words in all {
        let written = words.get(2).filter(|name| name.contains("карта")).cloned();
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.extend(["--data", data.to_str().unwrap()]);
        words.extend(Some(database.as_str()).filter(|word| !word.is_empty()));
        let output = command(&words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        let file = written.map(|name| fs::read(Path::new(&name)).unwrap()).unwrap_or_default();
        if [output.stdout, output.stderr, file].iter().any(|bytes| stands_in(bytes, text)) {
            found.push(words[..2].join(" "));
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

/// Tells whether an answer holds the text, whatever the case; packed files are unpacked.
pub fn holds(seen: &Seen, text: &str) -> bool {
    seen.headers.values().any(|value| stands_in(value.as_bytes(), text)) || stands_in(&seen.bytes, text)
}

fn stands_in(bytes: &[u8], text: &str) -> bool {
    let text = text.to_lowercase();
    let says = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&text);
    says(bytes) || unpacked(bytes).iter().any(|bytes| says(bytes))
}

/// Returns everything an answer says: the page, its headers, the parts of a packed file.
pub fn texts(seen: &Seen) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = seen.headers.values().map(|value| text(value.as_bytes()));
    headers.chain([text(&seen.bytes)]).chain(unpacked(&seen.bytes).iter().map(|bytes| text(bytes))).collect()
}

/// Returns the parts of a workbook, a document or an archive, with those of documents inside of an archive.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let parts = inside(bytes).into_iter();
    parts.flat_map(|(name, part)| [unpacked(&part), vec![name.into_bytes(), part]].concat()).collect()
}

/// Returns the parts of an archive with their names; nothing of what is none.
pub fn inside(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    if !bytes.starts_with(b"PK") {
        return vec![];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |index| {
        let mut file = archive.by_index(index).unwrap();
        let (name, mut part) = (file.name().unwrap().into_owned(), vec![]);
        file.read_to_end(&mut part).unwrap();
        (name, part)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}
