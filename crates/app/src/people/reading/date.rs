//! Dates as lists have them: «01.02.2012», «1.2.12», «2012-02-01», «1 февраля 2012 г.», inside longer texts, as a
//! number of Excel.

use chrono::{Datelike as _, Days, NaiveDate};

/// The stems of months as they stand in a date.
const MONTHS: [&str; 12] =
    ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"];

/// The oldest day of birth that is believed.
const OLDEST: i32 = 1900;

/// A cell that holds something, but not one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadDate {
    /// There is no date in it.
    Unreadable,
    /// There are several different ones.
    Several,
    /// It is later than today or before 1900.
    Impossible,
}

/// Returns the only date in a text, or nothing for an empty one.
pub fn date_in(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, BadDate> {
    let text = text.trim();
    if text.is_empty() || text.chars().all(|c| "-–—.?".contains(c)) {
        return Ok(None);
    }
    let mut found: Vec<NaiveDate> = serial(text).into_iter().collect();
    if found.is_empty() {
        found.extend(of_figures(text, today));
        found.extend(of_words(text));
    }
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [] => Err(BadDate::Unreadable),
        [day] if day <= today && day.year() >= OLDEST => Ok(Some(day)),
        [_] => Err(BadDate::Impossible),
        _ => Err(BadDate::Several),
    }
}

/// A date in a cell that nobody formatted as one: days since 30.12.1899.
fn serial(text: &str) -> Option<NaiveDate> {
    let days = text.strip_suffix(".0").unwrap_or(text);
    if days.len() != 5 || !days.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days.parse().ok()?))
}

fn of_figures(text: &str, today: NaiveDate) -> Vec<NaiveDate> {
    let tight = text.replace(". ", ".").replace(" .", ".");
    let runs = tight.split(|c: char| !(c.is_ascii_digit() || "./-".contains(c)));
    runs.filter_map(|run| figures(run, today)).collect()
}

/// Reads `1.2.2012`, `01/02/12`, `2012-02-01`.
fn figures(run: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = run.trim_matches(['.', '/', '-']).split(['.', '/', '-']).collect();
    let [first, month, last] = parts[..] else { return None };
    if first.len() == 4 {
        return NaiveDate::from_ymd_opt(first.parse().ok()?, month.parse().ok()?, last.parse().ok()?);
    }
    let (year, month, day): (i32, u32, u32) = (last.parse().ok()?, month.parse().ok()?, first.parse().ok()?);
    match last.len() {
        4 => NaiveDate::from_ymd_opt(year, month, day),
        2 => of_short_year((year, month, day), today),
        _ => None,
    }
}

/// A year of two digits makes the latest such day that has come.
fn of_short_year((short, month, day): (i32, u32, u32), today: NaiveDate) -> Option<NaiveDate> {
    let century = today.year() / 100 * 100;
    let came = |year| NaiveDate::from_ymd_opt(year, month, day).filter(|found| *found <= today);
    came(century + short).or_else(|| came(century - 100 + short))
}

/// Reads «1 февраля 2012 г.».
fn of_words(text: &str) -> Vec<NaiveDate> {
    let small = text.to_lowercase();
    let words: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let read = |window: &[&str]| {
        let [day, month, year] = window else { return None };
        let place = MONTHS.iter().position(|stem| month.starts_with(stem) && month.len() <= stem.len() + 4)?;
        let year = year.trim_end_matches(char::is_alphabetic);
        let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
        NaiveDate::from_ymd_opt(year, u32::try_from(place).ok()? + 1, day.parse().ok()?)
    };
    words.windows(3).filter_map(read).collect()
}
