//! Documents of a row: added, replaced, downloaded, taken off.

use super::{
    row::{RowPage, crumbs},
    row_parts::Typed,
    row_records::refused,
};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    files,
    roadmap::{
        actions,
        model::{DocumentId, RowId},
        paths,
    },
    state::App,
    web::{
        Errors, PathOf, UploadForm, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, response::Response};
use std::collections::HashMap;

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
        let added = actions::add_document(&app, &visitor, id, &title, &form.file).await;
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

fn done(id: RowId, sentence: &str) -> Response {
    see_other_saying(&paths::row_path(id), FlashKind::Success, sentence)
}
