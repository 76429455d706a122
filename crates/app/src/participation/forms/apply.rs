//! The public application and the link it is sent under.

use super::{
    LINE_MAX, TEXT_MAX,
    answers::{listed, slots},
    day,
};
use crate::{
    participation::{
        application::ApplicationAnswers,
        model::{ApplicationId, LinkId, Side, Source},
    },
    web::Errors,
    words::one_line,
};
use chrono::NaiveDate;
use serde::Deserialize;

/// A link to be opened.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    /// Comes from the page, so that a form sent twice opens one link.
    pub id: LinkId,
    #[serde(default)]
    pub side: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub closes_on: String,
}

impl LinkForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        Self {
            id: LinkId::fresh(),
            side: String::new(),
            source: Source::Own.word().to_owned(),
            closes_on: String::new(),
        }
    }

    /// Returns the side, the source and the last day, or what is wrong.
    pub fn check(&self, today: NaiveDate, last_day: NaiveDate) -> Result<(Side, Source, NaiveDate), Errors> {
        let mut errors = Errors::none();
        let side = self.side.parse::<Side>().ok();
        errors.expect(side.is_some(), "side", "Выберите, кто будет подавать заявку.");
        let source = self.source.parse::<Source>().ok();
        errors.expect(source.is_some(), "source", "Выберите, где будет ссылка.");
        let closes_on = day(&mut errors, "closes_on", &self.closes_on);
        let is_within = closes_on.is_none_or(|on| (today..=last_day).contains(&on));
        errors.expect(is_within, "closes_on", "Последний день — с сегодняшнего и до конца учебного года.");
        match (side, source, closes_on) {
            (Some(side), Some(source), Some(closes_on)) if errors.is_empty() => Ok((side, source, closes_on)),
            _ => Err(errors),
        }
    }
}

/// What somebody sends who applies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplyForm {
    /// Comes from the page, so that a form sent twice is one application.
    pub id: ApplicationId,
    #[serde(default)]
    pub full_name: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub contact: String,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub own_topics: String,
    #[serde(default)]
    pub interests: Vec<String>,
    #[serde(default)]
    pub own_interests: String,
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub slots: Vec<String>,
    #[serde(default)]
    pub time_note: String,
}

impl ApplyForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        let empty = String::new;
        Self {
            id: ApplicationId::fresh(),
            full_name: empty(),
            place: empty(),
            contact: empty(),
            topics: vec![],
            own_topics: empty(),
            interests: vec![],
            own_interests: empty(),
            words: empty(),
            slots: vec![],
            time_note: empty(),
        }
    }

    /// Returns the answers, or what is wrong.
    pub fn check(&self) -> Result<ApplicationAnswers, Errors> {
        let mut errors = Errors::none();
        let full_name = errors.text("full_name", &one_line(&self.full_name), LINE_MAX);
        let is_whole = full_name.is_empty() || full_name.split(' ').count() >= 2;
        errors.expect(is_whole, "full_name", "Напишите фамилию и имя.");
        let answers = ApplicationAnswers {
            full_name,
            place: errors.text("place", &one_line(&self.place), LINE_MAX),
            contact: errors.text("contact", &one_line(&self.contact), LINE_MAX),
            topics: listed(&mut errors, "own_topics", &self.topics, &self.own_topics),
            interests: listed(&mut errors, "own_interests", &self.interests, &self.own_interests),
            words: errors.optional_text("words", &self.words, TEXT_MAX),
            slots: slots(&mut errors, &self.slots),
            time_note: errors.optional_text("time_note", &one_line(&self.time_note), LINE_MAX),
        };
        if errors.is_empty() { Ok(answers) } else { Err(errors) }
    }
}
