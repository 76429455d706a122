//! Logins: which are accepted, and which are made from a name. Pure.

/// The shortest and the longest login, in characters.
const LENGTH: (usize, usize) = (3, 60);

/// Room that a made login leaves for a number at its end.
const MADE_MAX: usize = 40;

/// Why a login is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLogin {
    #[error("Логин должен быть не короче {min} знаков.", min = LENGTH.0)]
    Short,
    #[error("Логин должен быть не длиннее {max} знаков.", max = LENGTH.1)]
    Long,
    #[error("В логине могут быть буквы, цифры, точка, дефис, подчёркивание и знак @ — без пробелов.")]
    Characters,
}

/// Checks a login: what people type without asking, and nothing that looks like a blank.
pub fn check_login(login: &str) -> Result<(), BadLogin> {
    let length = login.chars().count();
    if length < LENGTH.0 {
        Err(BadLogin::Short)
    } else if length > LENGTH.1 {
        Err(BadLogin::Long)
    } else if login.chars().all(|c| c.is_alphanumeric() || "._-@".contains(c)) {
        Ok(())
    } else {
        Err(BadLogin::Characters)
    }
}

/// Returns logins made from a name, the simplest first, without end: «petrova.as», «petrova.as2» …
pub fn logins_for(full_name: &str) -> impl Iterator<Item = String> {
    let mut words = full_name.split_whitespace().map(latin).filter(|word| !word.is_empty());
    let surname: String = words.next().unwrap_or_default().chars().take(MADE_MAX).collect();
    let initials: String = words.filter_map(|word| word.chars().next()).take(3).collect();
    let base = match (surname.as_str(), initials.as_str()) {
        (surname, "") if surname.len() < LENGTH.0 => format!("user.{surname}").trim_end_matches('.').to_owned(),
        (surname, "") => surname.to_owned(),
        (surname, initials) => format!("{surname}.{initials}"),
    };
    std::iter::once(base.clone()).chain((2_u32..).map(move |number| format!("{base}{number}")))
}

/// Writes a word in Latin letters as passports do (ICAO Doc 9303-3, table of Cyrillic); what it does not know is left out.
fn latin(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'a'..='z' | '0'..='9' | '-' => Some(String::from(letter)),
            letter => CYRILLIC.iter().find(|(from, _)| *from == letter).map(|(_, to)| (*to).to_owned()),
        })
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}

const CYRILLIC: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ё', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "i"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', "ie"),
    ('ы', "y"),
    ('э', "e"),
    ('ю', "iu"),
    ('я', "ia"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(name: &str) -> String {
        logins_for(name).next().unwrap()
    }

    #[test]
    fn a_login_is_the_surname_and_the_initials_in_passport_letters() {
        assert_eq!(first("Щукина Юлия Андреевна"), "shchukina.ia");
        assert_eq!(first("  Ёлкин   Пётр "), "elkin.p");
        assert_eq!(first("Римская-Корсакова Анна Ильинична"), "rimskaia-korsakova.ai");
        assert_eq!(first("Smith John"), "smith.j");
        assert_eq!(first("Ли"), "user.li");
        assert_eq!(first("李"), "user");
    }

    #[test]
    fn people_of_one_name_get_numbers() {
        let logins: Vec<String> = logins_for("Иванов Иван Иванович").take(3).collect();
        assert_eq!(logins, ["ivanov.ii", "ivanov.ii2", "ivanov.ii3"]);
    }

    #[test]
    fn a_login_has_no_blanks_and_a_sensible_length() {
        assert_eq!(check_login("petrova.as"), Ok(()));
        assert_eq!(check_login("Петрова@school-7"), Ok(()));
        assert_eq!(check_login("pe"), Err(BadLogin::Short));
        assert_eq!(check_login(&"p".repeat(61)), Err(BadLogin::Long));
        for login in ["anna petrova", "anna\u{a0}p", "anna<b>", "anna;--"] {
            assert_eq!(check_login(login), Err(BadLogin::Characters), "{login}");
        }
    }

    proptest! {
        #[test]
        fn a_made_login_is_always_accepted(name in ".{0,200}") {
            for login in logins_for(&name).take(12) {
                prop_assert_eq!(check_login(&login), Ok(()), "{}", login);
            }
        }
    }
}
