//! The road map as a file to be saved.

use super::common::{Shown, YearQuery, board_of};
use crate::{
    access::Visitor,
    audit::Author,
    error::{Answer, Failure},
    files,
    roadmap::{
        actions,
        export::{self, Format},
        paths,
    },
    state::App,
    web::{PathOf, Query, Routes},
};
use axum::{extract::State, response::Response};

/// The routes of this page.
pub fn routes() -> Routes {
    Routes::new().get(paths::EXPORT, super::TAKERS, download)
}

/// Writes the road map of a year in the wanted format; taking it out leaves a trace.
async fn download(
    State(app): State<App>,
    PathOf(format): PathOf<String>,
    Query(query): Query<YearQuery>,
    visitor: Visitor,
) -> Answer<Response> {
    let offered = |format: &Format| *format != Format::Json;
    let format = Format::named(&format).filter(offered).ok_or(Failure::NotFound)?;
    let mut tx = app.db.read().await?;
    let Shown { board, .. } = board_of(&mut tx, &visitor, query.year.as_deref()).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let bytes =
        export::write(format, &board, &visitor.school, app.clock.now()).map_err(|error| Failure::unforeseen(&error))?;
    actions::note_export(&app, Author::visitor(&visitor), &board.programme, format.label()).await?;
    let name = export::file_name("Дорожная карта", board.programme.year(), format.extension());
    Ok(files::attachment(&name, format.media_type(), bytes))
}
