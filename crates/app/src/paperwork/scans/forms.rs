//! What browsers send about scans, turned into what the actions want; errors are sentences by field.

use super::actions::{Decision, Wish};
use crate::{
    paperwork::model::PaperId,
    people::PersonId,
    web::{
        Errors,
        ui::field::{Control, Field},
    },
};
use chrono::NaiveDate;
use serde::Deserialize;

/// A confirmation of what was looked through.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConfirmForm {
    pub version: String,
    pub signed_on: String,
    /// «on» when somebody has looked whether the signatures are there.
    pub seen: String,
    pub paper: Vec<String>,
    /// Ids of a paper and of a representative with a point between.
    pub guardian: Vec<String>,
}

impl ConfirmForm {
    /// Returns what is confirmed.
    pub fn check(&self, today: NaiveDate) -> Result<Wish, Errors> {
        let mut errors = Errors::none();
        let version = self.version.parse::<i64>().ok();
        let papers: Option<Vec<PaperId>> = self.paper.iter().map(|id| id.parse().ok()).collect();
        let guardians: Option<Vec<(PaperId, PersonId)>> = self.guardian.iter().map(|text| pair(text)).collect();
        let is_sound = version.is_some() && papers.is_some() && guardians.is_some();
        errors.expect(is_sound, "", "Форма устарела. Откройте страницу заново.");
        let signed_on = self.signed_on.parse::<NaiveDate>().ok();
        errors.expect(signed_on.is_some(), "signed_on", "Укажите дату подписи.");
        errors.expect(signed_on.is_none_or(|day| day <= today), "signed_on", "Дата подписи ещё не наступила.");
        let is_seen = self.seen == "on" || self.paper.is_empty();
        errors.expect(is_seen, "seen", "Отметьте, что подписи на листах есть: программа их не читает.");
        match (version, signed_on, papers, guardians) {
            (Some(version), Some(signed_on), Some(papers), Some(guardians)) if errors.is_empty() => {
                Ok(Wish { version, signed_on, papers, guardians })
            }
            _ => Err(errors),
        }
    }

    /// Tells whether a paper is ticked.
    pub fn has(&self, paper: PaperId) -> bool {
        self.paper.contains(&paper.to_string())
    }

    /// Returns the field of the day and the field that says that somebody has looked.
    pub fn fields(&self, errors: &Errors) -> [Field; 2] {
        [
            Field::new("signed_on", "Дата подписи на этих листах")
                .required()
                .control(Control::Date)
                .value(self.signed_on.clone())
                .hint("Листы, подписанные в другой день, разложите отдельно: снимите с них отметку.")
                .error(errors.of("signed_on")),
            Field::new("seen", "Подписи на отмеченных листах есть, это проверено по листам или сканам")
                .required()
                .control(Control::Checkbox)
                .value(self.seen.clone())
                .error(errors.of("seen")),
        ]
    }
}

fn pair(text: &str) -> Option<(PaperId, PersonId)> {
    let (paper, person) = text.split_once('.')?;
    Some((paper.parse().ok()?, person.parse().ok()?))
}

/// What is decided about a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecisionForm {
    act: String,
    paper: String,
}

impl DecisionForm {
    /// Returns the decision; nothing for one no page offers.
    pub fn decision(&self) -> Option<Decision> {
        match self.act.as_str() {
            "paper" => self.paper.parse().ok().map(Decision::Paper),
            "drop" => Some(Decision::Drop),
            "open" => Some(Decision::Open),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent() -> ConfirmForm {
        let paper = PaperId::fresh();
        ConfirmForm {
            version: "1".into(),
            signed_on: "2026-11-20".into(),
            seen: "on".into(),
            paper: vec![paper.to_string()],
            guardian: vec![format!("{paper}.{}", PersonId::fresh())],
        }
    }

    fn today() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    #[test]
    fn papers_are_filed_only_when_somebody_has_looked_at_the_signatures() {
        assert_eq!(sent().check(today()).unwrap().papers.len(), 1);
        let blind = ConfirmForm { seen: String::new(), ..sent() };
        assert!(blind.check(today()).unwrap_err().of("seen").is_some());
        let nothing = ConfirmForm { paper: vec![], ..blind };
        assert!(nothing.check(today()).is_ok(), "without papers there is nothing to look at");
    }

    #[test]
    fn a_signature_lies_in_the_past_and_ids_are_ids() {
        let ahead = ConfirmForm { signed_on: "2026-11-23".into(), ..sent() };
        assert!(ahead.check(today()).unwrap_err().of("signed_on").is_some());
        let odd = ConfirmForm { guardian: vec!["x".into()], ..sent() };
        assert!(odd.check(today()).unwrap_err().of("").is_some());
    }

    #[test]
    fn a_decision_is_one_of_those_the_page_offers() {
        let decided = |act: &str, paper: &str| DecisionForm { act: act.into(), paper: paper.into() }.decision();
        assert_eq!((decided("drop", ""), decided("open", "")), (Some(Decision::Drop), Some(Decision::Open)));
        let paper = PaperId::fresh();
        assert_eq!(decided("paper", &paper.to_string()), Some(Decision::Paper(paper)));
        assert_eq!((decided("paper", "x"), decided("burn", "")), (None, None));
    }
}
