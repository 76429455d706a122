//! The columns of the two bases (МР-42/02) and those schools add, recognised by the words of their headings.

use crate::words;

/// Which of the two bases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

    /// Returns the other base.
    pub fn other(self) -> Self {
        match self {
            Self::Mentees => Self::Mentors,
            Self::Mentors => Self::Mentees,
        }
    }

    /// Words that alone head the column of names.
    fn people(self) -> &'static [&'static str] {
        match self {
            Self::Mentees => &["наставляемый", "обучающийся", "ученик"],
            Self::Mentors => &["наставник"],
        }
    }

    /// How the word for people of the other base begins.
    fn other_stem(self) -> &'static str {
        match self {
            Self::Mentees => "наставник",
            Self::Mentors => "наставляем",
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

impl Rule {
    const fn without(self, none: &'static [&'static str]) -> Self {
        Self { none, ..self }
    }
}

/// Facts of the person alone: «Класс наставляемого» in the base of mentors is not the mentor's.
const OWN: &[Column] = &[Column::Class, Column::Born, Column::Age, Column::Interests, Column::Category];

/// The first rule that fits decides: «Желаемый возраст наставляемых» is a wish, not an age.
const RULES: &[Rule] = &[
    rule(Column::Finished, &[&["дата"], &["заверш", "окончан", "выход"]], &[]),
    rule(Column::WishedAge, &[&["желаем", "предпоч", "пожелан"], &["возраст", "класс"]], &[]),
    rule_of(Side::Mentors, Column::WishedAge, &[&["возраст"], &["наставляемых", "подопечных"]]),
    rule(Column::Vetoes, &[&["нежелат", "исключ", "запрет"]], &[]),
    rule(Column::Vetoes, &[&["не"], &["работать", "хочет", "предлагать"]], &[]),
    rule(Column::Relatives, &[&["родственн"]], &[]),
    rule(Column::Wishes, &[&["желаем", "предпоч", "пожелан", "выбор", "выбра", "хочет"], &["настав"]], &[]),
    rule_of(Side::Mentors, Column::Minimum, &[&["миним"]]),
    rule_of(
        Side::Mentors,
        Column::Capacity,
        &[&["сколько", "колич", "число", "макс", "вместим"], &["настав", "подопеч", "мест"]],
    )
    .without(&["час", "встреч", "занят", "раз"]),
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
    if let Some(name) = whom(side, heading) {
        return Some(name);
    }
    // «не» and «ф» (of «Ф. И. О.») are words, the others are beginnings of words.
    let fits = |word: &str, stem: &str| if stem.chars().count() <= 2 { word == stem } else { word.starts_with(stem) };
    let has = |stem: &&str| words.iter().any(|word| fits(word, stem));
    let fits = |rule: &&Rule| {
        rule.side.is_none_or(|own| own == side)
            && rule.all.iter().all(|group| group.iter().any(has))
            && !rule.none.iter().any(has)
    };
    let column = RULES.iter().find(fits).map(|rule| rule.column);
    column.filter(|column| !(OWN.contains(column) && is_of_others(side, heading)))
}

/// Tells whether a heading names the people of the other base.
pub fn is_of_others(side: Side, heading: &str) -> bool {
    words::fold(heading).split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(side.other_stem()))
}

/// Tells whether a heading is a single word for the people of the base, whatever stands above it: their names.
///
/// In longer headings the word says whose workplace or request it is.
pub fn whom(side: Side, heading: &str) -> Option<Column> {
    side.people().contains(&words::fold(heading).as_str()).then_some(Column::Name)
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
    #[case("Количество часов работы с наставляемыми", None)]
    #[case("Количество встреч с наставляемым", None)]
    #[case("Возраст наставляемых", Some(Column::WishedAge))]
    #[case("Возраст наставляемого", None)]
    #[case("Класс наставляемого", None)]
    #[case("Класс", Some(Column::Class))]
    fn headings_of_the_base_of_mentors_are_known(#[case] heading: &str, #[case] column: Option<Column>) {
        assert_eq!(recognise(Side::Mentors, heading), column);
    }
}
