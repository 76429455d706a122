//! Requests, competences and interests: free texts brought to common topics, so that they can be compared.

use super::{settings::Topic, values};
use crate::words;
use std::collections::BTreeSet;

/// Returns the topics of a text; a part of it that belongs to no topic is one of its own.
pub fn read(topics: &[Topic], text: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for part in parts(text).into_iter().filter(|part| !values::says_nothing(part)) {
        let folded = words::fold(&part);
        let own: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let named = topics.iter().filter(|topic| topic.words.iter().any(|stem| mentions(&own, stem)));
        let mut named: Vec<String> = named.map(|topic| topic.name.clone()).collect();
        if named.is_empty() && !own.is_empty() {
            named.push(own.join(" "));
        }
        found.extend(named);
    }
    found.into_iter().collect()
}

/// Says whether the beginnings of words in `stem` all occur; both are folded.
fn mentions(own: &[&str], stem: &str) -> bool {
    stem.split_whitespace().all(|stem| own.iter().any(|word| word.starts_with(stem)))
}

/// A comma separates topics too: «математика, физика; выбор профессии».
fn parts(text: &str) -> Vec<String> {
    values::list(&text.replace(',', ";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics() -> Vec<Topic> {
        let topic =
            |name: &str, words: &[&str]| Topic { name: name.into(), words: words.iter().map(|&w| w.into()).collect() };
        vec![topic("математика", &["матем", "алгебр"]), topic("экзамены", &["огэ"]), topic("уроки", &["открыт урок"])]
    }

    #[test]
    fn a_request_and_a_competence_meet_in_a_topic() {
        let read = |text| read(&topics(), text);
        assert_eq!(read("Подготовка к ОГЭ по математике"), ["математика", "экзамены"]);
        assert_eq!(read("Алгебра, Вязание крючком"), ["вязание крючком", "математика"]);
        assert_eq!(read("уроки; открытые уроки"), ["уроки"]);
        assert_eq!(read(" — , ; "), Vec::<String>::new());
        assert_eq!(read("нет; пока не определён"), Vec::<String>::new(), "two who say nothing have nothing in common");
    }
}
