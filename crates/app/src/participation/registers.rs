//! The bases and registers as tables: the same lines for the page, for paper and for Excel. Pure.
//!
//! Columns are those of the forms of МР-42/02; what other parts of the program will know (pairs, diagnostics, plans)
//! stays empty until it is there. Special categories never stand here.

use super::{
    dictionary::Dictionary,
    funnel::{self, Gap, Stage},
    model::{Participant, Side, Source, Topic, TopicKind, topics_of},
};
use crate::{people::Kind, words};
use chrono::{Datelike as _, NaiveDate};
use documents::sheet::{Column, Kind as Holds, Sheet, Value};

database::stored_as_text! {
    /// A list of people that a school keeps and hands in.
    pub enum Register {
        Mentees = "mentees" => "База наставляемых",
        Mentors = "mentors" => "База наставников",
        Registry = "registry" => "Реестр (персонифицированный учёт)",
        Teachers = "teachers" => "Реестр потенциальных наставников: педагоги",
        Parents = "parents" => "Реестр потенциальных наставников: родители",
        Pupils = "pupils" => "Реестр потенциальных наставников: обучающиеся",
        Partners = "partners" => "Реестр потенциальных наставников: партнёры и выпускники",
    }
}

/// What the lines are made of.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a> {
    pub participants: &'a [Participant],
    pub topics: &'a [Topic],
    pub dictionary: &'a Dictionary,
    pub today: NaiveDate,
}

impl Register {
    /// Tells what the list is for, in one sentence.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Mentees => "Форма МР-42/02, строка 1.1 дорожной карты: кто вошёл в программу как наставляемый.",
            Self::Mentors => "Форма МР-42/02, строка 1.2 дорожной карты: кто вошёл в программу как наставник.",
            Self::Registry => "Строка 3.4 дорожной карты: все, кто вошёл в программу, и чего о них не хватает.",
            Self::Teachers => "Кандидаты в наставники с педсовета и другие педагоги.",
            Self::Parents => "Кандидаты в наставники с родительских собраний и другие родители.",
            Self::Pupils => "Кандидаты в наставники с классных часов и другие обучающиеся.",
            Self::Partners => "Кандидаты в наставники с рабочих встреч: выпускники, студенты, представители партнёров.",
        }
    }

    /// Returns who stands in the list.
    pub fn members<'a>(self, all: &'a [Participant]) -> Vec<&'a Participant> {
        let belongs = |one: &&'a Participant| match self {
            Self::Mentees => one.side == Side::Mentee && one.entered_on.is_some(),
            Self::Mentors => one.side == Side::Mentor && one.entered_on.is_some(),
            Self::Registry => one.entered_on.is_some(),
            _ => one.side == Side::Mentor && Self::of_source(one) == self,
        };
        all.iter().filter(belongs).collect()
    }

    /// Returns the register a potential mentor stands in: by the source, else by who the person is.
    fn of_source(one: &Participant) -> Self {
        let is = |kind: Kind| one.kinds.split(',').any(|word| word == kind.word());
        match one.source {
            Source::StaffCouncil => Self::Teachers,
            Source::ParentMeeting => Self::Parents,
            Source::ClassHour => Self::Pupils,
            Source::Questionnaire | Source::Own if is(Kind::Pupil) => Self::Pupils,
            Source::Questionnaire | Source::Own if is(Kind::Teacher) || is(Kind::Staff) => Self::Teachers,
            Source::Questionnaire | Source::Own if is(Kind::Parent) => Self::Parents,
            Source::WorkMeeting | Source::Questionnaire | Source::Own => Self::Partners,
        }
    }

    fn columns(self) -> Vec<Column> {
        let wide = |titles: &[&str]| titles.iter().map(|title| column(title)).collect();
        match self {
            Self::Mentees => wide(MENTEES),
            Self::Mentors => wide(MENTORS),
            Self::Registry => wide(REGISTRY),
            _ => wide(POTENTIAL),
        }
    }

    /// Makes the table with its title.
    pub fn sheet(self, records: &Records<'_>, school: &str, year: &str) -> Sheet {
        let title = format!("{}, {year} учебный год. {school}", self.label());
        let sheet = Sheet::new(words::capitalised(self.word()), self.columns()).titled(title);
        let sheet = Sheet { name: short_name(self).to_owned(), ..sheet };
        let noted = sheet.note(format!("По состоянию на {}.", words::short_date(records.today)));
        self.members(records.participants).into_iter().enumerate().fold(noted, |sheet, (place, one)| {
            let number = Value::Integer(i64::try_from(place + 1).unwrap_or(i64::MAX));
            let cells = match self {
                Self::Mentees => mentee(one, records),
                Self::Mentors => mentor(one, records),
                Self::Registry => registered(one, records),
                _ => potential(one, records),
            };
            sheet.row(std::iter::once(number).chain(cells))
        })
    }
}

