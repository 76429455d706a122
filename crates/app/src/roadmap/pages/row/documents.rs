//! Documents of a row: shown, added, replaced, downloaded, taken off.

use super::{Records, RowPage, Typed, crumbs, done, refused};
use crate::{
    access::{Right, Visitor},
    error::{Answer, Failure},
    files,
    paperwork::{self, paths::new_path, queries::RowPaper},
    roadmap::{
        actions,
        board::BoardRow,
        model::{DocumentId, DocumentVersion, RowId},
    },
    state::App,
    web::{
        Errors, PathOf, UploadForm, View,
        ui::{
            action::{Action, action},
            card::{Card, card},
            confirm::{Confirm, confirm},
            details::{Details, details},
            empty::{Empty, empty},
            field::{Control, Field, field},
            file::{File, file},
            form::{Form, form},
            icon::Icon,
            layout::{Page, Width},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};
use std::collections::HashMap;

/// Draws the documents with their versions and the form that adds one.
pub fn card_of(records: &Records, row: &BoardRow, works: bool, typed: &Typed, visitor: &Visitor) -> Markup {
    let mut groups: Vec<&[DocumentVersion]> =
        records.documents.chunk_by(|a, b| a.document_id == b.document_id).collect();
    groups.reverse();
    let expected = if row.row.document_kind.is_empty() { "документ" } else { &row.row.document_kind };
    let body = html! {
        (papers_of(records, visitor.may(Right::ReadWordings)))
        @if groups.is_empty() && records.papers.is_empty() { (empty(&Empty::new("Документов пока нет", format!("Ожидается: {expected}.")))) }
        @for versions in groups { (one_document(row, versions, works)) }
        @if works { (details(&Details { summary: "Добавить документ".into(), body: document_form(row, typed), open: typed.of("document").is_some() })) }
    };
    card(&Card {
        title: "Документы".into(),
        lead: Some(format!("Ожидаемый результат: {}", row.row.expected_result)),
        actions: if works && visitor.may(Right::MakePapers) { papers_to_make(row) } else { vec![] },
        body,
    })
}

/// Draws the papers of the school that prove the row, and those that will once they are signed or registered.
fn papers_of(records: &Records, may_open: bool) -> Markup {
    let standing = |paper: &RowPaper| match (paper.registered_on, paper.signed_on) {
        (Some(on), _) => format!("№ {} от {}, засчитан", paper.number_text, words::short_date(on)),
        (None, Some(on)) => format!("подписан {}, засчитан", words::short_date(on)),
        (None, None) => "ещё не подписан и не зарегистрирован".to_owned(),
    };
    html! {
        @if !records.papers.is_empty() {
            ul class="plain-list" {
                @for paper in &records.papers {
                    li {
                        @if may_open { a href=(paper.id.show_path()) { (paper.title) } } @else { (paper.title) }
                        " — " (standing(paper))
                    }
                }
            }
        }
    }
}

/// Returns the ways to papers that the row expects.
fn papers_to_make(row: &BoardRow) -> Vec<Action> {
    let kinds = paperwork::kinds::expected(&row.row.document_kind);
    kinds.map(|kind| Action::link(format!("Составить: {}", kind.title), new_path(kind.name)).icon(Icon::File)).collect()
}

fn one_document(row: &BoardRow, versions: &[DocumentVersion], works: bool) -> Markup {
    let Some((newest, older)) = versions.split_first() else { return html! {} };
    let path = |version: i64| row.row.document_path(newest.document_id, &format!("versions/{version}"));
    let about = |version: &DocumentVersion| {
        format!(
            "версия {}: {}, {}",
            version.version,
            version.file_name,
            words::bytes(u64::try_from(version.size).unwrap_or(0))
        )
    };
    let replace = html! {
        form class="inline-form" method="post" enctype="multipart/form-data" action=(row.row.document_path(newest.document_id, "versions")) {
            label { "Новая версия " input class="form-control" type="file" name="file" required; }
            (action(&Action::submit("Заменить")))
        }
    };
    let drawn = File {
        name: newest.title.clone(),
        size: words::bytes(u64::try_from(newest.size).unwrap_or(0)),
        version: u32::try_from(newest.version).unwrap_or(u32::MAX),
        uploaded: format!("{}, {}", newest.file_name, newest.added_by_name),
        href: path(newest.version),
        actions: if works {
            vec![Action::link("Убрать", row.row.document_path(newest.document_id, "removal")).quiet()]
        } else {
            vec![]
        },
        older: older.iter().map(|version| (about(version), path(version.version))).collect(),
    };
    html! {
        (file(&drawn))
        @if works { (details(&Details { summary: "Заменить новой версией".into(), body: replace, open: false })) }
    }
}

fn document_form(row: &BoardRow, typed: &Typed) -> Markup {
    let body = html! {
        input type="hidden" name="key" value=(DocumentId::fresh());
        (field(&Field::new("title", "Название").value(typed.value("document", "title")).error(typed.error("document", "title"))
            .hint("Например, «Приказ № 42-ОД от 01.10.2026». Если оставить пустым, останется имя файла.")))
        (field(&Field::new("file", "Файл до 20 МБ").required().control(Control::File { accept: ".pdf,.doc,.docx,.odt,.rtf,.txt,.xls,.xlsx,.ods,.csv,.ppt,.pptx,.odp,.jpg,.jpeg,.png,.webp,.heic,.zip,.mp4" })
            .error(typed.error("document", "file"))))
    };
    form(&Form {
        action: row.row.part_path("documents"),
        submit: "Добавить документ".into(),
        multipart: true,
        errors: typed.summary("document"),
        body,
        ..Form::default()
    })
}

/// Attaches a document, or draws the page again with what is wrong.
pub async fn add(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    form: UploadForm,
) -> Answer<Response> {
    let mut errors = Errors::none();
    let title = errors.optional_text("title", form.text("title"), 200);
    errors.value("file", form.file.check());
    if errors.is_empty() {
        let document = form.text("key").parse().unwrap_or_else(|()| DocumentId::fresh());
        let added = actions::add_document(&app, &visitor, id, (document, &title), &form.file).await;
        return added.map(|()| done(id, "Документ добавлен."));
    }
    let values = HashMap::from([("title", title)]);
    refused(&app, &view, &visitor, id, Typed { form: "document", values, errors }).await
}

/// Adds a new version of a document.
pub async fn replace(
    State(app): State<App>,
    PathOf((id, document)): PathOf<(RowId, DocumentId)>,
    visitor: Visitor,
    form: UploadForm,
) -> Answer<Response> {
    form.file.check().map_err(|bad| Failure::Refused(bad.to_string()))?;
    let replaced = actions::replace_document(&app, &visitor, id, document, &form.file).await;
    replaced.map(|()| done(id, "Новая версия сохранена, прежние остались."))
}

/// Hands out one version of a document.
pub async fn download(
    State(app): State<App>,
    PathOf((id, document, version)): PathOf<(RowId, DocumentId, i64)>,
    visitor: Visitor,
) -> Answer<Response> {
    let (file, bytes) = actions::document_bytes(&app, &visitor, id, (document, version)).await?;
    Ok(files::attachment(&file.name, &file.media_type, bytes))
}

/// Asks before a document is taken off the row.
pub async fn removal(
    State(app): State<App>,
    PathOf((id, document)): PathOf<(RowId, DocumentId)>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, &visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    if !actions::may_work(&visitor, row) {
        return Err(Failure::NotResponsible);
    }
    let found = loaded.records.documents.iter().find(|version| version.document_id == document);
    let title = &found.ok_or(Failure::NotFound)?.title;
    let body = confirm(&Confirm {
        action: row.row.document_path(document, "removal"),
        submit: "Убрать документ".into(),
        cancel_href: row.row.show_path(),
        will_happen: vec![
            format!("Документ «{title}» исчезнет из мероприятия."),
            "Показатель «документы мероприятия» уменьшится.".into(),
        ],
        remains: vec!["Запись в истории: кто и когда его убрал.".into()],
        danger: true,
        ..Confirm::default()
    });
    Ok(view.page(Page {
        title: "Убрать документ".into(),
        lead: Some(row.row.caption()),
        crumbs: crumbs(row, &loaded.board),
        body,
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Takes a document off the row.
pub async fn remove(
    State(app): State<App>,
    PathOf((id, document)): PathOf<(RowId, DocumentId)>,
    visitor: Visitor,
) -> Answer<Response> {
    actions::remove_document(&app, &visitor, id, document).await.map(|()| done(id, "Документ убран из мероприятия."))
}
