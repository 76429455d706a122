//! What ARCHITECTURE.md promises about the shape of the source, read out of the source.

mod reach;
mod rights;

use rstest::rstest;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Modules of the application; each uses only those before it.
const ORDER: &[&str] = &[
    "words",
    "school_year",
    "measure",
    "clock",
    "error",
    "web",
    "access",
    "audit",
    "erasures",
    "files",
    "jobs",
    "vault",
    "numbering",
    "worker",
    "state",
    "people",
    "participation",
    "partners",
    "consents",
    "paperwork",
    "subject",
    "roadmap",
    "evidence",
    "backup",
    "menu",
    "pages",
    "demo",
    "router",
    "serve",
    "cli",
];

/// Uses against the order, each with its reason.
const AGAINST_THE_ORDER: &[(&str, &str, &str)] = &[
    ("web", "access", "a gate, a session and a view know who asks"),
    ("web", "files", "an upload is read where forms are read"),
    ("web", "state", "handlers and layers are given the running program"),
    ("access", "state", "handlers and actions are given the running program"),
    ("audit", "state", "handlers are given the running program"),
    ("jobs", "state", "handlers and jobs are given the running program"),
    (
        "access",
        "audit",
        "every act leaves a trace in its own transaction; the trace knows only ids and names of access",
    ),
    ("access", "files", "the list of accounts is saved as a file"),
    ("access", "vault", "secrets of second factors are sealed; the vault knows nothing of accounts"),
    ("audit", "files", "the journal is saved as a file"),
    ("state", "serve", "the running program counts what it serves"),
    ("router", "serve", "a layer notes every request"),
    ("state", "backup", "the running program knows where its copies go"),
    ("serve", "cli", "a server that cannot start says so as a command does"),
];

/// Files of rules: no database, no pages, no clock, no waiting. Folders count with everything inside.
const PURE: &[&str] = &[
    "words.rs",
    "school_year.rs",
    "measure.rs",
    "access/model.rs",
    "access/rules.rs",
    "access/login.rs",
    "access/personal.rs",
    "access/impersonal.rs",
    "access/policy",
    "access/provider/terms.rs",
    "access/provider/token.rs",
    "access/zones.rs",
    "audit/chain.rs",
    "audit/model.rs",
    "files/model.rs",
    "jobs/model.rs",
    "people/model.rs",
    "people/name.rs",
    "people/duplicates.rs",
    "people/promotion.rs",
    "people/withdrawn.rs",
    "people/reading",
    "people/import/model.rs",
    "people/import/judge.rs",
    "people/import/changes.rs",
    "partners/model.rs",
    "partners/rules.rs",
    "participation/application.rs",
    "participation/coverage.rs",
    "participation/dictionary.rs",
    "participation/funnel.rs",
    "participation/model.rs",
    "participation/registers.rs",
    "participation/settings.rs",
    "participation/slots.rs",
    "paperwork/model.rs",
    "paperwork/journals.rs",
    "paperwork/kinds.rs",
    "paperwork/scans/model.rs",
    "paperwork/scans/arranging.rs",
    "paperwork/state",
    "consents/model.rs",
    "consents/clearance.rs",
    "consents/renewal.rs",
    "consents/signing.rs",
    "consents/state",
    "consents/wording.rs",
    "evidence/model.rs",
    "evidence/names.rs",
    "evidence/index.rs",
    "evidence/lists/sheet.rs",
    "evidence/lists/rows.rs",
    "subject/model.rs",
    "subject/act.rs",
    "backup/manifest.rs",
    "backup/retention.rs",
    "roadmap/model.rs",
    "roadmap/measures.rs",
    "roadmap/numbers.rs",
    "roadmap/posts.rs",
    "roadmap/proof.rs",
    "roadmap/term",
    "roadmap/indicator",
    "roadmap/state",
    "roadmap/template",
    "roadmap/reading",
    "cli/matching/columns.rs",
    "cli/matching/headings.rs",
    "cli/matching/answer.rs",
    "cli/matching/names.rs",
    "cli/matching/pairs.rs",
    "cli/matching/assumptions.rs",
    "cli/matching/base.rs",
    "cli/matching/values.rs",
    "cli/matching/slots.rs",
    "cli/matching/themes.rs",
    "cli/matching/directory.rs",
    "cli/matching/reader.rs",
    "cli/matching/people.rs",
    "cli/matching/question.rs",
];

