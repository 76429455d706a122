//! Who is who in the two bases: several rows of one person, one person in both bases, namesakes.

use crate::{people::FullName, words};

/// Everybody the files name in rows of their own.
#[derive(Debug, Default)]
pub struct Directory {
    known: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    name: FullName,
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
    /// Enters a person; one with the same name, and no other class or year of birth, is the same.
    pub fn enter(&mut self, name: FullName, class: Option<&str>, born: Option<i32>) -> usize {
        let agree = |known: &Known| {
            let class_agrees = known.class.as_deref().zip(class).is_none_or(|(a, b)| a == b);
            let year_agrees = known.born.zip(born).is_none_or(|(a, b)| a == b);
            known.name.key() == name.key() && class_agrees && year_agrees
        };
        if let Some(number) = self.known.iter().position(agree) {
            let known = &mut self.known[number];
            known.class = known.class.take().or_else(|| class.map(str::to_owned));
            known.born = known.born.or(born);
            return number;
        }
        self.known.push(Known { name, class: class.map(str::to_owned), born });
        self.known.len() - 1
    }

    /// Returns the name, with what tells the person from namesakes.
    pub fn label(&self, number: usize) -> String {
        let known = &self.known[number];
        let key = known.name.key();
        let namesakes = self.known.iter().filter(|other| other.name.key() == key);
        if namesakes.count() == 1 {
            return known.name.to_string();
        }
        let facts = [known.class.clone(), known.born.map(|year| format!("{year} г. р."))];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let order = self.known[..number].iter().filter(|other| other.name.key() == key).count() + 1;
        let facts = if facts.is_empty() { format!("№ {order}") } else { facts.join(", ") };
        format!("{} ({facts})", known.name)
    }

    /// Returns the class of a person.
    pub fn class(&self, number: usize) -> Option<&str> {
        self.known[number].class.as_deref()
    }

    /// Finds whom a text means among some people: a full name, a label, «Фамилия Имя» or «Фамилия И. О.».
    pub fn find(&self, text: &str, among: &[usize]) -> Meant {
        let wanted = words::fold(text);
        let tight = |text: &str| words::fold(text).replace([' ', '.'], "");
        let exact =
            |number: &usize| [words::fold(&self.label(*number)), self.known[*number].name.key()].contains(&wanted);
        let short = |number: &usize| {
            let name = &self.known[*number].name;
            name.key().starts_with(&format!("{wanted} ")) && wanted.contains(' ') || tight(&name.short()) == tight(text)
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
