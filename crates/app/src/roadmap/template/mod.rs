//! The built-in road map, from which a school starts its year when it has none of its own.
//!
//! The rows are data (`templates/roadmap.toml`): terms without years, posts instead of names, rules over measures. What
//! the source had wrong is put right there and said in the note of the row.

mod post;

use std::sync::LazyLock;

use serde::Deserialize;

pub use post::Post;

use super::indicator::{BadRule, Operator, Rule, Unit};
use super::term::Term;
use crate::school_year::SchoolYear;
use crate::words;

/// A road map to start a year from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub title: String,
    pub sections: Vec<TemplateSection>,
    pub measures: Vec<Measure>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateSection {
    pub number: String,
    pub title: String,
    pub rows: Vec<TemplateRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    pub number: String,
    pub title: String,
    /// States no year.
    pub term: Term,
    pub responsible: Vec<Post>,
    pub result: String,
    /// The kind of document that the result is.
    pub document_kind: String,
    /// The indicator in the words of the road map; empty where it has none.
    pub indicator: String,
    pub rules: Vec<Rule>,
    /// The row whose indicator this one shares, as in a merged cell.
    pub shares_indicator_with: Option<String>,
    /// What the person who starts the year should know about the row.
    pub note: Option<String>,
}

/// A number that rules ask for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Slice and name: `participants.coverage`.
    pub key: String,
    pub title: String,
    pub unit: Unit,
    /// The part of the program that supplies it, as people know it.
    pub module: String,
    /// What has to be entered by hand even when the module is there.
    pub by_hand: Option<String>,
    /// Groups the value is usually counted in; offered as the lines of the form.
    #[serde(default)]
    pub groups: Vec<String>,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("Шаблон дорожной карты не читается, строка {line}: {reason}")]
    Unreadable { line: usize, reason: String },
    #[error("В строке {row} шаблона неизвестный показатель «{measure}».")]
    UnknownMeasure { row: String, measure: String },
    #[error("В строке {row} шаблона показатель «{measure}»: {reason}")]
    BadRule { row: String, measure: String, reason: BadRule },
    #[error("В строке {row} шаблона непонятный срок «{term}».")]
    UnclearTerm { row: String, term: String },
    #[error("Строка {row} шаблона ссылается на показатель строки {other}, которой выше нет.")]
    NoSuchRow { row: String, other: String },
}

impl Template {
    /// Gives the built-in template.
    pub fn built_in() -> Result<&'static Self, &'static TemplateError> {
        static BUILT_IN: LazyLock<Result<Template, TemplateError>> =
            LazyLock::new(|| Template::parse(include_str!("../../../templates/roadmap.toml")));
        BUILT_IN.as_ref()
    }

