//! Words a school adds to the dictionaries.

use super::LINE_MAX;
use crate::{
    participation::dictionary::{FormId, MentoringForm, TopicId},
    people::Kind,
    web::Errors,
    words::one_line,
};
use serde::Deserialize;

/// A form of mentoring.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormForm {
    /// Comes from the page, so that a form sent twice adds one.
    pub id: FormId,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub mentor: String,
    #[serde(default)]
    pub mentee: String,
    #[serde(default)]
    pub role_models: String,
}

impl FormForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        let empty = String::new;
        Self { id: FormId::fresh(), title: empty(), mentor: empty(), mentee: empty(), role_models: empty() }
    }

    /// Returns the form of mentoring, or what is wrong.
    pub fn check(&self) -> Result<MentoringForm, Errors> {
        let mut errors = Errors::none();
        let title = errors.text("title", &one_line(&self.title), LINE_MAX);
        let mut kind = |field, word: &str| {
            let kind = word.parse::<Kind>().ok();
            errors.expect(kind.is_some(), field, "Выберите из списка.");
            kind
        };
        let (mentor, mentee) = (kind("mentor", &self.mentor), kind("mentee", &self.mentee));
        let role_models: Vec<String> =
            self.role_models.lines().map(one_line).filter(|model| !model.is_empty()).collect();
        let fit = role_models.len() <= 20 && role_models.iter().all(|model| model.chars().count() <= LINE_MAX);
        errors.expect(fit, "role_models", "До 20 ролевых моделей, каждая до 200 знаков.");
        match (mentor, mentee) {
            (Some(mentor), Some(mentee)) if errors.is_empty() => Ok(MentoringForm {
                id: Some(self.id),
                word: self.id.to_string(),
                title,
                mentor,
                mentee,
                role_models,
                is_target_model: false,
            }),
            _ => Err(errors),
        }
    }
}

/// A topic.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicForm {
    pub id: TopicId,
    #[serde(default)]
    pub topic: String,
}

impl TopicForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        Self { id: TopicId::fresh(), topic: String::new() }
    }

    /// Returns the topic, or what is wrong.
    pub fn check(&self) -> Result<String, Errors> {
        let mut errors = Errors::none();
        let topic = errors.text("topic", &one_line(&self.topic), 100);
        if errors.is_empty() { Ok(topic) } else { Err(errors) }
    }
}
