//! The record about a person: sections of lines, each a name and a value. Pure.

use super::queries;
use chrono::NaiveDate;

/// A part of the record: one table, with what its columns are called on paper.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    pub title: &'static str,
    pub table: &'static str,
    pub sql: &'static str,
    /// The column, in the order of the statement, and its name on paper.
    pub columns: &'static [(&'static str, &'static str)],
}

/// One value about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub column: &'static str,
    /// What the column is called on paper.
    pub name: &'static str,
    pub value: String,
}

/// A part of the record with its rows.
pub type Held = (&'static Section, Vec<Vec<Line>>);

/// Everything about a person: for every section its rows.
#[derive(Debug, Clone)]
pub struct Record {
    pub name: String,
    pub school: String,
    pub today: NaiveDate,
    pub sections: Vec<Held>,
    /// Who saw the person, the latest first: when, who, what.
    pub readers: Vec<[String; 3]>,
}

/// The parts of the record in the order of the paper.
pub const SECTIONS: &[Section] = &[
    Section {
        title: "Сведения",
        table: "persons",
        sql: queries::PERSON,
        columns: &[
            ("surname", "Фамилия"),
            ("given_name", "Имя"),
            ("patronymic", "Отчество"),
            ("name_key", "Имя для поиска"),
            ("born_on", "Дата рождения"),
            ("sex", "Пол"),
            ("phone", "Телефон"),
            ("email", "Электронная почта"),
            ("journal_id", "Номер в электронном журнале"),
            ("workplace", "Место работы"),
            ("note", "Заметка"),
            ("left_on", "Выбытие"),
            ("left_reason", "Причина выбытия"),
            ("hidden_on", "Карточка скрыта"),
        ],
    },
    Section {
        title: "Кем является", table: "person_kinds", sql: queries::KINDS, columns: &[("kind", "Кем является")]
    },
    Section {
        title: "Классы",
        table: "enrolments",
        sql: queries::ENROLMENTS,
        columns: &[("entered_on", "Зачисление"), ("left_on", "Последний день")],
    },
    Section {
        title: "Работа в школе",
        table: "staff",
        sql: queries::STAFF,
        columns: &[
            ("post", "Должность"),
            ("is_teaching", "Педагогическая должность"),
            ("teaches_since", "Педагогический стаж с"),
        ],
    },
    Section {
        title: "Внешний вход в программу",
        table: "provider_links",
        sql: queries::PROVIDER_LINKS,
        columns: &[("issuer", "Где"), ("subject", "Под каким именем"), ("linked_at", "Привязан")],
    },
    Section {
        title: "Представительство",
        table: "guardianships",
        sql: queries::GUARDIANSHIPS,
        columns: &[("grounds", "Основание"), ("paper", "Документ")],
    },
    Section {
        title: "Объединение карточек",
        table: "person_merges",
        sql: queries::MERGES,
        columns: &[("moved", "Что перенесено")],
    },
    Section {
        title: "Строки загруженных списков",
        table: "people_import_rows",
        sql: queries::IMPORT_ROWS,
        columns: &[("cells", "Строка"), ("reason", "Примечание"), ("plan", "Что будет изменено")],
    },
    Section {
        title: "Заявки",
        table: "applications",
        sql: queries::APPLICATIONS,
        columns: &[("answers", "Ответы"), ("received_at", "Получена"), ("outcome", "Решение")],
    },
    Section {
        title: "Участие в программе",
        table: "participations",
        sql: queries::PARTICIPATIONS,
        columns: &[
            ("school_year", "Учебный год с"),
            ("side", "Сторона"),
            ("source", "Источник"),
            ("source_note", "Уточнение источника"),
            ("offered_on", "Предложено"),
            ("applied_on", "Анкета"),
            ("interviewed_on", "Собеседование"),
            ("interview_result", "Итог собеседования"),
            ("decided_on", "Решение принято"),
            ("decision", "Решение"),
            ("decision_reason", "Причина решения"),
            ("trained_on", "Обучение"),
            ("entered_on", "В базе с"),
            ("left_on", "Участие до"),
            ("leave_reason", "Причина завершения"),
            ("leave_note", "Уточнение причины"),
            ("suspended_on", "Приостановлено"),
            ("form", "Форма наставничества"),
            ("role_model", "Ролевая модель"),
            ("request_text", "Запрос"),
            ("desired_partner", "Пожелание о паре"),
            ("achievements", "Достижения"),
            ("age_from", "Возраст от"),
            ("age_to", "Возраст до"),
            ("capacity", "Сколько человек готов вести"),
            ("hours_per_week", "Часов в неделю"),
            ("slots", "Свободное время"),
            ("time_note", "Примечание о времени"),
        ],
    },
    Section {
        title: "Запросы, компетенции, интересы",
        table: "participation_topics",
        sql: queries::TOPICS,
        columns: &[("kind", "Что это"), ("topic", "Тема")],
    },
    Section {
        title: "Согласия",
        table: "consents",
        sql: queries::CONSENTS,
        columns: &[
            ("number", "№"),
            ("purpose", "Цель"),
            ("signers", "Кто подписывает"),
            ("asked_on", "Запрошено"),
            ("printed_on", "Напечатано"),
            ("signed_on", "Подписано"),
            ("signed_by", "Кем подписано"),
            ("valid_until", "Действует до"),
            ("withdrawn_on", "Отозвано"),
            ("withdrawn_by", "Кем отозвано"),
            ("withdrawal_note", "Примечание к отзыву"),
        ],
    },
    Section {
        title: "Личные ссылки",
        table: "consent_links",
        sql: queries::LINKS,
        columns: &[("made_at", "Создана"), ("expires_on", "Действует до"), ("revoked_at", "Закрыта")],
    },
    Section {
        title: "Допуск",
        table: "clearances",
        sql: queries::CLEARANCES,
        columns: &[
            ("kind", "Документ"),
            ("issued_on", "Выдан"),
            ("valid_until", "Действует до"),
            ("seen_on", "Предъявлен"),
            ("revoked_on", "Отозван"),
        ],
    },
    Section {
        title: "Документы",
        table: "papers",
        sql: queries::PAPERS,
        columns: &[
            ("kind", "Вид"),
            ("title", "Название"),
            ("search_text", "Слова для поиска"),
            ("input", "Чем заполнен"),
            ("name_forms", "Имена в падежах"),
            ("printed_on", "Напечатан"),
            ("signed_on", "Подписан"),
            ("registered_on", "Зарегистрирован"),
            ("number_text", "Номер"),
            ("cancelled_on", "Отменён"),
            ("cancel_reason", "Причина отмены"),
        ],
    },
    Section {
        title: "Ознакомление с документами",
        table: "paper_acquaintances",
        sql: queries::ACQUAINTANCES,
        columns: &[("acquainted_on", "Дата ознакомления")],
    },
    Section {
        title: "Имя в падежах",
        table: "person_name_forms",
        sql: queries::NAME_FORMS,
        columns: &[("name_case", "Падеж"), ("full_name", "Имя")],
    },
    Section {
        title: "Особые категории",
        table: "special_categories",
        sql: queries::CATEGORIES,
        columns: &[("sealed", "Категория"), ("open_text", "Основание"), ("since_on", "С"), ("until_on", "По")],
    },
];

/// The table whose texts are sealed: they are opened apart.
pub const SEALED: &str = "special_categories";

/// Names the values of a row; what is empty is left out.
pub fn lines(section: &'static Section, values: Vec<Option<String>>) -> Vec<Line> {
    let named = section.columns.iter().zip(values);
    let line = |((column, name), value): (&(&'static str, &'static str), Option<String>)| {
        value.filter(|value| !value.is_empty()).map(|value| Line { column, name, value })
    };
    named.filter_map(line).collect()
}
