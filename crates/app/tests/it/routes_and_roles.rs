//! Every route against every visitor: the table of routes is the specification, this test asks the running program.

mod relations;
mod world;

use crate::support::{PostedForm, Seen};
use axum::http::Method;
use database::Dialect;
use nastavnik::{
    access::{Access, Role},
    roadmap::measures,
    router,
    web::RouteEntry,
};
use rstest::rstest;
use std::collections::BTreeSet;
use world::World;

/// Roles that may open anything between them; pages of a second school are opened by the same.
const SEEING: [Role; 3] = [Role::Coordinator, Role::Head, Role::Administrator];

/// Fills the parameters of a path with ids that nothing has.
fn missing(path: &str) -> String {
    filled(path, |name| match name {
        "path" | "format" | "version" | "measure" => "9".to_owned(),
        _ => uuid::Uuid::now_v7().to_string(),
    })
}

fn filled(path: &str, value: impl Fn(&str) -> String) -> String {
    let mut parts = path.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap();
        text.push_str(&value(name.trim_start_matches('*')));
        text.push_str(rest);
    }
    text
}

/// Tells whether a path names a record of a school; a personal link is open to whoever has its secret.
fn names_a_record(path: &str) -> bool {
    // The token of a link is its own key: whoever has it may apply, from wherever.
    let names_none = ["*path}", "format}", "register}", "kind}", "journal}", "token}", "secret}", "invitation}"];
    path.split('{').skip(1).any(|part| names_none.iter().all(|name| !part.starts_with(name)))
}

fn table() -> Vec<RouteEntry> {
    router::routes().table().to_vec()
}

/// Collects what does not agree with the table, so that one run shows everything.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn unless(&mut self, right: bool, who: &str, entry: &RouteEntry, seen: &Seen) {
        if !right {
            let text: String = seen.text().chars().take(160).collect();
            self.0
                .push(format!("{} {} as {who}: {} {:?} {text}", entry.method, entry.path, seen.status, seen.location));
        }
    }

    fn nothing(self) {
        assert!(self.0.is_empty(), "{} answers do not agree with the table:\n{}", self.0.len(), self.0.join("\n"));
    }
}

fn leads_to_sign_in(seen: &Seen) -> bool {
    seen.status == 303 && seen.location.as_deref().is_some_and(|path| path.starts_with("/sign-in"))
}

/// A role opens the door; who answers for a row is decided behind it, with a sentence of its own.
fn turned_away(seen: &Seen) -> bool {
    seen.status == 403 && !seen.says("отвечает другой сотрудник")
}

#[rstest]
#[tokio::test]
async fn a_stranger_reaches_public_pages_and_is_led_to_sign_in_from_all_others(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let world = World::on(dialect).await;
    let mut wrong = Wrong::default();
    for entry in table() {
        let path = world.own(entry.path);
        for method in with_head(&entry.method) {
            let seen = world.town.stranger().ask(method, &path).await;
            let right = match entry.access {
                Access::Public => !leads_to_sign_in(&seen) && ![401, 403].contains(&seen.status) && seen.status < 500,
                _ => leads_to_sign_in(&seen) && seen.bytes.is_empty(),
            };
            wrong.unless(right, "nobody", &entry, &seen);
        }
    }
    wrong.nothing();
}

fn with_head(method: &Method) -> Vec<Method> {
    if *method == Method::GET { vec![Method::GET, Method::HEAD] } else { vec![method.clone()] }
}

#[rstest]
#[tokio::test]
async fn every_role_opens_exactly_the_pages_of_the_table(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let world = World::on(dialect).await;
    let mut wrong = Wrong::default();
    for role in Role::ALL {
        let browser = world.town.browser(*role).await;
        for entry in table().into_iter().filter(|entry| entry.method == Method::GET) {
            let path = world.own_of(entry.path, *role);
            let seen = browser.get(&path).await;
            let right = if entry.access.admits(Some(&[*role])) {
                !leads_to_sign_in(&seen) && !turned_away(&seen) && (shown(&seen) || hidden_on_purpose(entry.path))
            } else {
                seen.status == 403
            };
            wrong.unless(right, role.word(), &entry, &seen);
            let head = browser.ask(Method::HEAD, &path).await;
            wrong.unless(head.status == seen.status && head.bytes.is_empty(), "HEAD", &entry, &head);
        }
    }
    wrong.nothing();
}

