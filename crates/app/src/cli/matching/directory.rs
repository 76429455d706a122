//! Who is who in the two bases: several rows of one person, one person in both bases, namesakes.

use super::names::{Named, words_of};
use crate::{
    people::{ClassName, FullName},
    words,
};
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
    /// The words of the name, folded.
    words: Vec<String>,
    class: Option<String>,
    born: Option<i32>,
}

/// Whom a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    One(usize),
    Several(Vec<usize>),
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
        let words = words_of(&name.to_string());
        self.known.push(Known { name, key, words, class: class.map(str::to_owned), born });
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

    /// Finds whom a name means among some people: the full name before a shorter one that fits, and of those the ones
    /// surely in the class that is named.
    pub fn find(&self, named: &Named, among: &[usize]) -> Meant {
        let key = named.key();
        let told: Vec<usize> = among.iter().copied().filter(|&number| self.agrees(number, named)).collect();
        // A label is a name and, in brackets, what tells it from namesakes.
        let labelled = |number: usize| key.contains('(') && words::fold(&self.label(number)) == key;
        let exact = |number: &usize| self.known[*number].key == key || labelled(*number);
        let mut found: Vec<usize> = told.iter().copied().filter(exact).collect();
        if found.is_empty() {
            found = told.into_iter().filter(|&number| named.may_mean(&self.known[number].words)).collect();
        }
        let in_class = |number: &usize| named.class.is_some() && self.known[*number].class.is_some();
        if found.iter().any(in_class) {
            found.retain(in_class);
        }
        match found[..] {
            [] => Meant::Nobody,
            [one] => Meant::One(one),
            _ => Meant::Several(found),
        }
    }

    /// Says whether nothing that stands beside a name speaks against a person.
    fn agrees(&self, number: usize, named: &Named) -> bool {
        let known = &self.known[number];
        let class = known.class.as_deref().and_then(|class| class.parse::<ClassName>().ok());
        let one_class = |(a, b): (&ClassName, &ClassName)| {
            a.grade == b.grade && (a.letter == b.letter || a.letter.is_empty() || b.letter.is_empty())
        };
        let place = || self.named(&known.key).iter().position(|&other| other == number);
        class.as_ref().zip(named.class.as_ref()).is_none_or(one_class)
            && known.born.zip(named.born).is_none_or(|(a, b)| a == b)
            && named.order.is_none_or(|order| place() == order.checked_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> FullName {
        FullName::split(text).unwrap()
    }

    fn named(text: &str) -> Named {
        crate::cli::matching::names::read(text).people.remove(0)
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
        let find = |text, among: &[usize]| directory.find(&named(text), among);
        assert_eq!(find("елкина анна ивановна", &[first, other]), Meant::Several(vec![first, other]));
        assert_eq!(find("Ёлкина Анна Ивановна", &[other]), Meant::One(other));
        for text in ["Ёлкина Анна Ивановна (8А)", "Ёлкина А. И., 8 «А» кл.", "Ёлкина 8 кл", "Ёлкина Анна (№ 2)"]
        {
            assert_eq!(find(text, &[first, other]), Meant::One(other), "{text}");
        }
        assert_eq!(find("Ёлкина Анна Ивановна (7Б, 2012 г. р.)", &[first, other]), Meant::One(first));
        assert_eq!(find("Ёлкина Анна Ивановна, 9А", &[first, other]), Meant::Nobody);
        let third = directory.enter(name("Ёлкина Анна Ивановна"), Some("подготовительный"), None);
        let label = named(&directory.label(third));
        assert_eq!(directory.find(&label, &[first, other, third]), Meant::One(third), "{label}");
        assert_eq!(directory.find(&label, &[first, other]), Meant::Nobody, "{label}");
    }

    #[test]
    fn a_short_name_means_somebody_too() {
        let mut directory = Directory::default();
        let anna = directory.enter(name("Ёлкина Анна Ивановна"), None, None);
        let olga = directory.enter(name("Ёлкина Ольга Петровна"), None, None);
        let find = |text| directory.find(&named(text), &[anna, olga]);
        for text in ["Елкина А.И.", "Ёлкина А. И.", "Ёлкина Анна", "А. И. Ёлкина", "Ёлкина А."]
        {
            assert_eq!(find(text), Meant::One(anna), "{text}");
        }
        assert_eq!(find("Ёлкина"), Meant::Several(vec![anna, olga]));
        assert_eq!(find("Ким Лю"), Meant::Nobody);
        assert_eq!(directory.find(&named("Ёлкина"), &[olga]), Meant::One(olga), "the only one of this surname");
    }
}
