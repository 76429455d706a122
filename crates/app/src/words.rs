//! Russian wording of numbers, dates and lists: one place for what every page, document and refusal must say alike.
//!
//! Pure functions only; text that belongs to one page stands on that page.

pub use database::{alphabetical, fold};
pub use documents::capitalised;

use chrono::{Datelike, Month, NaiveDate};

/// A space at which a line never breaks: between thousands, before «%» and before a unit of size.
pub const NO_BREAK_SPACE: char = '\u{a0}';

/// What is written where a number would need a denominator that is zero or absent.
pub const NO_DATA: &str = "нет данных";

const MONTHS: [Month; 12] = [
    Month::January,
    Month::February,
    Month::March,
    Month::April,
    Month::May,
    Month::June,
    Month::July,
    Month::August,
    Month::September,
    Month::October,
    Month::November,
    Month::December,
];

/// Picks the form of a noun that stands after `n`: 1 встреча, 2 встречи, 5 встреч.
pub fn plural<'a>(n: i64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n.unsigned_abs() % 10, n.unsigned_abs() % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// Writes a number with its noun: «22 встречи».
pub fn counted<S: AsRef<str>>(n: i64, forms: &[S; 3]) -> String {
    let [one, few, many] = forms;
    format!("{} {}", number(n), plural(n, one.as_ref(), few.as_ref(), many.as_ref()))
}

/// Writes a number with its noun after words that ask for the genitive («не менее», «не хватает»): «21 встречи».
///
/// The genitive singular of a noun is its form after 2, the genitive plural is its form after 5.
pub fn counted_genitive<S: AsRef<str>>(n: i64, forms: &[S; 3]) -> String {
    let [_, few, many] = forms;
    format!("{} {}", number(n), plural(n, few.as_ref(), many.as_ref(), many.as_ref()))
}

/// Writes a whole number with no-break spaces between thousands: «12 480».
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(NO_BREAK_SPACE);
        }
        text.push(digit);
    }
    text
}

/// Writes a share in per cent with one decimal: «54,9 %»; nothing when there is nobody to take a share of.
///
/// The last digit is cut and never rounded up: «55,0 %» below a target of 55 % would look like a met target.
pub fn percent(numerator: i64, denominator: i64) -> Option<String> {
    if denominator <= 0 {
        return None;
    }
    let tenths = i128::from(numerator.max(0)) * 1000 / i128::from(denominator);
    Some(format!("{},{}{NO_BREAK_SPACE}%", tenths / 10, tenths % 10))
}

/// Writes a share with what it is made of: «341 из 620 — 55,0 %», or «нет данных».
pub fn share(numerator: i64, denominator: i64) -> String {
    match percent(numerator, denominator) {
        Some(percent) => format!("{} из {} — {percent}", number(numerator), number(denominator)),
        None => NO_DATA.to_owned(),
    }
}

/// Gives the month of a date as a type that cannot hold a thirteenth one.
pub fn month_of(date: NaiveDate) -> Month {
    MONTHS[date.month0() as usize]
}

/// Names a month as in a calendar: «ноябрь».
pub const fn month_nominative(month: Month) -> &'static str {
    match month {
        Month::January => "январь",
        Month::February => "февраль",
        Month::March => "март",
        Month::April => "апрель",
        Month::May => "май",
        Month::June => "июнь",
        Month::July => "июль",
        Month::August => "август",
        Month::September => "сентябрь",
        Month::October => "октябрь",
        Month::November => "ноябрь",
        Month::December => "декабрь",
    }
}

/// Names a month as in a date: «22 ноября».
pub const fn month_genitive(month: Month) -> &'static str {
    match month {
        Month::January => "января",
        Month::February => "февраля",
        Month::March => "марта",
        Month::April => "апреля",
        Month::May => "мая",
        Month::June => "июня",
        Month::July => "июля",
        Month::August => "августа",
        Month::September => "сентября",
        Month::October => "октября",
        Month::November => "ноября",
        Month::December => "декабря",
    }
}

/// Writes a date in full: «22 ноября 2026 г.».
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {} {}{NO_BREAK_SPACE}г.", date.day(), month_genitive(month_of(date)), date.year())
}

/// Writes a date for a table: «22.11.2026».
pub fn short_date(date: NaiveDate) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// Writes a day without its year: «22 ноября».
pub fn day_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month_genitive(month_of(date)))
}

