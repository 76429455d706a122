//! What holds for every string.

use proptest::prelude::*;
use russian::{Case, Gender, Name, Part, decline, decline_post, number_in_words, ordinal_in_words};
use std::collections::HashSet;

const PARTS: [Part; 3] = [Part::Surname, Part::Given, Part::Patronymic];
const GENDERS: [Option<Gender>; 4] = [None, Some(Gender::Masculine), Some(Gender::Feminine), Some(Gender::Neuter)];

/// Letters by which names may end as anything does, and anything at all.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[А-ЯЁ][а-яё]{0,9}([- ][А-ЯЁа-яё][а-яё]{0,9}){0,2}",
        "[А-Я][а-я]{0,6}(ов|ев|ин|ова|ина|ский|ская|ец|ей|ий|ых|ко|а|я|ь|й|ич|вна)",
        ".*",
    ]
}

fn cases() -> impl Strategy<Value = Case> {
    prop::sample::select(Case::ALL.to_vec())
}

proptest! {
    #[test]
    fn the_nominative_is_the_name_itself(text in texts()) {
        for (part, gender) in PARTS.into_iter().flat_map(|part| GENDERS.map(|gender| (part, gender))) {
            prop_assert_eq!(decline(&text, part, gender, Case::Nominative), text.clone());
        }
        prop_assert_eq!(decline_post(&text, Case::Nominative), text);
    }

    #[test]
    fn a_form_begins_as_its_name_and_is_about_as_long(text in "[А-ЯЁ][а-яё]{0,12}", case in cases()) {
        for (part, gender) in PARTS.into_iter().flat_map(|part| GENDERS.map(|gender| (part, gender))) {
            let form = decline(&text, part, gender, case);
            prop_assert_eq!(form.chars().next(), text.chars().next());
            prop_assert!(form.chars().count().abs_diff(text.chars().count()) <= 3, "{} {}", text, form);
            prop_assert!(form.chars().all(|letter| matches!(letter, 'А'..='я' | 'Ё' | 'ё')), "{}", form);
        }
    }

    #[test]
    fn nothing_breaks_a_declension(surname in texts(), given in texts(), patronymic in texts(), case in cases()) {
        let name = Name::new(&surname, &given, &patronymic);
        for gender in GENDERS {
            let name = name.clone().of_gender(gender);
            prop_assert!(name.full(case).len() <= 2 * (surname.len() + given.len() + patronymic.len()) + 40);
            let _ = (name.initials_first(case), name.surname_first(case), name.given_and_patronymic(case));
        }
        let _ = decline_post(&surname, case);
    }

    #[test]
    fn the_own_form_wins_over_every_rule(text in texts(), own in "[А-Яа-я]{1,9}", case in cases()) {
        for part in PARTS {
            let name = Name::new(&text, &text, &text).with(part, case, &own);
            prop_assert_eq!(name.part(part, case), own.clone());
        }
    }

    #[test]
    fn of_nobody_known_only_what_both_share_changes(text in texts(), case in cases()) {
        for part in PARTS {
            let [man, woman] = [Gender::Masculine, Gender::Feminine].map(|gender| decline(&text, part, Some(gender), case));
            let unknown = decline(&text, part, None, case);
            prop_assert!(unknown == text || (unknown == man && unknown == woman));
        }
    }

    #[test]
    fn a_number_has_words_of_letters_only(n: u32, year: u16, case in cases()) {
        for said in [number_in_words(n, Gender::Neuter, case), ordinal_in_words(year, Gender::Feminine, case)] {
            prop_assert!(!said.is_empty());
            prop_assert!(said.split(' ').all(|word| !word.is_empty() && word.chars().all(|c| matches!(c, 'а'..='я' | 'ё'))), "{}", said);
        }
    }
}

#[test]
fn different_numbers_are_said_differently() {
    for case in Case::ALL {
        let numbers: HashSet<String> = (0..3_000).map(|n| number_in_words(n, Gender::Masculine, case)).collect();
        assert_eq!(numbers.len(), 3_000);
        let ordinals: HashSet<String> = (0..3_000).map(|n| ordinal_in_words(n, Gender::Masculine, case)).collect();
        assert_eq!(ordinals.len(), 3_000);
    }
}
