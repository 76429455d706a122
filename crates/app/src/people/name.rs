//! The name of a person: surname, given name, patronymic. Pure.

use database::fold;
use std::fmt;

/// «Ёлкина Анна Ивановна».
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct FullName {
    pub surname: String,
    pub given: String,
    /// Empty where there is none.
    pub patronymic: String,
}

impl FullName {
    /// Splits a name written in one piece: the first word is the surname, the second the given name, the rest the
    /// patronymic («Алиев Рашид Мамед оглы»). Nothing without a surname and a given name.
    pub fn split(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (surname, given) = (words.next()?.to_owned(), words.next()?.to_owned());
        Some(Self { surname, given, patronymic: words.collect::<Vec<_>>().join(" ") })
    }

    /// Returns «Ёлкина А. И.».
    pub fn short(&self) -> String {
        let initials = [&self.given, &self.patronymic];
        let initials = initials.iter().filter_map(|name| name.chars().next()).map(|letter| format!(" {letter}."));
        format!("{}{}", self.surname, initials.collect::<String>())
    }

    /// Returns the name as it is compared and searched: «елкина анна ивановна».
    pub fn key(&self) -> String {
        fold(&self.to_string())
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.surname, self.given)?;
        if self.patronymic.is_empty() { Ok(()) } else { write!(f, " {}", self.patronymic) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_one_piece_is_split_and_put_together_again() {
        for text in ["Ёлкина Анна Ивановна", "Ким Лю", "Римская-Корсакова Ольга Львовна", "Алиев Рашид Мамед оглы"]
        {
            assert_eq!(FullName::split(text).map(|name| name.to_string()).as_deref(), Some(text));
        }
        assert_eq!(FullName::split("Иванов"), None);
    }

    #[test]
    fn a_short_name_has_as_many_initials_as_names() {
        let short = |text| FullName::split(text).map(|name| name.short());
        assert_eq!(short("Ёлкина Анна Ивановна").as_deref(), Some("Ёлкина А. И."));
        assert_eq!(short("Ким Лю").as_deref(), Some("Ким Л."));
    }

    #[test]
    fn names_are_compared_without_case_and_yo() {
        let key = |text| FullName::split(text).map(|name| name.key());
        assert_eq!(key("ЁЛКИНА  Анна Ивановна"), key("Елкина анна ивановна"));
    }
}
