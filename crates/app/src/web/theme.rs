//! The choice between a light and a dark page.

use super::{
    cookies::set_cookie,
    form::Form,
    ui::layout::Theme,
    view::{local_path, see_other},
};
use crate::{error::Answer, state::App};
use axum::{extract::State, response::Response};

/// The path of the form that changes the theme.
pub const PATH: &str = "/theme";

/// The name of the cookie.
pub const COOKIE: &str = "theme";

const YEAR: i64 = 365 * 24 * 60 * 60;

/// What the theme switch sends.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeForm {
    theme: String,
    #[serde(default)]
    back: String,
}

/// Reads a theme; an unknown word is the browser's own choice.
pub fn theme_named(word: &str) -> Theme {
    match word {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::Auto,
    }
}

/// Keeps the choice in a cookie and returns to the page.
pub async fn change(State(app): State<App>, Form(form): Form<ThemeForm>) -> Answer {
    let word = match theme_named(&form.theme) {
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Auto => "auto",
    };
    let mut response: Response = see_other(local_path(&form.back));
    set_cookie(response.headers_mut(), COOKIE, word, YEAR, app.web.https);
    Ok(response)
}
