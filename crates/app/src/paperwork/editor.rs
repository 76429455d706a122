//! An input as a form: its fields by the shape of the kind's example, and what a browser sent put together again. Pure.
//!
//! A field is named by its place: `/order/basis/0`. A list shows its items and one blank more; an item left blank, or
//! ticked to be removed, is not there any more. The school itself is not asked for: it stands in the settings.

use super::fields;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How a value is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Text,
    /// A sentence or more.
    LongText,
    Date,
    Number,
    Flag,
}

/// A part of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Field { place: String, label: String, holds: Holds, value: String },
    Group { label: String, parts: Vec<Part> },
    List { place: String, label: String, items: Vec<Item> },
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub place: String,
    /// The last one, to be filled in if one more is needed.
    pub is_blank: bool,
    pub parts: Vec<Part>,
}

/// Ends the name of the box that removes an item.
const REMOVED: &str = "-removed";

/// What is not asked for: what the settings, the journal or the printer give.
const NOT_ASKED: [&str; 2] = ["school", "code"];

/// Returns the form of a value shaped like an example.
pub fn parts(value: &Value, example: &Value) -> Vec<Part> {
    let Value::Object(fields) = example else { return vec![] };
    let asked = fields.iter().filter(|(name, _)| !NOT_ASKED.contains(&name.as_str()));
    asked.map(|(name, shape)| part(value.get(name), shape, &format!("/{name}"), name)).collect()
}

fn part(value: Option<&Value>, shape: &Value, place: &str, path: &str) -> Part {
    let label = fields::label(path).to_owned();
    match shape {
        Value::Object(shapes) => {
            let inner = |(name, shape): (&String, &Value)| {
                part(
                    value.and_then(|value| value.get(name)),
                    shape,
                    &format!("{place}/{name}"),
                    &format!("{path}.{name}"),
                )
            };
            Part::Group { label, parts: shapes.iter().map(inner).collect() }
        }
        Value::Array(shapes) => {
            let shape = shapes.first().unwrap_or(&Value::Null);
            let items = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let item = |index: usize| {
                let own = format!("{place}/{index}");
                let inner = part(items.get(index), shape, &own, &format!("{path}[]"));
                let parts = match inner {
                    Part::Group { parts, .. } => parts,
                    other => vec![other],
                };
                Item { place: own, is_blank: index == items.len(), parts }
            };
            Part::List { place: place.to_owned(), label, items: (0..=items.len()).map(item).collect() }
        }
        scalar => Part::Field {
            place: place.to_owned(),
            label,
            holds: holds(scalar, path),
            value: value.map_or_else(String::new, shown),
        },
    }
}