    /// Reads a template and checks that every term, measure and target of it makes sense.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            TemplateError::Unreadable { line: before.lines().count().max(1), reason: words::one_line(error.message()) }
        })?;
        let mut sections: Vec<TemplateSection> = Vec::new();
        for section in file.section {
            sections.push(TemplateSection { number: section.number, title: section.title, rows: Vec::new() });
            for row in section.row {
                let row = row.checked(&file.measure, &sections)?;
                if let Some(section) = sections.last_mut() {
                    section.rows.push(row);
                }
            }
        }
        Ok(Self { title: file.title, sections, measures: file.measure })
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &TemplateRow> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    pub fn measure(&self, key: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.key == key)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    section: Vec<FileSection>,
    measure: Vec<Measure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSection {
    number: String,
    title: String,
    row: Vec<FileRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    number: String,
    title: String,
    term: String,
    responsible: Vec<Post>,
    result: String,
    document: String,
    #[serde(default)]
    indicator: String,
    #[serde(default)]
    rules: Vec<FileRule>,
    indicator_of: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct FileRule {
    measure: String,
    #[serde(flatten)]
    operator: Operator,
}

impl FileRow {
    fn checked(self, measures: &[Measure], above: &[TemplateSection]) -> Result<TemplateRow, TemplateError> {
        // The year cannot matter: a term of a template states none.
        let term = Term::read(&self.term, SchoolYear::FIRST);
        if !term.doubts.is_empty() {
            return Err(TemplateError::UnclearTerm { row: self.number, term: self.term });
        }
        let mut rules = Vec::new();
        for rule in &self.rules {
            rules.push(rule.checked(&self.number, measures)?);
        }
        let mut indicator = self.indicator;
        if let Some(other) = &self.indicator_of {
            let rows = || above.iter().flat_map(|section| &section.rows);
            let Some(shared) = rows().find(|row| row.number == *other) else {
                return Err(TemplateError::NoSuchRow { row: self.number, other: other.clone() });
            };
            indicator.clone_from(&shared.indicator);
            rules.extend(shared.rules.iter().cloned());
        }
        Ok(TemplateRow {
            number: self.number,
            title: self.title,
            term: term.term,
            responsible: self.responsible,
            result: self.result,
            document_kind: self.document,
            indicator,
            rules,
            shares_indicator_with: self.indicator_of,
            note: self.note,
        })
    }
}

impl FileRule {
    fn checked(&self, row: &str, measures: &[Measure]) -> Result<Rule, TemplateError> {
        let Some(measure) = measures.iter().find(|measure| measure.key == self.measure) else {
            return Err(TemplateError::UnknownMeasure { row: row.to_owned(), measure: self.measure.clone() });
        };
        let bad = |reason| TemplateError::BadRule { row: row.to_owned(), measure: measure.key.clone(), reason };
        self.operator.check().map_err(bad)?;
        Ok(Rule {
            measure: measure.key.clone(),
            title: measure.title.clone(),
            unit: measure.unit.clone(),
            operator: self.operator,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::roadmap::indicator::{SchoolTraits, Target};

    fn built_in() -> &'static Template {
        Template::built_in().unwrap()
    }

    fn row(number: &str) -> &'static TemplateRow {
        built_in().rows().find(|row| row.number == number).unwrap()
    }

    fn year(start: i32) -> SchoolYear {
        SchoolYear::starting_in(start).unwrap()
    }

    #[test]
    fn the_built_in_map_has_five_sections_and_thirty_one_rows() {
        let rows: Vec<usize> = built_in().sections.iter().map(|section| section.rows.len()).collect();
        assert_eq!(rows, [13, 4, 5, 6, 3]);
    }

    #[test]
    fn every_number_is_unique_and_belongs_to_its_section() {
        let numbers: BTreeSet<_> = built_in().rows().map(|row| &row.number).collect();
        assert_eq!(numbers.len(), 31);
        for section in &built_in().sections {
            for (index, row) in section.rows.iter().enumerate() {
                assert_eq!(row.number, format!("{}.{}", section.number, index + 1));
            }
        }
    }

    #[test]
    fn every_term_lies_inside_any_year_it_is_started_for() {
        for start in [1950, 2023, 2026, 2100] {
            for row in built_in().rows() {
                let window = row.term.window(year(start)).unwrap();
                assert!(year(start).contains(window.from) && year(start).contains(window.to), "{}", row.number);
                assert_eq!(row.term.shifted(7), row.term, "{} states a year", row.number);
            }
        }
    }

    #[test]
    fn every_row_says_who_answers_for_it_and_what_comes_of_it() {
        for row in built_in().rows() {
            assert!(!row.responsible.is_empty(), "{}", row.number);
            assert!(!row.result.is_empty() && !row.document_kind.is_empty(), "{}", row.number);
            assert!(!row.rules.is_empty(), "{} cannot be proven", row.number);
        }
    }

    #[test]
    fn no_row_keeps_a_year_of_the_map_it_was_taken_from() {
        for row in built_in().rows() {
            for text in [&row.title, &row.result, &row.indicator] {
                let digits = text.split(|c: char| !c.is_ascii_digit());
                assert!(!digits.into_iter().any(|run| run.len() == 4), "{}: {text}", row.number);
            }
        }
    }

    #[test]
    fn every_measure_is_used_and_described_once() {
        let keys: BTreeSet<_> = built_in().measures.iter().map(|measure| &measure.key).collect();
        assert_eq!(keys.len(), built_in().measures.len());
        let used: BTreeSet<_> = built_in().rows().flat_map(|row| &row.rules).map(|rule| &rule.measure).collect();
        assert_eq!(used, keys);
        for measure in &built_in().measures {
            assert!(measure.key.split_once('.').is_some(), "{}", measure.key);
            assert!(!measure.module.is_empty() && measure.unit.0.iter().all(|form| !form.is_empty()));
        }
        assert_eq!(built_in().measure("roadmap.documents").unwrap().module, "Дорожная карта");
    }

    #[test]
    fn the_merged_indicator_of_the_two_bases_is_one_rule_by_groups() {
        assert_eq!(row("1.2").shares_indicator_with.as_deref(), Some("1.1"));
        assert_eq!(row("1.2").rules, row("1.1").rules);
        assert_eq!(row("1.2").indicator, row("1.1").indicator);
        assert_eq!(row("1.1").rules[0].operator, Operator::EachGroupShareAtLeast { percent: Target::new(55) });
    }

    #[test]
    fn the_share_of_organisations_asks_for_its_denominator() {
        assert_eq!(row("1.3").rules[0].operator, Operator::ShareAtLeast { percent: Target::new(2) });
        assert!(built_in().measure("partners.giving_mentors").unwrap().by_hand.is_some());
    }

    #[test]
    fn the_work_of_pairs_lasts_until_their_final_meeting() {
        assert_eq!(row("1.9").term.text(), "ноябрь – май");
        assert!(row("1.9").note.as_ref().unwrap().contains("Срок продлён"));
    }

    #[test]
    fn parents_are_met_at_the_start_of_the_same_year_and_fewer_of_them_in_a_small_school() {
        let parents = row("4.4");
        assert_eq!(parents.term.window(year(2026)).unwrap().from, year(2026).first_day());
        let reached = &parents.rules[1];
        assert_eq!(reached.target_text(SchoolTraits { small_school: true }), "не менее 70 представителей");
        assert_eq!(reached.target_text(SchoolTraits { small_school: false }), "не менее 500 представителей");
    }

    const SMALL: &str = r#"
        title = "Карта"
        [[section]]
        number = "1"
        title = "Раздел"
        [[section.row]]
        number = "1.1"
        title = "Мероприятие"
        term = "октябрь"
        responsible = ["head"]
        result = ""
        document = ""
        rules = [{ measure = "a.b", is = "at_least", target = 5 }]
        [[measure]]
        key = "a.b"
        title = "Показатель"
        unit = ["раз", "раза", "раз"]
        module = "Модуль"
    "#;

    #[test]
    fn a_mistake_in_a_template_is_named_with_its_row() {
        assert!(Template::parse(SMALL).is_ok());
        let mistakes = [
            ("октябрь", "октябрь 2023", "В строке 1.1 шаблона непонятный срок «октябрь 2023»."),
            ("октябрь", "когда-нибудь", "В строке 1.1 шаблона непонятный срок «когда-нибудь»."),
            ("measure = \"a.b\"", "measure = \"a.c\"", "В строке 1.1 шаблона неизвестный показатель «a.c»."),
            (
                "target = 5",
                "target = 0",
                "В строке 1.1 шаблона показатель «a.b»: Укажите целевое значение больше нуля.",
            ),
            (
                "document = \"\"",
                "document = \"\"\nindicator_of = \"9\"",
                "Строка 1.1 шаблона ссылается на показатель строки 9, которой выше нет.",
            ),
        ];
        for (right, wrong, refusal) in mistakes {
            assert_eq!(Template::parse(&SMALL.replacen(right, wrong, 1)).unwrap_err().to_string(), refusal);
        }
        for (right, wrong) in [("\"head\"", "\"king\""), ("title", "titel"), ("at_least", "at_most")] {
            let refusal = Template::parse(&SMALL.replacen(right, wrong, 1)).unwrap_err();
            assert!(matches!(refusal, TemplateError::Unreadable { .. }), "{wrong}");
        }
    }
}
