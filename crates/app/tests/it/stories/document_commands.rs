//! Stories of documents at the keyboard of the school's server.

use crate::command_line::{run, sentence, stdout, text};
use std::{fs, path::Path};
use tempfile::TempDir;

#[test]
fn every_kind_of_document_is_made_from_its_example() {
    let folder = TempDir::new().unwrap();
    let kinds: Vec<serde_json::Value> = serde_json::from_str(&stdout(&run(&["document", "kinds", "--json"]))).unwrap();
    assert!(kinds.len() > 20);
    for kind in kinds.iter().filter_map(|kind| kind["name"].as_str()) {
        let (input, out) = (folder.path().join("in.json"), folder.path().join(format!("{kind}.docx")));
        fs::write(&input, stdout(&run(&["document", "example", kind]))).unwrap();
        let output = run(&["document", "make", kind, "--input", text(&input), "--out", text(&out)]);
        assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(fs::read(&out).unwrap().starts_with(b"PK"), "{kind}");
    }
}

#[test]
fn a_file_of_a_school_is_begun_and_filled_as_it_is() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (input, begun, out) = (at("in.json"), at("бланк.docx"), at("письмо.docx"));
    fs::write(&input, stdout(&run(&["document", "example", "thanks-letter"]))).unwrap();
    let written = run(&["document", "example", "thanks-letter", "--template", text(&begun)]);
    assert!(written.status.success() && stdout(&written).contains("файл с полями"), "{written:?}");
    let make = |template: &Path, out: &Path| {
        let files = ["--input", text(&input), "--template", text(template), "--out", text(out)];
        run(&[&["document", "make", "thanks-letter"][..], &files].concat())
    };
    assert!(make(&begun, &out).status.success());
    assert!(fs::read(&out).unwrap().starts_with(b"PK"));
    assert!(sentence(&make(&begun, &at("письмо.pdf"))).contains("кончаться на .docx"));
    assert!(sentence(&make(&input, &at("другое.docx"))).contains("Это не документ Word"));
    assert!(sentence(&run(&["document", "example", "thanks-letter", "--template", text(&begun)])).contains("уже есть"));
    let both = ["--text", text(&input), "--template", text(&begun)];
    let both = [&["document", "make", "thanks-letter", "--input", "x", "--out", "x.docx"][..], &both].concat();
    sentence(&run(&both));
}

#[test]
fn a_document_is_refused_with_the_name_of_the_field() {
    let folder = TempDir::new().unwrap();
    let (input, out) = (folder.path().join("in.json"), folder.path().join("out.docx"));
    let example = stdout(&run(&["document", "example", "certificate"]));
    let make = |json: &str, out: &Path| {
        fs::write(&input, json).unwrap();
        run(&["document", "make", "certificate", "--input", text(&input), "--out", text(out), "--overwrite"])
    };
    let unknown = sentence(&make(&example.replace("\"reason\"", "\"raeson\""), &out));
    assert!(unknown.contains("«raeson»") && unknown.contains("reason"), "{unknown}");
    let nested = sentence(&make(&example.replace("\"place\": \"г.", "\"places\": \"г."), &out));
    assert!(nested.contains("school.places"), "{nested}");
    assert!(sentence(&make("не JSON", &out)).contains("не JSON"));
    assert!(sentence(&make(&example, &out.with_extension("xlsx"))).contains("не таблица"));
    assert!(sentence(&make(&example, &out.with_extension("odt"))).contains(".docx, .pdf"));
    assert!(sentence(&run(&["document", "make", "spravka", "--input", "x", "--out", "x.pdf"])).contains("«spravka»"));
    assert!(!out.exists());
}