const fn short_name(register: Register) -> &'static str {
    match register {
        Register::Mentees => "База наставляемых",
        Register::Mentors => "База наставников",
        Register::Registry => "Реестр",
        Register::Teachers => "Педагоги",
        Register::Parents => "Родители",
        Register::Pupils => "Обучающиеся",
        Register::Partners => "Партнёры и выпускники",
    }
}

const MENTEES: &[&str] = &[
    "№",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения наставляемого",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы/учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого на сайте организации",
    "Отметка о прохождении программы",
];

const MENTORS: &[&str] = &[
    "№",
    "ФИО наставника",
    "Контактные данные",
    "Место работы/учёбы наставника",
    "Основные компетенции наставника",
    "Важные для программы достижения наставника",
    "Интересы наставника",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу наставничества",
    "Дата вхождения в программу",
    "ФИО наставляемого (наставляемых)",
    "Форма наставничества",
    "Место работы/учёбы наставляемого",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставника",
];

const REGISTRY: &[&str] = &[
    "№",
    "ФИО",
    "Дата рождения (возраст)",
    "Класс / должность / стаж",
    "Роль",
    "Форма",
    "Ролевая модель",
    "№ и дата приказа о паре",
    "Пара/группа №",
    "Дата вхождения",
    "Статус",
    "Дата и причина выхода",
    "Согласие на обработку ПДн",
    "Диагностика вход/выход",
    "План утверждён/выполнен, %",
    "Итог",
    "Чего не хватает",
];

const POTENTIAL: &[&str] = &[
    "№",
    "ФИО",
    "Источник",
    "Категория",
    "Чем готов помочь",
    "Контакт",
    "Готовность",
    "Решение куратора",
    "Переведён в базу наставников",
];

fn column(title: &str) -> Column {
    match title {
        "№" => Column::new(title, 6.0, Holds::Integer),
        "Год рождения наставляемого" => Column::new(title, 12.0, Holds::Integer),
        _ if title.starts_with("Дата вхождения") || title.starts_with("Дата завершения") => {
            Column::new(title, 14.0, Holds::Date)
        }
        _ => Column::text(title, 26.0),
    }
}

