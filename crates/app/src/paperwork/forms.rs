//! What browsers send about papers, turned into what the actions want; errors are sentences by field.

use super::{actions::Wish, model::PaperId};
use crate::{
    consents::ConsentId,
    web::{
        Errors, UploadForm,
        ui::field::{Choice, Control, Field},
    },
};
use chrono::NaiveDate;
use serde::Deserialize;

/// Files a scan or a photo of a signed paper may be.
pub const SCANS: &str = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.zip";

/// Papers to be printed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrintingForm {
    paper: Vec<String>,
}

impl PrintingForm {
    /// Returns the papers; one nobody could have ticked is a missing one.
    pub fn papers(&self) -> Option<Vec<PaperId>> {
        self.paper.iter().map(|id| id.parse().ok()).collect()
    }
}

/// Blanks of a class to be printed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlanksForm {
    consent: Vec<String>,
}

impl BlanksForm {
    /// Returns the consents; one nobody could have ticked is a missing one.
    pub fn consents(&self) -> Option<Vec<ConsentId>> {
        self.consent.iter().map(|id| id.parse().ok()).collect()
    }
}

/// A signed copy.
#[derive(Debug, Default, Clone)]
pub struct ScanForm {
    pub signed_on: String,
}

impl ScanForm {
    pub fn sent(sent: &UploadForm) -> Self {
        Self { signed_on: sent.text("signed_on").to_owned() }
    }

    /// Returns the day of the signature.
    pub fn check(&self, today: NaiveDate) -> Result<NaiveDate, Errors> {
        match self.signed_on.parse::<NaiveDate>() {
            Ok(day) if day <= today => Ok(day),
            Ok(_) => Err(Errors::one("signed_on", "Дата подписи ещё не наступила.")),
            Err(_) => Err(Errors::one("signed_on", "Укажите дату подписи.")),
        }
    }

    /// Returns the fields of the form.
    pub fn fields(&self, errors: &Errors) -> Vec<Field> {
        vec![
            Field::new("signed_on", "Дата подписи")
                .required()
                .control(Control::Date)
                .value(self.signed_on.clone())
                .error(errors.of("signed_on")),
            Field::new("file", "Скан или фото, до 20 МБ")
                .required()
                .control(Control::File { accept: SCANS })
                .hint("Несколько страниц — одним PDF или архивом ZIP.")
                .error(errors.of("file")),
        ]
    }
}

/// A registration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RegistrationForm {
    pub version: String,
    pub journal: String,
    pub on: String,
    pub number: String,
    pub reason: String,
}

impl RegistrationForm {
    /// Returns how the paper is to be registered.
    pub fn check(&self) -> Result<Wish, Errors> {
        let mut errors = Errors::none();
        let version = self.version.parse::<i64>().ok();
        errors.expect(version.is_some(), "", "Форма устарела. Откройте страницу заново.");
        let on = self.on.parse::<NaiveDate>().ok();
        errors.expect(on.is_some(), "on", "Укажите дату документа.");
        let number = match self.number.trim() {
            "" => Some(None),
            text => text.parse::<i64>().ok().map(Some),
        };
        errors.expect(
            number.is_some(),
            "number",
            "Номер — целое число без букв: приставка и окончание стоят в журнале.",
        );
        let reason = errors.optional_text("reason", &self.reason, 300);
        match (version, on, number) {
            (Some(version), Some(on), Some(number)) if errors.is_empty() => {
                Ok(Wish { version, journal: self.journal.clone(), on, number, reason })
            }
            _ => Err(errors),
        }
    }

    /// Returns the fields of the form; `journals` are words with titles and the next number.
    pub fn fields(&self, journals: Vec<Choice>, errors: &Errors) -> Vec<Field> {
        vec![
            Field::new("version", "").control(Control::Hidden).value(self.version.clone()),
            Field::new("journal", "Журнал")
                .required()
                .control(Control::Select(journals))
                .value(self.journal.clone())
                .error(errors.of("journal")),
            Field::new("on", "Дата документа")
                .required()
                .control(Control::Date)
                .value(self.on.clone())
                .error(errors.of("on")),
            Field::new("number", "Номер, если не следующий")
                .control(Control::Number { fraction: false })
                .value(self.number.clone())
                .hint("Оставьте пустым, и документ получит следующий номер журнала.")
                .error(errors.of("number")),
            Field::new("reason", "Чем заняты пропущенные номера")
                .value(self.reason.clone())
                .hint("Нужно, только если номер больше следующего: «приказы по кадрам». Остаётся в журнале.")
                .error(errors.of("reason")),
        ]
    }
}

/// A cancellation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CancellationForm {
    pub version: String,
    pub reason: String,
}

impl CancellationForm {
    /// Returns the version that was seen and the reason.
    pub fn check(&self) -> Result<(i64, String), Errors> {
        let mut errors = Errors::none();
        let version = self.version.parse::<i64>().ok();
        errors.expect(version.is_some(), "", "Форма устарела. Откройте страницу заново.");
        let reason = errors.text("reason", &self.reason, 300);
        match version {
            Some(version) if errors.is_empty() => Ok((version, reason)),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_is_digits_and_may_be_left_to_the_journal() {
        let sent = RegistrationForm { version: "1".into(), on: "2026-11-20".into(), ..RegistrationForm::default() };
        assert_eq!(sent.check().unwrap().number, None);
        let own = RegistrationForm { number: " 45 ".into(), ..sent.clone() };
        assert_eq!(own.check().unwrap().number, Some(45));
        let letters = RegistrationForm { number: "45-ОД".into(), ..sent };
        assert!(letters.check().unwrap_err().of("number").is_some());
    }

    #[test]
    fn a_signature_lies_in_the_past() {
        let on = |text: &str| ScanForm { signed_on: text.into() }.check(day("2026-11-22"));
        assert_eq!(on("2026-11-22"), Ok(day("2026-11-22")));
        assert!(on("2026-11-23").is_err() && on("").is_err());
    }
}
