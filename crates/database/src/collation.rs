//! How Russian text is compared and searched.

use std::cmp::Ordering;

/// Returns the text as it is searched: small letters, «ё» as «е», runs of blanks as one space.
///
/// SQLite's own `LOWER` and `LIKE` know only ASCII letters, so the application stores this form beside the original
/// and asks both databases for it.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }));
    }
    folded
}

/// Compares as a Russian reader expects: «ё» stands beside «е», after it between otherwise equal words; letter case
/// decides last. The same order as ICU's for Russian, which PostgreSQL uses.
pub fn alphabetical(a: &str, b: &str) -> Ordering {
    let small = |text: &str| -> Vec<char> { text.chars().flat_map(char::to_lowercase).collect() };
    let plain = |text: &[char]| -> Vec<char> { text.iter().map(|c| if *c == 'ё' { 'е' } else { *c }).collect() };
    let yo = |text: &[char]| -> Vec<bool> { text.iter().map(|c| *c == 'ё').collect() };
    let (small_a, small_b) = (small(a), small(b));
    plain(&small_a).cmp(&plain(&small_b)).then_with(|| yo(&small_a).cmp(&yo(&small_b))).then_with(|| b.cmp(a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_yo_and_extra_blanks() {
        assert_eq!(fold("  Ёлкина\u{a0}  АННА "), "елкина анна");
    }

    #[test]
    fn yo_sorts_beside_ye_and_not_after_ya() {
        let mut names = vec!["Яшин", "Ёлкина", "Егоров", "Жуков", "Елкина"];
        names.sort_by(|a, b| alphabetical(a, b));
        assert_eq!(names, ["Егоров", "Елкина", "Ёлкина", "Жуков", "Яшин"]);
    }
}
