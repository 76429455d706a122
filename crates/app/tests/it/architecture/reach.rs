//! Nearly everything touches one school; what touches all of them is few and known.

use super::{code, is_test, rust_files, source};
use std::collections::BTreeSet;

/// Files that reach every school, each with its reason.
const REACH_EVERY_SCHOOL: &[(&str, &str)] = &[
    (
        "access/actions/accounts.rs",
        "people sign in without naming their school, so a login is free everywhere or not at all",
    ),
    ("access/actions/factors.rs", "who answers with a code is known by the session that waits for it"),
    ("access/actions/links.rs", "whose a link is stands in its row"),
    ("access/actions/provider.rs", "people sign in without naming their school, so a link is of one account anywhere"),
    ("access/actions/school.rs", "the first run founds the school it works in"),
    ("access/actions/signing_in.rs", "people sign in without naming their school"),
    ("access/pages/first_run.rs", "asks whether anybody is there at all"),
    ("access/pages/sign_in.rs", "asks whether anybody is there at all"),
    ("backup/pages/list.rs", "a backup is of the whole installation"),
    ("backup/restore.rs", "a restored installation may hold many schools"),
    ("cli/data.rs", "whoever has the server may read its database anyway"),
    ("consents/actions/linking.rs", "whose a link is stands in its row"),
    ("consents/pages/link.rs", "whose a link is stands in its row"),
    ("participation/actions/applications.rs", "which school a link opens stands in its row"),
    ("participation/pages/apply.rs", "which school a link opens stands in its row"),
    ("router.rs", "asks whether the database answers"),
    ("web/session.rs", "the school is that of the session's user"),
];

#[test]
fn every_school_is_reached_from_few_places() {
    let reaching: BTreeSet<String> = rust_files(&source())
        .iter()
        .filter(|path| !is_test(path) && code(path).contains("of_every_school"))
        .map(|path| path.strip_prefix(source()).unwrap().to_str().unwrap().to_owned())
        .collect();
    let excused: BTreeSet<String> = REACH_EVERY_SCHOOL.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(reaching, excused, "on the left: files that reach every school; on the right: those with a reason");
}