/// Writes the month of a date: «ноябрь 2026».
pub fn month_year(date: NaiveDate) -> String {
    format!("{} {}", month_nominative(month_of(date)), date.year())
}

/// Says how far a date is: «сегодня», «вчера», «завтра», «через 3 дня», «3 дня назад».
pub fn relative_day(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "сегодня".to_owned(),
        1 => "завтра".to_owned(),
        -1 => "вчера".to_owned(),
        ahead @ 2.. => format!("через {}", counted(ahead, &DAYS)),
        past => format!("{} назад", counted(-past, &DAYS)),
    }
}

/// Says what a term means today: «срок сегодня», «срок через 3 дня», «просрочено на 5 дней».
pub fn due(on: NaiveDate, today: NaiveDate) -> String {
    match (today - on).num_days() {
        late @ 1.. => format!("просрочено на {}", counted(late, &DAYS)),
        _ => format!("срок {}", relative_day(on, today)),
    }
}

const DAYS: [&str; 3] = ["день", "дня", "дней"];

/// Joins words as a sentence does: «а, б и в».
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} и {}", head.join(", "), last.as_ref())
        }
    }
}

/// Writes the size of a file: «512 байт», «820 КБ», «1,4 МБ».
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 4] = ["КБ", "МБ", "ГБ", "ТБ"];
    if size < 1024 {
        let n = i64::try_from(size).unwrap_or(i64::MAX);
        return format!("{size}{NO_BREAK_SPACE}{}", plural(n, "байт", "байта", "байт"));
    }
    let mut unit = 0;
    let mut tenths = u128::from(size) * 10 / 1024;
    while tenths >= 10240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole}{NO_BREAK_SPACE}{}", UNITS[unit]),
        (whole, _) if whole >= 100 => format!("{whole}{NO_BREAK_SPACE}{}", UNITS[unit]),
        (whole, tenth) => format!("{whole},{tenth}{NO_BREAK_SPACE}{}", UNITS[unit]),
    }
}

/// Writes a full name as it stands under a document: «В. П. Образцова»; a name of other shape stays as it is.
pub fn initials(full_name: &str) -> String {
    let parts: Vec<&str> = full_name.split_whitespace().collect();
    let letters: Vec<String> =
        parts.iter().skip(1).filter_map(|part| part.chars().next()).map(|letter| format!("{letter}.")).collect();
    match parts.as_slice() {
        [surname, _] | [surname, _, _] if !full_name.contains('.') => format!("{} {surname}", letters.join(" ")),
        _ => full_name.to_owned(),
    }
}

