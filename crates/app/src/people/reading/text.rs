//! Texts of cells: blanks, letters that look alike, names.

use crate::people::FullName;

/// Latin letters that look like Russian ones: they come from keyboards that were not switched over.
const LOOKALIKES: [(char, char); 20] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('k', 'к'),
];

/// The longest part of a name that is believed to be one.
const NAME_MAX: usize = 60;

/// Puts a cell on one line and turns Latin letters inside Russian words into the Russian ones they look like.
pub fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_russian = words.iter().any(|word| has_cyrillic(word));
    let words: Vec<String> = words.iter().map(|word| russian(word, is_russian)).collect();
    words.join(" ")
}

fn has_cyrillic(text: &str) -> bool {
    text.chars().any(is_cyrillic)
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

/// A word is rewritten when it has Russian letters, or when it stands among Russian words and has lookalikes only.
fn russian(word: &str, among_russian: bool) -> String {
    let twin = |c: char| LOOKALIKES.iter().find(|(latin, _)| *latin == c).map(|(_, twin)| *twin);
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let all_alike = letters().all(|c| twin(c).is_some()) && letters().next().is_some();
    if !word.contains('@') && (has_cyrillic(word) || (among_russian && all_alike)) {
        word.chars().map(|c| twin(c).unwrap_or(c)).collect()
    } else {
        word.to_owned()
    }
}

/// Reads a full name out of one text or of its parts put together; the refusal says what is wrong with it.
pub fn full_name(text: &str) -> Result<FullName, &'static str> {
    let text = without_brackets(&tidy(text)).replace(" - ", "-").replace(" -", "-").replace("- ", "-");
    let name = FullName::split(&text).ok_or("в ФИО нет имени: нужны фамилия и имя")?;
    let name = FullName {
        surname: capitalised(&name.surname),
        given: capitalised(&name.given),
        patronymic: name.patronymic.split(' ').map(capitalised).collect::<Vec<_>>().join(" "),
    };
    let parts = [&name.surname, &name.given, &name.patronymic];
    let is_part = |c: char| c.is_alphabetic() || "-'’.".contains(c) || c == ' ';
    if parts.iter().any(|part| !part.chars().all(is_part)) {
        return Err("в ФИО есть посторонние знаки");
    }
    let is_initial = |part: &String| part.contains('.') || part.chars().count() < 2;
    if is_initial(&name.given)
        || name.surname.contains('.')
        || (!name.patronymic.is_empty() && name.patronymic.contains('.'))
    {
        return Err("вместо имени стоят инициалы");
    }
    if parts.iter().any(|part| part.chars().count() > NAME_MAX) {
        return Err("ФИО слишком длинное");
    }
    Ok(name)
}

/// Leaves out what stands in brackets: a former surname.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let kept = text.chars().filter(|c| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a name of one case («ИВАНОВА», «иванова») with a capital; other names stay as they are. Suffixes of eastern
/// patronymics stay small.
fn capitalised(word: &str) -> String {
    let upper = word.chars().all(|c| !c.is_lowercase()) && word.chars().count() > 1;
    let lower = word.chars().all(|c| !c.is_uppercase());
    let small = word.to_lowercase();
    if ["оглы", "кызы", "улы", "гызы"].contains(&small.as_str()) {
        return small;
    }
    if !upper && !lower {
        return word.to_owned();
    }
    let parts = small.split('-').map(crate::words::capitalised);
    parts.collect::<Vec<_>>().join("-")
}
