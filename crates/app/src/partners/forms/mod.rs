//! What browsers send about partners, turned into what the model wants; errors are sentences by field.

mod agreement;
mod partner;

pub use agreement::AgreementForm;
pub use partner::{ContactForm, PartnerForm};

use super::{model::TotalId, queries::NewTotal};
use crate::{web::Errors, words::short_date};
use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

/// The longest name of a person, a post or a place, in characters.
const LINE_MAX: usize = 200;

/// The longest full name of an organisation, in characters: charters write half a page.
const NAME_MAX: usize = 500;

/// The longest remark, in characters.
const NOTE_MAX: usize = 2000;

/// The largest number of organisations of a region.
const TOTAL_MAX: i64 = 1_000_000;

/// Years a day of an agreement may be in.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2199;

/// Reads a day, noting an error where it is none.
fn day(errors: &mut Errors, field: &'static str, value: &str) -> Option<NaiveDate> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let day = value.parse::<NaiveDate>().ok().filter(|day| YEARS.contains(&day.year()));
    errors.expect(day.is_some(), field, "Введите день полностью: число, месяц и год.");
    day
}

/// The last day of working together, or of an agreement that ends before its time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EndingForm {
    pub on: String,
    pub reason: String,
    pub version: i64,
}

impl EndingForm {
    /// Returns the last day of working together, or what is wrong; it may be tomorrow, but not in another era.
    pub fn check(&self) -> Result<NaiveDate, Errors> {
        let mut errors = Errors::none();
        match day(&mut errors, "on", &self.on) {
            Some(on) if errors.is_empty() => Ok(on),
            _ if errors.is_empty() => Err(Errors::one("on", "Укажите день.")),
            _ => Err(errors),
        }
    }

    /// Returns the day and the reason of a termination, or what is wrong.
    pub fn check_termination(&self, signed_on: Option<NaiveDate>) -> Result<(NaiveDate, String), Errors> {
        let mut errors = Errors::none();
        let reason = errors.text("reason", &self.reason, NAME_MAX);
        let on = match self.check() {
            Ok(on) => Some(on),
            Err(wrong) => {
                errors.add("on", wrong.of("on").unwrap_or_default());
                None
            }
        };
        if let Some((signed, _)) = signed_on.zip(on).filter(|(signed, on)| on < signed) {
            errors.add("on", format!("Соглашение подписано {}: расторгнуть его раньше нельзя.", short_date(signed)));
        }
        match on {
            Some(on) if errors.is_empty() => Ok((on, reason)),
            _ => Err(errors),
        }
    }
}

/// How many organisations there are to be partners.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalForm {
    pub id: TotalId,
    #[serde(default)]
    pub total: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub as_of: String,
}

impl TotalForm {
    /// Returns an empty form.
    pub fn fresh(today: NaiveDate) -> Self {
        Self { id: TotalId::fresh(), total: String::new(), source: String::new(), as_of: today.to_string() }
    }

    /// Returns the number, or what is wrong.
    pub fn check(&self, today: NaiveDate) -> Result<NewTotal, Errors> {
        let mut errors = Errors::none();
        let digits: String = self.total.split_whitespace().collect();
        let total = digits.parse::<i64>().ok().filter(|total| (1..=TOTAL_MAX).contains(total));
        errors.expect(total.is_some(), "total", "Введите число организаций: целое и больше нуля.");
        let source = errors.text("source", &self.source, NAME_MAX);
        let as_of = day(&mut errors, "as_of", &self.as_of);
        errors.expect(as_of.is_some() || errors.of("as_of").is_some(), "as_of", "Укажите, на какой день число верно.");
        errors.expect(as_of.is_none_or(|day| day <= today), "as_of", "Этот день ещё не наступил.");
        match (total, as_of) {
            (Some(total), Some(as_of)) if errors.is_empty() => Ok(NewTotal { id: self.id, total, source, as_of }),
            _ => Err(errors),
        }
    }
}
