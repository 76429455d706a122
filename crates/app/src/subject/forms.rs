//! What a browser sends to have a person erased.

use super::model::{Basis, NewErasure};
use crate::{
    web::{
        Errors,
        ui::field::{Choice, Control, Field},
    },
    words,
};
use serde::Deserialize;

/// The longest explanation, in characters.
const REASON_MAX: usize = 500;

/// The form of an erasure.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ErasureForm {
    pub version: String,
    pub number: String,
    pub basis: String,
    pub reason: String,
    pub printed: String,
}

impl ErasureForm {
    /// Returns what the act says, or what is wrong; `names_somebody` tells of a text that it names who is erased.
    pub fn act(&self, names_somebody: impl Fn(&str) -> bool) -> Result<NewErasure, Errors> {
        let mut errors = Errors::none();
        let basis = errors.value("basis", self.basis.parse::<Basis>().map_err(|_| "Выберите причину."));
        let reason = errors.text("reason", &self.reason, REASON_MAX);
        errors.expect(
            !names_somebody(&reason),
            "reason",
            "Не называйте здесь фамилию: пояснение остаётся в программе. Имя стоит в напечатанном акте.",
        );
        let stale = "Откройте страницу заново: она устарела.";
        let number = errors.value("reason", self.number.parse::<i64>().map_err(|_| stale));
        let version = errors.value("reason", self.version.parse::<i64>().map_err(|_| stale));
        match (basis, number, version) {
            (Some(basis), Some(number), Some(version)) if errors.is_empty() => {
                Ok(NewErasure { basis, reason, number, version })
            }
            _ => Err(errors),
        }
    }

    /// Returns what is asked for, if the act was printed, or what is wrong.
    pub fn check(&self, names_somebody: impl Fn(&str) -> bool) -> Result<NewErasure, Errors> {
        let mut errors = match self.act(names_somebody) {
            Ok(new) if self.printed == "on" => return Ok(new),
            Ok(_) => Errors::none(),
            Err(errors) => errors,
        };
        errors.expect(
            self.printed == "on",
            "printed",
            "Сначала скачайте и напечатайте акт: после уничтожения имени в программе не останется.",
        );
        Err(errors)
    }

    /// Returns the fields of the act.
    pub fn fields(&self, errors: &Errors) -> Vec<Field> {
        let bases = Basis::ALL.iter().map(|one| Choice::new(one.word(), words::capitalised(one.label()))).collect();
        vec![
            Field::new("basis", "Причина уничтожения")
                .control(Control::Radios(bases))
                .value(&self.basis)
                .required()
                .error(errors.of("basis")),
            Field::new("reason", "Пояснение")
                .control(Control::Textarea { rows: 3 })
                .value(&self.reason)
                .hint("Какой документ и от какого числа. Без фамилий. Например: «заявление законного представителя от 20.11.2026».")
                .required()
                .error(errors.of("reason")),
        ]
    }

    /// Returns the box to be ticked when the act is on paper.
    pub fn printed_field(&self, errors: &Errors) -> Field {
        Field::new("printed", "Акт скачан и напечатан")
            .control(Control::Checkbox)
            .value(&self.printed)
            .required()
            .error(errors.of("printed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ErasureForm {
        ErasureForm {
            version: "2".into(),
            number: "1".into(),
            basis: "withdrawal".into(),
            reason: " Заявление от 20.11.2026 ".into(),
            printed: "on".into(),
        }
    }

    #[test]
    fn an_erasure_has_a_cause_a_reason_and_a_printed_act() {
        let new = form().check(|_| false).unwrap();
        assert_eq!((new.basis, new.reason.as_str(), new.version), (Basis::Withdrawal, "Заявление от 20.11.2026", 2));
        let errors = ErasureForm::default().check(|_| false).unwrap_err();
        for field in ["basis", "reason", "printed"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
        let unprinted = ErasureForm { printed: String::new(), ..form() };
        assert!(unprinted.act(|_| false).is_ok(), "the act is printed first");
        assert!(unprinted.check(|_| false).unwrap_err().of("printed").is_some());
    }

    #[test]
    fn a_reason_that_names_who_is_erased_is_refused() {
        assert!(form().check(|text| text.contains("Заявление")).unwrap_err().of("reason").is_some());
    }
}
