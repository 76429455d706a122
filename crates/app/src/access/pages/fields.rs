//! Parts that several pages about access share.

use crate::{
    access::{
        forms::SchoolForm,
        model::{Role, SchoolKind},
        zones::{zone_label, zones},
    },
    web::{
        Errors,
        ui::{
            definition::{Fact, definition},
            field::{Choice, Control, Field},
            notice::{Notice, Tone, notice},
        },
    },
    words::capitalised,
};
use maud::{Markup, html};

/// Returns the fields of a school.
pub fn school_fields(form: &SchoolForm, errors: &Errors) -> Vec<Field> {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let kinds = SchoolKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect();
    vec![
        text("name", "Полное название", &form.name)
            .required()
            .control(Control::Textarea { rows: 2 })
            .hint("Как в уставе: так оно встанет в приказы и справки."),
        text("short_name", "Краткое название", &form.short_name).required().hint("Например: Школа № 7."),
        text("kind", "Тип организации", &form.kind).required().control(Control::Select(kinds)),
        text("is_small", "Малокомплектная школа", &form.is_small)
            .control(Control::Checkbox)
            .hint("У малокомплектных школ ниже некоторые целевые показатели дорожной карты."),
        text("address", "Адрес", &form.address),
        text("municipality", "Муниципалитет", &form.municipality).hint("Район или городской округ."),
        text("head_name", "Фамилия, имя, отчество руководителя", &form.head_name),
        text("head_post", "Должность руководителя", &form.head_post),
        text("time_zone", "Часовой пояс", &form.time_zone)
            .required()
            .control(Control::Select(zone_choices(&form.time_zone)))
            .hint("По нему считаются сроки: день начинается в полночь по времени школы."),
    ]
}

/// A zone that was set elsewhere stays among the choices, so that saving does not change it unseen.
fn zone_choices(current: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = zones().into_iter().map(|(zone, label)| Choice::new(zone, label)).collect();
    if !current.is_empty() && choices.iter().all(|choice| choice.value != current) {
        choices.push(Choice::new(current, zone_label(current)));
    }
    choices
}

/// Returns a field with the roles to tick.
pub fn roles_field(chosen: &[String], errors: &Errors) -> Field {
    let options = Role::ALL.iter().map(|role| Choice::new(role.word(), capitalised(role.label())).hint(role.meaning()));
    Field::new("roles", "Роли")
        .required()
        .control(Control::Checkboxes { options: options.collect(), chosen: chosen.to_vec() })
        .error(errors.of("roles"))
}

/// Draws a login with its temporary password, which nobody will see again.
pub fn shown_once(login: &str, password: &str) -> Markup {
    html! {
        (notice(&Notice::new(
            Tone::Warning,
            "Пароль показан один раз: запишите его или распечатайте страницу и передайте лично. При первом входе программа попросит придумать свой.",
        )))
        (definition(&[
            Fact::drawn("Логин", html! { code class="secret" { (login) } }),
            Fact::drawn("Временный пароль", html! { code class="secret" { (password) } }),
        ]))
    }
}
