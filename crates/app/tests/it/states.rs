//! The document of states says what the code does.

use nastavnik::{
    consents,
    jobs::JobState,
    paperwork,
    roadmap::{model::ProgrammeState, state},
};
use std::{fs, path::Path};

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/states.md");
    fs::read_to_string(path).expect("docs/states.md draws the states")
}

/// Returns the diagram under a heading.
fn diagram<'a>(document: &'a str, heading: &str) -> &'a str {
    let (_, below) =
        document.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no heading «{heading}»"));
    let (_, begun) = below.split_once("```mermaid\n").unwrap_or_else(|| panic!("no diagram under «{heading}»"));
    begun.split_once("```").expect("the diagram ends").0
}

#[test]
fn the_diagram_of_rows_is_the_one_the_code_draws() {
    let document = document();
    let drawn = diagram(&document, "Мероприятие дорожной карты");
    assert_eq!(drawn, state::mermaid(), "replace the diagram in docs/states.md by the one on the right");
}

#[test]
fn the_diagram_of_programmes_names_every_state_by_its_word_and_label() {
    let document = document();
    let drawn = diagram(&document, "Учебный год (программа)");
    for state in ProgrammeState::ALL {
        let line = format!("    {} : {}\n", state.word(), state.label());
        assert!(drawn.contains(&line), "docs/states.md does not name {line:?}");
    }
    let named = drawn.lines().filter(|line| line.contains(" : ") && !line.contains("-->")).count();
    assert_eq!(named, ProgrammeState::ALL.len(), "docs/states.md names a state that is not there");
}

#[test]
fn the_diagram_of_jobs_names_every_state_by_its_word_and_label() {
    let document = document();
    let drawn = diagram(&document, "Фоновое задание");
    for state in JobState::ALL {
        let line = format!("    {} : {}\n", state.word(), state.label());
        assert!(drawn.contains(&line), "docs/states.md does not name {line:?}");
    }
}

#[test]
fn the_diagram_of_consents_is_the_one_the_code_draws() {
    let document = document();
    let drawn = diagram(&document, "Согласие");
    assert_eq!(drawn, consents::state::mermaid(), "replace the diagram in docs/states.md by the one on the right");
}

#[test]
fn the_diagram_of_papers_is_the_one_the_code_draws() {
    let document = document();
    let drawn = diagram(&document, "Документ школы");
    assert_eq!(drawn, paperwork::state::mermaid(), "replace the diagram in docs/states.md by the one on the right");
}
