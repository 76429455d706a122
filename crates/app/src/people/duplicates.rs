//! Which records are probably of one person. Pure.

use super::model::{ListedPerson, PersonId};
use database::fold;
use std::collections::BTreeMap;

/// Why two records are taken for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The full name and the day of birth are the same.
    NameAndBirthday,
    /// The full name is the same, a day of birth is unknown.
    Name,
    /// Surname, given name and the day of birth are the same, the patronymic is not.
    Birthday,
}

impl Reason {
    /// Returns the reason in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NameAndBirthday => "совпадают имя и дата рождения",
            Self::Name => "совпадает имя, дата рождения указана не везде",
            Self::Birthday => "совпадают фамилия, имя и дата рождения, отчества разные",
        }
    }
}

/// Returns pairs of records that are probably of one person, in the order of the list.
///
/// Namesakes born on different days are different people.
pub fn probable(people: &[ListedPerson]) -> Vec<(PersonId, PersonId, Reason)> {
    let mut alike: BTreeMap<String, Vec<&ListedPerson>> = BTreeMap::new();
    for person in people {
        alike.entry(fold(&format!("{} {}", person.surname, person.given_name))).or_default().push(person);
    }
    let mut found = vec![];
    for group in alike.values() {
        for (index, one) in group.iter().enumerate() {
            for other in &group[index + 1..] {
                found.extend(reason(one, other).map(|reason| (one.id, other.id, reason)));
            }
        }
    }
    found
}

/// Tells why two records with the same surname and given name are of one person, if they are.
fn reason(one: &ListedPerson, other: &ListedPerson) -> Option<Reason> {
    let same_name = fold(&one.patronymic) == fold(&other.patronymic);
    match (one.born_on, other.born_on) {
        (Some(a), Some(b)) if a != b => None,
        (Some(_), Some(_)) if same_name => Some(Reason::NameAndBirthday),
        (Some(_), Some(_)) => Some(Reason::Birthday),
        _ => same_name.then_some(Reason::Name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use rstest::rstest;

    fn person(name: &str, born: Option<i32>) -> ListedPerson {
        let mut words = name.split(' ').map(str::to_owned);
        let mut next = || words.next().unwrap_or_default();
        ListedPerson {
            id: PersonId::fresh(),
            surname: next(),
            given_name: next(),
            patronymic: next(),
            born_on: born.and_then(|year| NaiveDate::from_ymd_opt(year, 5, 1)),
            sex: None,
            phone: String::new(),
            email: String::new(),
            left_on: None,
            grade: None,
            letter: None,
            post: None,
            kind_words: String::new(),
        }
    }

    #[rstest]
    #[case(("Ёлкина Анна Ивановна", Some(2012)), ("ЕЛКИНА Анна Ивановна", Some(2012)), Some(Reason::NameAndBirthday))]
    #[case(("Ёлкина Анна Ивановна", Some(2012)), ("Ёлкина Анна Ивановна", None), Some(Reason::Name))]
    #[case(("Ёлкина Анна Ивановна", Some(2012)), ("Ёлкина Анна", Some(2012)), Some(Reason::Birthday))]
    #[case(("Ёлкина Анна Ивановна", Some(2012)), ("Ёлкина Анна Ивановна", Some(2013)), None)]
    #[case(("Ёлкина Анна Ивановна", Some(2012)), ("Ёлкина Анна Петровна", None), None)]
    #[case(("Ёлкина Анна Ивановна", Some(2012)), ("Ёлкина Яна Ивановна", Some(2012)), None)]
    fn namesakes_born_on_different_days_are_different_people(
        #[case] one: (&str, Option<i32>),
        #[case] other: (&str, Option<i32>),
        #[case] expected: Option<Reason>,
    ) {
        let people = [person(one.0, one.1), person(other.0, other.1)];
        let pairs = probable(&people);
        assert_eq!(pairs.first().map(|(.., reason)| *reason), expected);
        assert_eq!(pairs.len(), usize::from(expected.is_some()));
    }
}