/// Puts text on one line: every run of white space becomes one space, the ends are trimmed.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts a text that would be too long for its place: «1.4 Заключение соглашений…».
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_text_is_cut_to_its_place_and_a_short_one_is_not() {
        assert_eq!(shortened("head", 4), "head");
        let long = shortened(&"слово ".repeat(40), 48);
        assert!(long.ends_with('…') && long.chars().count() <= 48, "{long}");
    }

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_noun_takes_the_form_that_its_number_asks_for() {
        let forms = ["встреча", "встречи", "встреч"];
        let said: Vec<String> =
            [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112].map(|n| counted(n, &forms)).to_vec();
        assert_eq!(
            said,
            [
                "0 встреч",
                "1 встреча",
                "2 встречи",
                "4 встречи",
                "5 встреч",
                "11 встреч",
                "12 встреч",
                "14 встреч",
                "21 встреча",
                "22 встречи",
                "25 встреч",
                "101 встреча",
                "111 встреч",
                "112 встреч"
            ]
        );
        assert_eq!(plural(-21, "день", "дня", "дней"), "день");
        assert_eq!(plural(i64::MIN, "день", "дня", "дней"), "дней");
    }

    #[test]
    fn after_words_that_ask_for_the_genitive_a_noun_never_stands_in_the_nominative() {
        let forms = ["участник", "участника", "участников"];
        assert_eq!(
            [1, 2, 11, 14, 21, 500].map(|n| counted_genitive(n, &forms)),
            ["1 участника", "2 участников", "11 участников", "14 участников", "21 участника", "500 участников"]
        );
    }

    #[test]
    fn thousands_are_kept_together() {
        assert_eq!(
            [0, 999, 1000, 12480, -1_000_000].map(number),
            ["0", "999", "1\u{a0}000", "12\u{a0}480", "−1\u{a0}000\u{a0}000"]
        );
        assert_eq!(number(i64::MIN), "−9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}808");
    }

    #[test]
    fn a_share_says_what_it_is_made_of() {
        assert_eq!(share(341, 620), "341 из 620 — 55,0\u{a0}%");
        assert_eq!(share(1, 3), "1 из 3 — 33,3\u{a0}%");
        assert_eq!(share(i64::MAX, i64::MAX), format!("{0} из {0} — 100,0\u{a0}%", number(i64::MAX)));
    }

    #[test]
    fn a_share_below_the_target_never_looks_like_the_target() {
        assert_eq!(percent(5_499, 10_000).unwrap(), "54,9\u{a0}%");
        assert_eq!(percent(999_999, 1_000_000).unwrap(), "99,9\u{a0}%");
    }

    #[test]
    fn a_share_of_nobody_is_no_data() {
        assert_eq!(share(0, 0), "нет данных");
        assert_eq!(percent(5, 0), None);
        assert_eq!(percent(5, -1), None);
    }

    #[test]
    fn dates_are_written_as_schools_write_them() {
        let day = date(2026, 11, 2);
        assert_eq!(long_date(day), "2 ноября 2026\u{a0}г.");
        assert_eq!(short_date(day), "02.11.2026");
        assert_eq!(day_month(day), "2 ноября");
        assert_eq!(month_year(day), "ноябрь 2026");
    }

    #[test]
    fn every_month_declines_from_one_stem() {
        for month in MONTHS {
            let stem: String = month_nominative(month).trim_end_matches(['ь', 'й', 'т']).to_owned();
            assert!(month_genitive(month).starts_with(&stem), "{month:?}");
        }
    }

    #[test]
    fn nearness_of_a_day_is_said_in_words() {
        let today = date(2026, 11, 22);
        let said = [-5, -1, 0, 1, 3, 21].map(|n| relative_day(today + chrono::Duration::days(n), today));
        assert_eq!(said, ["5 дней назад", "вчера", "сегодня", "завтра", "через 3 дня", "через 21 день"]);
    }

    #[test]
    fn a_missed_term_is_counted_in_days() {
        let today = date(2026, 11, 22);
        let said = [-5, -1, 0, 1, 3].map(|n| due(today + chrono::Duration::days(n), today));
        assert_eq!(
            said,
            ["просрочено на 5 дней", "просрочено на 1 день", "срок сегодня", "срок завтра", "срок через 3 дня"]
        );
    }

    #[test]
    fn a_list_ends_with_and() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["а"]), "а");
        assert_eq!(list(&["а", "б"]), "а и б");
        assert_eq!(list(&["а", "б", "в"]), "а, б и в");
    }

    #[test]
    fn a_file_size_is_short() {
        let sizes = [0, 1, 2, 1023, 1024, 1536, 839_680, 1_470_000, 20 * 1024 * 1024, 512 * 1024 * 1024].map(bytes);
        assert_eq!(
            sizes.map(|s| s.replace(NO_BREAK_SPACE, " ")),
            ["0 байт", "1 байт", "2 байта", "1023 байта", "1 КБ", "1,5 КБ", "820 КБ", "1,4 МБ", "20 МБ", "512 МБ"]
        );
        assert!(bytes(u64::MAX).ends_with("ТБ"));
    }

    #[test]
    fn folded_text_is_equal_for_every_way_of_typing_it() {
        assert_eq!(fold("  Учёт\u{a0}\n ДЕТЕЙ\t"), "учет детей");
        assert_eq!(fold("учет детей"), fold("УЧЁТ  детей"));
        assert_eq!(capitalised("ёлка"), "Ёлка");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn a_name_under_a_document_has_initials_before_the_surname() {
        assert_eq!(initials("Образцова Вера Павловна"), "В. П. Образцова");
        assert_eq!(initials("Образцова-Клёнова Вера"), "В. Образцова-Клёнова");
        for kept in ["", "Образцова", "Образцова В. П.", "В. П. Образцова", "Фон дер Образцова Вера Павловна"]
        {
            assert_eq!(initials(kept), kept);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in ".*") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn a_number_keeps_its_digits(n: i64) {
            let digits: String = number(n).chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits, n.unsigned_abs().to_string());
        }

        #[test]
        fn a_full_share_is_the_only_one_that_says_hundred_percent(whole in 1..1_000_000_i64, part in 0..1_000_000_i64) {
            prop_assume!(part <= whole);
            prop_assert_eq!(percent(part, whole).unwrap() == "100,0\u{a0}%", part == whole);
        }
    }
}
