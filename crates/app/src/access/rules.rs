//! Rules of accounts. Pure.

use super::model::Role;

/// The shortest password, in characters.
pub const PASSWORD_MIN: usize = 10;

/// The longest password, in characters: hashing more would only cost time.
pub const PASSWORD_MAX: usize = 200;

/// Pieces of passwords that are tried first, some of them typed in the other layout («пароль» is «gfhjkm»).
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "пароль",
    "gfhjkm",
    "gfhjkz",
    "наставник",
    "yfcnfdybr",
    "наставничество",
    "nastavnik",
    "school",
    "школа",
    "irjkf",
    "shkola",
    "гимназия",
    "лицей",
    "учитель",
    "exbntkm",
    "директор",
    "lbhtrnjh",
    "админ",
    "admin",
    "flvby",
    "администратор",
    "куратор",
    "rehfnjh",
    "привет",
    "ghbdtn",
    "privet",
    "любовь",
    "k.,jdm",
    "lubov",
    "россия",
    "hjccbz",
    "russia",
    "москва",
    "vjcrdf",
    "солнышко",
    "cjkysirj",
    "спартак",
    "зенит",
    "iloveyou",
    "welcome",
    "letmein",
    "monkey",
    "dragon",
    "master",
    "hello",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
    "январь",
    "февраль",
    "март",
    "апрель",
    "summer",
    "winter",
    "осень",
    "зима",
    "весна",
    "лето",
];

/// Keys as they lie beside each other.
const ROWS: &[&str] = &[
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "qazwsxedcrfvtgb",
    "йфяцычувскамепи",
    "1qaz2wsx3edc4rfv",
    "1йфя2цыч3увс4кам",
];

/// Keys in a row that a finger slides over.
const SLIDE: usize = 4;

/// Letters of a word of the school's name that make a password easy for who knows the school.
const SCHOOL_WORD: usize = 5;

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    #[error("Пароль должен быть не короче {PASSWORD_MIN} знаков. Подойдёт фраза из трёх-четырёх слов.")]
    Short,
    #[error("Пароль должен быть не длиннее {PASSWORD_MAX} знаков.")]
    Long,
    #[error("Такой пароль легко подобрать. Возьмите несколько не связанных между собой слов.")]
    Guessable,
    #[error("Пароль не должен складываться из названия школы. Возьмите несколько не связанных с ней слов.")]
    NamesSchool,
    #[error("Пароль не должен содержать логин.")]
    HoldsLogin,
    #[error("Новый пароль совпадает с прежним. Придумайте другой.")]
    Same,
}

/// Checks a new password: length and guessable content, no rules about kinds of characters (NIST SP 800-63B §5.1.1).
///
/// What is left when common words, slides over the keyboard and words of `school` are taken out must be a password still.
pub fn check_password(password: &str, login: &str, school: &[&str]) -> Result<(), BadPassword> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        return Err(BadPassword::Short);
    }
    if length > PASSWORD_MAX {
        return Err(BadPassword::Long);
    }
    let small = password.to_lowercase();
    if login.chars().count() >= 4 && small.contains(&login.to_lowercase()) {
        return Err(BadPassword::HoldsLogin);
    }
    let mut common = COMMON.to_vec();
    common.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = without_slides(&common.iter().fold(small, |rest, word| rest.replace(word, "")));
    if !is_varied(&rest) {
        return Err(BadPassword::Guessable);
    }
    let names = school.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>().join(" ");
    let words = names.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SCHOOL_WORD);
    if is_varied(&words.fold(rest, |rest, word| rest.replace(word, ""))) {
        Ok(())
    } else {
        Err(BadPassword::NamesSchool)
    }
}

/// Tells whether a text has enough different characters to be guessed at length.
fn is_varied(text: &str) -> bool {
    let mut distinct: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.len() >= 5
}

/// Takes slides over the keyboard out, in either direction: «qwer», «фыва», «4321».
fn without_slides(text: &str) -> String {
    let keys: Vec<char> = text.chars().collect();
    let mut slides = vec![false; keys.len()];
    for (start, window) in keys.windows(SLIDE).enumerate() {
        let there: String = window.iter().collect();
        let back: String = window.iter().rev().collect();
        if ROWS.iter().any(|row| row.contains(&there) || row.contains(&back)) {
            slides.iter_mut().skip(start).take(SLIDE).for_each(|slide| *slide = true);
        }
    }
    keys.iter().zip(slides).filter(|(_, slide)| !slide).map(|(key, _)| *key).collect()
}

/// Checks that a changed password is another one: a temporary password is known to who gave it.
pub fn check_another(new: &str, current: &str) -> Result<(), BadPassword> {
    if new == current { Err(BadPassword::Same) } else { Ok(()) }
}

/// Tells whether the school keeps somebody who can let others in after the change.
///
/// `others` are the roles of the other active users.
pub fn school_keeps_an_administrator(changed: &[Role], active: bool, others: &[Vec<Role>]) -> bool {
    let administrates = |roles: &[Role]| roles.contains(&Role::Administrator);
    (active && administrates(changed)) || others.iter().any(|roles| administrates(roles))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_a_good_password_and_a_common_word_is_not() {
        assert_eq!(check_password("зелёный чайник у окна", "petrova", &[]), Ok(()));
        assert_eq!(check_password("коротко", "petrova", &[]), Err(BadPassword::Short));
        assert_eq!(check_password(&"я".repeat(201), "petrova", &[]), Err(BadPassword::Long));
        assert_eq!(check_password("Пароль123456", "petrova", &[]), Err(BadPassword::Guessable));
        assert_eq!(check_password("1111111111", "petrova", &[]), Err(BadPassword::Guessable));
        assert_eq!(check_password("Petrova-2026!", "petrova", &[]), Err(BadPassword::HoldsLogin));
        assert_eq!(check_another("зелёный чайник", "зелёный чайник"), Err(BadPassword::Same));
    }

    #[test]
    fn slides_over_the_keyboard_and_the_other_layout_are_guessed_first() {
        for bad in [
            "йцукенгшщз",
            "фывапролдж123",
            "qwertyuiop1",
            "0987654321",
            "gfhjkm12345",
            "ghbdtnYfcnfdybr",
            "ячсмить2026",
        ] {
            assert_eq!(check_password(bad, "petrova", &[]), Err(BadPassword::Guessable), "{bad}");
        }
    }

    #[test]
    fn the_name_of_the_school_is_no_secret() {
        let school = ["МБОУ «Приозёрская гимназия»", "Гимназия № 4"];
        for bad in ["приозёрская4", "Приозёрская-гимназия"] {
            assert_eq!(check_password(bad, "petrova", &school), Err(BadPassword::NamesSchool), "{bad}");
        }
        assert_eq!(check_password("зелёный чайник у окна", "petrova", &school), Ok(()));
    }

    #[test]
    fn the_last_administrator_cannot_leave() {
        let others = [vec![Role::Coordinator]];
        assert!(!school_keeps_an_administrator(&[Role::Head], true, &others));
        assert!(!school_keeps_an_administrator(&[Role::Administrator], false, &others));
        assert!(school_keeps_an_administrator(&[Role::Administrator], true, &others));
        assert!(school_keeps_an_administrator(&[Role::Head], true, &[vec![Role::Administrator]]));
    }
}
