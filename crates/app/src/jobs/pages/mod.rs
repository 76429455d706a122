//! The pages about jobs: everybody sees the own ones.

mod acts;
mod list;
mod show;

use super::{model::JobState, paths};
use crate::{
    access::Access,
    web::{
        Routes,
        ui::badge::{Badge, Tone, badge},
    },
};
use maud::Markup;

/// The pages of this slice.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::JOBS, Access::SignedIn, list::show)
        .get(paths::JOB, Access::SignedIn, show::show)
        .get(paths::RESULT, Access::SignedIn, acts::result)
        .post(paths::CANCELLATION, Access::SignedIn, acts::cancel)
        .post(paths::REPETITION, Access::SignedIn, acts::repeat)
        .post(paths::DISMISSAL, Access::SignedIn, acts::dismiss)
}

fn mark(state: JobState) -> Markup {
    let tone = match state {
        JobState::Queued | JobState::Cancelled => Tone::Neutral,
        JobState::Running => Tone::Info,
        JobState::Done => Tone::Success,
        JobState::Failed => Tone::Danger,
    };
    badge(&Badge { tone, text: state.label().to_owned(), icon: Some(tone.icon()) })
}
