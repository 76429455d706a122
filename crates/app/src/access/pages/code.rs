//! The code that follows the password.

use crate::{
    access::{
        actions::{self, SecondStep},
        forms::CodeForm,
        paths,
    },
    error::Answer,
    state::App,
    web::{
        Device, Errors, Form, Query, Session, View, local_path, see_other,
        ui::{
            field::{Control, Field, field},
            form::{self, form},
            notice::{Notice, Tone, notice},
        },
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use maud::html;

/// Where the person wanted to go.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    next: String,
}

/// Shows the form to whose password was right.
pub async fn show(State(app): State<App>, view: View, headers: HeaderMap, Query(wanted): Query<Wanted>) -> Answer {
    if view.who.is_some() {
        return Ok(see_other("/"));
    }
    let waiting = Session::of(&headers, app.web.https);
    if !actions::waits(&app, waiting.as_ref()).await? {
        return Ok(over(&view));
    }
    Ok(page(&view, StatusCode::OK, &wanted.next, &Errors::none()))
}

/// Checks the code.
pub async fn submit(
    State(app): State<App>,
    view: View,
    Device(device): Device,
    headers: HeaderMap,
    Form(sent): Form<CodeForm>,
) -> Answer {
    let waiting = Session::of(&headers, app.web.https);
    match actions::answer(&app, waiting, &sent.code, &device).await? {
        SecondStep::Welcome(session) => {
            let mut response = see_other(local_path(&sent.next));
            session.give(response.headers_mut(), app.web.https);
            Ok(response)
        }
        SecondStep::Wrong => {
            let sentence = "Код не подошёл. Введите тот, что сейчас на экране телефона, или резервный.";
            Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &sent.next, &Errors::one("code", sentence)))
        }
        SecondStep::Wait(seconds) => {
            let sentence = format!("Слишком много попыток подряд. Попробуйте ещё раз через {seconds} с.");
            let errors = Errors::one("code", sentence);
            let mut response = page(&view, StatusCode::TOO_MANY_REQUESTS, &sent.next, &errors);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        SecondStep::Gone => Ok(over(&view)),
    }
}

/// Nobody waits for a code in this browser, or the time is over.
fn over(view: &View) -> Response {
    let body = html! {
        p { "Код вводят в течение десяти минут после первого шага входа." }
        p { a href=(paths::SIGN_IN) { "Начать вход ещё раз" } }
    };
    view.bare(StatusCode::GONE, "Время для кода вышло", &body)
}

fn page(view: &View, status: StatusCode, next: &str, errors: &Errors) -> Response {
    let body = html! {
        p { "Остался один шаг. Откройте на телефоне приложение с кодами и введите код для «Наставника»." }
        (form(&form::Form {
            action: paths::CODE.into(),
            submit: "Войти".into(),
            body: html! {
                (field(&Field::new("code", "Код из шести цифр").required().error(errors.of("code"))
                    .autocomplete("one-time-code").hint("Телефона нет под рукой? Введите один из резервных кодов.")))
                @if !next.is_empty() { (field(&Field::new("next", "").control(Control::Hidden).value(next))) }
            },
            ..form::Form::default()
        }))
        (notice(&Notice::new(Tone::Info, "Нет ни телефона, ни резервных кодов? Администратор программы в школе снимет второй фактор.")))
    };
    view.bare(status, "Код для входа", &body)
}
