//! The columns of the two bases (МР-42/02) and those schools add, recognised by the words of their headings.

use crate::words;
use std::collections::BTreeMap;

/// Which of the two bases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Mentees,
    Mentors,
}

impl Side {
    /// Names the base as in «в базе наставляемых».
    pub fn of_whom(self) -> &'static str {
        match self {
            Self::Mentees => "наставляемых",
            Self::Mentors => "наставников",
        }
    }
}

/// What a column tells about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Name,
    /// «ФИО наставника» among mentees, «ФИО наставляемого (наставляемых)» among mentors: pairs that exist already.
    Partners,
    Finished,
    Form,
    Born,
    Age,
    Class,
    /// «Основной запрос» of a mentee, «Основные компетенции» of a mentor.
    Themes,
    Interests,
    WishedAge,
    Time,
    Languages,
    Places,
    Consent,
    Clearance,
    Capacity,
    Minimum,
    Category,
    Priority,
    Wishes,
    Vetoes,
    Relatives,
}

/// Words of a heading: it has a word of every group and none of the last list.
struct Rule {
    column: Column,
    side: Option<Side>,
    all: &'static [&'static [&'static str]],
    none: &'static [&'static str],
}

const fn rule(column: Column, all: &'static [&'static [&'static str]], none: &'static [&'static str]) -> Rule {
    Rule { column, side: None, all, none }
}

const fn rule_of(side: Side, column: Column, all: &'static [&'static [&'static str]]) -> Rule {
    Rule { column, side: Some(side), all, none: &[] }
}

/// The first rule that fits decides: «Желаемый возраст наставляемых» is a wish, not an age.
const RULES: &[Rule] = &[
    rule(Column::Finished, &[&["дата"], &["заверш", "окончан", "выход"]], &[]),
    rule(Column::WishedAge, &[&["желаем", "предпоч", "пожелан"], &["возраст", "класс"]], &[]),
    rule(Column::Vetoes, &[&["нежелат", "исключ", "запрет"]], &[]),
    rule(Column::Vetoes, &[&["не"], &["работать", "хочет", "предлагать"]], &[]),
    rule(Column::Relatives, &[&["родственн"]], &[]),
    rule(Column::Wishes, &[&["желаем", "предпоч", "пожелан", "выбор", "выбра", "хочет"], &["настав"]], &[]),
    rule_of(Side::Mentors, Column::Minimum, &[&["миним"]]),
    rule_of(
        Side::Mentors,
        Column::Capacity,
        &[&["сколько", "колич", "число", "макс", "вместим"], &["настав", "подопеч", "мест"]],
    ),
    rule_of(Side::Mentees, Column::Partners, &[&["фио", "ф"], &["наставник"]]),
    rule_of(Side::Mentors, Column::Partners, &[&["фио", "ф"], &["наставляем"]]),
    rule(Column::Name, &[&["фио", "ф", "фамилия"]], &["руковод", "представит", "родител", "куратор"]),
    rule(Column::Born, &[&["год", "дата"], &["рожд"]], &[]),
    rule(Column::Age, &[&["возраст"]], &[]),
    rule(Column::Class, &[&["класс"]], &["руковод"]),
    rule_of(Side::Mentees, Column::Themes, &[&["запрос"]]),
    rule_of(Side::Mentors, Column::Themes, &[&["компетен", "помочь"]]),
    rule(Column::Interests, &[&["интерес", "увлечен", "хобби"]], &[]),
    rule(Column::Form, &[&["форма"]], &["связи", "обучения"]),
    rule(Column::Time, &[&["время", "времени", "расписан", "дни", "слот"]], &[]),
    rule(Column::Languages, &[&["язык"]], &[]),
    rule(Column::Places, &[&["корпус", "здани", "площадк"]], &[]),
    rule(Column::Places, &[&["место"], &["встреч", "занят"]], &[]),
    rule(Column::Consent, &[&["соглас"]], &[]),
    rule_of(Side::Mentors, Column::Clearance, &[&["допуск", "справк", "судим"]]),
    rule(Column::Category, &[&["категор"]], &[]),
    rule_of(Side::Mentees, Column::Priority, &[&["приоритет", "очеред"]]),
];

/// Longer cells are sentences, not headings.
const LONGEST_HEADING: usize = 120;

/// Tells what a column with this heading holds.
pub fn recognise(side: Side, heading: &str) -> Option<Column> {
    if heading.chars().count() > LONGEST_HEADING {
        return None;
    }
    let folded = words::fold(heading);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // A heading of one word is the name; in longer ones the word says whose workplace or request it is.
    match (side, &words[..]) {
        (Side::Mentees, ["наставляемый" | "обучающийся" | "ученик"]) | (Side::Mentors, ["наставник"]) =>
        {
            return Some(Column::Name);
        }
        _ => {}
    }
    // «не» and «ф» (of «Ф. И. О.») are words, the others are beginnings of words.
    let fits = |word: &str, stem: &str| if stem.chars().count() <= 2 { word == stem } else { word.starts_with(stem) };
    let has = |stem: &&str| words.iter().any(|word| fits(word, stem));
    let fits = |rule: &&Rule| {
        rule.side.is_none_or(|own| own == side)
            && rule.all.iter().all(|group| group.iter().any(has))
            && !rule.none.iter().any(has)
    };
    RULES.iter().find(fits).map(|rule| rule.column)
}

/// Where each column stands; of two headings that mean the same the first counts.
pub fn places<'a>(side: Side, headings: impl Iterator<Item = &'a str>) -> BTreeMap<Column, (usize, String)> {
    let mut places = BTreeMap::new();
    for (place, heading) in headings.enumerate() {
        if let Some(column) = recognise(side, heading) {
            places.entry(column).or_insert_with(|| (place, words::one_line(heading)));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("ФИО наставляемого", Some(Column::Name))]
    #[case("Контактные данные для связи (данные представителя)", None)]
    #[case("Год рождения наставляемого", Some(Column::Born))]
    #[case("Основной запрос наставляемого", Some(Column::Themes))]
    #[case("Дата вхождения в программу", None)]
    #[case("ФИО наставника", Some(Column::Partners))]
    #[case("Форма наставничества", Some(Column::Form))]
    #[case("Место работы/учёбы наставника", None)]
    #[case("Дата завершения программы", Some(Column::Finished))]
    #[case("Результаты программы", None)]
    #[case("Ссылка на кейс/отзыв наставляемого на сайте организации", None)]
    #[case("Отметка о прохождении программы", None)]
    #[case("Класс", Some(Column::Class))]
    #[case("Категория (ОВЗ, одарённый, ТЖС…)", Some(Column::Category))]
    #[case("ФИО классного руководителя", None)]
    #[case("Согласие (есть/нет)", Some(Column::Consent))]
    #[case("Ролевая модель", None)]
    #[case("Ф. И. О. наставляемого", Some(Column::Name))]
    #[case("Желаемый наставник", Some(Column::Wishes))]
    #[case("С кем не работать", Some(Column::Vetoes))]
    fn headings_of_the_base_of_mentees_are_known(#[case] heading: &str, #[case] column: Option<Column>) {
        assert_eq!(recognise(Side::Mentees, heading), column);
    }

    #[rstest]
    #[case("ФИО наставника", Some(Column::Name))]
    #[case("Наставник", Some(Column::Name))]
    #[case("Контактные данные", None)]
    #[case("Место работы/учёбы наставника", None)]
    #[case("Основные компетенции наставника", Some(Column::Themes))]
    #[case("Важные для программы достижения наставника", None)]
    #[case("Интересы наставника", Some(Column::Interests))]
    #[case("Желаемый возраст наставляемых", Some(Column::WishedAge))]
    #[case("Ресурс времени на программу наставничества", Some(Column::Time))]
    #[case("ФИО наставляемого (наставляемых)", Some(Column::Partners))]
    #[case("Место работы/учёбы наставляемого", None)]
    #[case("Сколько наставляемых может взять", Some(Column::Capacity))]
    #[case("Допуск к работе с детьми", Some(Column::Clearance))]
    #[case("Родственники среди наставляемых", Some(Column::Relatives))]
    fn headings_of_the_base_of_mentors_are_known(#[case] heading: &str, #[case] column: Option<Column>) {
        assert_eq!(recognise(Side::Mentors, heading), column);
    }
}
