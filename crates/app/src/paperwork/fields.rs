//! What the fields of papers are, in the words of a school. Pure.
//!
//! The words are data (`templates/paper_fields.toml`), found by the end of a path: `order.acquainted.post` is described
//! under `post`, unless a longer end is.

use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fields: BTreeMap<String, String>,
}

static WORDS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../../templates/paper_fields.toml"))
        .map(|file| file.fields)
        .unwrap_or_default()
});

/// Returns what a field is: `order.acquainted[].post` is «Должность»; the path itself when nobody described it.
pub fn label(path: &str) -> &str {
    let plain: String = path.replace("[]", "");
    let mut end = plain.as_str();
    loop {
        if let Some(words) = WORDS.get(end) {
            return words;
        }
        match end.split_once('.') {
            Some((_, shorter)) => end = shorter,
            None => return path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::kinds::KINDS;

    #[test]
    fn every_field_of_every_kind_is_described_in_russian() {
        let is_russian = |words: &str| words.chars().any(|c| ('а'..='я').contains(&c));
        for kind in KINDS {
            for (path, _) in kind.fields() {
                assert!(is_russian(label(&path)), "{}: describe {path} in paper_fields.toml", kind.name);
            }
        }
    }

    #[test]
    fn the_longest_end_that_fits_counts() {
        assert_eq!(label("order.acquainted[].post"), "Должность");
        assert_eq!(label("school.head.post"), "Должность руководителя");
        assert_eq!(label("unheard_of"), "unheard_of");
    }
}
