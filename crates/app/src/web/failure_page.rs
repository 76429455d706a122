//! The page a request ends in when it fails.

use super::{
    ui::{
        action::Action,
        layout::{Page, Width},
        notice::{self, Notice, Tone},
        table::{Column, Row, Table, table},
    },
    view::{View, local_path},
};
use crate::{error::Failure, state::App};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

/// A layer: turns a [`Failure`] into a page for whoever asked.
pub async fn draw(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let view = View::of(&parts, &app);
    let back = page_before(&parts.headers);
    let response = next.run(Request::from_parts(parts, body)).await;
    let failure = response.extensions().get::<Failure>().cloned().or_else(|| unnamed(response.status()));
    failure.map_or(response, |failure| answer(&view, &failure, back))
}

/// Draws the page of a failure for whoever asked.
pub fn answer(view: &View, failure: &Failure, back: Option<String>) -> Response {
    let mut page = view.page_with(failure.status(), page(failure, back));
    page.headers_mut().extend(retry_after(failure));
    page
}

/// Returns the path of the page whose form was sent.
fn page_before(headers: &HeaderMap) -> Option<String> {
    let before: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let own = before.authority()?.as_str().as_bytes() == headers.get(header::HOST)?.as_bytes();
    own.then(|| before.path_and_query().map(|path| local_path(path.as_str()).to_owned())).flatten()
}

/// Answers of the framework itself: no such route, wrong method, body too large.
fn unnamed(status: StatusCode) -> Option<Failure> {
    match status {
        StatusCode::NOT_FOUND => Some(Failure::NotFound),
        // Of the framework only the check of the sender answers so.
        StatusCode::FORBIDDEN => Some(Failure::FromElsewhere),
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

fn page(failure: &Failure, back: Option<String>) -> Page {
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
        Failure::FromElsewhere => (
            "Запрос отклонён",
            "Откройте нужную страницу программы и отправьте форму с неё. Если так и было, покажите это сообщение администратору: веб-сервер школы меняет заголовки Host или Origin.",
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
        @if let Failure::Stale { yours, theirs } = failure && !yours.is_empty() { (versions(yours, theirs)) }
    };
    Page {
        title: title.to_owned(),
        lead: None,
        crumbs: vec![],
        actions: back
            .filter(|_| matches!(failure, Failure::Stale { .. }))
            .map(|back| Action::link("Открыть заново", back).primary())
            .into_iter()
            .chain([Action::link("На главную", "/")])
            .collect(),
        body,
        width: Width::Narrow,
    }
}

fn versions(yours: &[(String, String)], theirs: &[(String, String)]) -> Markup {
    let line = |((field, mine), (_, saved)): (&(String, String), &(String, String))| {
        Row::new(vec![html! { (field) }, html! { (mine) }, html! { (saved) }])
    };
    table(&Table {
        caption: "Две версии записи".into(),
        columns: vec![
            Column::new("field", "Поле"),
            Column::new("yours", "Ваш вариант"),
            Column::new("saved", "Сохранено сейчас"),
        ],
        rows: yours.iter().zip(theirs).map(line).collect(),
        ..Table::default()
    })
}

/// Answers a path nobody serves.
pub async fn not_found() -> Response {
    Failure::NotFound.into_response()
}
