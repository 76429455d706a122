//! A visitor who opens everything: links, searches, files.

use super::marks::{DIGITS, SIGN};
use crate::support::{Browser, Seen, scanner};
use axum::http::Method;
use nastavnik::{access::Relation, router};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Numbers of marks that were seen, each with the first address.
pub type Sightings = BTreeMap<usize, String>;

/// Pages of one kind, of one relation to the person in the address, that are opened: one shows what the next would.
const OF_A_KIND: usize = 6;

/// Opens everything the visitor can reach, `first` before the rest, and returns the marks that were seen.
pub async fn walked(browser: &Browser, own: &BTreeMap<String, BTreeSet<Relation>>, first: &[String]) -> Sightings {
    let mut walk =
        Walk { known: BTreeSet::new(), opened: BTreeMap::new(), open: VecDeque::new(), seen: Sightings::new() };
    for path in first {
        walk.find(path, own);
    }
    walk.find("/", own);
    // What no page leads to: routes without parameters, by their addresses, and every search.
    for entry in router::routes().table().iter().filter(|entry| !entry.path.contains('{')) {
        if entry.method == Method::GET {
            walk.find(entry.path, own);
            walk.find(&format!("{}?q=%D1%89%D1%8A", entry.path), own);
        }
    }
    while let Some(path) = walk.open.pop_front() {
        let seen = browser.get(&path).await;
        assert!(seen.status < 500, "{path}: {}", seen.status);
        walk.note(&seen, &path);
        for link in seen.links("/").into_iter().chain(seen.location.clone()) {
            walk.find(&link, own);
        }
        for form in seen.forms().into_iter().filter(|form| form.action.contains("export")) {
            let file = form.send(browser).await;
            walk.note(&file, &form.action);
        }
    }
    walk.seen
}

struct Walk {
    known: BTreeSet<String>,
    opened: BTreeMap<(String, Option<Relation>), usize>,
    open: VecDeque<String>,
    seen: Sightings,
}

impl Walk {
    /// Puts an address on the list, unless enough of its kind are there.
    fn find(&mut self, path: &str, own: &BTreeMap<String, BTreeSet<Relation>>) {
        let path = path.split('#').next().unwrap_or_default().to_owned();
        let elsewhere = path.starts_with("//") || path.starts_with("/assets/") || !self.known.insert(path.clone());
        if elsewhere {
            return;
        }
        let kind = kind_of(&path);
        let person = path.split(['/', '?', '=', '&']).find_map(|part| own.get(part));
        let relation = person.and_then(|relations| relations.first().copied());
        // Lists are opened to the last page: their order decides who stands on the first.
        let most = if kind.contains('*') { OF_A_KIND } else { 40 };
        let opened = self.opened.entry((kind, relation)).or_default();
        if *opened < most {
            *opened += 1;
            self.open.push_back(spelled(&path));
        }
    }

    fn note(&mut self, seen: &Seen, path: &str) {
        for text in scanner::texts(seen) {
            let text = text.to_lowercase();
            for rest in text.split(SIGN).skip(1) {
                let digits: String = rest.chars().take(DIGITS).collect();
                if let Ok(number) = digits.parse() {
                    self.seen.entry(number).or_insert_with(|| path.to_owned());
                }
            }
        }
    }
}

/// Spells an address as a browser sends it: letters of a search in a link stand there as people read them.
fn spelled(path: &str) -> String {
    let sign = |byte: u8| match byte {
        b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => format!("%{byte:02X}"),
        plain if plain.is_ascii_graphic() => char::from(plain).to_string(),
        other => format!("%{other:02X}"),
    };
    path.bytes().map(sign).collect()
}

/// Returns an address without what differs from record to record.
fn kind_of(path: &str) -> String {
    let (path, question) = path.split_once('?').unwrap_or((path, ""));
    let plain = |part: &str| if uuid::Uuid::try_parse(part).is_ok() { "*".to_owned() } else { part.to_owned() };
    let parts: Vec<String> = path.split('/').map(plain).collect();
    let names: Vec<String> = question
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| if uuid::Uuid::try_parse(value).is_ok() { format!("{name}=*") } else { name.to_owned() })
        .collect();
    format!("{}?{}", parts.join("/"), names.join("&"))
}

#[test]
fn addresses_of_two_records_are_of_one_kind_and_pages_of_two_lists_are_not() {
    let id = uuid::Uuid::now_v7();
    assert_eq!(kind_of(&format!("/people/{id}/edit")), "/people/*/edit?");
    assert_eq!(kind_of(&format!("/people?class={id}&page=2")), "/people?class=*&page");
    assert_ne!(kind_of("/people"), kind_of("/partners"));
}
