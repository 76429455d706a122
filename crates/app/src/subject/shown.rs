//! Stored words as a school says them: the paper is read by a parent, not by a machine. Pure.

use crate::{
    consents::model::{Channel, ClearanceKind, Purpose, SignedAs, Signers},
    participation::{
        Decision, LeaveReason, Side, Source, application::Outcome, dictionary::Dictionary, model::TopicKind,
        slots::Slot,
    },
    people::{Grounds, Kind, Sex},
    words,
};
use serde_json::Value;
use std::{fmt::Display, str::FromStr};

/// Returns what stands on paper for a value of a column.
pub fn shown(table: &str, column: &str, value: &str) -> String {
    let said = match (table, column) {
        ("persons", "sex") => label::<Sex>(value),
        ("person_kinds", "kind") => label::<Kind>(value),
        ("guardianships", "grounds") => label::<Grounds>(value),
        ("applications", "outcome") => label::<Outcome>(value),
        ("participations", "side") => label::<Side>(value),
        ("participations", "source") => label::<Source>(value),
        ("participations", "decision") => label::<Decision>(value),
        ("participations", "leave_reason") => label::<LeaveReason>(value),
        ("participations", "form") => Dictionary::built_in().form(value).map(|form| form.title.clone()),
        ("participation_topics", "kind") => label::<TopicKind>(value),
        ("consents", "purpose") => label::<Purpose>(value),
        ("consents", "signers") => label::<Signers>(value),
        ("consents", "withdrawn_by") => label::<Channel>(value),
        ("clearances", "kind") => label::<ClearanceKind>(value),
        ("papers", "kind") => documents::kinds::find(value).map(|kind| kind.title.to_owned()),
        _ => None,
    };
    said.or_else(|| day(value)).or_else(|| values(value)).unwrap_or_else(|| value.to_owned())
}

fn label<T: FromStr + Display>(word: &str) -> Option<String> {
    word.parse::<T>().ok().map(|known| known.to_string())
}

/// Days as a school writes them.
fn day(value: &str) -> Option<String> {
    value.parse().ok().map(words::short_date)
}

/// Lists and records without their signs and the numbers of records; nothing for a plain text.
fn values(value: &str) -> Option<String> {
    let kept: Value = serde_json::from_str(value).ok().filter(|kept: &Value| kept.is_array() || kept.is_object())?;
    let mut all = vec![];
    collect(&kept, &mut all);
    Some(all.join("; "))
}

fn collect(kept: &Value, all: &mut Vec<String>) {
    match kept {
        Value::Array(items) => items.iter().for_each(|item| collect(item, all)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, all)),
        Value::String(text) if text.is_empty() || uuid::Uuid::try_parse(text).is_ok() => {}
        Value::String(text) => all.push(
            Slot::try_from(text.clone())
                .map(Slot::label)
                .ok()
                .or_else(|| label::<SignedAs>(text))
                .or_else(|| day(text))
                .unwrap_or_else(|| text.clone()),
        ),
        Value::Bool(is_so) => all.push(if *is_so { "да" } else { "нет" }.to_owned()),
        Value::Number(number) => all.push(number.to_string()),
        Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::record::SECTIONS;

    #[test]
    fn words_of_the_program_become_words_of_a_school() {
        assert_eq!(shown("participations", "side", "mentee"), "наставляемый");
        assert_eq!(shown("participations", "form", "pupil_pupil"), "ученик – ученик");
        assert_eq!(shown("papers", "kind", "certificate"), documents::kinds::find("certificate").unwrap().title);
        assert_eq!(shown("persons", "born_on", "2012-05-01"), "01.05.2012");
        assert_eq!(shown("persons", "note", "mentee"), "mentee", "a note is what somebody wrote");
    }

    #[test]
    fn lists_and_records_lose_their_signs() {
        assert_eq!(
            shown("participations", "slots", r#"["wed-afternoon","sat-morning"]"#),
            "ср, после обеда; сб, до обеда"
        );
        let signed = r#"[{"person":"019a0000-0000-7000-8000-000000000000","signed_as":"representative"}]"#;
        assert_eq!(shown("consents", "signed_by", signed), "законный представитель");
        assert_eq!(
            shown("papers", "input", r#"{"born":"2012-05-01","is_minor":true,"note":"","pages":2}"#),
            "01.05.2012; да; 2"
        );
        assert_eq!(shown("persons", "note", "5"), "5");
    }

    #[test]
    fn every_column_that_is_put_into_words_is_in_the_record() {
        let source = include_str!("shown.rs");
        let named = source.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.split_once("\") =>"));
        let mut count = 0;
        for (pair, _) in named {
            let (table, column) = pair.split_once("\", \"").unwrap();
            let section = SECTIONS.iter().find(|section| section.table == table).unwrap();
            assert!(section.columns.iter().any(|(known, _)| *known == column), "{table}.{column}");
            count += 1;
        }
        assert!(count >= 15, "{count}");
    }
}
