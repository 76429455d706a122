//! The page a request ends in when it fails.

use super::{
    ui::{
        action::Action,
        layout::{Page, Width},
        notice::{self, Notice, Tone},
    },
    view::View,
};
use crate::{error::Failure, state::App};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

/// A layer: turns a [`Failure`] into a page for whoever asked.
pub async fn draw(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let view = View::of(&parts, &app);
    let response = next.run(Request::from_parts(parts, body)).await;
    let failure = response.extensions().get::<Failure>().cloned().or_else(|| unnamed(response.status()));
    let Some(failure) = failure else { return response };
    let mut page = view.page_with(failure.status(), page(&failure));
    page.headers_mut().extend(retry_after(&failure));
    page
}

/// Answers of the framework itself: no such route, wrong method, body too large.
fn unnamed(status: StatusCode) -> Option<Failure> {
    match status {
        StatusCode::NOT_FOUND => Some(Failure::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Failure::BadRequest("Так эту страницу открыть нельзя.".into())),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Failure::TooLarge(crate::files::MAX_BYTES)),
        StatusCode::REQUEST_TIMEOUT => Some(Failure::Unavailable("Сервер не успел ответить. Повторите ещё раз.")),
        _ => None,
    }
}

fn retry_after(failure: &Failure) -> Option<(header::HeaderName, HeaderValue)> {
    let seconds = match failure {
        Failure::Unavailable(_) => 10,
        Failure::TooMany(seconds) => *seconds,
        _ => return None,
    };
    Some((header::RETRY_AFTER, HeaderValue::from(seconds)))
}

fn page(failure: &Failure) -> Page {
    let (title, advice) = match failure {
        Failure::Refused(_) => {
            ("Так сделать нельзя", "Вернитесь на страницу и исправьте указанное: введённое сохранит браузер.")
        }
        Failure::BadRequest(_) => ("Запрос не понят", "Вернитесь на предыдущую страницу и повторите действие."),
        Failure::NotFound => (
            "Страница не найдена",
            "Возможно, запись удалена или ссылка скопирована не полностью. Попробуйте найти её поиском.",
        ),
        Failure::Forbidden => (
            "Недостаточно прав",
            "Если эта страница нужна вам для работы, попросите администратора программы добавить роль.",
        ),
        Failure::NotResponsible => ("Это не ваша запись", "Напишите ответственному или куратору программы."),
        Failure::Stale { .. } => ("Запись уже изменили", "Сравните две версии и перенесите нужное в свежую страницу."),
        Failure::TooLarge(_) => ("Файл слишком большой", "Сожмите файл или разделите его на части."),
        Failure::TooMany(_) => ("Слишком много попыток", "Это защита от подбора пароля: подождите немного."),
        Failure::Unavailable(_) => ("Программа временно недоступна", "Повторите через минуту."),
        Failure::Internal(_) => {
            ("Что-то пошло не так", "Ваши записи в порядке. Повторите действие; если не поможет, сообщите номер.")
        }
    };
    let tone = if failure.status().is_server_error() { Tone::Danger } else { Tone::Warning };
    let body = html! {
        (notice::notice(&Notice { tone, title: None, text: failure.to_string(), link: None }))
        p { (advice) }
        @if let Failure::Stale { yours, theirs } = failure { (versions(yours, theirs)) }
    };
    Page {
        title: title.to_owned(),
        lead: None,
        crumbs: vec![],
        actions: vec![Action::link("На главную", "/")],
        body,
        width: Width::Narrow,
    }
}

fn versions(yours: &[(String, String)], theirs: &[(String, String)]) -> Markup {
    html! {
        table class="table" {
            thead { tr { th scope="col" { "Поле" } th scope="col" { "Ваш вариант" } th scope="col" { "Сохранено сейчас" } } }
            tbody {
                @for ((field, mine), (_, saved)) in yours.iter().zip(theirs) {
                    tr { th scope="row" { (field) } td { (mine) } td { (saved) } }
                }
            }
        }
    }
}

/// Answers a path nobody serves.
pub async fn not_found() -> Response {
    Failure::NotFound.into_response()
}