fn text(text: impl Into<String>) -> Value {
    let text = text.into();
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

fn joined(records: &Records<'_>, one: &Participant, kind: TopicKind) -> String {
    topics_of(records.topics, one.id, kind).join(", ")
}

/// Returns the request: topics, then the person's own words.
pub fn request(records: &Records<'_>, one: &Participant) -> String {
    let parts = [joined(records, one, TopicKind::Request), one.request_text.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

fn mentee(one: &Participant, records: &Records<'_>) -> Vec<Value> {
    let born = one.born_on.map_or(Value::Empty, |born| Value::Integer(i64::from(born.year())));
    let outcome = one.leave_reason.map_or(String::new(), |reason| reason.label().to_owned());
    vec![
        text(one.name().to_string()),
        text(one.contact()),
        born,
        text(request(records, one)),
        one.entered_on.into(),
        Value::Empty,
        text(records.dictionary.form_title(&one.form)),
        Value::Empty,
        one.left_on.into(),
        Value::Empty,
        Value::Empty,
        text(outcome),
    ]
}

fn mentor(one: &Participant, records: &Records<'_>) -> Vec<Value> {
    vec![
        text(one.name().to_string()),
        text(one.contact()),
        text(one.place()),
        text(joined(records, one, TopicKind::Competence)),
        text(one.achievements.as_str()),
        text(joined(records, one, TopicKind::Interest)),
        text(one.ages()),
        text(one.time()),
        one.entered_on.into(),
        Value::Empty,
        text(records.dictionary.form_title(&one.form)),
        Value::Empty,
        one.left_on.into(),
        Value::Empty,
        Value::Empty,
    ]
}

fn registered(one: &Participant, records: &Records<'_>) -> Vec<Value> {
    let age = one.age_on(records.today).map(|age| format!(" ({age})")).unwrap_or_default();
    let born = one.born_on.map_or(String::new(), |born| format!("{}{age}", words::short_date(born)));
    let service = one
        .teaches_since
        .and_then(|since| crate::people::model::full_years(since, records.today))
        .map(|years| words::counted(i64::from(years), &["год", "года", "лет"]));
    let place = [Some(one.place().to_owned()).filter(|place| !place.is_empty()), service];
    let left = one.left_on.map_or(String::new(), |on| {
        let reason = one.leave_reason.map_or("", |reason| reason.label());
        format!("{}, {reason}", words::short_date(on))
    });
    vec![
        text(one.name().to_string()),
        text(born),
        text(place.into_iter().flatten().collect::<Vec<_>>().join(", стаж ")),
        text(one.side.label()),
        text(records.dictionary.form_title(&one.form)),
        text(one.role_model.as_str()),
        Value::Empty,
        Value::Empty,
        one.entered_on.into(),
        text(if one.stage() == Stage::Left { "завершил участие" } else { "участвует" }),
        text(left),
        text(consent(one)),
        Value::Empty,
        Value::Empty,
        Value::Empty,
        text(gaps(one, records.topics).iter().map(|gap| gap.label()).collect::<Vec<_>>().join(", ")),
    ]
}

/// «№ 17 от 17.11.2026», or nothing.
fn consent(one: &Participant) -> String {
    let number = one.consent_number.zip(one.consented_on);
    number.map_or(String::new(), |(number, on)| format!("№ {number} от {}", words::short_date(on)))
}

fn potential(one: &Participant, records: &Records<'_>) -> Vec<Value> {
    let note = if one.source_note.is_empty() { String::new() } else { format!(" «{}»", one.source_note) };
    let source = format!("{}{note}, {}", one.source.label(), words::short_date(one.offered_on));
    let help = [joined(records, one, TopicKind::Competence), one.achievements.clone()];
    let decision = one.decision.zip(one.decided_on).map_or(String::new(), |(decision, on)| {
        let reason = if one.decision_reason.is_empty() { String::new() } else { format!(": {}", one.decision_reason) };
        format!("{}, {}{reason}", decision.label(), words::short_date(on))
    });
    let ready = match one.interviewed_on {
        Some(on) => format!("собеседование {}", words::short_date(on)),
        None => "собеседования не было".to_owned(),
    };
    vec![
        text(one.name().to_string()),
        text(source),
        text(kinds_text(&one.kinds)),
        text(help.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")),
        text(one.contact()),
        text(ready),
        text(decision),
        one.entered_on.into(),
    ]
}

/// Returns kinds in words: «обучающийся, родитель (законный представитель)».
pub fn kinds_text(kinds: &str) -> String {
    let labels = kinds.split(',').filter_map(|word| word.parse::<Kind>().ok()).map(Kind::label);
    labels.collect::<Vec<_>>().join(", ")
}

/// Returns what the register lacks about somebody.
pub fn gaps(one: &Participant, topics: &[Topic]) -> Vec<Gap> {
    let has = |kind| !topics_of(topics, one.id, kind).is_empty();
    funnel::gaps(one.side, |gap| match gap {
        Gap::BornOn => one.born_on.is_some(),
        Gap::Place => !one.place().is_empty(),
        Gap::Form => !one.form.is_empty(),
        Gap::Request => !one.request_text.is_empty() || has(TopicKind::Request),
        Gap::Competences => has(TopicKind::Competence),
        Gap::Time => one.hours_per_week.is_some() || !one.slots.0.is_empty(),
    })
}
