//! Stories of the table of rights at the keyboard.

use crate::command_line::{run, stdout};
use nastavnik::{
    access::{Right, Role},
    router,
};
use std::collections::BTreeSet;

#[test]
fn the_table_of_rights_is_printed_in_the_words_of_a_school() {
    let text = stdout(&run(&["policy"]));
    for right in Right::ALL {
        assert!(text.contains(right.label()) && text.contains(right.word()), "{}", right.word());
    }
    assert!(text.contains("свой класс:    классный руководитель"), "{text}");
    assert!(text.contains("видно:         ФИО; "), "{text}");
}

#[test]
fn a_machine_gets_every_route_under_its_right() {
    let json: serde_json::Value = serde_json::from_str(&stdout(&run(&["policy", "--json"]))).unwrap();
    let list = |value: &serde_json::Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let rights = json["rights"].as_array().unwrap();
    let routes = rights.iter().flat_map(|right| list(&right["routes"]));
    let printed: Vec<String> = routes.chain(list(&json["public"])).chain(list(&json["signed_in"])).collect();
    let known: BTreeSet<String> =
        router::routes().table().iter().map(|entry| format!("{} {}", entry.method, entry.path)).collect();
    assert_eq!(printed.iter().cloned().collect::<BTreeSet<_>>(), known);
    assert_eq!(printed.len(), known.len(), "a route stands under two rights");
    let people = rights.iter().find(|right| right["right"] == "people.read").unwrap();
    assert_eq!(people["roles"][Role::ClassTeacher.word()], "свой класс");
    assert!(people["roles"].get(Role::Administrator.word()).is_none());
}
