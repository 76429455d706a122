//! Changing one's own password; the only page of somebody whose password is temporary.

use crate::{
    access::{
        Visitor,
        actions::{self, PasswordChange},
        forms::PasswordForm,
        paths,
    },
    error::{Answer, Failure},
    state::App,
    web::{
        Device, Errors, Form, View, see_other_saying,
        ui::{
            field::{Control, Field, stacked},
            form::{self, form},
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// Shows the form.
pub async fn show(view: View, visitor: Visitor) -> Answer {
    Ok(page(&view, &visitor, StatusCode::OK, &Errors::none()))
}

/// Changes the password; every other session of the person ends.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Device(device): Device,
    Form(sent): Form<PasswordForm>,
) -> Answer {
    let mut errors = sent.check();
    if errors.is_empty() {
        match actions::change_password(&app, &visitor, (sent.current, sent.new), &device).await? {
            PasswordChange::Done(session) => {
                let sentence = "Пароль изменён. На других устройствах вход с прежним паролем завершён.";
                let mut response = see_other_saying("/", FlashKind::Success, sentence);
                session.give(response.headers_mut(), app.web.https);
                return Ok(response);
            }
            PasswordChange::WrongCurrent => errors.add("current", "Прежний пароль введён неверно."),
            PasswordChange::Bad(bad) => errors.add("new", bad.to_string()),
            PasswordChange::Wait(seconds) => return Err(Failure::TooMany(seconds)),
        }
    }
    Ok(page(&view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &errors))
}

fn page(view: &View, visitor: &Visitor, status: StatusCode, errors: &Errors) -> Response {
    let secret = |name: &'static str, label: &str, purpose| {
        Field::new(name, label).required().control(Control::Password).error(errors.of(name)).autocomplete(purpose)
    };
    let fields = [
        secret("current", "Прежний пароль", "current-password"),
        secret("new", "Новый пароль", "new-password").hint("Не короче 10 знаков. Подойдёт фраза из трёх-четырёх слов."),
        secret("again", "Новый пароль ещё раз", "new-password"),
    ];
    let body = html! {
        @if visitor.password_is_temporary {
            (notice(&Notice::new(Tone::Warning, "Ваш пароль временный. Придумайте свой, чтобы продолжить работу.")))
        }
        (form(&form::Form {
            action: paths::PASSWORD.into(),
            submit: "Изменить пароль".into(),
            cancel_href: (!visitor.password_is_temporary).then(|| "/".to_owned()),
            errors: errors.summary(&fields),
            body: stacked(&fields),
            ..form::Form::default()
        }))
    };
    let page = Page { title: "Смена пароля".into(), body, width: Width::Narrow, ..Page::default() };
    view.page_with(status, page)
}
