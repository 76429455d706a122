//! Names under which nothing is shown, because somebody of that name has withdrawn the consent. Pure.
//!
//! What comes from outside (an application, a row of a list) is not bound to a record yet; this tells whether it is about
//! somebody who must be seen nowhere.

use database::fold;

/// The names of those who have withdrawn, as they are compared.
#[derive(Debug, Clone, Default)]
pub struct WithdrawnNames(Vec<Vec<String>>);

impl WithdrawnNames {
    /// Takes the names as they are kept for comparing: «елкина анна ивановна».
    pub fn of(keys: impl IntoIterator<Item = String>) -> Self {
        Self(keys.into_iter().map(|key| words(&key)).filter(|words| words.len() > 1).collect())
    }

    /// Tells whether a text names one of them: surname and given name in any order, and no other patronymic.
    pub fn are_in(&self, text: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let said = words(text);
        self.0.iter().any(|name| {
            let (known, patronymic) = name.split_at(2.min(name.len()));
            known.iter().all(|word| said.contains(word))
                && (said.len() <= known.len() || patronymic.iter().all(|word| said.contains(word)))
        })
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_any_spelling_and_a_namesake_with_another_patronymic_is_not_meant() {
        let names = WithdrawnNames::of(["елкина зоя ильинична".to_owned(), "ким лю".to_owned(), "одна".to_owned()]);
        for text in [
            "ЁЛКИНА Зоя",
            "Зоя  Елкина",
            "Ёлкина Зоя Ильинична",
            "«Ёлкина З.»: Ёлкина, Зоя (Ильинична)",
            "Ким Лю",
            "Ким Лю, 8А",
        ] {
            assert!(names.are_in(text), "{text}");
        }
        for text in ["", "Ёлкина", "Ёлкина Анна Ильинична", "Ёлкина Зоя Львовна", "Одна Ольга", "Ким"]
        {
            assert!(!names.are_in(text), "{text}");
        }
        assert!(!WithdrawnNames::default().are_in("Ёлкина Зоя"));
    }
}
