//! Dates in words.

use crate::{Case, Gender, ordinal_in_words};
use chrono::{Datelike, NaiveDate};

const MONTHS: [&str; 12] = [
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

/// Writes a date in words, its day in the case: «двадцать второе ноября две тысячи двадцать шестого года».
///
/// A year before Christ or beyond 65 535 stays in figures.
pub fn date_in_words(date: NaiveDate, case: Case) -> String {
    let day = u16::try_from(date.day()).unwrap_or_default();
    let day = ordinal_in_words(day, Gender::Neuter, case);
    let year = u16::try_from(date.year())
        .map_or_else(|_| date.year().to_string(), |year| ordinal_in_words(year, Gender::Masculine, Case::Genitive));
    format!("{day} {} {year} года", MONTHS[date.month0() as usize])
}
