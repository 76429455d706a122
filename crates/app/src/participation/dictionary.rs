//! Forms of mentoring, role models, topics: the built-in words and those a school adds. Pure.
//!
//! The built-in words are data: `templates/forms.toml`, `templates/topics.toml`.

use crate::people::Kind;
use serde::Deserialize;
use std::sync::LazyLock;

database::id_type! {
    /// The id of a form of mentoring a school added.
    pub FormId;
    /// The id of a topic a school added.
    pub TopicId;
}

/// A form of mentoring: who is a mentor to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentoringForm {
    /// Set for a form the school added.
    pub id: Option<FormId>,
    pub word: String,
    pub title: String,
    pub mentor: Kind,
    pub mentee: Kind,
    pub role_models: Vec<String>,
    /// One of the five of the target model.
    pub is_target_model: bool,
}

/// Topics that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    pub title: String,
    #[serde(default)]
    pub are_interests: bool,
    pub topics: Vec<String>,
}

/// The words of a school: built-in ones first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dictionary {
    pub forms: Vec<MentoringForm>,
    pub areas: Vec<Area>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsFile {
    form: Vec<FormEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormEntry {
    word: String,
    title: String,
    mentor: Kind,
    mentee: Kind,
    #[serde(default)]
    target_model: bool,
    role_models: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicsFile {
    area: Vec<Area>,
}

impl From<FormEntry> for MentoringForm {
    fn from(entry: FormEntry) -> Self {
        Self {
            id: None,
            word: entry.word,
            title: entry.title,
            mentor: entry.mentor,
            mentee: entry.mentee,
            role_models: entry.role_models,
            is_target_model: entry.target_model,
        }
    }
}

/// The heading of the topics a school added.
const OF_THE_SCHOOL: &str = "Слова школы";

impl Dictionary {
    /// Returns the built-in words; a test reads the files, so that they cannot be broken unnoticed.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Dictionary> = LazyLock::new(|| Dictionary {
            forms: toml::from_str::<FormsFile>(include_str!("../../templates/forms.toml"))
                .map(|file| file.form.into_iter().map(MentoringForm::from).collect())
                .unwrap_or_default(),
            areas: toml::from_str::<TopicsFile>(include_str!("../../templates/topics.toml"))
                .map(|file| file.area)
                .unwrap_or_default(),
        });
        &BUILT_IN
    }

    /// Returns the built-in words with those of a school.
    pub fn with(forms: Vec<MentoringForm>, topics: Vec<String>) -> Self {
        let mut all = Self::built_in().clone();
        all.forms.extend(forms);
        if !topics.is_empty() {
            all.areas.push(Area { title: OF_THE_SCHOOL.to_owned(), are_interests: false, topics });
        }
        all
    }

    /// Returns a form by its word.
    pub fn form(&self, word: &str) -> Option<&MentoringForm> {
        self.forms.iter().find(|form| form.word == word)
    }

    /// Returns the title of a form; empty where none is chosen.
    pub fn form_title(&self, word: &str) -> &str {
        self.form(word).map_or("", |form| form.title.as_str())
    }

    /// Returns the topics of requests and competences, or of interests.
    pub fn topics(&self, interests: bool) -> impl Iterator<Item = &str> {
        self.areas
            .iter()
            .filter(move |area| area.are_interests == interests)
            .flat_map(|area| area.topics.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use database::fold;
    use std::collections::BTreeSet;

    #[test]
    fn the_five_forms_of_the_target_model_are_built_in_with_their_role_models() {
        let forms = &Dictionary::built_in().forms;
        assert_eq!(forms.iter().filter(|form| form.is_target_model).count(), 5);
        assert!(forms.len() > 5 && forms.iter().all(|form| !form.role_models.is_empty()));
        let words: BTreeSet<_> = forms.iter().map(|form| &form.word).collect();
        assert_eq!(words.len(), forms.len(), "a word of a form stands twice");
        let pupils = Dictionary::built_in().form("pupil_pupil").unwrap();
        assert_eq!((pupils.mentor, pupils.mentee), (Kind::Pupil, Kind::Pupil));
    }

    #[test]
    fn every_topic_stands_once() {
        let dictionary = Dictionary::built_in();
        let all: Vec<String> = [true, false].iter().flat_map(|kind| dictionary.topics(*kind)).map(fold).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(dictionary.topics(true).count() > 5 && dictionary.topics(false).count() > 20);
    }

    #[test]
    fn words_of_a_school_follow_the_built_in_ones() {
        let dictionary = Dictionary::with(vec![], vec!["шахматы".to_owned()]);
        assert_eq!(dictionary.topics(false).last(), Some("шахматы"));
        assert_eq!(dictionary.form_title("нет такой"), "");
    }
}
