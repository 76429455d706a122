//! Every kind of document with its example, and what a school may rely on in it.

use std::{env, fs, path::PathBuf};

use documents::kinds::{self, KINDS, Kind, Unmade, inputs};
use documents::{docx, xlsx};
use quick_xml::{Reader, events::Event};
use serde_json::{Value, json};

/// Reads a .docx as text: a line per paragraph, ` | ` behind every cell.
pub fn text_of(docx: &[u8]) -> String {
    let body = crate::write_docx::part(docx, "word/document.xml");
    let mut reader = Reader::from_str(&body);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(entity) => text.push_str(match &*entity {
                "quot" => "\"",
                "amp" => "&",
                other => panic!("&{other};"),
            }),
            // A stop of a tab is called the same and has attributes.
            Event::Empty(tag) if tag.name().as_ref() == "w:tab" && tag.attributes().next().is_none() => text.push('\t'),
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "w:br" => text.push('\n'),
            Event::End(tag) if tag.name().as_ref() == "w:p" => text.push('\n'),
            Event::End(tag) if tag.name().as_ref() == "w:tc" => {
                text.truncate(text.trim_end().len());
                text.push_str(" | ");
            }
            Event::End(tag) if tag.name().as_ref() == "w:tr" => text.push('\n'),
            Event::Eof => return text,
            _ => {}
        }
    }
}

fn kind(name: &str) -> &'static Kind {
    kinds::find(name).unwrap()
}

fn example(name: &str) -> Value {
    serde_json::from_str(kind(name).example).unwrap()
}

fn paper(name: &str, input: &Value) -> String {
    let document = kind(name).make(&input.to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
    text_of(&docx::write(&document).unwrap()).replace('\u{a0}', " ")
}

#[test]
fn every_example_reads_as_its_snapshot() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for kind in KINDS {
        let written = paper(kind.name, &example(kind.name));
        let file = folder.join(format!("{}.txt", kind.name));
        if env::var_os("WRITE_SNAPSHOTS").is_some() {
            fs::write(&file, &written).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(written, kept, "{}; WRITE_SNAPSHOTS=1 writes it anew", file.display());
    }
}

#[test]
fn every_kind_has_a_name_of_its_own_and_fields() {
    for (index, kind) in KINDS.iter().enumerate() {
        assert!(KINDS.iter().skip(index + 1).all(|other| other.name != kind.name), "{}", kind.name);
        assert!(kind.fields().iter().any(|(field, _)| field == "school.head.name"), "{}", kind.name);
        assert!(!kind.make(kind.example).unwrap().name().is_empty());
    }
}

#[test]
fn a_register_is_also_a_workbook() {
    let tables: Vec<&str> =
        KINDS.iter().filter(|kind| kind.workbook(kind.example).is_some()).map(|kind| kind.name).collect();
    assert_eq!(tables, ["potential-mentors", "mentee-base", "mentor-base", "registry"]);
    for name in tables {
        let workbook = kind(name).workbook(kind(name).example).unwrap().unwrap();
        assert_eq!(workbook.sheets[0].rows.len(), 2);
        assert!(workbook.sheets[0].rows.iter().all(|row| row.len() == workbook.sheets[0].columns.len()), "{name}");
        assert!(xlsx::write(&workbook).unwrap().starts_with(b"PK"));
    }
}

#[test]
fn every_consent_says_what_the_law_asks_whoever_signs() {
    let purposes = ["consent-participation", "consent-special", "consent-transfer", "consent-distribution"];
    let representative = json!({ "name": "Ершова Людмила Павловна" });
    for name in purposes {
        for signer in ["representative", "both", "self"] {
            let mut input = example(name);
            input["signer"] = json!(signer);
            input["representative"] = if signer == "self" { Value::Null } else { representative.clone() };
            let text = paper(name, &input);
            let subject = input["subject"]["name"].as_str().unwrap();
            let school = [input["school"]["name"].as_str().unwrap(), input["school"]["address"].as_str().unwrap()];
            let items = ["адрес:", "документ", "для одной цели", "Персональные данные:", "Действия:", "Способы:"];
            let rest = ["не поручается", "Срок:", "Отзыв:", "Дата:", subject, school[0], school[1]];
            for item in items.iter().chain(&rest) {
                assert!(text.contains(item), "{name}, {signer}: no «{item}» in\n{text}");
            }
            assert_eq!(text.contains("полномочия подтверждает: ________"), signer != "self", "{text}");
            let lines = text.lines().filter(|line| line.contains("\t\t\t")).count();
            assert_eq!(lines, if signer == "both" { 2 } else { 1 }, "{name}, {signer}: lines to sign");
        }
    }
}

#[test]
fn a_consent_without_its_signer_is_refused() {
    let mut input = example("consent-special");
    input["representative"] = Value::Null;
    let refused = kind("consent-special").make(&input.to_string());
    assert!(matches!(refused, Err(Unmade::Input(ref bad)) if bad.field == "representative"), "{refused:?}");
    let mut input = example("consent-special");
    input["categories"] = json!([]);
    assert!(matches!(kind("consent-special").make(&input.to_string()), Err(Unmade::Text(_))));
}

#[test]
fn an_amending_order_says_what_changed_and_nothing_else() {
    let order: inputs::AmendmentOrder = serde_json::from_value(example("amendment-order")).unwrap();
    let changes = order.changes();
    let kinds: Vec<&str> = changes
        .iter()
        .map(|change| match change {
            inputs::Changed::Added { mentee, .. } => mentee.name.as_str(),
            inputs::Changed::Removed { .. } => "removed",
            inputs::Changed::Replaced { .. } => "replaced",
            inputs::Changed::Altered { .. } => "altered",
        })
        .collect();
    assert_eq!(kinds, ["replaced", "altered", "replaced", "Цой Алина Романовна"]);
    let mut same = example("amendment-order");
    same["after"] = same["before"].clone();
    let refused = kind("amendment-order").make(&same.to_string());
    assert!(matches!(refused, Err(Unmade::Input(ref bad)) if bad.field == "after"), "{refused:?}");
    let mut less = example("amendment-order");
    less["after"] = json!([less["before"][0]]);
    assert_eq!(paper("amendment-order", &less).matches("Исключить ").count(), 2);
}

#[test]
fn impossible_numbers_are_refused_by_field() {
    let refused = |name: &str, path: &str, value: Value| {
        let mut input = example(name);
        *input.pointer_mut(path).unwrap() = value;
        match kind(name).make(&input.to_string()) {
            Err(Unmade::Input(bad)) => bad.field,
            other => panic!("{name}: {other:?}"),
        }
    };
    assert_eq!(refused("council-minutes", "/present", json!(43)), "present");
    assert_eq!(refused("council-minutes", "/questions/0/votes/no", json!(9)), "questions[0].votes");
    assert_eq!(refused("roadmap-memo", "/done", json!(31)), "total");
    assert_eq!(refused("assignment-order", "/pairs/1/mentees", json!([])), "pairs[1].mentees");
    assert_eq!(refused("assignment-order", "/pairs/0/to", json!("2020-01-01")), "pairs[0].to");
    assert_eq!(refused("mentoring-agreement", "/mentee/representative", Value::Null), "mentee.representative");
    assert_eq!(refused("certificate", "/date", json!("28.05.2027")), "date");
}
