//! The settings of a year.

use super::optional_number;
use crate::{
    participation::settings::{AGES, Settings, YOUNG_YEARS_MAX},
    web::Errors,
};
use serde::Deserialize;

/// What the form of the settings sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SettingsForm {
    pub age_from: String,
    pub age_to: String,
    pub counts: String,
    pub young_years: String,
    pub signers: String,
    pub clearance_blocks: String,
    pub special_categories: String,
    pub version: i64,
}

impl SettingsForm {
    /// Returns the form of the settings as they are saved.
    pub fn of(settings: &Settings) -> Self {
        let tick = |ticked| if ticked { "on" } else { "" }.to_owned();
        Self {
            age_from: settings.age_from.to_string(),
            age_to: settings.age_to.to_string(),
            counts: if settings.counts_mentors { "both" } else { "mentees" }.to_owned(),
            young_years: settings.young_years.to_string(),
            signers: if settings.both_sign_from_14 { "both" } else { "minor" }.to_owned(),
            clearance_blocks: tick(settings.clearance_blocks),
            special_categories: tick(settings.special_categories),
            version: settings.version,
        }
    }

    /// Returns the settings, or what is wrong.
    pub fn check(&self) -> Result<Settings, Errors> {
        let mut errors = Errors::none();
        let mut number = |field, value: &str, bounds| {
            let number = optional_number(&mut errors, field, value, &bounds);
            errors.expect(!value.trim().is_empty(), field, "Заполните это поле.");
            number.unwrap_or_default()
        };
        let age_from = number("age_from", &self.age_from, AGES);
        let age_to = number("age_to", &self.age_to, AGES);
        let young_years = number("young_years", &self.young_years, 0..=YOUNG_YEARS_MAX);
        if errors.is_empty() {
            errors.expect(age_from <= age_to, "age_to", "Верхняя граница возраста меньше нижней.");
        }
        errors.expect(["both", "mentees"].contains(&self.counts.as_str()), "counts", "Выберите, кого считать.");
        errors.expect(["both", "minor"].contains(&self.signers.as_str()), "signers", "Выберите, кто подписывает.");
        let settings = Settings {
            age_from,
            age_to,
            counts_mentors: self.counts == "both",
            young_years,
            both_sign_from_14: self.signers == "both",
            clearance_blocks: self.clearance_blocks == "on",
            special_categories: self.special_categories == "on",
            version: self.version,
        };
        if errors.is_empty() { Ok(settings) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_back_from_their_form() {
        let settings = Settings { counts_mentors: false, special_categories: true, ..Settings::default() };
        assert_eq!(SettingsForm::of(&settings).check(), Ok(settings));
    }

    #[test]
    fn ages_that_cannot_be_are_refused_by_field() {
        let form = SettingsForm::of(&Settings::default());
        let refused = |form: SettingsForm, field: &str| form.check().unwrap_err().of(field).map(str::to_owned);
        let turned = SettingsForm { age_from: "18".into(), age_to: "10".into(), ..form.clone() };
        assert_eq!(refused(turned, "age_to").as_deref(), Some("Верхняя граница возраста меньше нижней."));
        let words = SettingsForm { age_from: "десять".into(), ..form.clone() };
        assert_eq!(refused(words, "age_from").as_deref(), Some("Введите целое число от 3 до 25."));
        assert!(refused(SettingsForm { young_years: String::new(), ..form }, "young_years").is_some());
    }
}
