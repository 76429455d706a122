//! The page of a link with which somebody sets the own password: an invitation, or a way back in.

use crate::{
    access::{
        actions::{self, Entry},
        forms::EntryForm,
        model::{School, User},
        paths,
    },
    error::Answer,
    state::App,
    web::{
        Device, Errors, Form, PathOf, View, see_other, see_other_saying,
        ui::{
            field::{Control, Field, stacked},
            form::{self, form},
            layout::FlashKind,
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// Shows the form; looking uses nothing up.
pub async fn show(State(app): State<App>, view: View, PathOf(secret): PathOf<String>) -> Answer {
    Ok(match actions::opened_link(&app, &secret).await? {
        Some(whose) => page(&view, StatusCode::OK, &secret, &whose, &Errors::none()),
        None => closed(&view),
    })
}

/// Sets the password and uses the link up.
pub async fn submit(
    State(app): State<App>,
    view: View,
    Device(device): Device,
    PathOf(secret): PathOf<String>,
    Form(sent): Form<EntryForm>,
) -> Answer {
    let Some(whose) = actions::opened_link(&app, &secret).await? else { return Ok(closed(&view)) };
    let mut errors = sent.check();
    if errors.is_empty() {
        match actions::enter(&app, &secret, sent.new, &device).await? {
            Entry::Welcome(session) => {
                let mut response = see_other_saying("/", FlashKind::Success, "Пароль сохранён, вход выполнен.");
                session.give(response.headers_mut(), app.web.https);
                return Ok(response);
            }
            Entry::SignIn => return Ok(see_other(paths::SIGN_IN)),
            Entry::Gone => return Ok(closed(&view)),
            Entry::Bad(bad) => errors.add("new", bad.to_string()),
        }
    }
    Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &secret, &whose, &errors))
}

/// The same page for a link that is used, closed, over or never was.
fn closed(view: &View) -> Response {
    let body = html! { p { "Ссылкой уже воспользовались, или её срок вышел. Попросите новую у администратора программы в школе." } };
    view.bare(StatusCode::GONE, "Ссылка не действует", &body)
}

fn page(view: &View, status: StatusCode, secret: &str, (school, user): &(School, User), errors: &Errors) -> Response {
    let password = |name: &'static str, label: &str| {
        Field::new(name, label)
            .required()
            .control(Control::Password)
            .error(errors.of(name))
            .autocomplete("new-password")
    };
    let fields = [
        password("new", "Новый пароль").hint("Не короче 10 знаков. Подойдёт фраза из трёх-четырёх слов."),
        password("again", "Новый пароль ещё раз"),
    ];
    let body = html! {
        p { (school.short_name) ". " (user.full_name) ", ваш логин: " code { (user.login) } "." }
        (form(&form::Form {
            action: paths::entry_path(secret),
            submit: "Сохранить пароль и войти".into(),
            errors: errors.summary(&fields),
            body: stacked(&fields),
            ..form::Form::default()
        }))
    };
    view.bare(status, "Свой пароль", &body)
}
