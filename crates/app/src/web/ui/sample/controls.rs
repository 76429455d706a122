//! Samples: buttons, fields, forms.

use crate::web::ui::{
    action::{Action, action, actions},
    confirm::{Confirm, confirm},
    field::{Choice, Control, Field, field, stacked},
    form::{ErrorSummary, Fieldset, Form, error_summary, fieldset, form},
    icon::{Icon, icon},
};
use maud::{Markup, html};

fn row() -> Markup {
    actions(&[
        Action::link("Добавить позицию", "#").icon(Icon::Plus).primary(),
        Action::link("Печать", "#").icon(Icon::Print),
        Action::download("XLSX", "#"),
        Action::post("Подтвердить выполнение", "#").icon(Icon::Check),
        Action::post("Удалить год", "#").icon(Icon::Trash).danger(),
        Action::link("Подробнее", "#").quiet(),
    ])
}

pub fn buttons() -> Vec<(&'static str, Markup)> {
    let icons = html! { p { @for one in Icon::ALL { (icon(*one)) " " } } };
    vec![
        ("actions — ряд", row()),
        (
            "action — кнопка формы с другим адресом",
            action(&Action::submit_to("Скачать акт, Word", "/about/components").icon(Icon::Download).gives_file()),
        ),
        ("action — кнопка формы", action(&Action::submit_as("Сохранить и добавить ещё", "then", "new"))),
        ("icon — все рисунки", icons),
    ]
}

pub fn forms() -> Vec<(&'static str, Markup)> {
    let errors = vec![
        ("term".to_owned(), "Срок не понят: «до весны». Например: октябрь, 15.11.2026, октябрь–ноябрь.".to_owned()),
        ("indicator".to_owned(), "Показатель: нужно число от 0 до 100.".to_owned()),
    ];
    vec![
        ("form — с ошибками", form(&position(&errors))),
        ("error_summary — отдельно", error_summary(&ErrorSummary { errors: errors.into_iter().take(1).collect() })),
        (
            "field — обычное",
            field(&Field::new("short-name", "Краткое название школы").value("МБОУ «Школа на Заречной»")),
        ),
        ("stacked — одно под другим", stacked(&[Field::new("town", "Город"), Field::new("street", "Улица")])),
        (
            "fieldset — поля вместе",
            fieldset(&Fieldset {
                legend: "Директор".into(), hint: Some("Подписывает приказы.".into()), body: head()
            }),
        ),
        ("confirm — перед удалением", confirm(&removal())),
    ]
}

fn position(errors: &[(String, String)]) -> Form {
    let error = |name: &str| errors.iter().find(|(field, _)| field == name).map(|(_, sentence)| sentence.clone());
    let body = html! {
        (field(&Field::new("title", "Мероприятие").control(Control::Textarea { rows: 2 }).required().value("Формирование базы наставников из числа обучающихся и педагогов")))
        (field(&Field::new("term", "Срок").required().hint("Месяц, день или промежуток: «октябрь», «15.11.2026», «октябрь–ноябрь».").value("до весны").error(error("term"))))
        (field(&Field::new("indicator", "Показатель, %").control(Control::Number { fraction: true }).value("сто").error(error("indicator"))))
        (field(&Field::new("responsible", "Ответственный").control(Control::Select(posts())).value("methodist")))
        (field(&Field::new("proof", "Чем подтверждается").control(Control::Radios(proofs())).value("document")))
        (field(&Field::new("roles", "Кто видит").control(Control::Checkboxes { options: posts(), chosen: vec!["coordinator".into()] })))
        (field(&Field::new("due", "Напомнить").control(Control::Date).value("2026-11-30")))
        (field(&Field::new("document", "Документ").control(Control::File { accept: ".docx,.pdf" }).hint("DOCX или PDF, до 20 МБ.")))
        (field(&Field::new("notify", "Показать в обзоре ответственного").control(Control::Checkbox).value("on")))
        (field(&Field::new("version", "").control(Control::Hidden).value("3")))
    };
    Form {
        action: "#".into(),
        submit: "Сохранить".into(),
        cancel_href: Some("#".into()),
        multipart: true,
        errors: ErrorSummary { errors: errors.to_vec() },
        body,
        ..Form::default()
    }
}

fn posts() -> Vec<Choice> {
    vec![
        Choice::new("coordinator", "куратор программы"),
        Choice::new("methodist", "методист"),
        Choice::new("psychologist", "педагог-психолог"),
    ]
}

fn proofs() -> Vec<Choice> {
    vec![
        Choice::new("document", "документ").hint("Приложен приказ, протокол или справка."),
        Choice::new("measure", "показатель").hint("Число по записям программы достигло цели."),
    ]
}

fn head() -> Markup {
    html! {
        (field(&Field::new("head-name", "Фамилия, имя, отчество").required().autocomplete("name")))
        (field(&Field::new("head-mail", "Электронная почта").control(Control::Email).autocomplete("email")))
        (field(&Field::new("head-password", "Пароль").control(Control::Password).hint("Не короче 12 знаков.").autocomplete("new-password")))
    }
}

fn removal() -> Confirm {
    Confirm {
        action: "#".into(),
        submit: "Удалить учебный год 2026/27".into(),
        cancel_href: "#".into(),
        will_happen: vec!["Исчезнут 31 позиция дорожной карты и 12 заметок.".into(), "Вернуть их будет нельзя.".into()],
        remains: vec!["Люди, согласия и пары останутся.".into(), "Запись об удалении останется в журнале.".into()],
        hidden: vec![("version".into(), "3".into())],
        fields: field(&Field::new("reason", "Причина").control(Control::Textarea { rows: 2 }).required()),
        danger: true,
    }
}
