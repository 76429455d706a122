//! Dates and numbers as Russian documents write them.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

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
