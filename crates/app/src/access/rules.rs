//! Rules of accounts. Pure.

use super::model::Role;

/// The shortest password, in characters.
pub const PASSWORD_MIN: usize = 10;

/// The longest password, in characters: hashing more would only cost time.
pub const PASSWORD_MAX: usize = 200;

/// Pieces of passwords that are tried first against a school.
const COMMON: &[&str] = &["password", "пароль", "qwerty", "йцукен", "123456", "наставник", "school", "школа"];

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    #[error("Пароль должен быть не короче {PASSWORD_MIN} знаков. Подойдёт фраза из трёх-четырёх слов.")]
    Short,
    #[error("Пароль должен быть не длиннее {PASSWORD_MAX} знаков.")]
    Long,
    #[error("Такой пароль легко подобрать. Возьмите несколько не связанных между собой слов.")]
    Guessable,
    #[error("Пароль не должен содержать логин.")]
    HoldsLogin,
    #[error("Новый пароль совпадает с прежним. Придумайте другой.")]
    Same,
}

/// Checks a new password: length and guessable content, no rules about kinds of characters (NIST SP 800-63B §5.1.1).
pub fn check_password(password: &str, login: &str) -> Result<(), BadPassword> {
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
    let rest = COMMON.iter().fold(small, |rest, word| rest.replace(word, ""));
    let mut distinct: Vec<char> = rest.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 5 { Err(BadPassword::Guessable) } else { Ok(()) }
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
        assert_eq!(check_password("зелёный чайник у окна", "petrova"), Ok(()));
        assert_eq!(check_password("коротко", "petrova"), Err(BadPassword::Short));
        assert_eq!(check_password(&"я".repeat(201), "petrova"), Err(BadPassword::Long));
        assert_eq!(check_password("Пароль123456", "petrova"), Err(BadPassword::Guessable));
        assert_eq!(check_password("1111111111", "petrova"), Err(BadPassword::Guessable));
        assert_eq!(check_password("Petrova-2026!", "petrova"), Err(BadPassword::HoldsLogin));
        assert_eq!(check_another("зелёный чайник", "зелёный чайник"), Err(BadPassword::Same));
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
