//! Tables of declension: endings of the nominative and what they become, written as a dictionary would.
//!
//! A row is a list of patterns and the endings of the five other cases. The bar in a pattern stands before what
//! changes: `ск|ий` with `ого ому ого им ом` turns «Невский» into «Невского». A row without endings stays as it is.
//! In a pattern `е` reads ё as well, `^` stands for the beginning of the word, `1` and `2` for a word of one syllable or
//! two, and four capitals for any letter of a kind: `Г` vowels, `С` consonants, `Ш` ж ш ч щ, `К` г к х.

use crate::Case;

/// Patterns of the nominative, and the endings of genitive, dative, accusative, instrumental and prepositional.
pub(crate) type Row = (&'static str, &'static str);

const VOWELS: &str = "аеёиоуыэюя";
const CONSONANTS: &str = "бвгджзйклмнпрстфхцчшщ";

/// Declines a word by the row that knows most of its end; nothing when no row knows it.
pub(crate) fn decline(rows: &[Row], word: &str, case: Case) -> Option<String> {
    let (_, pattern, endings) = rows
        .iter()
        .flat_map(|(patterns, endings)| patterns.split(' ').map(move |pattern| (pattern, *endings)))
        .filter_map(|(pattern, endings)| Some((weight(pattern, word)?, pattern, endings)))
        .max_by_key(|(weight, ..)| *weight)?;
    if endings.is_empty() || case == Case::Nominative {
        return Some(word.to_owned());
    }
    let ending = endings.split(' ').nth(case as usize - 1)?;
    // A form keeps something of its word: initials and single letters do not decline.
    let letters = word.chars().count();
    let kept = letters.checked_sub(letters_after_the_bar(pattern)).filter(|kept| *kept > 0 && letters > 1)?;
    let mut form: String = word.chars().take(kept).collect();
    form.push_str(&if is_shouted(word) { ending.to_uppercase() } else { ending.to_owned() });
    Some(form)
}

/// Tells whether one of the patterns knows the word.
pub(crate) fn knows(patterns: &str, word: &str) -> bool {
    patterns.split_whitespace().any(|pattern| weight(pattern, word).is_some())
}

/// Returns how much of a word a pattern knows: a letter more outweighs every kind of letter, a whole word all ends.
fn weight(pattern: &str, word: &str) -> Option<usize> {
    let mut letters = word.chars().rev();
    let mut weight = 0;
    for expected in pattern.chars().rev() {
        weight += match expected {
            '|' => 0,
            '^' if letters.next().is_none() => 1,
            '1' if syllables(word) == 1 => 1,
            '2' if syllables(word) == 2 => 1,
            '^' | '1' | '2' => return None,
            kind @ ('Г' | 'С' | 'Ш' | 'К') => belongs(small(letters.next()?), kind).then_some(19)?,
            letter => (plain(small(letters.next()?)) == letter).then_some(20)?,
        };
    }
    Some(weight)
}

fn belongs(letter: char, kind: char) -> bool {
    match kind {
        'Г' => VOWELS.contains(letter),
        'С' => CONSONANTS.contains(letter),
        'Ш' => "жшчщ".contains(letter),
        _ => "гкх".contains(letter),
    }
}

/// Counts the vowels of a word.
fn syllables(word: &str) -> usize {
    word.chars().filter(|letter| VOWELS.contains(small(*letter))).count()
}

/// Makes one letter small; the few that become several stay as they are, none of them is Russian.
fn small(letter: char) -> char {
    let mut small = letter.to_lowercase();
    small.next().filter(|_| small.next().is_none()).unwrap_or(letter)
}

fn plain(letter: char) -> char {
    if letter == 'ё' { 'е' } else { letter }
}

fn letters_after_the_bar(pattern: &str) -> usize {
    pattern.split_once('|').map_or(0, |(_, changing)| changing.chars().count())
}

/// Tells whether a word is written in capitals: «ИВАНОВ».
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 1
        && !word.chars().any(char::is_lowercase)
        && word.chars().all(|c| c.is_uppercase() || c == '-')
}

/// Checks a table for its own mistakes: a bar in each pattern that changes, five endings, no ending twice.
#[cfg(test)]
pub(crate) fn assert_sound(rows: &[Row]) {
    let mut seen = std::collections::HashSet::new();
    for (patterns, endings) in rows {
        assert!(endings.is_empty() || endings.split(' ').count() == 5, "{patterns}: five endings, not «{endings}»");
        for pattern in patterns.split(' ') {
            assert_eq!(pattern.matches('|').count(), usize::from(!endings.is_empty()), "{pattern}");
            assert!(seen.insert(pattern.replace('|', "")), "{pattern} stands twice");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &[Row] = &[
        ("|", "а у а ом е"),
        ("ов|", "а у а ым е"),
        ("Г|ец", "йца йцу йца йцем йце"),
        ("1ец|", "а у а ом е"),
        ("^п|авел", "авла авлу авла авлом авле"),
        ("ых", ""),
    ];

    #[test]
    fn the_row_that_knows_most_wins() {
        let genitive = |word| decline(ROWS, word, Case::Genitive).unwrap();
        assert_eq!(genitive("Коломиец"), "Коломийца");
        assert_eq!(genitive("Швец"), "Швеца");
        assert_eq!(genitive("Павел"), "Павла");
        assert_eq!(genitive("Горпавел"), "Горпавела");
        assert_eq!(genitive("Черных"), "Черных");
        assert_eq!(decline(ROWS, "Иванов", Case::Instrumental).unwrap(), "Ивановым");
    }

    #[test]
    fn capitals_get_capitals() {
        assert_eq!(decline(ROWS, "ИВАНОВ", Case::Dative).unwrap(), "ИВАНОВУ");
        assert_eq!(decline(ROWS, "Й", Case::Dative), None);
    }

    #[test]
    fn a_table_is_sound() {
        assert_sound(ROWS);
    }
}
