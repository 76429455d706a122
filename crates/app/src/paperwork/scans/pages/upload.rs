//! The files of a stack, and the stacks that wait.

use super::crumbs;
use crate::{
    access::Visitor,
    clock::day_in,
    error::{Answer, Failure},
    files::{self, StoredFile},
    jobs::JobId,
    paperwork::scans::{
        actions::{self, Uploaded},
        model::{STACK_MAX, Stack},
        paths, queries,
    },
    state::App,
    web::{
        Errors, View, see_other, see_other_saying,
        ui::{
            action::Action,
            badge::Tone,
            card::{Card, card},
            field::{Control, Field, stacked},
            form::{self, form},
            icon::Icon,
            insight::{Insight, insight},
            layout::{FlashKind, Page, Width},
        },
    },
    words,
};
use axum::{
    extract::{Multipart, State as Run, multipart::MultipartError},
    http::StatusCode,
    response::Response,
};
use maud::{Markup, html};
use std::io::Write as _;

/// Asks for the files.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor) -> Answer {
    answer(&app, &view, &visitor, StatusCode::OK, &Errors::none()).await
}

/// Takes the files; they are read beside the pages.
pub async fn submit(Run(app): Run<App>, view: View, visitor: Visitor, parts: Multipart) -> Answer {
    let files = received(&app, parts).await?;
    match actions::upload(&app, &visitor, &files).await {
        Ok(Uploaded::New(id)) => {
            let mut tx = app.db.read().await?;
            let job = queries::stack(&mut tx, visitor.school_id(), id).await?.job_id;
            Ok(see_other(&job.map_or_else(|| id.show_path(), JobId::show_path)))
        }
        Ok(Uploaded::Same(id)) => {
            let said = "Эти файлы уже загружены и ждут разбора: второй раз они не читаются.";
            Ok(see_other_saying(&id.show_path(), FlashKind::Info, said))
        }
        Err(Failure::Refused(sentence)) => {
            let errors = Errors::one("file", sentence);
            answer(&app, &view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &errors).await
        }
        Err(failure) => Err(failure),
    }
}

/// Writes the files to the disk as they come: a stack of a hundred megabytes is never whole in memory.
async fn received(app: &App, mut parts: Multipart) -> Answer<Vec<StoredFile>> {
    let mut kept = vec![];
    let received = receive(app, &mut parts, &mut kept).await;
    if let Err(failure) = received {
        for file in &kept {
            app.files.forget(file).await;
        }
        return Err(failure);
    }
    Ok(kept)
}

async fn receive(app: &App, parts: &mut Multipart, kept: &mut Vec<StoredFile>) -> Answer<()> {
    while let Some(mut part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let Some(name) = part.file_name().map(files::tidy_name).filter(|name| !name.is_empty()) else { continue };
        let mut draft = app.files.draft()?;
        while let Some(bytes) = part.chunk().await.map_err(|error| broken(&error))? {
            draft.write_all(&bytes)?;
        }
        let now = app.clock.now();
        let sealed = tokio::task::spawn_blocking(move || draft.seal(&name, now)).await;
        kept.push(sealed.map_err(|error| Failure::unforeseen(&error))??);
    }
    Ok(())
}

fn broken(error: &MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Failure::TooLarge(STACK_MAX);
    }
    Failure::BadRequest("Файлы не дошли до сервера целиком. Отправьте их ещё раз.".into())
}

async fn answer(app: &App, view: &View, visitor: &Visitor, status: StatusCode, errors: &Errors) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let waiting = queries::waiting(&mut tx, visitor.school_id()).await?;
    drop(tx);
    let fields = [Field::new("file", "Сканы или фото подписанных листов")
        .required()
        .control(Control::Files { accept: ".pdf,.jpg,.jpeg,.png,.zip" })
        .hint("PDF на много страниц, JPEG, PNG или архив ZIP с ними. Можно выбрать сразу несколько, вместе до 100 МБ.")
        .error(errors.of("file"))];
    let body = html! {
        (form(&form::Form {
            action: paths::SCANS.into(),
            submit: "Загрузить и прочитать".into(),
            cancel_href: Some(crate::paperwork::paths::PAPERS.into()),
            multipart: true,
            errors: errors.summary(&fields),
            body: stacked(&fields),
            ..form::Form::default()
        }))
        (card(&Card { title: "Как это работает".into(), body: how(), ..Card::default() }))
        @if !waiting.is_empty() {
            (card(&Card { title: "Ждут разбора".into(), body: list(&waiting, visitor), ..Card::default() }))
        }
    };
    let mut crumbs = crumbs();
    crumbs.pop();
    Ok(view.page_with(
        status,
        Page {
            title: "Сканы с подписями".into(),
            lead: Some("Положите подписанные листы стопкой в сканер: программа сама найдёт, чей это документ.".into()),
            crumbs,
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

fn how() -> Markup {
    html! {
        ol {
            li { "Программа читает код на каждом листе. Повёрнутые, косые листы и фото с телефона подходят." }
            li { "Вы видите, что к какому документу относится, и подтверждаете одной кнопкой. До этого ничего не записывается." }
            li { "Листы без кода можно отнести к документу вручную или убрать." }
        }
        p class="muted" { "Лучше всего — 200 точек на дюйм. Загруженное удаляется, как только листы разложены, и не позже чем через неделю." }
    }
}

fn list(waiting: &[Stack], visitor: &Visitor) -> Markup {
    html! {
        ul {
            @for stack in waiting {
                li {
                    a href=(stack.id.show_path()) {
                        "Сканы от " (words::short_date(day_in(stack.created_at, visitor.school.zone())))
                    }
                    @if stack.read_at.is_none() { " — ещё читаются" }
                    @else { " — осталось: " (super::pages(usize::try_from(stack.left_count).unwrap_or(0))) }
                    @if let Some(name) = &stack.created_by_name { ", загружено: " (words::initials(name)) }
                }
            }
        }
    }
}

/// Draws the task to go through the stacks that wait; nothing when none does.
pub fn waiting_card(waiting: &[Stack]) -> Markup {
    let left: i64 = waiting.iter().map(|stack| stack.left_count).sum();
    let href = match waiting {
        [] => return html! {},
        [only] => only.id.show_path(),
        _ => paths::SCANS.to_owned(),
    };
    insight(&Insight {
        tone: Tone::Warning,
        number: left.to_string(),
        href: Some(href.clone()),
        sentence: format!(
            "{} сканов {} разбора",
            words::plural(left, "страница", "страницы", "страниц"),
            words::plural(left, "ждёт", "ждут", "ждут")
        ),
        detail: Some("Проверьте, что к какому документу относится, и подтвердите.".into()),
        actions: vec![Action::link("Разобрать сканы", href).icon(Icon::Checklist)],
    })
}
