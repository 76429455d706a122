//! Bases and registers: the columns of МР-42/02, on paper and as a workbook.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Checked, School, Sheets};
use crate::sheet::{Column, Kind, Sheet, Value, Workbook};

/// Forms a register: what stands above the rows is the same everywhere.
macro_rules! register {
    ($(#[$doc:meta])* $register:ident, $row:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $register {
            pub school: School,
            pub year: String,
            pub as_of: NaiveDate,
            pub rows: Vec<$row>,
        }

        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $row {
            $($(#[$of_field])* pub $field: $type,)+
        }

        impl Checked for $register {}

        impl $register {
            fn sheet(&self, name: &str, columns: Vec<Column>, values: fn(&$row) -> Vec<Value>) -> Workbook {
                let numbered = std::iter::once(Column::new("№", 5.0, Kind::Integer)).chain(columns);
                let title = format!("{name}. {}, {} учебный год", self.school.short_name, self.year);
                let mut sheet = Sheet::new(name, numbered).titled(title);
                for (number, row) in (1_i64..).zip(&self.rows) {
                    sheet.rows.push(std::iter::once(number.into()).chain(values(row)).collect());
                }
                let as_of = format!("Состояние на {}", Value::Date(self.as_of).shown());
                Workbook::of(sheet.note(as_of))
            }
        }
    };
}

register! {
    /// The base of mentees: a line per mentee and pair.
    MenteeBase, MenteeRow {
        name: String,
        contact: String,
        #[serde(default)] birth_year: Option<u16>,
        request: String,
        entered_on: NaiveDate,
        #[serde(default)] mentor: String,
        #[serde(default)] form: String,
        #[serde(default)] mentor_place: String,
        #[serde(default)] completed_on: Option<NaiveDate>,
        #[serde(default)] results: String,
        #[serde(default)] link: String,
        #[serde(default)] passed: bool,
    }
}

register! {
    /// The base of mentors: a line per mentor and pair.
    MentorBase, MentorRow {
        name: String,
        contact: String,
        place: String,
        competences: String,
        #[serde(default)] achievements: String,
        #[serde(default)] interests: String,
        #[serde(default)] wished_age: String,
        #[serde(default)] time: String,
        entered_on: NaiveDate,
        #[serde(default)] mentees: String,
        #[serde(default)] form: String,
        #[serde(default)] mentee_place: String,
        #[serde(default)] completed_on: Option<NaiveDate>,
        #[serde(default)] results: String,
        #[serde(default)] link: String,
    }
}

register! {
    /// The register of participants: personal records of the programme.
    Registry, RegistryRow {
        name: String,
        #[serde(default)] birth_date: Option<NaiveDate>,
        place: String,
        role: String,
        form: String,
        #[serde(default)] role_model: String,
        #[serde(default)] order: String,
        #[serde(default)] pair: String,
        entered_on: NaiveDate,
        state: String,
        #[serde(default)] left: String,
        #[serde(default)] consent: String,
        #[serde(default)] diagnostics: String,
        #[serde(default)] plan: String,
        #[serde(default)] result: String,
    }
}

register! {
    /// People who may become mentors, and where the school met them.
    PotentialMentors, PotentialMentor {
        name: String,
        source: String,
        category: String,
        help: String,
        contact: String,
        ready: String,
        #[serde(default)] decision: String,
        #[serde(default)] moved_on: Option<NaiveDate>,
    }
}

fn text(title: &str, width: f64) -> Column {
    Column::text(title, width)
}

fn date(title: &str) -> Column {
    Column::new(title, 13.0, Kind::Date)
}

fn shown(text: &str) -> Value {
    text.into()
}

impl Sheets for MenteeBase {
    fn workbook(&self) -> Workbook {
        let columns = vec![
            text("ФИО наставляемого", 28.0),
            text("Контактные данные для связи (данные представителя)", 28.0),
            Column::new("Год рождения наставляемого", 11.0, Kind::Integer),
            text("Основной запрос наставляемого", 32.0),
            date("Дата вхождения в программу"),
            text("ФИО наставника", 28.0),
            text("Форма наставничества", 18.0),
            text("Место работы/учёбы наставника", 22.0),
            date("Дата завершения программы"),
            text("Результаты программы", 28.0),
            text("Ссылка на кейс/отзыв наставляемого", 24.0),
            text("Отметка о прохождении программы", 16.0),
        ];
        self.sheet("База наставляемых", columns, |row| {
            vec![
                shown(&row.name),
                shown(&row.contact),
                row.birth_year.map_or(Value::Empty, |year| i64::from(year).into()),
                shown(&row.request),
                row.entered_on.into(),
                shown(&row.mentor),
                shown(&row.form),
                shown(&row.mentor_place),
                row.completed_on.into(),
                shown(&row.results),
                shown(&row.link),
                shown(if row.passed { "пройдена" } else { "" }),
            ]
        })
    }
}

impl Sheets for MentorBase {
    fn workbook(&self) -> Workbook {
        let columns = vec![
            text("ФИО наставника", 28.0),
            text("Контактные данные", 24.0),
            text("Место работы/учёбы наставника", 22.0),
            text("Основные компетенции наставника", 28.0),
            text("Важные для программы достижения наставника", 28.0),
            text("Интересы наставника", 22.0),
            text("Желаемый возраст наставляемых", 14.0),
            text("Ресурс времени на программу наставничества", 18.0),
            date("Дата вхождения в программу"),
            text("ФИО наставляемого (наставляемых)", 28.0),
            text("Форма наставничества", 18.0),
            text("Место работы/учёбы наставляемого", 22.0),
            date("Дата завершения программы"),
            text("Результаты программы", 28.0),
            text("Ссылка на кейс/отзыв наставника", 24.0),
        ];
        self.sheet("База наставников", columns, |row| {
            vec![
                shown(&row.name),
                shown(&row.contact),
                shown(&row.place),
                shown(&row.competences),
                shown(&row.achievements),
                shown(&row.interests),
                shown(&row.wished_age),
                shown(&row.time),
                row.entered_on.into(),
                shown(&row.mentees),
                shown(&row.form),
                shown(&row.mentee_place),
                row.completed_on.into(),
                shown(&row.results),
                shown(&row.link),
            ]
        })
    }
}

impl Sheets for Registry {
    fn workbook(&self) -> Workbook {
        let columns = vec![
            text("ФИО", 28.0),
            date("Дата рождения"),
            text("Класс, должность, стаж", 18.0),
            text("Роль", 14.0),
            text("Форма наставничества", 18.0),
            text("Ролевая модель", 22.0),
            text("Приказ о паре", 18.0),
            text("Пара или группа", 10.0),
            date("Дата вхождения"),
            text("Статус", 14.0),
            text("Дата и причина выхода", 22.0),
            text("Согласие: № и дата", 18.0),
            text("Диагностика: вход и выход", 18.0),
            text("План: утверждён, выполнен", 18.0),
            text("Итог", 22.0),
        ];
        self.sheet("Реестр участников", columns, |row| {
            vec![
                shown(&row.name),
                row.birth_date.into(),
                shown(&row.place),
                shown(&row.role),
                shown(&row.form),
                shown(&row.role_model),
                shown(&row.order),
                shown(&row.pair),
                row.entered_on.into(),
                shown(&row.state),
                shown(&row.left),
                shown(&row.consent),
                shown(&row.diagnostics),
                shown(&row.plan),
                shown(&row.result),
            ]
        })
    }
}

impl Sheets for PotentialMentors {
    fn workbook(&self) -> Workbook {
        let columns = vec![
            text("ФИО", 28.0),
            text("Источник", 24.0),
            text("Категория", 16.0),
            text("Чем может помочь", 32.0),
            text("Контакт", 22.0),
            text("Готовность", 16.0),
            text("Решение куратора", 22.0),
            date("Переведён в базу наставников"),
        ];
        self.sheet("Потенциальные наставники", columns, |row| {
            vec![
                shown(&row.name),
                shown(&row.source),
                shown(&row.category),
                shown(&row.help),
                shown(&row.contact),
                shown(&row.ready),
                shown(&row.decision),
                row.moved_on.into(),
            ]
        })
    }
}
