//! Numbers of rows and sections as they are printed: «1.2.», «II.», «Этап 3:», alone or glued to a title.

/// Reads a cell that holds nothing but a number: «1.2.», «3)», «IV».
pub(super) fn whole(text: &str) -> Option<String> {
    let (number, rest) = leading(text)?;
    rest.is_empty().then_some(number)
}

/// Splits «1.1. Формирование базы» into its number and its title; a number of one part needs its dot or bracket.
pub(super) fn glued(text: &str) -> (Option<String>, &str) {
    let text = text.trim();
    match leading(text) {
        Some((number, rest)) if !rest.is_empty() => (Some(number), rest),
        _ => (None, text),
    }
}

/// Splits the heading of a section, which may also say «Раздел 2.» or «3 этап».
pub(super) fn section(text: &str) -> (Option<String>, &str) {
    let text = text.trim();
    let (first, rest) = split_word(text);
    let (second, after) = split_word(rest);
    let number_of = |word: &str| {
        let number = word.trim_end_matches(['.', ':', ')', '-', '–', '—']);
        arabic(number).or_else(|| roman(number).map(|number| number.to_string()))
    };
    let found = if is_section_word(first) {
        number_of(second).map(|number| (number, after))
    } else if is_section_word(second) {
        number_of(first.trim_end_matches("-й").trim_end_matches("-ый")).map(|number| (number, after))
    } else {
        None
    };
    match found {
        Some((number, "")) => (Some(number), text),
        Some((number, rest)) => (Some(number), rest.trim_start_matches(['.', ':', '-', '–', '—', ' '])),
        None if arabic(first).is_some_and(|number| number.len() <= 2) && rest.starts_with(char::is_uppercase) => {
            (Some(first.to_owned()), rest)
        }
        None => glued(text),
    }
}

/// Says whether a number has a part after a dot, as numbers of rows inside sections do.
pub(super) fn is_nested(number: &str) -> bool {
    number.contains('.')
}

fn is_section_word(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':', ',']).to_lowercase();
    ["раздел", "этап", "блок", "направление", "часть"].contains(&word.as_str())
}

fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

/// Reads the number at the beginning of a text and gives what follows it.
fn leading(text: &str) -> Option<(String, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (printed, rest) = text.split_at(end);
    if printed.is_empty() || !printed.starts_with(|c: char| c.is_ascii_digit()) {
        return leading_roman(text);
    }
    let number = arabic(printed.trim_end_matches('.'))?;
    let (rest, closed) = match rest.strip_prefix(')') {
        Some(rest) => (rest, true),
        None => (rest, printed.ends_with('.') || is_nested(&number)),
    };
    let rest = rest.trim_start();
    // «5 экспертов» begins with a quantity and «12.10.2023» is a date.
    let is_date = number.split('.').count() == 3 && number.rsplit('.').next().is_some_and(|part| part.len() == 4);
    ((closed || rest.is_empty()) && !is_date).then_some((number, rest))
}

fn leading_roman(text: &str) -> Option<(String, &str)> {
    let (word, rest) = split_word(text);
    let printed = word.trim_end_matches(['.', ')']);
    let number = roman(printed)?;
    let closed = printed.len() < word.len();
    (closed || rest.is_empty()).then(|| (number.to_string(), rest))
}

/// Accepts «1», «1.2», «10.3.1»: parts of up to three digits.
fn arabic(text: &str) -> Option<String> {
    let is_part = |part: &str| (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    let is_number = parts.len() <= 4
        && parts.iter().enumerate().all(|(index, part)| {
            is_part(part) || (index == 2 && part.len() == 4 && part.chars().all(|c| c.is_ascii_digit()))
        });
    is_number.then(|| text.to_owned())
}

/// Reads a Roman number up to 39, also in the Cyrillic letters that look like it.
fn roman(text: &str) -> Option<u32> {
    let latin: String = text
        .chars()
        .map(|c| match c {
            'І' => 'I',
            'Х' => 'X',
            'У' | 'Ѵ' => 'V',
            other => other,
        })
        .collect();
    (1..40).find(|number| to_roman(*number) == latin)
}

fn to_roman(number: u32) -> String {
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat((number / 10) as usize) + ones[(number % 10) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(result: (Option<String>, &str)) -> (String, String) {
        (result.0.unwrap_or_default(), result.1.to_owned())
    }

    fn pair(number: &str, text: &str) -> (String, String) {
        (number.to_owned(), text.to_owned())
    }

    #[test]
    fn a_cell_with_nothing_but_a_number_is_read() {
        for (text, number) in
            [("1", "1"), ("1.2.", "1.2"), (" 3) ", "3"), ("10.3.1", "10.3.1"), ("IV.", "4"), ("Х", "10")]
        {
            assert_eq!(whole(text).as_deref(), Some(number), "{text}");
        }
        for text in ["", "№", "1 раз", "2023", "12.10.2023", "а", "1..2"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_glued_to_a_title_is_taken_off() {
        assert_eq!(read(glued("1.1. Формирование базы")), pair("1.1", "Формирование базы"));
        assert_eq!(read(glued("1.10 Встречи")), pair("1.10", "Встречи"));
        assert_eq!(read(glued("2.Разработка")), pair("2", "Разработка"));
        assert_eq!(read(glued("3) Анализ")), pair("3", "Анализ"));
    }

    #[test]
    fn quantities_and_dates_are_not_numbers_of_rows() {
        for text in ["5 экспертов приглашены", "12.10.2023 заседание", "2023 год", "Встречи", "I полугодие"]
        {
            assert_eq!(read(glued(text)), pair("", text));
        }
    }

    #[test]
    fn sections_are_numbered_in_many_ways() {
        for text in [
            "1. Подготовка",
            "1 Подготовка",
            "I. Подготовка",
            "Раздел 1. Подготовка",
            "Этап I: Подготовка",
            "1 этап. Подготовка",
            "1-й этап – Подготовка",
        ] {
            assert_eq!(read(section(text)), pair("1", "Подготовка"), "{text}");
        }
        assert_eq!(read(section("Подготовка")), pair("", "Подготовка"));
        assert_eq!(read(section("5 экспертов")), pair("", "5 экспертов"));
        assert_eq!(read(section("2 этап")), pair("2", "2 этап"));
    }
}
