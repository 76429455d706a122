//! Nothing decides by roles but the table of rights; nothing reads people without the capability it gives.

use super::{code, is_test, rust_files, source};
use nastavnik::router::QUERIES;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// Files that name a role, each with its reason; who may do what is asked of the table of rights.
const NAME_A_ROLE: &[(&str, &str)] = &[
    ("access/forms.rs", "who founds a school leads and administers it"),
    ("access/rules.rs", "a school keeps an administrator"),
    ("access/second_factor.rs", "who opens the most needs a second factor"),
    ("cli/admin.rs", "the first administrator is made from the command line"),
    ("cli/evidence.rs", "whoever has the server sees what the coordinator sees"),
    ("demo/school.rs", "the invented school has people of every role"),
    ("paperwork/sources.rs", "an order names who runs the programme and is read by who works in it"),
    ("participation/actions/answers.rs", "a group is led by somebody with the role of a group's curator"),
    ("participation/pages/edit.rs", "a group is led by somebody with the role of a group's curator"),
    ("people/actions/classes.rs", "a class is led by somebody with the role of a class teacher"),
    ("people/pages/classes.rs", "a class is led by somebody with the role of a class teacher"),
    ("roadmap/posts.rs", "a post of the road map stands for everybody with a role"),
];

#[test]
fn roles_are_asked_of_the_table_of_rights_only() {
    let mut named = BTreeSet::new();
    for path in rust_files(&source()).iter().filter(|path| !is_test(path)) {
        let local = path.strip_prefix(source()).unwrap().to_str().unwrap().to_owned();
        let code = code(path).replace("Role::ALL", "");
        if code.contains("Role::") && !["access/policy/", "access/model.rs"].iter().any(|own| local.starts_with(own)) {
            named.insert(local);
        }
    }
    let excused: BTreeSet<String> = NAME_A_ROLE.iter().map(|(file, _)| (*file).to_owned()).collect();
    let new: Vec<_> = named.difference(&excused).collect();
    assert!(
        new.is_empty(),
        "these files name a role: ask `visitor.may(Right::…)` and write the right into access/policy/table.rs, or give \
         NAME_A_ROLE the reason: {new:?}"
    );
    let idle: Vec<_> = excused.difference(&named).collect();
    assert!(idle.is_empty(), "these files name no role any more: {idle:?}");
}

/// Tables that say something about a person.
const OF_PEOPLE: [&str; 15] = [
    "people",
    "persons",
    "participations",
    "participation_topics",
    "consents",
    "special_categories",
    "clearances",
    "guardianships",
    "staff",
    "applications",
    "consent_links",
    "enrolments",
    "person_kinds",
    "person_merges",
    "people_import_rows",
];

/// Functions that read people without the capability `Sight`, each with its reason.
const WITHOUT_CAPABILITY: &[(&str, &str, &str)] = &[
    ("audit", "before", "the journal names people only for readers who see everybody"),
    ("audit", "page_of", "the journal names people only for readers who see everybody"),
    ("consents", "link_of_token", "who has a personal link sees the one person it is about"),
    ("consents", "person_of_link", "who has a personal link sees the one person it is about"),
    ("consents", "tally", "counts people for an indicator and names none"),
    ("consents", "all_withdrawn", "nobody has a withdrawn person in sight; the card of a withdrawal is the exception"),
    ("consents", "withdrawn", "nobody has a withdrawn person in sight; the card of a withdrawal is the exception"),
    ("consents", "guardians_of_withdrawn", "a new consent after a withdrawal is signed by a representative"),
    ("consents", "consents_of_withdrawn", "the card of a withdrawal shows what was withdrawn"),
    ("consents", "person_of_withdrawn", "finds whom a withdrawn consent belongs to and names nobody"),
    ("subject", "record", "who is erased has mostly withdrawn and is in nobody's sight; the right reaches everybody"),
    ("subject", "with_it", "a representative is erased with the child, in sight or not"),
    ("subject", "files", "files about who is erased, by their ids"),
    ("subject", "hindrances", "says what must end first and names nobody"),
    ("subject", "is_known_otherwise", "asks for a kind and names nobody"),
    ("subject", "name_key", "a restore erases again before anybody signs in"),
    ("subject", "loose", "a restore erases again before anybody signs in"),
    ("participation", "links", "counts applications and names nobody"),
    ("participation", "waiting_of_link", "counts applications of a link before anybody is known"),
    ("participation", "waiting", "an application is from somebody who is no record yet"),
    ("participation", "application", "an application is from somebody who is no record yet"),
    ("consents", "open_categories", "seals what an earlier version wrote in the open, before anybody signs in"),
    ("people", "withdrawn_names", "takes names out of what is shown: it must know those nobody may see"),
    ("participation", "dictionary", "its statement of that name asks for words of the school"),
    ("participation", "groups", "counts people for an indicator and names none"),
    ("participation", "by_class", "counts pupils of classes and names none"),
    ("participation", "complete", "counts people for an indicator and names none"),
    ("participation", "has_begun", "tells whether there is anybody"),
    ("participation", "topics", "is asked for participations that were read by sight"),
    ("partners", "givers", "counts organisations for the road map of everybody and names no person"),
    ("paperwork", "proving", "leaves out papers that name who has withdrawn, and names nobody"),
    ("people", "rows", "rows of an upload, read by who loads lists and sees everybody"),
    ("people", "rows_of", "rows of an upload, read by who loads lists and sees everybody"),
    ("people", "stamp", "counts records to know that none changed and names nobody"),
    ("people", "known", "an upload is compared with all records, by who sees everybody"),
    ("people", "represented", "an upload is compared with all records, by who sees everybody"),
    ("people", "enrolled", "an upload is compared with all records, by who sees everybody"),
    ("people", "named", "an upload is compared with all records, by who sees everybody"),
    ("people", "enrolments", "is asked for a person who was read by sight"),
    ("people", "pupils_of_year", "counts pupils of classes and names none"),
    ("people", "kinds", "is asked for a person who was read by sight"),
    ("people", "staff", "is asked for a person who was read by sight"),
];

