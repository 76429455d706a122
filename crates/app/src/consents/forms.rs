//! What browsers send about consents, turned into what the actions want; errors are sentences by field.

use super::{
    actions::{AskKey, Signing, Whom},
    model::{Consent, ConsentId, Purpose},
    queries::Guardian,
    signing::Required,
};
use crate::{
    people::PersonId,
    school_year::SchoolYear,
    web::{
        Errors, UploadForm,
        ui::field::{Choice, Control, Field},
    },
};
use chrono::NaiveDate;
use serde::Deserialize;

/// Files a scan or a photo of a signed paper may be.
const SCANS: &str = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.zip";

/// Asking several people for a consent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskForm {
    key: String,
    purpose: String,
    person: Vec<String>,
    /// «on» for everybody who lacks a document, or for everybody of the class.
    all: String,
    class: String,
}

impl AskForm {
    /// Returns the key of the form, the purpose and whom it is asked of.
    pub fn check(&self) -> Result<(AskKey, Purpose, Whom), Errors> {
        let mut errors = Errors::none();
        let key = self.key.parse::<AskKey>().ok();
        errors.expect(key.is_some(), "", "Форма устарела. Откройте страницу заново.");
        let purpose = self.purpose.parse::<Purpose>().ok();
        errors.expect(purpose.is_some(), "purpose", "Выберите цель из списка.");
        let people: Option<Vec<PersonId>> = self.person.iter().map(|id| id.parse().ok()).collect();
        errors.expect(people.is_some(), "person", "Отметьте людей из списка.");
        errors.expect(self.all == "on" || !self.person.is_empty(), "person", "Отметьте хотя бы одного человека.");
        match (key, purpose, people) {
            (Some(key), Some(purpose), Some(people)) if errors.is_empty() => {
                let whom = match (self.all.as_str(), self.class.as_str()) {
                    ("on", "") => Whom::Lacking,
                    ("on", class) => Whom::LackingOfClass(class.to_owned()),
                    _ => Whom::These(people),
                };
                Ok((key, purpose, whom))
            }
            _ => Err(errors),
        }
    }
}

/// Blanks that were printed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrintingForm {
    consent: Vec<String>,
    /// The page to return to: a class; the register when absent.
    class: String,
}

impl PrintingForm {
    /// Returns the documents; one nobody could have ticked is a missing one.
    pub fn consents(&self) -> Option<Vec<ConsentId>> {
        self.consent.iter().map(|id| id.parse().ok()).collect()
    }

    /// Returns the class whose page the form stands on.
    pub fn class(&self) -> Option<crate::people::ClassId> {
        self.class.parse().ok()
    }
}

/// What stands on a signed document.
#[derive(Debug, Clone, Default)]
pub struct SigningForm {
    pub signed_on: String,
    pub by_person: String,
    pub representative: String,
    pub valid_until: String,
    pub version: String,
}

impl SigningForm {
    /// Returns the form of a document: what was saved, or what is usual.
    pub fn of(consent: &Consent, required: Required, today: NaiveDate) -> Self {
        use super::model::{SignedAs, Signers};
        let signed = &consent.signed_by.0;
        let representative = signed.iter().find(|signature| signature.signed_as == SignedAs::Representative);
        let by_person = if consent.signed_on.is_some() {
            signed.iter().any(|signature| signature.signed_as == SignedAs::Person)
        } else {
            required.signers != Signers::Representative
        };
        let usual = Self::fresh(by_person, today);
        Self {
            signed_on: consent.signed_on.map_or(usual.signed_on, |day| day.to_string()),
            representative: representative.map(|signature| signature.person.to_string()).unwrap_or_default(),
            valid_until: match consent.signed_on {
                Some(_) => consent.valid_until.map(|day| day.to_string()).unwrap_or_default(),
                None => usual.valid_until,
            },
            by_person: usual.by_person,
            version: consent.version.to_string(),
        }
    }

    /// Returns the form of a new document: signed today, valid until the end of the school year.
    pub fn fresh(by_person: bool, today: NaiveDate) -> Self {
        Self {
            signed_on: today.to_string(),
            by_person: if by_person { "on" } else { "" }.to_owned(),
            valid_until: SchoolYear::containing(today).last_day().to_string(),
            version: "0".into(),
            ..Self::default()
        }
    }

    /// Reads what was sent together with a file.
    pub fn sent(form: &UploadForm) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            signed_on: text("signed_on"),
            by_person: text("by_person"),
            representative: text("representative"),
            valid_until: text("valid_until"),
            version: text("version"),
        }
    }

    /// Returns what stands on the document, or what is wrong.
    pub fn check(&self) -> Result<Signing, Errors> {
        let mut errors = Errors::none();
        let signed_on = self.signed_on.parse::<NaiveDate>().ok();
        errors.expect(signed_on.is_some(), "signed_on", "Укажите дату подписи.");
        let valid_until = (!self.valid_until.is_empty()).then(|| self.valid_until.parse::<NaiveDate>().ok());
        errors.expect(valid_until != Some(None), "valid_until", "Укажите дату или оставьте поле пустым.");
        let chosen = (!self.representative.is_empty()).then(|| self.representative.parse::<PersonId>().ok());
        errors.expect(chosen != Some(None), "representative", "Выберите представителя из списка.");
        errors.expect(
            self.by_person == "on" || chosen.is_some(),
            "representative",
            "Отметьте, кто подписал: представитель, сам человек или оба.",
        );
        let version = self.version.parse().unwrap_or_default();
        match signed_on {
            Some(signed_on) if errors.is_empty() => Ok(Signing {
                version,
                signed_on,
                by_person: self.by_person == "on",
                by_representative: chosen.flatten(),
                valid_until: valid_until.flatten(),
            }),
            _ => Err(errors),
        }
    }

    /// Returns the fields, with the representatives to choose from.
    pub fn fields(&self, guardians: &[Guardian], errors: &Errors) -> Vec<Field> {
        let mut choices = vec![Choice::new("", "не подписывал")];
        choices.extend(guardians.iter().map(|guardian| {
            Choice::new(guardian.id.to_string(), format!("{} ({})", guardian.name(), guardian.grounds))
        }));
        let field =
            |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
        vec![
            field("signed_on", "Дата подписи", &self.signed_on).control(Control::Date).required(),
            field("representative", "Законный представитель", &self.representative).control(Control::Select(choices)),
            field("by_person", "Подписано лично", &self.by_person).control(Control::Checkbox),
            field("valid_until", "Действует до", &self.valid_until)
                .control(Control::Date)
                .hint("Последний день. Если в документе срока нет, оставьте пустым."),
            field("file", "Скан или фото, до 20 МБ", "").control(Control::File { accept: SCANS }),
            Field::new("version", "").control(Control::Hidden).value(self.version.clone()),
        ]
    }
}
