//! Filters: how a value is written in a sentence.

use chrono::NaiveDate;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};
use russian::Case;

use super::NameForms;
use crate::words::{self, capitalised};

/// The names, in the order in which a refusal lists them.
pub const NAMES: [&str; 17] = [
    "blank",
    "capital",
    "count",
    "date",
    "date_words",
    "lower",
    "plural",
    "join",
    "number_words",
    "short",
    "signed",
    "genitive",
    "dative",
    "accusative",
    "instrumental",
    "prepositional",
    "post",
];

/// The cases, by the names that texts use.
const CASES: [(&str, Case); 5] = [
    ("genitive", Case::Genitive),
    ("dative", Case::Dative),
    ("accusative", Case::Accusative),
    ("instrumental", Case::Instrumental),
    ("prepositional", Case::Prepositional),
];

/// What a blank for handwriting looks like.
const BLANK: &str = "________";
/// Sentences of ours begin so inside an error of minijinja.
const OURS: char = '\u{2060}';

/// Adds the filters; `names` are those whose forms are known better than by the rules.
pub fn add(environment: &mut Environment<'_>, names: &NameForms) {
    environment.add_filter("blank", blank);
    environment.add_filter("capital", |value: Value| text(&value, capitalised));
    environment.add_filter("count", |value: Value| value.len().ok_or_else(|| refusal("Считать можно только список.")));
    environment.add_filter("date", |value: Value| date(&value, words::date));
    environment.add_filter("date_words", |value: Value| date(&value, words::date_in_words));
    environment.add_filter("join", |value: Value, between: &str| join(&value, between));
    environment.add_filter("lower", |value: Value| text(&value, str::to_lowercase));
    environment.add_filter("number_words", |value: Value| whole(&value, words::number));
    environment.add_filter("post", |value: Value, case: &str| post(&value, case));
    for (word, case) in CASES {
        let own = names.clone();
        let written = move |name: &str| own.of(name, word).map_or_else(|| words::name_in(name, case), str::to_owned);
        environment.add_filter(word, move |value: Value| text(&value, &written));
    }
    environment.add_filter("plural", |value: Value, one: &str, few: &str, many: &str| {
        whole(&value, |number| words::plural(number, one, few, many).to_owned())
    });
    environment.add_filter("short", |value: Value| text(&value, words::short_name));
    environment.add_filter("signed", |value: Value| text(&value, words::signed_name));
}

/// Adds the filter that draws a code.
pub fn add_codes(environment: &mut Environment<'_>) {
    environment.add_filter("qr", |value: Value| {
        known(&value, "Здесь нужен код документа.", |value| {
            value.as_str().map(|code| code.trim().to_owned())
        })
        .map(|code| {
            code.as_str()
                .filter(|code| !code.is_empty())
                .map_or(Value::from(()), |code| Value::from_safe_string(code.to_owned()))
        })
    });
}

/// Makes a refusal with a sentence of ours.
pub fn refusal(sentence: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("{OURS}{sentence}"))
}

/// Returns the sentence of ours in a detail of an error, if it is one.
pub fn refused(detail: &str) -> Option<&str> {
    detail.strip_prefix(OURS)
}

/// Puts a full name into a case by the rules of Russian; nothing when texts know no such case.
pub fn declined(name: &str, case: &str) -> Option<String> {
    CASES.iter().find(|(word, _)| *word == case).map(|(_, case)| words::name_in(name, *case))
}

/// Leaves a place for handwriting where a value is missing.
fn blank(value: Value) -> Result<Value, Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    let empty = value.is_none() || value.as_str().is_some_and(|text| text.trim().is_empty());
    Ok(if empty { Value::from(BLANK) } else { value })
}

fn date(value: &Value, write: fn(NaiveDate) -> String) -> Result<Value, Error> {
    known(value, "Здесь нужна дата.", |value| {
        value.as_str().and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).map(write)
    })
}

fn join(value: &Value, between: &str) -> Result<String, Error> {
    let items = value.try_iter().map_err(|_| refusal("Соединить можно только список."))?;
    Ok(items.map(|item| item.to_string()).collect::<Vec<_>>().join(between))
}

fn post(value: &Value, case: &str) -> Result<Value, Error> {
    let Some((_, case)) = CASES.iter().find(|(name, _)| *name == case) else {
        return Err(refusal("Такого падежа нет: genitive, dative, accusative, instrumental или prepositional."));
    };
    text(value, |post| russian::decline_post(post, *case))
}

fn whole(value: &Value, write: impl Fn(u64) -> String) -> Result<Value, Error> {
    known(value, "Здесь нужно целое число.", |value| u64::try_from(value.clone()).ok().map(write))
}

fn text(value: &Value, write: impl Fn(&str) -> String) -> Result<Value, Error> {
    known(value, "Здесь нужен текст.", |value| value.as_str().map(write))
}

/// Writes a value that is there; an empty one stays empty, for `blank` or for the refusal that follows.
fn known(value: &Value, wanted: &str, write: impl FnOnce(&Value) -> Option<String>) -> Result<Value, Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    if value.is_none() {
        return Ok(value.clone());
    }
    write(value).map(Value::from).ok_or_else(|| refusal(wanted))
}