/// A page, a way on, or a rule that says no to this record in its present state; never a missing page.
fn shown(seen: &Seen) -> bool {
    [200, 303, 403, 422].contains(&seen.status)
}

/// The first run is over; the style sheet may not have been built; the link was never given; no provider is named.
fn hidden_on_purpose(path: &str) -> bool {
    let hidden =
        ["/first-run", "/assets/{*path}", "/entry/{invitation}", "/sign-in/provider", "/sign-in/provider/return"];
    hidden.contains(&path)
}

#[rstest]
#[tokio::test]
async fn every_role_sends_exactly_the_forms_of_the_table(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let world = World::on(dialect).await;
    let mut wrong = Wrong::default();
    for entry in table().into_iter().filter(|entry| entry.method == Method::POST) {
        let path = world.own(entry.path);
        for role in Role::ALL {
            // Signing out is among the forms: everybody comes anew.
            let seen = world.town.browser(*role).await.ask(Method::POST, &path).await;
            let right = if entry.access.admits(Some(&[*role])) {
                !turned_away(&seen) && seen.status != 401 && seen.status < 500
            } else {
                seen.status == 403
            };
            wrong.unless(right, role.word(), &entry, &seen);
        }
    }
    wrong.nothing();
}

#[rstest]
#[tokio::test]
async fn a_record_of_another_school_and_a_missing_one_are_not_told_apart(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let world = World::on(dialect).await;
    let mut wrong = Wrong::default();
    for entry in table().into_iter().filter(|entry| names_a_record(entry.path)) {
        let browser = world.neighbour(admitted_role(&entry)).await;
        let foreign = browser.ask(entry.method.clone(), &world.own(entry.path)).await;
        let nothing = browser.ask(entry.method.clone(), &missing(entry.path)).await;
        // An empty form may be refused before anybody looks for the record.
        let refused = if entry.method == Method::GET { vec![404] } else { vec![404, 400] };
        let right =
            refused.contains(&foreign.status) && foreign.status == nothing.status && foreign.text() == nothing.text();
        wrong.unless(right, "neighbour", &entry, &foreign);
    }
    wrong.nothing();
}

fn admitted_role(entry: &RouteEntry) -> Role {
    match entry.access {
        Access::May(right) => right.roles().next().expect("a right is somebody's"),
        Access::Public | Access::SignedIn => Role::Coordinator,
    }
}

