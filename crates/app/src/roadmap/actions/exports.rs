//! Leaving a trace of a road map that was taken out of the program.

use super::subject_of;
use crate::{
    audit::{self, Author, Change, Event},
    error::Answer,
    roadmap::model::Programme,
    state::App,
};

/// Records that somebody took the road map out as a file of a kind: «Word», «Справка о выполнении, Excel».
pub async fn note_export(app: &App, author: Author<'_>, programme: &Programme, kind: &str) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let act = author.act(Event::RoadmapExported, subject_of(programme)).with([Change::fact("Файл", kind)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
