//! What can be asked of a row: the measures and comparisons a person chooses from, and the least that always stays.
//!
//! A row that asked for nothing could be closed by a tick: when nothing else is asked, a document is.

use super::{
    indicator::{Comparison, Operator, Rule, Unit},
    measures,
    template::{Measure, Template},
};

/// Comparisons of a plain count: there is no whole to take a share of.
const COUNTED: &[Comparison] = &[Comparison::Exists, Comparison::AtLeast];

/// Comparisons of a total over the rows: it has a whole and no groups.
const OF_A_WHOLE: &[Comparison] = &[Comparison::ShareAtLeast, Comparison::AtLeast, Comparison::All];

/// Returns the measures a row can be given: those of the template but the totals.
pub fn measures_offered() -> impl Iterator<Item = &'static Measure> {
    let all = Template::built_in().map_or(&[][..], |template| &template.measures);
    all.iter().filter(|measure| !measures::is_total(&measure.key))
}

/// Returns the comparisons that a measure can be read by; another one would stay «нет данных» for ever.
pub fn comparisons(measure: &str) -> &'static [Comparison] {
    if measure == measures::DOCUMENTS {
        COUNTED
    } else if measures::is_total(measure) {
        OF_A_WHOLE
    } else {
        &Comparison::ALL
    }
}

/// Returns a measure as it is asked of a row.
pub fn rule(measure: &Measure, operator: Operator) -> Rule {
    Rule { measure: measure.key.clone(), title: measure.title.clone(), unit: measure.unit.clone(), operator }
}

/// Returns the rule of a row nothing else is asked of: somebody attaches the document that proves it.
pub fn a_document() -> Rule {
    Rule {
        measure: measures::DOCUMENTS.to_owned(),
        title: "Приложенные документы".to_owned(),
        unit: Unit::new("документ", "документа", "документов"),
        operator: Operator::Exists,
    }
}

/// Returns the rules, or a document in place of none.
pub fn or_a_document(rules: Vec<Rule>) -> Vec<Rule> {
    if rules.is_empty() { vec![a_document()] } else { rules }
}

/// Tells whether a rule may be taken off: by a total the program knows that the row does not count itself.
pub fn may_be_taken_off(rule: &Rule) -> bool {
    !measures::is_total(&rule.measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_asks_for_nothing_asks_for_a_document() {
        assert_eq!(or_a_document(vec![]), [a_document()]);
        let asked = vec![Rule { operator: Operator::All, ..a_document() }];
        assert_eq!(or_a_document(asked.clone()), asked);
    }

    #[test]
    fn the_document_is_asked_for_in_the_words_of_the_template() {
        let known = Template::built_in().unwrap().measure(measures::DOCUMENTS).unwrap();
        assert_eq!(rule(known, Operator::Exists), a_document());
    }

    #[test]
    fn every_rule_of_the_template_compares_as_its_measure_can_be_read() {
        for row in Template::built_in().unwrap().rows() {
            for rule in &row.rules {
                let comparison = rule.operator.comparison();
                assert!(comparisons(&rule.measure).contains(&comparison), "{}: {}", row.number, rule.measure);
            }
        }
    }

    #[test]
    fn totals_are_neither_offered_nor_taken_off() {
        assert!(measures_offered().all(|measure| may_be_taken_off(&rule(measure, Operator::Exists))));
        assert!(measures_offered().any(|measure| measure.key == measures::DOCUMENTS));
        assert!(!may_be_taken_off(&Rule { measure: measures::ROWS_DONE.to_owned(), ..a_document() }));
    }
}
