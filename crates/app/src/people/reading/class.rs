//! The name of a class inside a longer text: the name of a file, a line above a list, the title of a sheet.

use crate::people::ClassName;

/// Marks between the number and the letter of a class that bind them into one name.
const BONDS: &str = "-–_«»\"'„“”(";

/// Finds the class a text names: «8А», «Список 8 «А» класса», «Класс: 8-а», «11 класс».
///
/// A number and a letter with nothing but a blank between them need the end of the text or the word «класс»: «Приложение
/// 1 к приказу» names no class.
pub fn class_in(text: &str) -> Option<ClassName> {
    let text = super::tidy(text);
    // «11 хим» is a class, «1 сентября» is a day.
    if let Some(class) = text.parse::<ClassName>().ok().filter(|class| class.letter.chars().count() <= 3) {
        return Some(class);
    }
    let small = text.to_lowercase();
    let says_class = small.contains("класс") || small.split(|c: char| !c.is_alphabetic()).any(|word| word == "кл");
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).find_map(|start| class_at(&letters, start, says_class))
}

fn class_at(letters: &[char], start: usize, says_class: bool) -> Option<ClassName> {
    let is_digit = |place: usize| letters.get(place).is_some_and(char::is_ascii_digit);
    let said_before = letters[..start].iter().rev().find(|c| !c.is_whitespace());
    if said_before == Some(&'№') {
        return None;
    }
    let before = start.checked_sub(1).and_then(|place| letters.get(place)).copied().unwrap_or(' ');
    if !is_digit(start) || before.is_ascii_digit() || ".,/№".contains(before) || before.is_alphabetic() {
        return None;
    }
    let digits = if is_digit(start + 1) { 2 } else { 1 };
    let after = start + digits;
    if is_digit(after) || letters.get(after).is_some_and(|c| ".,/".contains(*c)) && is_digit(after + 1) {
        return None;
    }
    let grade: String = letters[start..after].iter().collect();
    let gap = letters[after..].iter().take_while(|c| c.is_whitespace() || BONDS.contains(**c)).count();
    let bound = gap == 0 || letters[after..after + gap].iter().any(|c| BONDS.contains(*c));
    let place = after + gap;
    let ends = |place: usize| letters.get(place).is_none_or(|c| !c.is_alphanumeric());
    match letters.get(place) {
        Some(letter) if letter.is_alphabetic() && ends(place + 1) => {
            let last = letters[place + 1..].iter().all(|c| !c.is_alphanumeric());
            if bound || last || says_class { format!("{grade}{letter}").parse().ok() } else { None }
        }
        _ if says_class && near_the_word(letters, start, place) => grade.parse().ok(),
        _ => None,
    }
}

/// Tells whether «класс» stands right before a number or right after it.
fn near_the_word(letters: &[char], start: usize, after: usize) -> bool {
    let small = |part: &[char]| part.iter().collect::<String>().to_lowercase();
    let (before, behind) = (small(&letters[..start]), small(letters.get(after..).unwrap_or_default()));
    let before = before.trim_end_matches(|c: char| !c.is_alphabetic());
    let behind = behind.trim_start_matches("й ").trim_start_matches("ый ");
    before.ends_with("класс") || behind.starts_with("класс") || behind.starts_with("кл.")
}
