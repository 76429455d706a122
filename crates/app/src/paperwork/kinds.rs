//! What a kind of paper is to the school: its journal, where its number stands, which rows of the road map it proves. Pure.

use crate::consents::Purpose;
use serde_json::Value;

/// What the program knows about a kind beyond its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits {
    pub kind: &'static str,
    /// The built-in journal it is registered in.
    pub journal: &'static str,
    /// Where its number and its day stand in the input.
    pub number: Option<&'static str>,
    pub date: Option<&'static str>,
    /// The expected documents of rows it proves, as the built-in road map words them.
    pub proves: &'static [&'static str],
    /// Colleagues sign that they have read it.
    pub is_announced: bool,
    /// The kind of the paper that changes it; its own kind where there is no other.
    pub amended_by: &'static str,
}

const fn order(kind: &'static str, proves: &'static [&'static str]) -> Traits {
    Traits {
        kind,
        journal: "orders",
        number: Some("/order/number"),
        date: Some("/order/date"),
        proves,
        is_announced: true,
        amended_by: kind,
    }
}

const fn record(kind: &'static str, journal: &'static str, proves: &'static [&'static str]) -> Traits {
    Traits { kind, journal, number: None, date: None, proves, is_announced: false, amended_by: kind }
}

const fn dated(kind: &'static str, journal: &'static str, proves: &'static [&'static str]) -> Traits {
    Traits { number: Some("/number"), date: Some("/date"), ..record(kind, journal, proves) }
}

/// Every kind, in the order of `documents::kinds::KINDS`.
pub const TRAITS: &[Traits] = &[
    order("introduction-order", &[]),
    dated("partner-agreement", "agreements", &["Соглашение"]),
    record("consent-participation", "consents", &[]),
    record("consent-special", "consents", &[]),
    record("consent-transfer", "consents", &[]),
    record("consent-distribution", "consents", &[]),
    dated("council-minutes", "minutes", &["Протокол педагогического совета"]),
    record("potential-mentors", "memos", &["Реестр потенциальных наставников"]),
    record("mentee-base", "memos", &["База наставляемых"]),
    record("mentor-base", "memos", &["База наставников"]),
    Traits {
        amended_by: "amendment-order",
        ..order("assignment-order", &["Приказ о закреплении пар (групп)", "Список пар (групп)"])
    },
    order("amendment-order", &[]),
    Traits { date: Some("/date"), ..record("mentoring-agreement", "agreements", &[]) },
    record("individual-plan", "memos", &[]),
    order("plans-order", &["Приказ об утверждении индивидуальных планов"]),
    order("accessibility-act", &["Распорядительный акт"]),
    record("registry", "memos", &["Реестр учёта"]),
    record("roadmap-memo", "memos", &["Справка о выполнении дорожной карты"]),
    record("control-sheet", "memos", &["Контрольный лист сроков"]),
    dated("certificate", "awards", &[]),
    dated("thanks-letter", "awards", &[]),
];

/// Returns what is known about a kind.
pub fn traits_of(kind: &str) -> Option<&'static Traits> {
    TRAITS.iter().find(|known| known.kind == kind)
}

/// Returns the kinds of papers that a row of the road map expects, by the words of its expected document.
pub fn expected(words: &str) -> impl Iterator<Item = &'static documents::kinds::Kind> {
    let words = database::fold(words);
    let expects = move |known: &&Traits| known.proves.iter().any(|proof| database::fold(proof) == words);
    TRAITS.iter().filter(expects).filter_map(|known| documents::kinds::find(known.kind))
}

/// Returns the kind of the consent to a purpose.
pub const fn of_purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Participation => "consent-participation",
        Purpose::SpecialCategories => "consent-special",
        Purpose::Transfer => "consent-transfer",
        Purpose::Distribution => "consent-distribution",
    }
}

/// Tells whether a kind is a consent: it is signed and kept, never registered in a journal.
pub fn is_consent(kind: &str) -> bool {
    Purpose::ALL.iter().any(|purpose| of_purpose(*purpose) == kind)
}

impl Traits {
    /// Writes number and day into an input where they are blank or due; the day of an award or of minutes stays.
    pub fn with_registration(&self, mut input: Value, number: &str, day: chrono::NaiveDate) -> Value {
        if let Some(path) = self.number {
            put(&mut input, path, number, true);
        }
        if let Some(path) = self.date {
            put(&mut input, path, &day.to_string(), self.journal == "orders");
        }
        input
    }

    /// Takes number and day out of an input: a paper made after another one gets its own.
    pub fn without_registration(&self, mut input: Value) -> Value {
        let blank = [self.number, self.date.filter(|_| self.journal == "orders")];
        for path in blank.into_iter().flatten() {
            if let Some(place) = input.pointer_mut(path) {
                *place = Value::Null;
            }
        }
        input
    }
}

/// Puts a text at the place of a path, whose last part may be absent; one that is there stays unless it is to go.
fn put(input: &mut Value, path: &str, text: &str, replaces: bool) {
    let Some((parent, name)) = path.rsplit_once('/') else { return };
    let Some(Value::Object(fields)) = input.pointer_mut(parent) else { return };
    let is_blank = fields.get(name).is_none_or(Value::is_null);
    if is_blank || replaces {
        fields.insert(name.to_owned(), Value::from(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::kinds::{self, KINDS};
    use serde_json::json;

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_kind_has_its_traits_in_order() {
        let known: Vec<&str> = TRAITS.iter().map(|known| known.kind).collect();
        let all: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(known, all, "a kind of paper lives in documents::kinds and in paperwork::kinds");
    }

    #[test]
    fn a_registered_example_is_still_an_input_of_its_kind() {
        for known in TRAITS {
            let kind = kinds::find(known.kind).unwrap();
            let example: Value = serde_json::from_str(kind.example).unwrap();
            let registered = known.with_registration(example.clone(), "45-ОД", day("2026-09-14"));
            assert_eq!(kind.check(&registered.to_string()), Ok(()), "{}", known.kind);
            if let Some(path) = known.number {
                assert_eq!(registered.pointer(path), Some(&json!("45-ОД")), "{}", known.kind);
            }
        }
    }

    #[test]
    fn the_day_of_an_order_is_the_day_of_its_registration_and_minutes_keep_theirs() {
        let order = json!({ "order": { "date": "2026-09-01" } });
        let written = traits_of("plans-order").unwrap().with_registration(order, "1", day("2026-09-14"));
        assert_eq!(written, json!({ "order": { "date": "2026-09-14", "number": "1" } }));
        let minutes = json!({ "date": "2026-09-01", "number": "" });
        let written = traits_of("council-minutes").unwrap().with_registration(minutes, "3", day("2026-09-14"));
        assert_eq!(written, json!({ "date": "2026-09-01", "number": "3" }));
    }

    #[test]
    fn every_expected_document_is_one_of_the_built_in_road_map() {
        let template = include_str!("../../templates/roadmap.toml");
        for words in TRAITS.iter().flat_map(|known| known.proves) {
            assert!(template.contains(&format!("document = \"{words}\"")), "no row expects «{words}»");
        }
    }

    #[test]
    fn consents_are_known_by_their_purposes() {
        let consents: Vec<&str> = KINDS.iter().map(|kind| kind.name).filter(|name| is_consent(name)).collect();
        assert_eq!(consents.len(), Purpose::ALL.len());
        assert!(consents.iter().all(|name| name.starts_with("consent-")));
    }
}
