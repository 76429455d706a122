//! Any text is a road map: a table with terms, numbers and responsibles, understood as far as it can be.
#![no_main]

use documents::tables::{Limits, read_text};
use fuzz::{
    roadmap::{
        reading::understand,
        template::Template,
        term::Term,
    },
    school_year::SchoolYear,
};
use libfuzzer_sys::fuzz_target;

/// A header every reader knows, so that what follows is read as rows.
const HEADER: &str = "№\tМероприятие\tСроки\tРезультат\tОтветственный\n";

fuzz_target!(|data: &[u8]| {
    let Some((way, bytes)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(bytes);
    let year = SchoolYear::starting_in(2026).expect("a year");
    match way % 4 {
        0 => drop(Template::parse(&text)),
        1 => drop(Term::read(&text, year)),
        2 => {
            if let Ok(tables) = read_text(&text, &Limits::default()) {
                drop(understand(&tables, year));
            }
        }
        _ => {
            if let Ok(tables) = read_text(&format!("{HEADER}{text}"), &Limits::default()) {
                drop(understand(&tables, year));
            }
        }
    }
});
