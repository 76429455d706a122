//! What somebody says about the participation: request or competences, form, time.

use super::{LINE_MAX, TEXT_MAX, optional_day, optional_number};
use crate::{
    access::UserId,
    participation::{
        dictionary::Dictionary,
        model::{Answers, Participant, Side, Topic, TopicKind, topics_of},
        slots::Slot,
    },
    web::Errors,
    words::one_line,
};
use chrono::NaiveDate;
use serde::Deserialize;

/// Topics of one kind at most.
const TOPICS_MAX: usize = 20;

/// What the form of the answers sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswersForm {
    pub form: String,
    pub role_model: String,
    pub topics: Vec<String>,
    pub own_topics: String,
    pub interests: Vec<String>,
    pub own_interests: String,
    pub request_text: String,
    pub desired_partner: String,
    pub achievements: String,
    pub age_from: String,
    pub age_to: String,
    pub capacity: String,
    pub hours_per_week: String,
    pub slots: Vec<String>,
    pub time_note: String,
    pub applied_on: String,
    pub trained_on: String,
    pub group_curator: String,
    pub version: i64,
}

/// Returns what a participation's topics are called: a request of a mentee, competences of a mentor.
pub fn kind_of(side: Side) -> TopicKind {
    match side {
        Side::Mentee => TopicKind::Request,
        Side::Mentor => TopicKind::Competence,
    }
}

impl AnswersForm {
    /// Returns the form of a participation as it is saved.
    pub fn of(participant: &Participant, topics: &[Topic], dictionary: &Dictionary) -> Self {
        let p = participant;
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let split = |kind, interests| {
            let known: Vec<&str> = dictionary.topics(interests).collect();
            let (ticked, own): (Vec<&str>, Vec<&str>) =
                topics_of(topics, p.id, kind).into_iter().partition(|topic| known.contains(topic));
            (ticked.into_iter().map(str::to_owned).collect(), own.join(", "))
        };
        let (ticked, own_topics) = split(kind_of(p.side), false);
        let (interests, own_interests) = split(TopicKind::Interest, true);
        Self {
            form: p.form.clone(),
            role_model: p.role_model.clone(),
            topics: ticked,
            own_topics,
            interests,
            own_interests,
            request_text: p.request_text.clone(),
            desired_partner: p.desired_partner.clone(),
            achievements: p.achievements.clone(),
            age_from: number(p.age_from),
            age_to: number(p.age_to),
            capacity: p.capacity.to_string(),
            hours_per_week: number(p.hours_per_week),
            slots: p.slots.0.iter().map(|slot| slot.word()).collect(),
            time_note: p.time_note.clone(),
            applied_on: day(p.applied_on),
            trained_on: day(p.trained_on),
            group_curator: p.group_curator_id.map(|id| id.to_string()).unwrap_or_default(),
            version: p.version,
        }
    }

