//! The canonical Russian wording of a term. Reading it gives the same term again.

use std::fmt;

use super::{Limit, Period, Term, TermDay, TermMonth};
use crate::words;

impl Term {
    /// Writes the term as a road map would: «октябрь – ноябрь 2023».
    pub fn text(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day { on } => write!(f, "{on}"),
            Self::DayRange { from, to } => write!(f, "с {from} по {to}"),
            Self::Month { month } => write!(f, "{month}"),
            Self::MonthRange { from, to } => {
                let one_year = from.year == to.year && from.month.number_from_month() <= to.month.number_from_month();
                let from = if one_year { TermMonth { year: None, ..*from } } else { *from };
                write!(f, "{from} – {to}")
            }
            Self::Months { months } => {
                f.write_str(&months.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            Self::Deadline { by } => write!(f, "до {by}"),
            Self::SchoolYears { first, last } if first == last => write!(f, "{} учебный год", first.long_label()),
            Self::SchoolYears { first, last } => {
                write!(f, "{}–{} учебные годы", first.start_year(), last.end_year())
            }
            Self::WholeYear => f.write_str("в течение учебного года"),
            Self::Yearly { months, since } => {
                if let Some(months) = months {
                    let [from, to] = [months.from, months.to].map(words::month_nominative);
                    let span = if from == to { from.to_owned() } else { format!("{from} – {to}") };
                    write!(f, "{span}, ")?;
                }
                f.write_str("ежегодно")?;
                since.map_or(Ok(()), |since| write!(f, " с {since} года"))
            }
            Self::Within { days, working, limit, after } => {
                let limit = match limit {
                    Limit::NoLater => "не позднее",
                    Limit::During => "в течение",
                };
                let [one, many] = if *working {
                    ["рабочего дня", "рабочих дней"]
                } else {
                    ["дня", "дней"]
                };
                write!(f, "{limit} {days} {}", words::plural(i64::from(*days), one, many, many))?;
                if after.is_empty() { Ok(()) } else { write!(f, " {after}") }
            }
            Self::Recurring { times, every } => recurring(f, *times, *every),
            Self::AsNeeded => f.write_str("по мере необходимости"),
            Self::Free { text } => f.write_str(text),
        }
    }
}

fn recurring(f: &mut fmt::Formatter<'_>, times: u32, every: Period) -> fmt::Result {
    let (adverb, noun) = match every {
        Period::Day => (Some("ежедневно"), "день"),
        Period::Week => (Some("еженедельно"), "неделю"),
        Period::Month => (Some("ежемесячно"), "месяц"),
        Period::Quarter => (Some("ежеквартально"), "квартал"),
        Period::SchoolQuarter => (None, "четверть"),
        Period::HalfYear => (None, "полугодие"),
        Period::Year => (None, "год"),
    };
    match adverb {
        Some(adverb) if times == 1 => f.write_str(adverb),
        _ => write!(f, "{times} {} в {noun}", words::plural(i64::from(times), "раз", "раза", "раз")),
    }
}

impl fmt::Display for TermMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(words::month_nominative(self.month))?;
        self.year.map_or(Ok(()), |year| write!(f, " {year}"))
    }
}

impl fmt::Display for TermDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.stated_year() {
            Some(year) => write!(f, "{:02}.{:02}.{year}", self.day(), self.month().number_from_month()),
            None => write!(f, "{} {}", self.day(), words::month_genitive(self.month())),
        }
    }
}
