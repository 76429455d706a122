//! Signing out.

use crate::{
    access::{Visitor, actions, paths},
    error::Answer,
    state::App,
    web::{Session, see_other_saying, ui::layout::FlashKind},
};
use axum::{extract::State, http::HeaderMap};

/// Ends the session.
pub async fn submit(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Answer {
    actions::sign_out(&app, &visitor, Session::of(&headers, app.web.https)).await?;
    let mut response = see_other_saying(paths::SIGN_IN, FlashKind::Success, "Вы вышли из программы.");
    Session::take_away(response.headers_mut(), app.web.https);
    Ok(response)
}
