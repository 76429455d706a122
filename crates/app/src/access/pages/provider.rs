//! The way to the provider and back.

use crate::{
    access::{
        actions::{self, Coming, Leaving},
        paths,
        provider::{Departure, NoAnswer, Provider, Returned, Trouble},
    },
    error::{Answer, Failure},
    state::App,
    web::{
        BrowserAddress, Device, Query, Token, View, cookies, local_path, see_other, see_other_saying,
        ui::{
            action::Action,
            address::Address,
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
        },
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use maud::html;

/// Seconds the browser keeps what it left with.
const KEPT: i64 = 600;

/// Where the person wanted to go.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    next: String,
}

/// Sends the browser to the provider; a link does, because a form may not lead to another site.
pub async fn leave(
    State(app): State<App>,
    view: View,
    BrowserAddress(address): BrowserAddress,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let provider = named(&app)?;
    if view.who.is_some() {
        return Ok(see_other("/"));
    }
    match actions::leave_to_sign_in(&app, &provider, local_path(&wanted.next), &address).await {
        Leaving::Gone(departure) => Ok(departed(see_other(&departure.address), &departure, &app)),
        Leaving::Wait(seconds) => Err(Failure::TooMany(seconds)),
        Leaving::Trouble(trouble) => troubled(&view, &provider, trouble),
        Leaving::WrongPassword => Err(Failure::Forbidden),
    }
}

/// Takes in who comes back from the provider.
pub async fn come_back(
    State(app): State<App>,
    view: View,
    Device(device): Device,
    headers: HeaderMap,
    Query(returned): Query<Returned>,
) -> Answer {
    let provider = named(&app)?;
    let browser = cookies::cookie(&headers, cookie_name(&app)).and_then(Token::read);
    let who = (view.who.as_deref(), device.as_str());
    let came = actions::come_back(&app, &provider, (&returned, browser.as_ref()), who).await?;
    let name = provider.name();
    match came {
        Coming::Welcome(session, next) => Ok(let_in(&app, &session, local_path(&next))),
        Coming::Code(session, next) => {
            let path = Address::new(paths::CODE).with("next", local_path(&next)).to_string();
            Ok(let_in(&app, &session, &path))
        }
        Coming::Linked => {
            let sentence = format!("Привязано. Теперь можно входить через {name}.");
            Ok(see_other_saying(paths::PROVIDER_LINKS, FlashKind::Success, &sentence))
        }
        Coming::Taken => {
            let sentence = format!(
                "Эта учётная запись {name} уже привязана к другой учётной записи «Наставника», или здесь уже привязана другая. Ничего не изменено."
            );
            Ok(see_other_saying(paths::PROVIDER_LINKS, FlashKind::Danger, &sentence))
        }
        Coming::Unknown => Ok(page(
            &view,
            &provider,
            StatusCode::UNPROCESSABLE_ENTITY,
            &format!(
                "Этот вход не связан с учётной записью «Наставника». Войдите по логину и паролю, откройте «Мои входы» → «Вход через {name}» и привяжите его. Нет учётной записи — её заводит администратор программы в школе."
            ),
        )),
        Coming::Closed => Ok(page(
            &view,
            &provider,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Учётная запись «Наставника» отключена. Если это ошибка, обратитесь к администратору программы в школе.",
        )),
        Coming::Trouble(trouble) => troubled(&view, &provider, trouble),
    }
}

/// Returns the provider of this installation; without one there is no such page.
fn named(app: &App) -> Answer<Provider> {
    app.provider.clone().ok_or(Failure::NotFound)
}

fn let_in(app: &App, session: &crate::web::Session, path: &str) -> Response {
    let mut response = see_other(path);
    session.give(response.headers_mut(), app.web.https);
    response
}

/// Gives the browser what it is known by when it comes back.
pub fn departed(mut response: Response, departure: &Departure, app: &App) -> Response {
    let secret = departure.browser.secret();
    cookies::set_cookie(response.headers_mut(), cookie_name(app), secret, KEPT, app.web.https);
    response
}

fn cookie_name(app: &App) -> &'static str {
    if app.web.https { "__Host-provider" } else { "provider" }
}

/// Says what went wrong at the provider; signing in with a password goes on.
pub fn troubled(view: &View, provider: &Provider, trouble: Trouble) -> Answer {
    let name = provider.name();
    let (status, sentence) = match trouble {
        Trouble::Own(failure) => return Err(failure),
        Trouble::Gone => (
            StatusCode::GONE,
            "Вход не завершён: страница устарела, уже использована или открыта в другом браузере. Начните вход ещё раз."
                .to_owned(),
        ),
        Trouble::Declined => {
            (StatusCode::UNPROCESSABLE_ENTITY, format!("{name} не подтверждает вход. Начните ещё раз или войдите по паролю."))
        }
        Trouble::Crowded | Trouble::Silent(NoAnswer::Connection(_) | NoAnswer::Slow | NoAnswer::Broken(_)) => {
            tracing::warn!(%trouble, "the provider cannot be used");
            let sentence = format!(
                "{name} сейчас не отвечает. Войдите по логину и паролю «Наставника» или повторите через несколько минут."
            );
            (StatusCode::SERVICE_UNAVAILABLE, sentence)
        }
        Trouble::Silent(_) | Trouble::Unreadable(_) | Trouble::Token(_) => {
            tracing::error!(%trouble, "the provider does not answer as one");
            let sentence = format!(
                "Ответ {name} не прошёл проверку, поэтому вход не выполнен. Войдите по логину и паролю и сообщите администратору сервера: причина записана в журнале работы."
            );
            (StatusCode::BAD_GATEWAY, sentence)
        }
    };
    Ok(page(view, provider, status, &sentence))
}

fn page(view: &View, provider: &Provider, status: StatusCode, sentence: &str) -> Response {
    let back = if view.who.is_some() {
        Action::link("Вернуться", paths::PROVIDER_LINKS)
    } else {
        Action::link("Войти по логину и паролю", paths::SIGN_IN)
    };
    let page = Page {
        title: format!("Вход через {}", provider.name()),
        body: html! { (notice(&Notice::new(Tone::Warning, sentence))) },
        actions: vec![back.primary()],
        width: Width::Narrow,
        ..Page::default()
    };
    view.page_with(status, page)
}
