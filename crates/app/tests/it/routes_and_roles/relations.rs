//! Every route about a person as every role in every relation to the person: what is expected is computed from the table
//! of rights, what happens is asked of the running program.

use super::{Wrong, filled, spellings, table};
use crate::{
    stories::{consent_links, consents},
    support::{Browser, Seen, Town, folk::Family},
};
use axum::http::Method;
use database::{Dialect, args};
use nastavnik::{
    access::{Access, Kind, Reach, Relation, Right, Role, may},
    web::RouteEntry,
};
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};

/// Parameters that stand for a person or for something of one person: the rights over it depend on the relation.
const OF_A_PERSON: [&str; 5] = ["person", "participation", "consent", "consent_link", "paper"];

/// Somebody with everything that paths can name, and how this person stands to the staff of the story.
struct Subject {
    relations: Vec<Relation>,
    parameters: BTreeMap<&'static str, String>,
}

impl Subject {
    fn covered(&self, role: Role, right: Right) -> bool {
        self.relations.iter().any(|relation| may(&[role], right, *relation))
    }

    /// Fills a path, if everything it names belongs to a person.
    fn path(&self, pattern: &str) -> Option<String> {
        let names: Vec<&str> = pattern.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        let known = !names.is_empty() && names.iter().all(|name| OF_A_PERSON.contains(name));
        known.then(|| filled(pattern, |name| self.parameters[name].clone()))
    }
}

/// Pupils of a class each, one for every relation there is.
async fn subjects(town: &Town) -> Vec<Subject> {
    let coordinator = town.browser(Role::Coordinator).await;
    let teacher = Some(town.user(Role::ClassTeacher));
    town.decides(true, true, true).await;
    let mut subjects = vec![];
    for (grade, leads, relations) in [
        (5, teacher, vec![Relation::OwnClass, Relation::TakesPart]),
        (6, None, vec![Relation::OwnGroup, Relation::TakesPart]),
        (7, None, vec![Relation::TakesPart]),
        (8, None, vec![Relation::OwnSchool]),
    ] {
        let class = town.class(&format!("{grade}Б"), leads).await;
        let child = town.person(&format!("Рябинина{grade} Зоя"), Some("2014-03-08"), &["pupil"]).await;
        let mother = town.person(&format!("Рябинина{grade} Раиса"), None, &["parent"]).await;
        town.enrol(child, class).await;
        town.represents(mother, child).await;
        let participation = town.takes_part(child, "mentee").await;
        if relations.contains(&Relation::OwnGroup) {
            town.curates(town.user(Role::GroupCurator), participation).await;
        }
        let family = Family { class, child, mother, participation };
        let mut parameters = papers(&coordinator, &family).await;
        parameters.insert("paper", paper_about(town, child).await);
        if relations == [Relation::OwnSchool] {
            town.takes_no_part(participation).await;
        }
        subjects.push(Subject { relations, parameters });
    }
    let nothing = OF_A_PERSON.map(|name| (name, uuid::Uuid::now_v7().to_string()));
    subjects.push(Subject { relations: vec![Relation::Nothing], parameters: BTreeMap::from(nothing) });
    subjects
}

/// Returns the paper about somebody.
async fn paper_about(town: &Town, person: uuid::Uuid) -> String {
    let sql = "SELECT CAST(id AS TEXT) FROM papers WHERE person_id = $1";
    let (id,): (String,) = town.look().await.one(sql, args![person]).await.unwrap();
    id
}

/// Gives a pupil a printed and signed consent and a personal link.
async fn papers(coordinator: &Browser, family: &Family) -> BTreeMap<&'static str, String> {
    let consent = consents::ask(coordinator, family.child, "participation").await;
    coordinator.submit(&format!("{consent}/paper"), &[]).await.must_be(200);
    consents::sign_with_scan(coordinator, &consent, family.mother).await.must_be(303);
    consent_links::link(coordinator, family.child, family.mother).await;
    let links = coordinator.get(&format!("/consents/people/{}", family.child)).await.links("/consents/people/");
    let link = links.iter().find(|path| path.ends_with("/revocation")).expect("a link can be closed");
    BTreeMap::from([
        ("person", family.child.to_string()),
        ("participation", family.participation.to_string()),
        ("consent", consent.rsplit('/').next().unwrap().to_owned()),
        ("consent_link", link.split('/').nth(5).unwrap().to_owned()),
    ])
}

/// Returns the routes about a person with the right each needs.
fn routes() -> Vec<(RouteEntry, Right)> {
    let right = |entry: RouteEntry| match entry.access {
        Access::May(right) => Some((entry, right)),
        Access::Public | Access::SignedIn => None,
    };
    table().into_iter().filter_map(right).collect()
}

/// A page, a way on, or a rule that says no to this record in its present state.
fn is_served(seen: &Seen) -> bool {
    [200, 303, 409, 422].contains(&seen.status)
}

/// Tells whether an answer is the one the table of rights computes.
fn is_right(seen: &Seen, role: Role, right: Right, subject: &Subject, method: &Method) -> bool {
    // A form without fields may be refused before anybody looks for the record.
    let is_form = *method == Method::POST;
    if !right.is_of(&[role]) {
        seen.status == 403
    } else if subject.covered(role, right) {
        is_served(seen) || (is_form && seen.status == 400)
    } else {
        seen.status == 404 || (is_form && [400, 422].contains(&seen.status))
    }
}

