//! Every name of `names.txt` in every case.

use russian::{Case, Gender, Name, Part, decline};

const NAMES: &str = include_str!("names.txt");

/// A line of the table: part, gender, six cases.
fn lines() -> Vec<(Part, Gender, [&'static str; 6])> {
    let lines = NAMES.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.map(|line| {
        let (head, forms) = line.split_once(": ").unwrap();
        let (part, gender) = head.split_once(' ').unwrap();
        let part = match part {
            "фамилия" => Part::Surname,
            "имя" => Part::Given,
            "отчество" => Part::Patronymic,
            other => panic!("no part «{other}»"),
        };
        let gender = if gender == "м" { Gender::Masculine } else { Gender::Feminine };
        (part, gender, forms.split(", ").collect::<Vec<_>>().try_into().unwrap())
    });
    lines.collect()
}

#[test]
fn every_name_of_the_table_has_its_six_forms() {
    let mut wrong = vec![];
    for (part, gender, forms) in lines() {
        for (case, expected) in Case::ALL.into_iter().zip(forms) {
            let form = decline(forms[0], part, Some(gender), case);
            if form != expected {
                wrong.push(format!("{form}, expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_is_long_enough_and_tells_nothing_twice() {
    let mut lines: Vec<_> =
        lines().iter().map(|(part, gender, forms)| format!("{part:?}{gender:?}{}", forms[0])).collect();
    assert!(lines.len() >= 300, "{}", lines.len());
    let all = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), all);
}

#[test]
fn patronymics_and_given_names_tell_the_gender() {
    // A given name of both kinds or unknown to the tables may tell nothing, but never the wrong thing.
    for (part, gender, [nominative, ..]) in lines() {
        match part {
            Part::Patronymic => assert_eq!(Name::new("", "", nominative).gender(), Some(gender), "{nominative}"),
            Part::Given => {
                let told = Name::new("", nominative, "").gender();
                assert!(told.is_none_or(|told| told == gender), "{nominative}: {told:?}");
            }
            Part::Surname => {
                let told = Name::new(nominative, "", "").gender();
                assert!(told.is_none_or(|told| told == gender), "{nominative}: {told:?}");
            }
        }
    }
}

#[test]
fn capitals_and_the_letter_yo_are_kept() {
    let form = |name, case| decline(name, Part::Surname, Some(Gender::Masculine), case);
    assert_eq!(form("ВОРОБЬЁВ", Case::Dative), "ВОРОБЬЁВУ");
    assert_eq!(form("РИМСКИЙ-КОРСУНСКИЙ", Case::Genitive), "РИМСКОГО-КОРСУНСКОГО");
    assert_eq!(form("Воробьев", Case::Instrumental), "Воробьевым");
    assert_eq!(form("Воробьёв", Case::Instrumental), "Воробьёвым");
}

#[test]
fn what_is_no_russian_word_stays() {
    for text in ["", "-", " ", "Smith", "П.", "№ 5", "李"] {
        for case in Case::ALL {
            assert_eq!(decline(text, Part::Surname, Some(Gender::Masculine), case), text);
        }
    }
}