#[rstest]
#[tokio::test]
async fn forms_of_one_school_do_nothing_in_the_hands_of_another(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let world = World::on(dialect).await;
    let table = table();
    let mut sent = BTreeSet::new();
    let mut wrong = vec![];
    for role in SEEING {
        let (own, neighbour) = (world.town.browser(role).await, world.neighbour(role).await);
        for entry in table.iter().filter(|entry| entry.method == Method::GET && entry.access.admits(Some(&[role]))) {
            for form in own.get(&world.own_of(entry.path, role)).await.forms() {
                let Some(pattern) = pattern_of(&table, &form).filter(|pattern| names_a_record(pattern)) else {
                    continue;
                };
                let seen = form.send(&neighbour).await;
                if seen.status != 404 {
                    wrong.push(format!("{role:?} {}: {} {}", form.action, seen.status, seen.text()));
                }
                sent.insert(pattern);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(sent.len() >= 8, "too few forms were found to prove anything: {sent:?}");
}

/// Returns the path of the table that a form is sent to.
fn pattern_of(table: &[RouteEntry], form: &PostedForm) -> Option<&'static str> {
    let parts: Vec<&str> = form.action.split('/').collect();
    let fits = |pattern: &str| {
        let pattern: Vec<&str> = pattern.split('/').collect();
        pattern.len() == parts.len()
            && pattern.iter().zip(&parts).all(|(known, part)| known.starts_with('{') || known == part)
    };
    let all = table.iter().filter(|entry| entry.method == Method::POST).map(|entry| entry.path);
    // «/users/second-factor» is no user.
    all.filter(|pattern| fits(pattern)).min_by_key(|pattern| pattern.matches('{').count())
}

#[rstest]
#[tokio::test]
async fn an_address_spelled_differently_never_gives_more() {
    let world = World::on(Dialect::Sqlite).await;
    let inspector = world.town.browser(Role::Inspector).await;
    let mut wrong = Wrong::default();
    for entry in table().into_iter().filter(|entry| entry.method == Method::GET && entry.access != Access::Public) {
        let path = world.own(entry.path);
        let admitted = entry.access.admits(Some(&[Role::Inspector]));
        for spelled in spellings(&path) {
            let seen = world.town.stranger().get(&spelled).await;
            wrong.unless(
                leads_to_sign_in(&seen) || [400, 404].contains(&seen.status),
                &format!("nobody {spelled}"),
                &entry,
                &seen,
            );
            let seen = inspector.get(&spelled).await;
            let right = admitted || [400, 403, 404].contains(&seen.status);
            wrong.unless(right, &format!("inspector {spelled}"), &entry, &seen);
        }
    }
    wrong.nothing();
}

fn spellings(path: &str) -> Vec<String> {
    let last = path.chars().last().unwrap_or('/');
    let stem = &path[..path.len() - last.len_utf8()];
    let letters = path.to_uppercase();
    [
        format!("{path}/"),
        format!("{path}//"),
        format!("/{path}"),
        format!("{path}/."),
        format!("{path}/../{}", path.trim_start_matches('/')),
        format!("{path}%2F"),
        format!("{path}%00"),
        format!("{path};x=1"),
        format!("{stem}%{:02X}", u32::from(last)),
        letters,
    ]
    .into_iter()
    .filter(|spelled| spelled != path && spelled.starts_with('/'))
    // An address that begins with two slashes is read as one only with its host.
    .map(|spelled| format!("http://school.test{spelled}"))
    .collect()
}

#[rstest]
#[tokio::test]
async fn methods_that_are_not_in_the_table_are_not_served() {
    let world = World::on(Dialect::Sqlite).await;
    let browser = world.town.browser(Role::Administrator).await;
    let paths: BTreeSet<&str> = table().iter().map(|entry| entry.path).collect();
    for path in paths {
        for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE] {
            let seen = browser.ask(method.clone(), &world.own(path)).await;
            assert!((400..500).contains(&seen.status), "{method} {path}: {}", seen.status);
        }
    }
}

#[test]
fn who_is_led_behind_a_number_may_open_the_page() {
    for (measure, page, right) in measures::COUNTED {
        let entry = table().into_iter().find(|entry| entry.method == Method::GET && entry.path == *page).unwrap();
        assert_eq!(entry.access, Access::May(*right), "{measure} leads to {page}");
    }
}

#[test]
fn the_inspector_changes_nothing_but_the_own_account() {
    // Whoever has the address of a link may apply or withdraw, as a person and not as an inspector. A job takes records out
    // as a download does, and changes none.
    let own = [
        "/sign-in",
        "/sign-out",
        "/first-run",
        "/account/password",
        "/account/sessions",
        "/account/second-factor",
        "/account/second-factor/codes",
        "/account/second-factor/removal",
        "/account/provider",
        "/account/provider/removal",
        "/sign-in/code",
        "/entry/{invitation}",
        "/theme",
        "/apply/{token}",
        "/consent/{secret}/withdrawal",
        "/roadmap/evidence",
        "/jobs/{job}/cancellation",
        "/jobs/{job}/repetition",
        "/jobs/{job}/dismissal",
    ];
    for entry in table().iter().filter(|entry| entry.method != Method::GET) {
        let admitted = entry.access.admits(Some(&[Role::Inspector]));
        assert!(!admitted || own.contains(&entry.path), "{} admits the inspector, who only looks", entry.path);
    }
}
