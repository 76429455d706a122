//! Every element with sample data, for the page `/about/components`.
//!
//! The page is a test at the same time: an element that is missing here fails it, and the accessibility tests and the
//! screenshots see every element in every state. People and schools in the samples are invented.

mod controls;
mod drawings;
mod lists;
mod parts;

use maud::Markup;

/// Elements of one kind: the name of the function, then what is special about the sample.
pub type Group = (&'static str, Vec<(&'static str, Markup)>);

/// Returns every element, by groups.
pub fn everything() -> Vec<Group> {
    vec![
        ("Кнопки и ссылки", controls::buttons()),
        ("Поля и формы", controls::forms()),
        ("Метки и сообщения", parts::marks()),
        ("Числа с их смыслом", parts::numbers()),
        ("Части страницы", parts::pieces()),
        ("Таблицы и списки", lists::tables()),
        ("Отбор и переходы", lists::ways()),
        ("Время", drawings::time()),
        ("Графики", drawings::charts()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    /// They draw whole documents, which cannot stand inside one: the page with the samples is drawn by them.
    const DOCUMENTS: [&str; 2] = ["page", "bare"];

    /// Returns the names of the functions of the folder that draw something.
    fn elements() -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/ui");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let texts = files.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).unwrap());
        texts.flat_map(|text| text.lines().filter_map(drawing).collect::<Vec<_>>()).collect()
    }

    fn drawing(line: &str) -> Option<String> {
        let (name, rest) = line.strip_prefix("pub fn ")?.split_once('(')?;
        rest.ends_with("-> Markup {").then(|| name.to_owned())
    }

    #[test]
    fn every_element_has_a_sample() {
        let everything = everything();
        let shown: BTreeSet<&str> =
            everything.iter().flat_map(|(_, samples)| samples).filter_map(|(name, _)| name.split(' ').next()).collect();
        let elements = elements();
        assert!(elements.len() > 25, "the folder was not read: {elements:?}");
        for element in elements.iter().filter(|name| !DOCUMENTS.contains(&name.as_str())) {
            assert!(shown.contains(element.as_str()), "add a sample of `{element}` to ui/sample/");
        }
    }

    #[test]
    fn no_sample_is_empty_or_styled_inline() {
        for (group, samples) in everything() {
            for (name, drawn) in samples {
                assert!(!drawn.0.is_empty(), "{group}: {name}");
                assert!(!drawn.0.contains(" style="), "{group}: {name}");
            }
        }
    }
}