/// What a file of rules must not name.
const IMPURE: &[&str] =
    &["axum", "maud", "hyper", "tower", "sqlx", "Tx", "queries", "writes", "actions", "async", "await", "now"];

/// Lines of code a file may have before its tests.
const LINES_MAX: usize = 300;

/// Longer files, each with its reason.
const LONG: &[(&str, &str)] = &[];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Returns the code of a file: no tests, no comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let before_tests = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    before_tests.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs") || path.components().any(|part| part.as_os_str() == "tests")
}

fn names(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// Returns the modules of the crate that a piece of code names: `crate::web::…`, `use crate::{access, audit::Act}`.
fn used_modules(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => used.extend(heads(group)),
            None => used.extend(head(rest)),
        }
    }
    used
}

fn head(text: &str) -> Option<String> {
    let name: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// Returns the first names of a group in braces, whatever stands deeper.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut begins, mut found) = (0_i32, 0, vec![]);
    for (place, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.extend(head(&group[begins..place]));
                return found;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.extend(head(&group[begins..place]));
                begins = place + 1;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn modules_are_read_out_of_every_way_to_use_them() {
    let code = "use crate::{\n    access::{Role, User},\n    error::Answer,\n    web,\n};\nlet x = crate::words::date(crate::clock::day());";
    assert_eq!(used_modules(code).into_iter().collect::<Vec<_>>(), ["access", "clock", "error", "web", "words"]);
    assert_eq!(used_modules("pub(crate) use x; use super::y;"), BTreeSet::new());
}

/// Returns which modules use which, with a file as the proof.
fn uses() -> BTreeMap<(String, String), String> {
    let mut uses = BTreeMap::new();
    for path in rust_files(&source()).iter().filter(|path| !is_test(path)) {
        let local = path.strip_prefix(source()).unwrap().to_str().unwrap().to_owned();
        let module = local.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        if module != "lib" && module != "main" {
            for used in used_modules(&code(path)).into_iter().filter(|used| *used != module) {
                uses.entry((module.clone(), used)).or_insert_with(|| local.clone());
            }
        }
    }
    uses
}

fn rank(module: &str) -> usize {
    ORDER
        .iter()
        .position(|known| *known == module)
        .unwrap_or_else(|| panic!("{module} has no place in ORDER: give it one"))
}

#[test]
fn a_module_uses_only_modules_before_it() {
    let excused: BTreeSet<(String, String)> =
        AGAINST_THE_ORDER.iter().map(|(user, used, _)| ((*user).to_owned(), (*used).to_owned())).collect();
    let against: BTreeMap<_, _> = uses().into_iter().filter(|((user, used), _)| rank(user) <= rank(used)).collect();
    for ((user, used), file) in &against {
        assert!(
            excused.contains(&(user.clone(), used.clone())),
            "{file} uses `{used}`, which comes after `{user}`: hand the thing over as an argument, move it before both, \
             or write the reason into AGAINST_THE_ORDER"
        );
    }
    let idle: Vec<_> = excused.iter().filter(|edge| !against.contains_key(*edge)).collect();
    assert!(idle.is_empty(), "nobody goes against the order here any more: {idle:?}");
}

#[test]
fn files_of_rules_know_no_database_no_pages_and_no_clock() {
    for name in PURE {
        let path = source().join(name);
        assert!(path.exists(), "{name} is gone: correct PURE");
        let files = if path.is_dir() { rust_files(&path) } else { vec![path] };
        for file in files.iter().filter(|file| !is_test(file)) {
            let code = code(file);
            let found: Vec<_> = names(&code).into_iter().filter(|name| IMPURE.contains(name)).collect();
            assert!(found.is_empty(), "{} is a file of rules and names {found:?}", file.display());
        }
    }
}

#[test]
fn every_model_and_every_file_of_rules_is_on_the_list_of_pure_files() {
    for path in rust_files(&source()) {
        let local = path.strip_prefix(source()).unwrap().to_str().unwrap();
        let of_a_slice = !local.contains("/pages/") && (local.ends_with("/model.rs") || local.ends_with("/rules.rs"));
        if of_a_slice {
            let known = PURE.iter().any(|pure| local == *pure || local.starts_with(&format!("{pure}/")));
            assert!(known, "add {local} to PURE");
        }
    }
}

#[test]
fn statements_stand_in_files_of_queries_only() {
    for path in rust_files(&source()).iter().filter(|path| !is_test(path)) {
        let local = path.strip_prefix(source()).unwrap().to_str().unwrap();
        let home = ["queries.rs", "writes.rs"].iter().any(|name| local.ends_with(name))
            || local.contains("/queries/")
            || local.contains("/writes/");
        let code = code(path);
        for word in ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "] {
            // The probe of the keeper asks the database one word.
            let excused = home || local == "router.rs";
            assert!(
                excused || !code.contains(&format!("\"{word}")),
                "{local} holds a statement: move it to queries.rs"
            );
        }
    }
}

#[test]
fn a_file_fits_into_a_head() {
    let mut long = vec![];
    for krate in ["app", "database", "documents", "matching"] {
        for path in rust_files(&root().join("crates").join(krate).join("src")).iter().filter(|path| !is_test(path)) {
            let lines = code(path).lines().count();
            let local = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            if lines > LINES_MAX && LONG.iter().all(|(known, _)| *known != local) {
                long.push(format!("{local}: {lines}"));
            }
        }
    }
    assert!(long.is_empty(), "files over {LINES_MAX} lines of code:\n{}", long.join("\n"));
}

#[test]
fn a_reason_stands_behind_every_exception() {
    for (_, _, reason) in AGAINST_THE_ORDER {
        assert!(reason.contains(' '), "{reason}");
    }
    for (path, reason) in LONG {
        assert!(reason.contains(' '), "{reason}");
        assert!(code(&root().join(path)).lines().count() > LINES_MAX, "{path} is short now: take it out of LONG");
    }
}

#[test]
fn no_file_of_the_application_switches_a_lint_off() {
    for path in rust_files(&source()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            !text.contains("#[allow(") && !text.contains("#![allow("),
            "{}: use #[expect(…, reason = …)]",
            path.display()
        );
    }
}