#[rstest]
#[tokio::test]
async fn every_route_about_a_person_is_open_to_exactly_the_relations_of_the_table(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = Town::on(dialect).await;
    let subjects = subjects(&town).await;
    let mut wrong = Wrong::default();
    let mut refused = BTreeSet::new();
    for role in Role::ALL {
        let browser = town.browser(*role).await;
        for (entry, right) in routes() {
            for subject in &subjects {
                let Some(path) = subject.path(entry.path) else { continue };
                // A form may end what the next one needs; only forms that are not for this role are sent.
                if entry.method == Method::POST && subject.covered(*role, right) {
                    continue;
                }
                let seen = browser.ask(entry.method.clone(), &path).await;
                let who = format!("{} {:?}", role.word(), subject.relations);
                wrong.unless(is_right(&seen, *role, right, subject, &entry.method), &who, &entry, &seen);
                if entry.method == Method::GET {
                    let head = browser.ask(Method::HEAD, &path).await;
                    wrong.unless(head.status == seen.status && head.bytes.is_empty(), &who, &entry, &head);
                    for spelled in spellings(&path).into_iter().filter(|_| !subject.covered(*role, right)) {
                        let seen = browser.get(&spelled).await;
                        wrong.unless(
                            [400, 403, 404].contains(&seen.status),
                            &format!("{who} {spelled}"),
                            &entry,
                            &seen,
                        );
                    }
                }
                if right.is_of(&[*role]) && !subject.covered(*role, right) {
                    refused.insert((entry.path, *role));
                }
            }
        }
    }
    wrong.nothing();
    assert!(refused.len() >= 20, "too few refusals to prove anything: {refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_form_about_a_person_does_nothing_in_the_hands_of_who_has_no_right_over_the_person(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = Town::on(dialect).await;
    let subjects = subjects(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let routes = routes();
    let mut wrong = vec![];
    let mut sent = BTreeSet::new();
    for subject in &subjects {
        let mut forms = vec![];
        for (entry, _) in routes.iter().filter(|(entry, _)| entry.method == Method::GET) {
            if let Some(path) = subject.path(entry.path) {
                forms.extend(coordinator.get(&path).await.forms());
            }
        }
        for (entry, right) in routes.iter().filter(|(entry, _)| entry.method == Method::POST) {
            let Some(path) = subject.path(entry.path) else { continue };
            for form in forms.iter().filter(|form| form.action == path) {
                for role in Role::ALL.iter().filter(|role| !subject.covered(**role, *right)) {
                    let seen = form.send(&town.browser(*role).await).await;
                    let expected = if right.is_of(&[*role]) { 404 } else { 403 };
                    if seen.status != expected {
                        let relations = &subject.relations;
                        wrong.push(format!("{path} as {} {relations:?}: {} {}", role.word(), seen.status, seen.text()));
                    }
                    sent.insert((entry.path, *role));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(sent.len() >= 20, "too few forms were found to prove anything: {sent:?}");
}

/// A file is what leaves the program: it stands under a right of its own kind, and such a right gives files.
#[rstest]
#[tokio::test]
async fn what_leaves_as_a_file_stands_under_a_right_to_take_out(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let world = super::World::on(dialect).await;
    let mut files = BTreeSet::new();
    for entry in table() {
        // Who may read the most; a route for somebody else only is opened by the first who may.
        let role = super::admitted_role(&entry);
        let browser = world.town.browser(role).await;
        let seen = browser.ask(entry.method.clone(), &world.own(entry.path)).await;
        let disposition = seen.headers.get("content-disposition").and_then(|value| value.to_str().ok());
        if disposition.is_some_and(|value| value.starts_with("attachment")) {
            files.insert(entry.path);
            let takes = matches!(entry.access, Access::May(right) if right.kind() == Kind::Take);
            assert!(
                takes || ASKED_WHEN_TAKEN.contains(&entry.path),
                "{} {} answers with a file, so it needs a right of the kind Take: give the route an entry of that kind in \
                 access/policy/table.rs, with the fields of people the file carries",
                entry.method,
                entry.path
            );
        }
    }
    assert!(files.len() >= 12, "too few files were found to prove anything: {files:?}");
}

/// What a job made is given out only to who still has the right of the job, which the route does not know.
const ASKED_WHEN_TAKEN: [&str; 1] = ["/jobs/{job}/result"];

#[test]
fn a_right_of_the_table_serves_a_route() {
    let used: BTreeSet<&str> = table()
        .iter()
        .filter_map(|entry| match entry.access {
            Access::May(right) => Some(right.word()),
            Access::Public | Access::SignedIn => None,
        })
        .collect();
    // Asked on a page, not by a route.
    let on_pages = ["people.readers"];
    let idle = Right::ALL.iter().map(|right| right.word()).filter(|word| !used.contains(word));
    let idle: Vec<&str> = idle.filter(|word| !on_pages.contains(word)).collect();
    assert!(idle.is_empty(), "no route needs these rights any more: take them out of access/policy/table.rs: {idle:?}");
}

#[test]
fn a_reader_of_people_without_a_relation_of_its_own_is_tried() {
    let reaches: BTreeSet<&str> = Role::ALL.iter().map(|role| Right::ReadPeople.reach(*role).label()).collect();
    let tried = [Reach::School, Reach::Class, Reach::Group, Reach::Taking, Reach::None].map(Reach::label);
    assert_eq!(reaches, BTreeSet::from(tried), "give `subjects` somebody for the new relation");
}
