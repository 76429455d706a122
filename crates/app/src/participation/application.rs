//! What somebody sends who applies without an account, and whom on record it may be. Pure.

use super::{
    model::{Answers, Participant, Side, TopicKind},
    slots::Slot,
};
use crate::people::WithdrawnNames;
use chrono::{DateTime, NaiveDate, Utc};
use database::fold;
use serde::{Deserialize, Serialize};

database::stored_as_text! {
    /// What became of an application.
    pub enum Outcome {
        Matched = "matched" => "это человек из записей школы",
        Created = "created" => "новый человек",
        Rejected = "rejected" => "отклонено",
    }
}

/// The applications of one link that may wait: nobody can fill the disk of a school.
pub const WAITING_MAX: i64 = 2000;

/// What somebody sent. Emptied when the application is settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationAnswers {
    pub full_name: String,
    /// Class, place of study or work.
    pub place: String,
    pub contact: String,
    pub topics: Vec<String>,
    pub interests: Vec<String>,
    /// The request of a mentee, the experience of a mentor.
    pub words: String,
    pub slots: Vec<Slot>,
    pub time_note: String,
}

impl ApplicationAnswers {
    /// Tells whether it came under the name of somebody of whom nothing is shown.
    pub fn name_any(&self, withdrawn: &WithdrawnNames) -> bool {
        withdrawn.are_in(&self.full_name)
    }

    /// Returns the answers of the participation an application becomes.
    pub fn answers(&self, participant: &Participant, applied_on: NaiveDate) -> Answers {
        let (kind, request_text, achievements) = match participant.side {
            Side::Mentee => (TopicKind::Request, self.words.clone(), String::new()),
            Side::Mentor => (TopicKind::Competence, String::new(), self.words.clone()),
        };
        let topics = self.topics.iter().map(|topic| (kind, topic.clone()));
        let interests = self.interests.iter().map(|topic| (TopicKind::Interest, topic.clone()));
        Answers {
            form: String::new(),
            role_model: String::new(),
            request_text,
            desired_partner: String::new(),
            achievements,
            age_from: None,
            age_to: None,
            capacity: participant.capacity,
            hours_per_week: None,
            slots: self.slots.clone(),
            time_note: self.time_note.clone(),
            applied_on: Some(applied_on),
            trained_on: None,
            group_curator: None,
            topics: topics.chain(interests).collect(),
        }
    }
}

/// Tells whether a link still takes applications.
pub fn is_open(closes_on: NaiveDate, closed_at: Option<DateTime<Utc>>, today: NaiveDate) -> bool {
    closed_at.is_none() && today <= closes_on
}

/// Says how well a person on record fits an application: nought for not at all, more is better.
///
/// The surname must be the same; the given name, the patronymic and the class make it surer.
pub fn likeness(answers: &ApplicationAnswers, name_key: &str, place: &str) -> u32 {
    let (sent, known) = (fold(&answers.full_name), name_key.split(' ').collect::<Vec<_>>());
    let sent: Vec<&str> = sent.split(' ').collect();
    if sent.first() != known.first() || sent.first().is_none_or(|surname| surname.is_empty()) {
        return 0;
    }
    let same = |place: usize| u32::from(sent.get(place).is_some() && sent.get(place) == known.get(place));
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_same_place = !place.is_empty() && letters(&answers.place) == letters(place);
    1 + 4 * same(1) + 2 * same(2) + 2 * u32::from(is_same_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(full_name: &str, place: &str) -> ApplicationAnswers {
        ApplicationAnswers { full_name: full_name.into(), place: place.into(), ..ApplicationAnswers::default() }
    }

    #[test]
    fn a_namesake_of_the_same_class_fits_best_and_another_surname_not_at_all() {
        let sent = sent("ЁЛКИНА Анна", "7 «Б»");
        let best = likeness(&sent, "елкина анна ивановна", "7Б");
        assert!(best > likeness(&sent, "елкина анна ивановна", "8Б"));
        assert!(likeness(&sent, "елкина анна ивановна", "8Б") > likeness(&sent, "елкина вера ивановна", "7Б"));
        assert_eq!(likeness(&sent, "иванова анна ивановна", "7Б"), 0);
        assert_eq!(likeness(&ApplicationAnswers::default(), "", ""), 0);
    }

    #[test]
    fn a_link_is_open_through_its_last_day_unless_it_was_closed() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        assert!(is_open(day(22), None, day(22)));
        assert!(!is_open(day(21), None, day(22)));
        assert!(!is_open(day(30), Some(DateTime::UNIX_EPOCH), day(22)));
    }
}
