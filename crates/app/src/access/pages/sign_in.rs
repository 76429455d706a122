//! Signing in.

use crate::{
    access::{Provider, actions, actions::SignIn, forms::SignInForm, paths, queries},
    error::Answer,
    state::App,
    web::{
        BrowserAddress, Device, Errors, Form, Query, View, local_path, see_other,
        ui::{
            action::{Action, action},
            address::Address,
            field::{Control, Field, field},
            form::{self, form},
            notice::{Notice, Tone, notice},
        },
    },
    words,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::{Markup, html};

/// What the address of the page may carry.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    next: String,
}

/// Shows the form; who has signed in needs none, and where nobody exists the first run comes first.
pub async fn show(State(app): State<App>, view: View, Query(wanted): Query<Wanted>) -> Answer {
    if view.who.is_some() {
        return Ok(see_other("/"));
    }
    let mut tx = app.db.of_every_school().read().await?;
    if !queries::anybody(&mut tx).await? {
        return Ok(see_other(paths::FIRST_RUN));
    }
    let form = SignInForm { next: wanted.next, ..SignInForm::default() };
    Ok(page(&app, &view, StatusCode::OK, &form, &Errors::none()))
}

/// Signs in.
pub async fn submit(
    State(app): State<App>,
    view: View,
    BrowserAddress(address): BrowserAddress,
    Device(device): Device,
    Form(sent): Form<SignInForm>,
) -> Answer {
    let errors = sent.check();
    if !errors.is_empty() {
        return Ok(page(&app, &view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors));
    }
    match actions::sign_in(&app, &sent.login, sent.password.clone(), (&address, &device)).await? {
        SignIn::Welcome(session) => {
            let mut response = see_other(local_path(&sent.next));
            session.give(response.headers_mut(), app.web.https);
            Ok(response)
        }
        SignIn::Code(session) => {
            let path = Address::new(paths::CODE).with("next", local_path(&sent.next)).to_string();
            let mut response = see_other(&path);
            session.give(response.headers_mut(), app.web.https);
            Ok(response)
        }
        SignIn::Wrong => {
            let errors = Errors::one("", "Логин или пароль не подходят. Проверьте раскладку клавиатуры и Caps Lock.");
            Ok(page(&app, &view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors))
        }
        SignIn::Wait(seconds) => Ok(too_many(&app, &view, &sent, seconds)),
    }
}

fn too_many(app: &App, view: &View, sent: &SignInForm, seconds: u64) -> Response {
    let wait = words::counted(i64::try_from(seconds).unwrap_or(i64::MAX), &["секунду", "секунды", "секунд"]);
    let sentence = format!("Слишком много попыток подряд. Попробуйте ещё раз через {wait}.");
    let mut response = page(app, view, StatusCode::TOO_MANY_REQUESTS, sent, &Errors::one("", sentence));
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn page(app: &App, view: &View, status: StatusCode, sent: &SignInForm, errors: &Errors) -> Response {
    view.bare(status, "Вход", &body(app.provider.as_ref(), sent, errors))
}

fn body(provider: Option<&Provider>, sent: &SignInForm, errors: &Errors) -> Markup {
    let fields = html! {
        (field(&Field::new("login", "Логин").required().value(&sent.login).error(errors.of("login")).autocomplete("username")))
        (field(&Field::new("password", "Пароль").required().control(Control::Password).error(errors.of("password"))
            .autocomplete("current-password")))
        @if !sent.next.is_empty() { (field(&Field::new("next", "").control(Control::Hidden).value(&sent.next))) }
    };
    html! {
        @if let Some(sentence) = errors.of("") { (notice(&Notice::new(Tone::Danger, sentence))) }
        (form(&form::Form {
            action: paths::SIGN_IN.into(),
            submit: "Войти".into(),
            body: fields,
            ..form::Form::default()
        }))
        @if let Some(provider) = provider {
            (action(&Action::link(
                format!("Войти через {}", provider.name()),
                Address::new(paths::PROVIDER).with("next", local_path(&sent.next)).to_string(),
            )))
        }
        p class="field-hint" { "Забыли пароль? Администратор программы в школе даст ссылку, по которой можно задать новый." }
    }
}
