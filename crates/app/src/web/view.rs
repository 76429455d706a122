//! What a handler needs to draw a page for whoever asks.

use super::{
    cookies::{cookie, set_cookie},
    session::Who,
    theme,
    ui::{
        action::actions,
        address::Address,
        layout::{self, Flash, Page, Shell, Theme, UserBadge},
        notice::notice,
    },
};
use crate::{
    access::Visitor,
    error::Failure,
    files::percent_encoded,
    state::{App, WebSettings},
    words,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};
use std::sync::Arc;

/// The name of the cookie that carries a notice to the next page.
const FLASH: &str = "flash";

/// Seconds after which a browser without scripts looks how far something is.
const REFRESHED_AFTER: u32 = 5;

/// Who asks for which page, and how it should look.
#[derive(Clone)]
pub struct View {
    pub who: Option<Arc<Visitor>>,
    pub theme: Theme,
    path: String,
    search_text: String,
    flash: Vec<Flash>,
    news: i64,
    web: Arc<WebSettings>,
}

impl View {
    /// Reads the view of a request.
    pub fn of(parts: &Parts, app: &App) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let Who(who, news) = parts.extensions.get::<Who>().cloned().unwrap_or_default();
        Self {
            who,
            news,
            theme: theme::theme_named(cookie(&parts.headers, theme::COOKIE).unwrap_or_default()),
            path: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), |path| path.as_str().to_owned()),
            search_text: if parts.uri.path() == "/search" { words_of(query) } else { String::new() },
            flash: cookie(&parts.headers, FLASH).and_then(read_flash).into_iter().collect(),
            web: app.web.clone(),
        }
    }

    /// Returns the address of the page with its question.
    pub fn address(&self) -> Address {
        Address::new(&self.path)
    }

    /// Draws a page.
    pub fn page(&self, page: Page) -> Response {
        self.page_with(StatusCode::OK, page)
    }

    /// Draws a page on which something goes on: without scripts the browser asks for it anew.
    pub fn changing_page(&self, page: Page) -> Response {
        self.drawn(StatusCode::OK, page, Some(REFRESHED_AFTER))
    }

    /// Draws a page that answers with another status: a refused form, an error.
    pub fn page_with(&self, status: StatusCode, page: Page) -> Response {
        self.drawn(status, page, None)
    }

    fn drawn(&self, status: StatusCode, page: Page, refresh: Option<u32>) -> Response {
        let markup = match &self.who {
            Some(visitor) => layout::page(&Shell { refresh, ..self.shell(visitor) }, page),
            None => self.without_frame(&page.title, &html! { (page.body) (actions(&page.actions)) }),
        };
        self.answer(status, markup)
    }

    /// Draws a page without the frame: signing in, the first run.
    pub fn bare(&self, status: StatusCode, title: &str, body: &Markup) -> Response {
        self.answer(status, self.without_frame(title, body))
    }

    fn without_frame(&self, title: &str, body: &Markup) -> Markup {
        let body = html! { @for flash in &self.flash { (notice(&flash.notice())) } (body) };
        layout::bare(title, self.theme, body)
    }

    fn answer(&self, status: StatusCode, markup: Markup) -> Response {
        let mut response = (status, markup).into_response();
        if !self.flash.is_empty() {
            set_cookie(response.headers_mut(), FLASH, "", 0, self.web.https);
        }
        response
    }

    fn shell(&self, visitor: &Visitor) -> Shell {
        Shell {
            school_name: visitor.school.short_name.clone(),
            user: Some(UserBadge {
                name: visitor.full_name.clone(),
                post: visitor.post.clone(),
                roles_text: visitor.roles_text(),
            }),
            menu: (self.web.menu)(visitor, &self.path, self.news),
            news: self.news,
            flash: self.flash.clone(),
            theme: self.theme,
            search_text: self.search_text.clone(),
            path: self.path.clone(),
            as_of: words::short_date(visitor.today),
            refresh: None,
        }
    }
}

impl FromRequestParts<App> for View {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Ok(Self::of(parts, app))
    }
}

/// Sends the browser to another page.
pub fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(location) = path.parse() {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Sends the browser to another page, which will show the notice.
pub fn see_other_saying(path: &str, kind: layout::FlashKind, sentence: &str) -> Response {
    let mut response = see_other(path);
    put_flash(response.headers_mut(), kind, sentence);
    response
}

fn put_flash(headers: &mut HeaderMap, kind: layout::FlashKind, sentence: &str) {
    use layout::FlashKind as Kind;
    let word = match kind {
        Kind::Info => "info",
        Kind::Success => "success",
        Kind::Warning => "warning",
        Kind::Danger => "danger",
    };
    // A cookie holds at most 4 KB; a Russian letter takes six bytes here.
    let sentence: String = sentence.chars().take(500).collect();
    // Not personal beyond the page itself and gone with the next page; works over plain HTTP as well.
    set_cookie(headers, FLASH, &format!("{word}.{}", percent_encoded(&sentence)), 60, false);
}

fn read_flash(cookie: &str) -> Option<Flash> {
    use layout::FlashKind as Kind;
    let (word, sentence) = cookie.split_once('.')?;
    let kind = match word {
        "success" => Kind::Success,
        "warning" => Kind::Warning,
        "danger" => Kind::Danger,
        _ => Kind::Info,
    };
    Some(Flash { kind, text: percent_decoded(sentence) })
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        if byte == b'%' {
            if let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) {
                bytes.extend(u8::try_from(high * 16 + low));
            }
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn words_of(query: &str) -> String {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("q=")).unwrap_or_default();
    percent_decoded(&value.replace('+', " "))
}

/// Returns the wanted path as a parameter of an address.
pub fn encoded_next(wanted: &str) -> String {
    percent_encoded(wanted)
}

/// Returns the path if it leads to this site, `/` otherwise: nobody is sent away by a crafted link.
pub fn local_path(path: &str) -> &str {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_travels_in_a_cookie() {
        let response = see_other_saying("/", layout::FlashKind::Success, "Срок изменён; всё в порядке.");
        let set = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let value = set.split_once('=').unwrap().1.split_once(';').unwrap().0;
        let flash = read_flash(value).unwrap();
        assert_eq!(flash.text, "Срок изменён; всё в порядке.");
        assert!(matches!(flash.kind, layout::FlashKind::Success));
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local_path("/roadmap?state=overdue"), "/roadmap?state=overdue");
        for path in ["https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)", "", "/a\r\nb"] {
            assert_eq!(local_path(path), "/", "{path}");
        }
    }
}
