//! A school's own .docx for a kind: where to begin, the upload with its check, how it reads with the example.

use super::wording::{Said, Shown, TextForm, answer};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    files,
    paperwork::{
        actions,
        own_file::{NO_CODE, NO_PDF, bytes_of},
        paths::{edition_path, wording_part, wording_path},
        render,
    },
    state::App,
    web::{
        Errors, PathOf, UploadForm, View, see_other_saying,
        ui::{
            action::{Action, actions as buttons},
            card::{Card, card},
            field::{Control, Field, stacked},
            form::{self, form},
            layout::FlashKind,
            notice::{Notice, Tone, notice},
            paper::paper,
        },
    },
    worker::filling::Filled,
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use documents::kinds::Kind;
use maud::{Markup, html};

/// Saves the file, shows how it reads, or draws the page again with the place of the mistake.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(kind): PathOf<String>,
    sent: UploadForm,
) -> Answer {
    let shown = Shown::load(&app, &visitor, &kind).await?;
    let typed = TextForm::of(&shown);
    let refused = |sentence: String| {
        let said = Said { errors: Errors::one("file", sentence), ..Said::default() };
        Ok(answer(&view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &shown, (&typed, &said)))
    };
    let preview = sent.text("preview");
    if !preview.is_empty() {
        return match actions::tried_file(&app, shown.kind, &sent.file).await {
            Ok(filled) if preview == "docx" => Ok(files::download(&name(shown.kind, "пример"), filled.docx)),
            Ok(filled) => {
                let said = Said { above: tried(&filled), ..Said::default() };
                Ok(answer(&view, &visitor, StatusCode::OK, &shown, (&typed, &said)))
            }
            Err(Failure::Refused(sentence)) => refused(sentence),
            Err(failure) => Err(failure),
        };
    }
    let seen = sent.text("version").parse().unwrap_or(-1);
    match actions::save_own_file(&app, &visitor, shown.kind, (seen, &sent.file)).await {
        Ok((version, filled)) => {
            let said = format!("Файл сохранён: версия {version}. Новые документы составляются в нём.");
            let (tone, said) = if filled.has_code {
                (FlashKind::Success, said)
            } else {
                (FlashKind::Warning, format!("{said} Кода документа в файле нет."))
            };
            Ok(see_other_saying(&wording_path(shown.kind.name), tone, &said))
        }
        Err(Failure::Refused(sentence)) => refused(sentence),
        Err(failure) => Err(failure),
    }
}

/// Hands out the file to begin with: our words, or those of the school, with the fields in them.
pub async fn beginning(Run(app): Run<App>, visitor: Visitor, PathOf(kind): PathOf<String>) -> Answer<Response> {
    let shown = Shown::load(&app, &visitor, &kind).await?;
    let document = shown.kind.with_fields(&shown.text);
    let document = document.map_err(|mistake| render::refused(mistake.into()))?;
    Ok(files::download(&name(shown.kind, "поля"), render::docx_of(&document)?))
}

/// Hands out the wording of now as a Word file, filled with the example.
pub async fn sample(Run(app): Run<App>, visitor: Visitor, PathOf(kind): PathOf<String>) -> Answer<Response> {
    let shown = Shown::load(&app, &visitor, &kind).await?;
    let bytes = if let Some(filled) = shown.sample {
        filled.map_err(Failure::Refused)?.docx
    } else {
        let document = shown.kind.make_with(&shown.current.text, shown.kind.example).map_err(render::refused)?;
        render::docx_of(&document)?
    };
    Ok(files::download(&name(shown.kind, "пример"), bytes))
}

/// Hands out the file of a version as it was uploaded.
pub async fn edition(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf((kind, version)): PathOf<(String, i64)>,
) -> Answer<Response> {
    let shown = Shown::load(&app, &visitor, &kind).await?;
    let version = shown.versions.iter().find(|one| one.version == version).ok_or(Failure::NotFound)?;
    let file = version.file_id.ok_or(Failure::NotFound)?;
    let name = name(shown.kind, &format!("версия {}", version.version));
    Ok(files::download(&name, bytes_of(&app, visitor.school_id(), file).await?))
}

fn name(kind: &Kind, what: &str) -> String {
    format!("{}, {what}.docx", kind.title.replace(':', ","))
}

/// Says what came of a file that was sent to be looked at.
fn tried(filled: &Filled) -> Markup {
    html! {
        (notice(&Notice::new(
            Tone::Success,
            "Ошибок нет. Так читается файл с данными примера; он ещё не сохранён. Чтобы сохранить, выберите его ниже ещё раз.",
        )))
        @if !filled.has_code { (notice(&Notice::new(Tone::Warning, NO_CODE))) }
        (paper(&filled.document))
    }
}

/// Shows the file papers are made in now, as it reads with the example.
pub fn current(shown: &Shown) -> Markup {
    let Some(sample) = &shown.sample else { return html! {} };
    let kind = shown.kind.name;
    let actions = vec![
        Action::download("Файл школы", edition_path(kind, shown.current.version)),
        Action::download("Заполненный пример", wording_part(kind, "sample")).quiet(),
    ];
    let body = html! {
        @match sample {
            Ok(filled) => {
                @if !filled.has_code { (notice(&Notice::new(Tone::Warning, NO_CODE))) }
                p { "Так читается файл с данными примера. Как он выглядит, покажет Word: скачайте заполненный пример." }
                (paper(&filled.document))
            }
            Err(sentence) => (notice(&Notice::new(Tone::Danger, sentence.as_str()))),
        }
    };
    card(&Card {
        title: "Документ составляется в файле школы".into(), lead: Some(NO_PDF.into()), actions, body
    })
}

/// Draws how a school comes to its own file, with the form that takes it.
pub fn offer(shown: &Shown, errors: &Errors) -> Markup {
    let kind = shown.kind.name;
    let fields = [
        Field::new("version", "").control(Control::Hidden).value(shown.current.version.to_string()),
        Field::new("file", "Файл школы (.docx), до 10 МБ")
            .required()
            .control(Control::File { accept: ".docx" })
            .hint("Файл проверяется на данных примера. Если в нём ошибка, программа назовёт место, а прежний текст останется.")
            .error(errors.of("file")),
    ];
    let upload = form(&form::Form {
        action: wording_part(kind, "file"),
        submit: "Сохранить файл".into(),
        multipart: true,
        errors: errors.summary(&fields),
        more: vec![
            Action::submit_as("Проверить", "preview", "page"),
            Action::submit_as("Проверить и скачать пример", "preview", "docx"),
        ],
        body: stacked(&fields),
        ..form::Form::default()
    });
    let body = html! {
        ol {
            li { "Скачайте файл с полями и оформите его в Word: шапка, шрифты, таблицы. Или впишите поля в свой бланк." }
            li { "Поле пишут в двойных фигурных скобках: " code { "{{ school.name }}" } ". Какие поля есть, сказано ниже." }
            li {
                "Чтобы скан с подписями сам нашёл свой документ, оставьте в файле код: "
                code { "{{ code | qr }}" } "."
            }
        }
        (buttons(&[Action::download("Файл с полями", wording_part(kind, "beginning"))]))
        (upload)
        p class="muted" {
            "В файле не может быть макросов, вставленных объектов и ссылок на другие файлы. "
            "PDF такого документа программа не делает; несколько документов сразу — архив ZIP с файлами Word."
        }
    };
    card(&Card {
        title: "Свой файл Word".into(),
        lead: Some("Для школы со своим бланком: программа впишет данные, а оформление останется как есть.".into()),
        body,
        ..Card::default()
    })
}
