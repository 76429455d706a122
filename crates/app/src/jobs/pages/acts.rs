//! What is done with a job from its page.

use crate::{
    access::Visitor,
    error::Answer,
    files,
    jobs::{
        actions::{self, Taken},
        model::JobId,
    },
    state::App,
    web::{PathOf, see_other, see_other_saying, ui::layout::FlashKind},
};
use axum::{extract::State, response::Response};

/// Hands out what came of a job; that leaves a trace, and the job is news no more.
pub async fn result(State(app): State<App>, PathOf(job): PathOf<JobId>, visitor: Visitor) -> Answer<Response> {
    match actions::take(&app, &visitor, job).await? {
        Taken::Page(page) => Ok(see_other(&page)),
        Taken::File(file) => Ok(files::streamed(&file, app.files.opened(&file).await?)),
    }
}

/// Cancels a job.
pub async fn cancel(State(app): State<App>, PathOf(job): PathOf<JobId>, visitor: Visitor) -> Answer<Response> {
    actions::cancel(&app, &visitor, job).await?;
    Ok(see_other_saying(&job.show_path(), FlashKind::Info, "Задание отменено."))
}

/// Has a job done once more.
pub async fn repeat(State(app): State<App>, PathOf(job): PathOf<JobId>, visitor: Visitor) -> Answer<Response> {
    actions::repeat(&app, &visitor, job).await?;
    Ok(see_other_saying(&job.show_path(), FlashKind::Info, "Задание снова в очереди."))
}

/// Notes that the end of a job was seen.
pub async fn dismiss(State(app): State<App>, PathOf(job): PathOf<JobId>, visitor: Visitor) -> Answer<Response> {
    actions::dismiss(&app, &visitor, job).await?;
    Ok(see_other(super::paths::JOBS))
}