/// Returns the names of statements that read people, by slice.
fn statements_about_people() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (slice, modules) in QUERIES {
        for (name, sql) in modules.iter().flat_map(|module| module.iter()) {
            let words: Vec<&str> = sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let asks = words.first().is_some_and(|first| ["SELECT", "WITH"].contains(first));
            let reads = |pair: &[&str]| ["FROM", "JOIN"].contains(&pair[0]) && OF_PEOPLE.contains(&pair[1]);
            if asks && words.windows(2).any(reads) {
                found.entry(*slice).or_default().insert(*name);
            }
        }
    }
    found
}

/// Returns the functions of a file: name, parameters, body.
fn functions(code: &str) -> Vec<(String, String, String)> {
    let read = |part: &str| {
        let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let (head, body) = part.split_once('{')?;
        let body = body.split("\n}").next()?;
        Some((name, head.to_owned(), body.to_owned()))
    };
    code.split("async fn ").skip(1).filter_map(read).collect()
}

#[test]
fn people_are_read_with_the_capability_in_hand() {
    let about_people = statements_about_people();
    let mut without = BTreeSet::new();
    let mut with = 0;
    for path in rust_files(&source()).iter().filter(|path| !is_test(path)) {
        let local = path.strip_prefix(source()).unwrap().to_str().unwrap();
        let slice = local.split('/').next().unwrap();
        if slice == "demo" || !(local.contains("/queries/") || local.ends_with("queries.rs")) {
            continue;
        }
        let Some(names) = about_people.get(slice) else { continue };
        for (function, parameters, body) in functions(&code(path)) {
            let words: BTreeSet<&str> = body.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            if names.iter().all(|name| !words.contains(name)) {
                continue;
            }
            if parameters.split(|c: char| !c.is_alphanumeric()).any(|word| word == "Sight") {
                with += 1;
            } else {
                without.insert((slice.to_owned(), function));
            }
        }
    }
    let excused: BTreeSet<(String, String)> =
        WITHOUT_CAPABILITY.iter().map(|(slice, function, _)| ((*slice).to_owned(), (*function).to_owned())).collect();
    let new: Vec<_> = without.difference(&excused).collect();
    assert!(
        new.is_empty(),
        "these functions read people without the capability: take a `Sight` as a parameter, or give WITHOUT_CAPABILITY \
         the reason: {new:?}"
    );
    let idle: Vec<_> = excused.difference(&without).collect();
    assert!(idle.is_empty(), "{idle:?} need no excuse any more");
    assert!(with >= 20, "only {with} functions take the capability: were the files read?");
}

#[test]
fn a_capability_is_made_at_one_place_only() {
    for path in rust_files(&source()).iter().filter(|path| !is_test(path)) {
        let local = path.strip_prefix(source()).unwrap().to_str().unwrap();
        let text = fs::read_to_string(path).unwrap();
        assert!(
            local == "people/sight.rs" || !text.replace("-> Sight {", "").contains("Sight {"),
            "{local} makes a Sight of its own: use Sight::of or Sight::of_author"
        );
    }
}
