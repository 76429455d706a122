//! The form of an agreement.

use super::{LINE_MAX, NAME_MAX, NOTE_MAX, day};
use crate::{
    participation::dictionary::Dictionary,
    partners::{
        model::{Agreement, AgreementId},
        queries::NewAgreement,
    },
    web::Errors,
    words::one_line,
};
use chrono::NaiveDate;
use serde::Deserialize;

/// An agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementForm {
    pub id: AgreementId,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub forms: Vec<String>,
    #[serde(default)]
    pub prepared_on: String,
    #[serde(default)]
    pub signed_on: String,
    #[serde(default)]
    pub valid_from: String,
    #[serde(default)]
    pub valid_until: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub version: i64,
}

/// The word of the form that most agreements are about.
const USUAL_FORM: &str = "employer_pupil";

/// What agreements with partners are about.
const SUBJECT: &str = "Наставничество обучающихся силами сотрудников организации";

impl AgreementForm {
    /// Returns the form of an agreement that is begun today.
    pub fn fresh(today: NaiveDate) -> Self {
        let empty = String::new;
        Self {
            id: AgreementId::fresh(),
            number: empty(),
            subject: SUBJECT.to_owned(),
            forms: vec![Dictionary::built_in().form_title(USUAL_FORM).to_owned()],
            prepared_on: today.to_string(),
            signed_on: empty(),
            valid_from: empty(),
            valid_until: empty(),
            note: empty(),
            version: 1,
        }
    }

    /// Returns the form of an agreement as it is saved.
    pub fn of(agreement: &Agreement) -> Self {
        Self {
            id: agreement.id,
            number: agreement.number.clone(),
            subject: agreement.subject.clone(),
            forms: agreement.forms.0.clone(),
            prepared_on: agreement.prepared_on.to_string(),
            signed_on: written(agreement.signed_on),
            valid_from: written(agreement.valid_from),
            valid_until: written(agreement.valid_until),
            note: agreement.note.clone(),
            version: agreement.version,
        }
    }

    /// Returns what is said, or what is wrong with it; `offered` are the forms of mentoring to choose from.
    pub fn check(&self, offered: &[String], today: NaiveDate) -> Result<NewAgreement, Errors> {
        let mut errors = Errors::none();
        let number = errors.optional_text("number", &one_line(&self.number), LINE_MAX);
        let subject = errors.text("subject", &self.subject, NAME_MAX);
        let forms: Vec<String> = offered.iter().filter(|title| self.forms.contains(title)).cloned().collect();
        let are_known = self.forms.iter().all(|title| offered.contains(title));
        errors.expect(are_known, "forms", "Выберите формы наставничества из списка.");
        let prepared_on = day(&mut errors, "prepared_on", &self.prepared_on);
        if self.prepared_on.trim().is_empty() {
            errors.add("prepared_on", "Укажите, когда начата подготовка.");
        }
        let signed_on = day(&mut errors, "signed_on", &self.signed_on);
        let valid_from = day(&mut errors, "valid_from", &self.valid_from);
        let valid_until = day(&mut errors, "valid_until", &self.valid_until);
        let note = errors.optional_text("note", &self.note, NOTE_MAX);
        self.check_order(&mut errors, (prepared_on, signed_on, valid_from, valid_until), today);
        match prepared_on {
            Some(prepared_on) if errors.is_empty() => {
                let (id, version) = (self.id, self.version);
                Ok(NewAgreement {
                    id,
                    number,
                    subject,
                    forms,
                    prepared_on,
                    signed_on,
                    valid_from,
                    valid_until,
                    note,
                    version,
                })
            }
            _ => Err(errors),
        }
    }

    /// Notes what is wrong with the order of the days, and a signed agreement without a number.
    fn check_order(
        &self,
        errors: &mut Errors,
        (prepared, signed, from, until): (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>),
        today: NaiveDate,
    ) {
        let in_order = |before: Option<NaiveDate>, after: Option<NaiveDate>| {
            before.zip(after).is_none_or(|(before, after)| before <= after)
        };
        errors.expect(
            signed.is_none() || !self.number.trim().is_empty(),
            "number",
            "У подписанного соглашения есть номер. Если школа их не нумерует, напишите «б/н».",
        );
        errors.expect(in_order(signed, Some(today)), "signed_on", "День подписания ещё не наступил.");
        errors.expect(
            in_order(prepared, signed),
            "signed_on",
            "Подписано раньше, чем начата подготовка: проверьте дни.",
        );
        errors.expect(
            in_order(signed.or(prepared), until),
            "valid_until",
            "Последний день раньше подписания: проверьте дни.",
        );
        errors.expect(in_order(from, until), "valid_until", "Последний день раньше первого: проверьте дни.");
    }
}

fn written(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}