/// Returns what stands in backquotes outside of code blocks.
fn quoted(text: &str) -> Vec<String> {
    let mut quoted = vec![];
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            quoted.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    quoted
}

/// Tells whether words in backquotes name a file or a folder of this project.
fn is_path(words: &str) -> bool {
    let plain = words.chars().all(|c| c.is_alphanumeric() || "_-./".contains(c));
    let is_file =
        [".rs", ".md", ".toml", ".sql", ".ts", ".css", ".mjs", ".txt"].iter().any(|ending| words.ends_with(ending));
    plain && !words.starts_with('/') && (is_file || words.contains('/'))
}

#[rstest]
#[case("crates/app/src/web/", true)]
#[case("queries.rs", true)]
#[case("ARCHITECTURE.md", true)]
#[case("/roadmap/rows/{row}", false)]
#[case("/sign-in", false)]
#[case("Tx", false)]
#[case("cargo test", false)]
#[case("pages/<page>.rs", false)]
fn a_path_is_known_by_its_looks(#[case] words: &str, #[case] expected: bool) {
    assert_eq!(is_path(words), expected);
}

#[test]
fn every_path_in_the_map_exists() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is the map of this project");
    let paths: BTreeSet<String> = quoted(&map).into_iter().filter(|words| is_path(words)).collect();
    let sources = rust_files(&source());
    // A bare name stands for every file or folder of that name: `queries.rs`, `pages/`.
    let files: BTreeSet<String> = sources
        .iter()
        .flat_map(|path| path.strip_prefix(source()).unwrap().components())
        .map(|part| part.as_os_str().to_str().unwrap().to_owned())
        .collect();
    let gone: Vec<_> = paths
        .iter()
        .filter(|path| {
            !root().join(path).exists() && !source().join(path).exists() && !files.contains(path.trim_end_matches('/'))
        })
        .collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names what is not there: {gone:?}");
    assert!(paths.len() >= 15, "a map with {} paths is none", paths.len());
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut documents: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "STYLE.md", "CHANGELOG.md"].map(|name| root().join(name)).into();
    let mut open = vec![root().join("docs")];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                documents.push(path);
            }
        }
    }
    for document in documents {
        let text = fs::read_to_string(&document).unwrap_or_else(|_| panic!("{} is missing", document.display()));
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap_or_default();
            let outside = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            let there = document.parent().unwrap().join(target);
            assert!(outside || there.exists(), "{} links to {target}, which is not there", document.display());
        }
    }
}
