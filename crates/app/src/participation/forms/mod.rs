//! What browsers send about participation, turned into what the model wants; errors are sentences by field.

mod answers;
mod apply;
mod search;
mod settings;
mod steps;
mod words;

pub use answers::AnswersForm;
pub use apply::{ApplyForm, LinkForm};
pub use search::Search;
pub use settings::SettingsForm;
pub use steps::{CandidatesForm, DecisionsForm, DepartureForm, InterviewsForm, REASONS};
pub use words::{FormForm, TopicForm};

use crate::web::Errors;
use chrono::NaiveDate;

/// The longest line, in characters.
const LINE_MAX: usize = 200;

/// The longest free text, in characters.
const TEXT_MAX: usize = 2000;

/// Takes a day, noting an error when it is none.
fn day(errors: &mut Errors, field: &'static str, value: &str) -> Option<NaiveDate> {
    let day = value.trim().parse().ok();
    errors.expect(day.is_some(), field, "Укажите дату.");
    day
}

/// Takes a day that may be left out.
fn optional_day(errors: &mut Errors, field: &'static str, value: &str) -> Option<NaiveDate> {
    if value.trim().is_empty() { None } else { day(errors, field, value) }
}

/// Takes a whole number within bounds that may be left out.
fn optional_number(
    errors: &mut Errors,
    field: &'static str,
    value: &str,
    bounds: &std::ops::RangeInclusive<i64>,
) -> Option<i64> {
    if value.trim().is_empty() {
        return None;
    }
    let number = value.trim().parse().ok().filter(|number| bounds.contains(number));
    errors.expect(number.is_some(), field, &format!("Введите целое число от {} до {}.", bounds.start(), bounds.end()));
    number
}
