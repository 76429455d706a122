//! Parts that several pages about people share.

use crate::{
    people::{
        forms::PersonForm,
        model::{Kind, Person, Sex},
        paths,
    },
    web::{
        Errors,
        ui::{
            field::{Choice, Control, Field, field},
            layout::Crumb,
        },
    },
    words::capitalised,
};
use maud::{Markup, html};

/// Draws fields one under another.
pub fn drawn(fields: &[Field]) -> Markup {
    html! { @for one in fields { (field(one)) } }
}

/// Returns the way to a page about a person.
pub fn crumbs(person: &Person) -> Vec<Crumb> {
    vec![Crumb::new("Люди", paths::PEOPLE), Crumb::new(person.name().to_string(), paths::person_path(person.id))]
}

/// Returns the choice of nothing before others.
pub fn or_nothing(label: &str, choices: impl IntoIterator<Item = Choice>) -> Control {
    Control::Select(std::iter::once(Choice::new("", label)).chain(choices).collect())
}

/// Returns the fields of a person.
pub fn person_fields(form: &PersonForm, errors: &Errors) -> Vec<Field> {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let kinds = Kind::ALL.iter().map(|kind| Choice::new(kind.word(), capitalised(kind.label()))).collect();
    let sexes = Sex::ALL.iter().map(|sex| Choice::new(sex.word(), sex.label()));
    vec![
        Field::new("id", "").control(Control::Hidden).value(&form.id),
        Field::new("version", "").control(Control::Hidden).value(form.version.to_string()),
        text("surname", "Фамилия", &form.surname).required(),
        text("given_name", "Имя", &form.given_name).required(),
        text("patronymic", "Отчество", &form.patronymic).hint("Если есть."),
        text("kinds", "Кем является для школы", "")
            .required()
            .control(Control::Checkboxes { options: kinds, chosen: form.kinds.clone() }),
        text("born_on", "Дата рождения", &form.born_on)
            .control(Control::Date)
            .hint("По возрасту определяется, кто подписывает согласие и входит ли человек в целевую группу."),
        text("sex", "Пол", &form.sex).control(or_nothing("не указан", sexes)),
        text("phone", "Телефон", &form.phone),
        text("email", "Электронная почта", &form.email).control(Control::Email),
        text("workplace", "Место работы (учёбы)", &form.workplace)
            .hint("Для тех, кто не учится и не работает в школе."),
        text("journal_id", "Номер в электронном журнале", &form.journal_id)
            .hint("По нему повторная загрузка узнаёт человека, даже если сменилась фамилия."),
        text("note", "Примечание", &form.note)
            .control(Control::Textarea { rows: 3 })
            .hint("Сведения о здоровье и семье сюда не вносят: для них нужно отдельное согласие."),
    ]
}
