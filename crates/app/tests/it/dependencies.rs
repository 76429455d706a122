//! The document of dependencies and the manifests name the same libraries.

use std::{collections::BTreeSet, fs, path::Path};

const DOCUMENT: &str = "docs/decisions/0003-dependencies.md";

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the part of the document under a heading.
fn part<'a>(document: &'a str, heading: &str) -> &'a str {
    let (_, below) =
        document.split_once(&format!("\n## {heading}")).unwrap_or_else(|| panic!("no heading «{heading}»"));
    below.split("\n## ").next().unwrap_or_default()
}

/// Returns what a part names: the first cells of its tables, and words in bold below «Tests only».
fn named(part: &str) -> BTreeSet<String> {
    let cells = part.lines().filter_map(|line| line.strip_prefix("| ")).filter_map(|line| line.split(" | ").next());
    let cells =
        cells.flat_map(|cell| cell.split(", ")).map(|name| name.split(' ').next().unwrap_or_default().to_owned());
    let tests_only = part.split("Tests only: ").skip(1).filter_map(|rest| rest.split("\n\n").next());
    let bold = tests_only.flat_map(|text| text.split("**").skip(1).step_by(2)).map(str::to_owned);
    cells.chain(bold).filter(|name| !["crate", "package"].contains(&name.as_str())).collect()
}

fn keys(table: Option<&toml::Value>) -> BTreeSet<String> {
    table.and_then(toml::Value::as_table).into_iter().flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn every_library_of_a_crate_has_its_reason_and_every_reason_its_library() {
    let document = read(DOCUMENT);
    for name in ["database", "documents", "typesetting", "russian", "scans", "matching", "app"] {
        let manifest: toml::Table = toml::from_str(&read(&format!("crates/{name}/Cargo.toml"))).unwrap();
        let mut declared = keys(manifest.get("dependencies"));
        declared.extend(keys(manifest.get("dev-dependencies")));
        // The crate itself with its testing feature.
        declared.remove(manifest["package"]["name"].as_str().unwrap());
        assert_eq!(named(part(&document, &format!("crates/{name}"))), declared, "{DOCUMENT}, crates/{name}");
    }
}

#[test]
fn every_package_of_npm_has_its_reason_and_every_reason_its_package() {
    let document = read(DOCUMENT);
    for folder in ["web", "browser"] {
        let manifest: serde_json::Value = serde_json::from_str(&read(&format!("{folder}/package.json"))).unwrap();
        let declared: BTreeSet<String> = ["dependencies", "devDependencies"]
            .iter()
            .filter_map(|kind| manifest[kind].as_object())
            .flat_map(|packages| packages.keys().cloned())
            .collect();
        assert_eq!(named(part(&document, &format!("{folder}/"))), declared, "{DOCUMENT}, {folder}/");
    }
}
