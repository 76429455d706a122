//! The crawl of the canaries: every personal text of every person in the invented school is a unique mark; every role
//! follows every link, form of a search and file. What was seen must be what the table of rights allows, no more and no
//! less.

mod marks;
mod walk;

use database::Dialect;
use marks::{Mark, Marks};
use nastavnik::{
    access::{Field, Relation, Right, Role, may},
    demo,
};
use std::collections::{BTreeMap, BTreeSet};
use walk::{Sightings, walked};

/// Fields that are shown for some relations of a right only because the demo has nobody else to show, each with a reason.
const NOT_SHOWN: &[(Role, Field, Relation, &str)] = &[];

/// Tells whether the table of rights lets a role see a mark.
fn allows(role: Role, mark: &Mark, relation: Relation) -> bool {
    let field = if mark.is_hidden { Field::Withdrawal } else { mark.field };
    Right::ALL.iter().any(|right| right.fields().contains(&field) && may(&[role], *right, relation))
}

/// Returns what a role saw and must not see: «`class_teacher` sees `persons.phone` on `/people/…`».
fn leaks(role: Role, sightings: &Sightings, marks: &Marks, own: &BTreeMap<String, BTreeSet<Relation>>) -> Vec<String> {
    let stranger = BTreeSet::from([Relation::OwnSchool]);
    let mut leaks = BTreeMap::new();
    for (number, path) in sightings {
        let mark = marks.get(*number);
        let relations = mark.person.as_ref().and_then(|person| own.get(person)).unwrap_or(&stranger);
        if !relations.iter().any(|relation| allows(role, mark, *relation)) {
            let what = format!("{} sees {}.{} ({relations:?}) on {path}", role.word(), mark.table, mark.column);
            leaks.entry((mark.table, mark.column, relations.clone())).or_insert(what);
        }
    }
    leaks.into_values().collect()
}

/// Returns what a role may see and never saw.
fn blanks(role: Role, sightings: &Sightings, marks: &Marks, own: &BTreeMap<String, BTreeSet<Relation>>) -> Vec<String> {
    let stranger = BTreeSet::from([Relation::OwnSchool]);
    let mut expected: BTreeMap<(Field, Relation), bool> = BTreeMap::new();
    for (number, mark) in marks.all() {
        let relations = mark.person.as_ref().and_then(|person| own.get(person)).unwrap_or(&stranger);
        for relation in relations.iter().filter(|relation| allows(role, mark, **relation)) {
            let field = if mark.is_hidden { Field::Withdrawal } else { mark.field };
            *expected.entry((field, *relation)).or_default() |= sightings.contains_key(&number);
        }
    }
    let excused =
        |field, relation| NOT_SHOWN.iter().any(|known| (known.0, known.1, known.2) == (role, field, relation));
    let blank = expected.into_iter().filter(|((field, relation), seen)| !seen && !excused(*field, *relation));
    blank.map(|((field, relation), _)| format!("{} never saw {field:?} of {relation:?}", role.word())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_every_role_sees_is_what_the_table_of_rights_allows() {
    let (town, accounts) = super::demo::school(Dialect::Sqlite).await;
    let marks = marks::put(&town).await;
    assert!(marks.len() > 3_000, "only {} marks", marks.len());
    // Of a card of each kind a few are opened; those who left the school are few and say what no other card says.
    let left = marks::cards_of_those_who_left(&town).await;
    let (mut wrong, mut seen) = (vec![], 0);
    let mut everything = Sightings::new();
    for role in Role::ALL {
        let account = accounts.iter().find(|account| account.role == *role).expect("the demo has every role");
        let browser = town.stranger();
        browser.sign_in(account.login, demo::PASSWORD).await;
        let own = marks::relations(&town, *role, account.login).await;
        let sightings = walked(&browser, &own, &left).await;
        seen += sightings.len();
        wrong.extend(leaks(*role, &sightings, &marks, &own));
        wrong.extend(blanks(*role, &sightings, &marks, &own));
        if *role == Role::Coordinator {
            everything = sightings;
        }
    }
    assert!(wrong.is_empty(), "{} differences from access/policy/table.rs:\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen > 5_000, "only {seen} marks were seen");
    // The judge can fail: in the hands of others, what the coordinator saw is forbidden.
    let nobody = BTreeMap::new();
    for role in [Role::ClassTeacher, Role::Psychologist, Role::Administrator, Role::Contributor] {
        assert!(leaks(role, &everything, &marks, &nobody).len() > 10, "{role:?}");
    }
    assert!(blanks(Role::Coordinator, &Sightings::new(), &marks, &nobody).len() > 10);
}
