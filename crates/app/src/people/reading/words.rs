//! Words of lists: sex, grounds of representation, posts.

use crate::people::{Grounds, Sex};

/// Reads «М», «жен.», «девочка».
pub fn sex(text: &str) -> Option<Sex> {
    let small = super::tidy(text).to_lowercase();
    match small.trim_end_matches('.') {
        "m" | "м" | "male" => Some(Sex::Male),
        "ж" | "f" | "female" => Some(Sex::Female),
        word if word.starts_with("муж") || word.starts_with("мальч") || word.starts_with("юнош") => {
            Some(Sex::Male)
        }
        word if word.starts_with("жен") || word.starts_with("дев") => Some(Sex::Female),
        _ => None,
    }
}

/// Tells the sex by the ending of a patronymic; nothing where there is none or it is foreign.
pub fn sex_of_patronymic(patronymic: &str) -> Option<Sex> {
    let small = patronymic.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| small.ends_with(ending));
    if ends(&["вна", "чна", "кызы", "гызы"]) {
        Some(Sex::Female)
    } else if ends(&["ич", "оглы", "улы"]) {
        Some(Sex::Male)
    } else {
        None
    }
}

/// Reads «Тип представителя»; an empty one is a parent, a relative who represents nobody by law is nothing.
pub fn grounds(text: &str) -> Option<Grounds> {
    let small = super::tidy(text).to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|stem| small.contains(stem));
    if small.is_empty() || has(&["родител"]) && !has(&["приемн", "приёмн"]) && !has(&["мать", "отец"])
    {
        Some(Grounds::Parent)
    } else if has(&["приемн", "приёмн"]) {
        Some(Grounds::FosterParent)
    } else if has(&["усынов", "удочер"]) {
        Some(Grounds::AdoptiveParent)
    } else if has(&["опекун"]) {
        Some(Grounds::Guardian)
    } else if has(&["попечит"]) {
        Some(Grounds::Custodian)
    } else if has(&["мать", "мама"]) && !has(&["мачех"]) {
        Some(Grounds::Mother)
    } else if has(&["отец", "папа"]) {
        Some(Grounds::Father)
    } else if has(&["законн", "представит"]) {
        Some(Grounds::Parent)
    } else if has(&["организац", "детский дом", "интернат"]) {
        Some(Grounds::Institution)
    } else {
        None
    }
}

/// Stems of posts whose holders teach (the list of posts of pedagogical workers, decree of 21.02.2022 № 225).
const TEACHING: [&str; 12] = [
    "учител",
    "педагог",
    "воспитат",
    "преподават",
    "методист",
    "логопед",
    "дефектолог",
    "тьютор",
    "вожат",
    "концертмейстер",
    "советник директора",
    "инструктор",
];

/// Tells whether the holder of a post teaches.
pub fn is_teaching(post: &str) -> bool {
    let small = super::tidy(post).to_lowercase();
    TEACHING.iter().any(|stem| small.contains(stem))
}