fn holds(shape: &Value, path: &str) -> Holds {
    let is_day = |text: &str| text.parse::<chrono::NaiveDate>().is_ok();
    match shape {
        Value::Bool(_) => Holds::Flag,
        Value::Number(_) => Holds::Number,
        Value::String(text) if is_day(text) => Holds::Date,
        Value::Null if path.ends_with("_on") || path.ends_with("date") => Holds::Date,
        Value::String(text) if text.chars().count() > 60 => Holds::LongText,
        _ => Holds::Text,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => if *flag { "on" } else { "" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Puts what was sent together again, shaped like the example; what is not asked for stays as in `before`.
pub fn value(sent: &BTreeMap<String, String>, before: &Value, example: &Value) -> Value {
    let Value::Object(shapes) = example else { return before.clone() };
    let mut fields = before.as_object().cloned().unwrap_or_default();
    for (name, shape) in shapes.iter().filter(|(name, _)| !NOT_ASKED.contains(&name.as_str())) {
        fields.insert(name.clone(), read(sent, shape, &format!("/{name}"), name));
    }
    Value::Object(fields)
}

fn read(sent: &BTreeMap<String, String>, shape: &Value, place: &str, path: &str) -> Value {
    match shape {
        Value::Object(shapes) => {
            let field = |(name, shape): (&String, &Value)| {
                (name.clone(), read(sent, shape, &format!("{place}/{name}"), &format!("{path}.{name}")))
            };
            let fields: Map<String, Value> = shapes.iter().map(field).collect();
            // A group that may stay out and was left blank stays out.
            if is_optional(path) && fields.values().all(is_blank) { Value::Null } else { Value::Object(fields) }
        }
        Value::Array(shapes) => {
            let shape = shapes.first().unwrap_or(&Value::Null);
            let is_kept =
                |index: &usize| sent.get(&format!("{place}/{index}/{REMOVED}")).is_none_or(|ticked| ticked != "on");
            let kept = indexes(sent, place).into_iter().filter(is_kept);
            let items = kept.map(|index| read(sent, shape, &format!("{place}/{index}"), &format!("{path}[]")));
            Value::Array(items.filter(|item| !is_blank(item)).collect())
        }
        scalar => {
            let text = sent.get(place).map_or("", |text| text.trim());
            match holds(scalar, path) {
                Holds::Flag => Value::Bool(text == "on"),
                Holds::Number => text.parse::<i64>().map_or_else(|_| number_or_text(text), Value::from),
                Holds::Date if text.is_empty() => Value::Null,
                Holds::Date | Holds::Text | Holds::LongText => Value::from(text),
            }
        }
    }
}

/// A number that was left out, or that is none, is refused by the kind under its name.
fn number_or_text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

/// Groups that a type takes as absent.
fn is_optional(path: &str) -> bool {
    ["order.control", "votes", "representative"].iter().any(|known| path.ends_with(known))
}

/// Tells whether nothing was written in: a list of nothing is nothing, a box that is not ticked is nothing.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Number(_) => false,
    }
}

/// Returns the places of a list that were sent, in order.
fn indexes(sent: &BTreeMap<String, String>, place: &str) -> Vec<usize> {
    let prefix = format!("{place}/");
    let under = sent.keys().filter_map(|key| key.strip_prefix(&prefix));
    let mut found: Vec<usize> = under.filter_map(|rest| rest.split('/').next()?.parse().ok()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the name of the box that removes an item.
pub fn removal(place: &str) -> String {
    format!("{place}/{REMOVED}")
}

/// Returns an input nobody has filled in yet: the school as it is, everything else blank.
pub fn blank(example: &Value, school: &Value) -> Value {
    let before = serde_json::json!({ "school": school });
    value(&BTreeMap::new(), &before, example)
}

/// Returns the place of a field that a kind has refused: `questions[0].votes` is `/questions/0/votes`.
pub fn place_of(path: &str) -> String {
    format!("/{}", path.replace('[', "/").replace(']', "").replace('.', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paperwork::kinds::is_consent;
    use documents::kinds::KINDS;
    use serde_json::json;

    /// Sends the form as a browser would.
    fn sent(parts: &[Part]) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for part in parts {
            match part {
                Part::Field { place, value, holds, .. } => {
                    if *holds != Holds::Flag || value == "on" {
                        all.insert(place.clone(), value.clone());
                    }
                }
                Part::Group { parts, .. } => all.extend(sent(parts)),
                Part::List { items, .. } => items.iter().for_each(|item| all.extend(sent(&item.parts))),
            }
        }
        all
    }

    #[test]
    fn an_example_sent_back_unchanged_is_still_an_input_of_its_kind() {
        for kind in KINDS.iter().filter(|kind| !is_consent(kind.name)) {
            let example: Value = serde_json::from_str(kind.example).unwrap();
            let again = value(&sent(&parts(&example, &example)), &example, &example);
            assert_eq!(kind.check(&again.to_string()), Ok(()), "{}", kind.name);
            let (first, second) = (kind.make(kind.example).unwrap(), kind.make(&again.to_string()).unwrap());
            assert_eq!(first, second, "{}", kind.name);
        }
    }

    #[test]
    fn an_item_is_added_below_and_removed_by_its_box() {
        let example = json!({ "tasks": [{ "text": "разместить", "until": "2026-10-09" }] });
        let mut all = sent(&parts(&example, &example));
        all.insert("/tasks/1/text".into(), "созвать".into());
        all.insert("/tasks/1/until".into(), "2026-11-01".into());
        all.insert(removal("/tasks/0"), "on".into());
        let changed = value(&all, &example, &example);
        assert_eq!(changed, json!({ "tasks": [{ "text": "созвать", "until": "2026-11-01" }] }));
    }

    #[test]
    fn a_blank_item_is_no_item_and_the_school_is_not_asked_for() {
        let example = json!({ "school": { "name": "Школа" }, "forms": ["ученик – ученик"] });
        let form = parts(&blank(&example, &json!({ "name": "Своя" })), &example);
        assert_eq!(form.len(), 1, "{form:?}");
        assert_eq!(value(&sent(&form), &json!({ "school": 1 }), &example), json!({ "school": 1, "forms": [] }));
    }

    #[test]
    fn a_refused_field_is_found_on_the_form() {
        assert_eq!(place_of("questions[0].votes"), "/questions/0/votes");
        assert_eq!(place_of("present"), "/present");
    }
}
