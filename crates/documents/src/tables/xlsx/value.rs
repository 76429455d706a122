//! Values of cells as a person sees them in the Russian Excel.

use chrono::{Days, NaiveDate, NaiveDateTime, Timelike};

use super::styles::Look;
use crate::words::{date, date_time, month_and_year};

/// A value as it is stored.
pub enum Raw {
    Number(f64),
    Truth(bool),
    /// A date written in words of ISO 8601 (strict workbooks).
    Iso(String),
}

/// Writes a value the way its look asks.
///
/// Numbers keep a decimal point: «1.1» in a number column is no fraction.
pub fn show(raw: &Raw, look: Look, since_1904: bool) -> String {
    match raw {
        Raw::Truth(truth) => if *truth { "ИСТИНА" } else { "ЛОЖЬ" }.to_owned(),
        Raw::Iso(text) => show_iso(text),
        Raw::Number(number) => show_number(*number, look, since_1904),
    }
}

fn show_number(number: f64, look: Look, since_1904: bool) -> String {
    let calendar =
        |write: fn(NaiveDateTime) -> String| moment(number, since_1904).map_or_else(|| general(number), write);
    match look {
        Look::General => general(number),
        Look::Fixed { decimals, percent: false } => format!("{number:.decimals$}"),
        Look::Fixed { decimals, percent: true } => format!("{:.decimals$}%", number * 100.0),
        Look::Date => calendar(|moment| date(moment.date())),
        Look::DateTime => calendar(show_moment),
        Look::Time => calendar(|moment| moment.format("%H:%M").to_string()),
        Look::Elapsed => elapsed(number),
        Look::MonthYear => calendar(|moment| month_and_year(moment.date())),
        Look::Year => calendar(|moment| moment.format("%Y").to_string()),
    }
}

/// Writes a number without a format: 15 significant digits, as many as Excel keeps, so 0.1 + 0.2 is 0.3.
fn general(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

fn show_moment(moment: NaiveDateTime) -> String {
    if moment.num_seconds_from_midnight() == 0 { date(moment.date()) } else { date_time(moment) }
}

fn elapsed(days: f64) -> String {
    let minutes = (days * 1_440.0).round();
    if !(0.0..=1e9).contains(&minutes) {
        return general(days);
    }
    format!("{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0)
}

/// Turns a number of days into a moment, to the second; `None` outside Excel's calendar.
fn moment(number: f64, since_1904: bool) -> Option<NaiveDateTime> {
    // The last day Excel knows is 31.12.9999, number 2 958 465.
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    // Excel believes in 29.02.1900 (day 60): before it, the count begins a day later.
    let first = match (since_1904, number < 60.0) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let seconds = whole(number * 86_400.0)?;
    let days = u64::try_from(seconds.div_euclid(86_400)).ok()?;
    let second = u32::try_from(seconds.rem_euclid(86_400)).ok()?;
    let day = first.checked_add_days(Days::new(days))?;
    day.and_hms_opt(second / 3_600, second / 60 % 60, second % 60)
}

/// Rounds a number that is known to fit.
fn whole(number: f64) -> Option<i64> {
    format!("{:.0}", number.round()).parse().ok()
}

fn show_iso(text: &str) -> String {
    let text = text.trim();
    let moment = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), format).ok());
    match (moment, text.parse::<NaiveDate>()) {
        (Some(moment), _) => show_moment(moment),
        (None, Ok(day)) => date(day),
        (None, Err(_)) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: f64, look: Look) -> String {
        show(&Raw::Number(number), look, false)
    }

    #[test]
    fn whole_numbers_have_no_decimals() {
        assert_eq!(number(5.0, Look::General), "5");
        assert_eq!(number(-12.0, Look::General), "-12");
        assert_eq!(number(1.1, Look::General), "1.1");
        assert_eq!(number(0.1 + 0.2, Look::General), "0.3");
    }

    #[test]
    fn a_format_decides_on_decimals_and_per_cent() {
        assert_eq!(number(1.1, Look::Fixed { decimals: 2, percent: false }), "1.10");
        assert_eq!(number(0.55, Look::Fixed { decimals: 0, percent: true }), "55%");
        assert_eq!(number(0.025, Look::Fixed { decimals: 1, percent: true }), "2.5%");
    }

    #[test]
    fn dates_are_written_the_russian_way() {
        assert_eq!(number(45_292.0, Look::Date), "01.01.2024");
        assert_eq!(number(45_292.5, Look::DateTime), "01.01.2024 12:00");
        assert_eq!(number(45_292.0, Look::DateTime), "01.01.2024");
        assert_eq!(number(45_200.0, Look::MonthYear), "октябрь 2023");
        assert_eq!(number(45_200.0, Look::Year), "2023");
        assert_eq!(number(0.75, Look::Time), "18:00");
        assert_eq!(number(1.5, Look::Elapsed), "36:00");
    }

    #[test]
    fn both_calendars_are_known() {
        assert_eq!(show(&Raw::Number(43_830.0), Look::Date, true), "01.01.2024");
        assert_eq!(number(1.0, Look::Date), "01.01.1900");
        assert_eq!(number(61.0, Look::Date), "01.03.1900");
    }

    #[test]
    fn a_number_that_is_no_day_stays_a_number() {
        assert_eq!(number(-1.0, Look::Date), "-1");
        assert_eq!(number(9_999_999.0, Look::Date), "9999999");
    }

    #[test]
    fn dates_of_strict_workbooks_are_read() {
        assert_eq!(show_iso("2024-01-31"), "31.01.2024");
        assert_eq!(show_iso("2024-01-31T00:00:00"), "31.01.2024");
        assert_eq!(show_iso("2024-01-31T09:05:00Z"), "31.01.2024 09:05");
        assert_eq!(show_iso("вчера"), "вчера");
    }
}