    /// Returns the answers of a side, or what is wrong.
    pub fn check(&self, side: Side, dictionary: &Dictionary, today: NaiveDate) -> Result<Answers, Errors> {
        let mut errors = Errors::none();
        let is_known_form = self.form.is_empty() || dictionary.form(&self.form).is_some();
        errors.expect(is_known_form, "form", "Выберите форму из списка.");
        let ages = 3..=99;
        let age_from = optional_number(&mut errors, "age_from", &self.age_from, &ages);
        let age_to = optional_number(&mut errors, "age_to", &self.age_to, &ages);
        let is_range = age_from.zip(age_to).is_none_or(|(from, to)| from <= to);
        errors.expect(is_range, "age_to", "Верхняя граница возраста меньше нижней.");
        let trained_on = optional_day(&mut errors, "trained_on", &self.trained_on);
        let applied_on = optional_day(&mut errors, "applied_on", &self.applied_on);
        errors.expect(trained_on.is_none_or(|on| on <= today), "trained_on", "Дата позже сегодняшней.");
        errors.expect(applied_on.is_none_or(|on| on <= today), "applied_on", "Дата позже сегодняшней.");
        let group_curator = (!self.group_curator.is_empty()).then(|| self.group_curator.parse::<UserId>());
        let group_curator = group_curator.and_then(|id| errors.value("group_curator", id.map_err(|()| NO_USER)));
        let answers = Answers {
            form: self.form.clone(),
            role_model: errors.optional_text("role_model", &one_line(&self.role_model), LINE_MAX),
            request_text: errors.optional_text("request_text", &self.request_text, TEXT_MAX),
            desired_partner: errors.optional_text("desired_partner", &self.desired_partner, TEXT_MAX),
            achievements: errors.optional_text("achievements", &self.achievements, TEXT_MAX),
            age_from,
            age_to,
            capacity: optional_number(&mut errors, "capacity", &self.capacity, &(1..=30)).unwrap_or(1),
            hours_per_week: optional_number(&mut errors, "hours_per_week", &self.hours_per_week, &(1..=40)),
            slots: slots(&mut errors, &self.slots),
            time_note: errors.optional_text("time_note", &one_line(&self.time_note), LINE_MAX),
            applied_on,
            trained_on,
            group_curator,
            topics: self.all_topics(kind_of(side), &mut errors),
        };
        if errors.is_empty() { Ok(answers) } else { Err(errors) }
    }

    fn all_topics(&self, kind: TopicKind, errors: &mut Errors) -> Vec<(TopicKind, String)> {
        let topics = listed(errors, "own_topics", &self.topics, &self.own_topics);
        let interests = listed(errors, "own_interests", &self.interests, &self.own_interests);
        let topics = topics.into_iter().map(|topic| (kind, topic));
        topics.chain(interests.into_iter().map(|topic| (TopicKind::Interest, topic))).collect()
    }
}

const NO_USER: &str = "Выберите куратора из списка.";

/// Takes parts of the week.
pub fn slots(errors: &mut Errors, words: &[String]) -> Vec<Slot> {
    let mut slots: Vec<Slot> = words.iter().filter_map(|word| errors.value("slots", word.parse())).collect();
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// Takes words that were ticked and words written with commas between them.
pub fn listed(errors: &mut Errors, field: &'static str, ticked: &[String], own: &str) -> Vec<String> {
    let own = own.split([',', ';', '\n']).map(one_line).filter(|word| !word.is_empty());
    let mut all: Vec<String> = ticked.iter().map(|word| one_line(word)).chain(own).collect();
    all.sort_unstable();
    all.dedup();
    errors.expect(all.iter().all(|word| word.chars().count() <= 100), field, "Слово или фраза длиннее 100 знаков.");
    errors.expect(all.len() <= TOPICS_MAX, field, "Можно выбрать до 20 слов.");
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn ticked_words_and_own_words_become_one_list_without_repetition() {
        let form = AnswersForm {
            topics: vec!["математика".into()],
            own_topics: "шахматы,  математика ;".into(),
            own_interests: "марки".into(),
            ..AnswersForm::default()
        };
        let answers = form.check(Side::Mentor, Dictionary::built_in(), day()).unwrap();
        let words: Vec<_> = answers.topics.iter().map(|(kind, word)| (*kind, word.as_str())).collect();
        assert_eq!(
            words,
            [(TopicKind::Competence, "математика"), (TopicKind::Competence, "шахматы"), (TopicKind::Interest, "марки")]
        );
        assert_eq!(answers.capacity, 1);
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_field() {
        let form = AnswersForm {
            form: "гильдия".into(),
            age_from: "14".into(),
            age_to: "10".into(),
            capacity: "0".into(),
            slots: vec!["никогда".into()],
            trained_on: "2026-11-23".into(),
            ..AnswersForm::default()
        };
        let errors = form.check(Side::Mentee, Dictionary::built_in(), day()).unwrap_err();
        for field in ["form", "age_to", "capacity", "slots", "trained_on"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
    }
}
