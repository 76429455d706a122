//! Cuts the text of a term into numbers, words and marks, undoing what typists and scanners do to it.

/// A number, a word or a mark, and where it stands among the characters of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// Index of the first character after it.
    pub end: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of digits; its length tells «05» from «5» and a year from a day.
    Number {
        value: u32,
        digits: usize,
    },
    Word(String),
    /// A dash of any length is `-`; quotes, brackets and underscores are dropped.
    Mark(char),
}

/// Cuts text that stands on one line.
pub(super) fn tokens(characters: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        let (kind, length) = if begins_word(characters, at) {
            let length = 1 + run(&characters[at + 1..], char::is_alphabetic);
            (Some(Kind::Word(word(&characters[at..at + length]))), length)
        } else if first.is_ascii_digit() {
            let length = run(&characters[at..], |c| c.is_ascii_digit());
            let digits: String = characters[at..at + length].iter().collect();
            let number = digits.parse().map(|value| Kind::Number { value, digits: length });
            (Some(number.unwrap_or(Kind::Word(digits))), length)
        } else {
            (mark(first), 1)
        };
        at += length;
        tokens.extend(kind.map(|kind| Token { kind, end: at }));
    }
    tokens
}

fn run(characters: &[char], belongs: impl Fn(char) -> bool) -> usize {
    characters.iter().take_while(|c| belongs(**c)).count()
}

/// Says whether a word begins here; a scanner reads the «О» of «Октябрь» as a zero.
fn begins_word(characters: &[char], at: usize) -> bool {
    let alphabetic = |index: usize| characters.get(index).is_some_and(|c| c.is_alphabetic());
    alphabetic(at) || (characters.get(at) == Some(&'0') && alphabetic(at + 1))
}

fn mark(c: char) -> Option<Kind> {
    match c {
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some(Kind::Mark('-')),
        '.' | ',' | ';' | '/' => Some(Kind::Mark(c)),
        _ => None,
    }
}

fn word(characters: &[char]) -> String {
    let text: String = characters.iter().collect();
    let lower = text.to_lowercase().replace('ё', "е");
    let has_cyrillic = lower.chars().any(|c| ('а'..='я').contains(&c));
    // «ІV» typed with the Ukrainian letter is a Roman number.
    if has_cyrillic { cyrillic(&lower) } else { lower.replace('і', "i") }
}

/// Replaces Latin letters and digits that look like Cyrillic ones.
pub(super) fn cyrillic(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'a' => 'а',
            'b' => 'в',
            'c' => 'с',
            'e' => 'е',
            'h' => 'н',
            'k' => 'к',
            'm' => 'м',
            'n' => 'п',
            'o' | '0' => 'о',
            'p' => 'р',
            't' => 'т',
            'u' => 'и',
            'x' => 'х',
            'y' => 'у',
            other => other,
        })
        .collect()
}
