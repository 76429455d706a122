//! Dates and numbers as Russian documents write them.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use russian::{Case, Gender, Name};

/// Starts a sentence: the first letter becomes a capital, the rest stays.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// Writes `ДД.ММ.ГГГГ`.
pub fn date(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}

/// Writes `ДД.ММ.ГГГГ ЧЧ:ММ`.
pub fn date_time(moment: NaiveDateTime) -> String {
    moment.format("%d.%m.%Y %H:%M").to_string()
}

/// Writes `октябрь 2023`.
pub fn month_and_year(date: NaiveDate) -> String {
    let month = MONTHS.iter().zip(1..).find(|(_, number)| *number == date.month()).map_or("", |(name, _)| name);
    format!("{month} {}", date.year())
}

/// Writes a number with a decimal comma and no more decimals than it has.
pub fn decimal(number: f64) -> String {
    number.to_string().replace('.', ",")
}

const MONTHS_OF: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// Writes `12 октября 2026 г.`
pub fn date_in_words(date: NaiveDate) -> String {
    let month = MONTHS_OF.iter().zip(1..).find(|(_, number)| *number == date.month()).map_or("", |(name, _)| name);
    // A date is not broken between lines.
    format!("{}\u{a0}{month} {}\u{a0}г.", date.day(), date.year())
}

/// Chooses the form of a word that goes with a number.
pub fn plural<'a>(number: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (number % 10, number % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// Writes `Фамилия И. О.` for a full name in the usual order.
pub fn short_name(name: &str) -> String {
    let (family, initials) = initials(name);
    if initials.is_empty() { family } else { format!("{family}\u{a0}{initials}") }
}

/// Writes `И. О. Фамилия`, as under a document.
pub fn signed_name(name: &str) -> String {
    let (family, initials) = initials(name);
    if initials.is_empty() { family } else { format!("{initials}\u{a0}{family}") }
}

/// Splits a full name into the family name and the initials; more than three words stay as they are.
fn initials(name: &str) -> (String, String) {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [family, given @ ..] if (1..=2).contains(&given.len()) => {
            let letters = given.iter().filter_map(|word| word.chars().next()).map(|letter| format!("{letter}."));
            ((*family).to_owned(), letters.collect::<Vec<_>>().join("\u{a0}"))
        }
        _ => (words.join(" "), String::new()),
    }
}

/// Writes a whole number in words.
pub fn number(number: u64) -> String {
    u32::try_from(number).map_or_else(
        |_| number.to_string(),
        |number| russian::number_in_words(number, Gender::Masculine, Case::Nominative),
    )
}

/// Puts a full name in the usual order in a case; one word is left as it is.
pub fn name_in(name: &str, case: Case) -> String {
    let mut words = name.split_whitespace();
    match (words.next(), words.next()) {
        (Some(family), Some(given)) => Name::new(family, given, &words.collect::<Vec<_>>().join(" ")).full(case),
        _ => name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shortened_by_its_words() {
        let short = |name: &str| short_name(name).replace('\u{a0}', " ");
        assert_eq!(short("Петрова Анна Ивановна"), "Петрова А. И.");
        assert_eq!(short("Ли Вэй"), "Ли В.");
        assert_eq!(short("Мадонна"), "Мадонна");
        assert_eq!(short("Алиев Вагиф Мамед оглы"), "Алиев Вагиф Мамед оглы");
        assert_eq!(signed_name("Петрова Анна Ивановна").replace('\u{a0}', " "), "А. И. Петрова");
    }

    #[test]
    fn a_word_agrees_with_its_number() {
        let said = [1, 2, 5, 11, 14, 21, 112].map(|number| plural(number, "пара", "пары", "пар"));
        assert_eq!(said, ["пара", "пары", "пар", "пар", "пар", "пара", "пар"]);
    }

    #[test]
    fn a_date_is_written_out() {
        let day = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
        assert_eq!(date_in_words(day), "5\u{a0}октября 2026\u{a0}г.");
    }
}
