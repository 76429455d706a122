//! Who is who in the two bases: several rows of one person, one person in both bases, namesakes.

use crate::{people::FullName, words};
use std::collections::HashMap;

/// Everybody the files name in rows of their own.
#[derive(Debug, Default)]
pub struct Directory {
    known: Vec<Known>,
    /// People by the key of their name: namesakes stand together, in the order they were entered.
    by_key: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Known {
    name: FullName,
    key: String,
    /// «Фамилия И. О.» without blanks and points.
    short: String,
    class: Option<String>,
    born: Option<i32>,
}

/// Whom a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    One(usize),
    Several,
    Nobody,
}

impl Directory {
    /// Enters a person; one with the same name, and no other class or year of birth, is the same: the first of those.
    pub fn enter(&mut self, name: FullName, class: Option<&str>, born: Option<i32>) -> usize {
        if let Some(&number) = self.agreeing(&name, class, born).first() {
            let known = &mut self.known[number];
            known.class = known.class.take().or_else(|| class.map(str::to_owned));
            known.born = known.born.or(born);
            return number;
        }
        let key = name.key();
        let number = self.known.len();
        self.by_key.entry(key.clone()).or_default().push(number);
        let short = tight(&name.short());
        self.known.push(Known { name, key, short, class: class.map(str::to_owned), born });
        number
    }

    /// Returns everybody who may be meant by a name with what is known beside it.
    pub fn agreeing(&self, name: &FullName, class: Option<&str>, born: Option<i32>) -> Vec<usize> {
        let agrees = |number: &usize| {
            let known = &self.known[*number];
            let class_agrees = known.class.as_deref().zip(class).is_none_or(|(a, b)| a == b);
            let year_agrees = known.born.zip(born).is_none_or(|(a, b)| a == b);
            class_agrees && year_agrees
        };
        self.named(&name.key()).iter().copied().filter(agrees).collect()
    }

    /// Says whether nothing but the name is known of a person.
    pub fn is_bare(&self, number: usize) -> bool {
        let known = &self.known[number];
        known.class.is_none() && known.born.is_none()
    }

    /// Returns the name, with what tells the person from namesakes.
    pub fn label(&self, number: usize) -> String {
        let known = &self.known[number];
        let namesakes = self.named(&known.key);
        if namesakes.len() == 1 {
            return known.name.to_string();
        }
        let facts = [known.class.clone(), known.born.map(|year| format!("{year} г. р."))];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let order = namesakes.iter().filter(|&&other| other <= number).count();
        let facts = if facts.is_empty() { format!("№ {order}") } else { facts.join(", ") };
        format!("{} ({facts})", known.name)
    }

    /// Returns everybody with the name of this key.
    fn named(&self, key: &str) -> &[usize] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// Returns the class of a person.
    pub fn class(&self, number: usize) -> Option<&str> {
        self.known[number].class.as_deref()
    }

    /// Finds whom a text means among some people: a full name, a label, «Фамилия Имя» or «Фамилия И. О.».
    pub fn find(&self, text: &str, among: &[usize]) -> Meant {
        let wanted = words::fold(text);
        // A label is a name and, in brackets, what tells it from namesakes.
        let bare = wanted.split_once(" (").map_or(wanted.as_str(), |(name, _)| name);
        let labelled = |number: &usize| words::fold(&self.label(*number)) == wanted;
        let exact = |number: &usize| {
            self.named(&wanted).contains(number) || self.named(bare).contains(number) && labelled(number)
        };
        let (begins, tight) = (format!("{wanted} "), tight(text));
        let short = |number: &usize| {
            let known = &self.known[*number];
            known.key.starts_with(&begins) && wanted.contains(' ') || known.short == tight
        };
        let mut found: Vec<usize> = among.iter().copied().filter(exact).collect();
        if found.is_empty() {
            found = among.iter().copied().filter(short).collect();
        }
        match found[..] {
            [] => Meant::Nobody,
            [one] => Meant::One(one),
            _ => Meant::Several,
        }
    }
}

/// Returns a text without case, blanks and points.
fn tight(text: &str) -> String {
    words::fold(text).replace([' ', '.'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> FullName {
        FullName::split(text).unwrap()
    }

    #[test]
    fn rows_of_one_person_are_one_and_namesakes_are_told_apart() {
        let mut directory = Directory::default();
        let first = directory.enter(name("Ёлкина Анна Ивановна"), Some("7Б"), None);
        assert_eq!(directory.enter(name("Елкина Анна ивановна"), None, Some(2012)), first);
        assert_eq!(directory.label(first), "Ёлкина Анна Ивановна");
        let other = directory.enter(name("Ёлкина Анна Ивановна"), Some("8А"), None);
        assert_ne!(first, other);
        assert_eq!(directory.label(first), "Ёлкина Анна Ивановна (7Б, 2012 г. р.)");
        assert_eq!(directory.label(other), "Ёлкина Анна Ивановна (8А)");
        assert_eq!(directory.find("елкина анна ивановна", &[first, other]), Meant::Several);
        assert_eq!(directory.find("Ёлкина Анна Ивановна (8А)", &[first, other]), Meant::One(other));
        assert_eq!(directory.find("Ёлкина Анна Ивановна", &[other]), Meant::One(other));
    }

    #[test]
    fn a_short_name_means_somebody_too() {
        let mut directory = Directory::default();
        let anna = directory.enter(name("Ёлкина Анна Ивановна"), None, None);
        let olga = directory.enter(name("Ёлкина Ольга Петровна"), None, None);
        for text in ["Елкина А.И.", "Ёлкина А. И.", "Ёлкина Анна"] {
            assert_eq!(directory.find(text, &[anna, olga]), Meant::One(anna), "{text}");
        }
        assert_eq!(directory.find("Ёлкина", &[anna, olga]), Meant::Nobody);
        assert_eq!(directory.find("Ким Лю", &[anna, olga]), Meant::Nobody);
    }
}
