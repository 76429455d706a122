//! How far a job is, and what came of it.

use super::mark;
use crate::{
    access::Visitor,
    clock::day_in,
    error::Answer,
    files,
    jobs::{
        actions::{self, SPOILED},
        model::{Job, JobId, JobState},
        paths, queries,
    },
    state::App,
    web::{
        PathOf, View,
        ui::{
            action::{Action, actions as buttons},
            badge::Tone,
            chart::{Progress, progress},
            definition::{Fact, definition},
            icon::Icon,
            layout::{Crumb, Page, Width},
            live::{Live, live},
            notice::{Notice, notice},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use chrono::{DateTime, Utc};
use maud::{Markup, html};

/// A job with what its page says about the result.
struct Shown {
    job: Job,
    /// The size of the file, in bytes.
    size: Option<i64>,
    is_spoiled: bool,
}

/// Shows a job of the visitor; a browser with scripts asks for the changing part alone.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<JobId>, view: View, visitor: Visitor) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let job = queries::job(&mut tx, (visitor.school_id(), visitor.user), id).await?;
    let size = match job.file_id {
        Some(file) => Some(files::file(&mut tx, job.school_id, file).await?.size),
        None => None,
    };
    let shown = Shown { is_spoiled: actions::is_spoiled(&mut tx, &job).await?, size, job };
    let goes_on = shown.job.state.is_under_way();
    let kind = app.jobs.kind(&shown.job.kind).map_or("Задание", |kind| kind.label);
    let page = Page {
        title: shown.job.title.clone(),
        lead: goes_on.then(|| {
            "Страницу можно закрыть: работа продолжится, а когда закончится, наверху появится колокольчик.".into()
        }),
        crumbs: vec![Crumb::new("Мои задания", paths::JOBS)],
        body: html! {
            (live(&Live { id: "job", path: id.show_path(), goes_on, body: state(&shown, &visitor) }))
            (definition(&facts(&shown, kind, &visitor)))
        },
        width: Width::Narrow,
        ..Page::default()
    };
    Ok(if goes_on { view.changing_page(page) } else { view.page(page) })
}

fn state(shown: &Shown, visitor: &Visitor) -> Markup {
    let job = &shown.job;
    let to = |what: &str| job.id.path_to(what);
    let again = Action::post("Повторить", to("repetition")).icon(Icon::Refresh);
    let cancel = Action::post("Отменить", to("cancellation")).icon(Icon::Close).quiet();
    let refresh = Action::link("Обновить", job.id.show_path()).icon(Icon::Refresh);
    let seen = || job.is_news().then(|| Action::post("Понятно", to("dismissal")).icon(Icon::Check).quiet());
    let (said, acts) = match job.state {
        JobState::Queued => (
            told(Tone::Info, "В очереди: начнётся, как только программа закончит задания, которые раньше."),
            vec![refresh, cancel],
        ),
        JobState::Running => (under_way(job), vec![refresh, cancel]),
        JobState::Cancelled => (told(Tone::Neutral, "Задание отменено, результата нет."), vec![again]),
        JobState::Failed => {
            (told(Tone::Danger, &job.sentence), std::iter::once(again.primary()).chain(seen()).collect())
        }
        JobState::Done if shown.is_spoiled => {
            (told(Tone::Warning, SPOILED), std::iter::once(again.primary()).chain(seen()).collect())
        }
        JobState::Done => (
            told(Tone::Success, &job.sentence),
            finished(shown, again).into_iter().chain(seen().filter(|_| !job.has_result())).collect(),
        ),
    };
    html! { p { (mark(job.state)) } (said) (buttons(&acts)) @if job.state == JobState::Done { (kept(job, visitor)) } }
}

fn told(tone: Tone, sentence: &str) -> Markup {
    notice(&Notice::new(tone, sentence))
}

fn under_way(job: &Job) -> Markup {
    let count = |n: i64| u32::try_from(n).unwrap_or(0);
    let sentence = if job.sentence.is_empty() { "Работа началась." } else { &job.sentence };
    html! {
        @if job.total > 0 {
            (progress(&Progress { label: sentence.to_owned(), done: count(job.done), total: count(job.total), target: None }))
        } @else { (told(Tone::Info, sentence)) }
    }
}

fn finished(shown: &Shown, again: Action) -> Vec<Action> {
    let to = shown.job.id.path_to("result");
    match shown.size {
        Some(size) => {
            let size = words::bytes(u64::try_from(size).unwrap_or(0));
            vec![Action::download(format!("Скачать ({size})"), to).primary(), again.quiet()]
        }
        None if shown.job.has_result() => vec![Action::link("Открыть результат", to).icon(Icon::ArrowRight).primary()],
        None => vec![],
    }
}

fn kept(job: &Job, visitor: &Visitor) -> Markup {
    let last = job.kept_until(visitor.school.zone()).filter(|_| job.file_id.is_some());
    html! { @if let Some(last) = last { p class="muted" { "Файл хранится до " (words::long_date(last)) ", потом удаляется." } } }
}

fn facts(shown: &Shown, kind: &str, visitor: &Visitor) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Что делается", kind), Fact::new("Запрошено", moment(shown.job.asked_at, visitor))];
    facts.extend(shown.job.finished_at.map(|at| Fact::new("Закончено", moment(at, visitor))));
    facts
}

/// Returns a moment where the school is: «22.11.2026, 12:05».
pub fn moment(at: DateTime<Utc>, visitor: &Visitor) -> String {
    let zone = visitor.school.zone();
    format!("{}, {}", words::short_date(day_in(at, zone)), at.with_timezone(&zone).format("%H:%M"))
}
