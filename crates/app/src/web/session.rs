//! Sessions: a random token in a cookie, its hash in the database (security rule 7).

use super::{
    cookies::{cookie, set_cookie},
    failure_page,
    token::Token,
    view::View,
};
use crate::{
    access::{self, LiveSession, Visitor},
    error::{Answer, Failure},
    state::App,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// A session nobody uses for this long is over.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);

/// A session is over after this long in any case.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);

/// How often the use of a session is noted: each note is a write.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The token a browser holds.
#[derive(Clone)]
pub struct Session(Token);

impl Session {
    /// Makes a token of 256 random bits.
    ///
    /// # Errors
    /// When the machine has no randomness to offer.
    pub fn fresh() -> Answer<Self> {
        Token::fresh().map(Self)
    }

    /// Returns what is stored instead of the token.
    pub fn hash(&self) -> String {
        self.0.hash()
    }

    /// Gives the token to the browser.
    pub fn give(&self, headers: &mut HeaderMap, https: bool) {
        set_cookie(headers, cookie_name(https), self.0.secret(), LONGEST.num_seconds(), https);
    }

    /// Takes the token away from the browser.
    pub fn take_away(headers: &mut HeaderMap, https: bool) {
        set_cookie(headers, cookie_name(https), "", 0, https);
    }

    /// Returns the token of a request.
    pub fn of(headers: &HeaderMap, https: bool) -> Option<Self> {
        cookie(headers, cookie_name(https)).and_then(Token::read).map(Self)
    }
}

/// Browsers accept `__Host-` only over HTTPS; a school's own network often has none.
fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// Returns the moments before which a session is idle, and too old.
pub fn limits(now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    (now - IDLE, now - LONGEST)
}

/// Who asks, and how many jobs of theirs have ended unnoticed; put into every request by [`recognise`].
#[derive(Clone, Default)]
pub struct Who(pub Option<Arc<Visitor>>, pub i64);

/// A layer: finds the person behind the session cookie.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/assets/") || path.starts_with("/health/") {
        return next.run(request).await;
    }
    match visitor_of(&app, request.headers()).await {
        Ok(who) => {
            let school = who.0.as_ref().map(|visitor| visitor.school_id().uuid());
            request.extensions_mut().insert(who);
            match school {
                Some(school) => database::within(school, next.run(request)).await,
                None => next.run(request).await,
            }
        }
        // Nobody is known yet, so the page has no frame; the layer that draws failures lies further in.
        Err(failure) => failure_page::answer(&View::of(&request.into_parts().0, &app), &failure, None),
    }
}

async fn visitor_of(app: &App, headers: &HeaderMap) -> Answer<Who> {
    let Some(session) = Session::of(headers, app.web.https) else { return Ok(Who::default()) };
    let now = app.clock.now();
    let mut tx = app.db.of_every_school().read().await?;
    let found = access::session_visitor(&mut tx, &session.hash(), limits(now), now).await?;
    drop(tx);
    let Some(LiveSession { visitor, seen_at, news }) = found else { return Ok(Who::default()) };
    if now - seen_at > NOTED_EVERY {
        // A full or read-only disk must not keep people from reading.
        if let Err(error) = note_use(app, &session, now).await {
            tracing::warn!(%error, "the use of a session was not noted");
        }
    }
    Ok(Who(Some(Arc::new(visitor)), news))
}

async fn note_use(app: &App, session: &Session, now: DateTime<Utc>) -> database::Result<()> {
    let mut tx = app.db.of_every_school().begin().await?;
    access::touch_session(&mut tx, &session.hash(), now).await?;
    tx.commit().await
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let who = parts.extensions.get::<Who>().and_then(|who| who.0.as_deref());
        who.cloned().ok_or(Failure::Forbidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_never_holds_the_token_itself() {
        let session = Session::fresh().unwrap();
        let mut headers = HeaderMap::new();
        session.give(&mut headers, true);
        let cookie = headers[axum::http::header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("__Host-session=") && cookie.contains("HttpOnly; SameSite=Lax"));
        assert!(cookie.ends_with("; Secure"));
        assert!(!cookie.contains(&session.hash()));
        assert_ne!(session.hash(), Session::fresh().unwrap().hash());
    }
}
