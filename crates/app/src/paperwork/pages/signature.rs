//! The signed copy of a paper is filed.

use super::common::crumbs_of;
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    files::Upload,
    paperwork::{
        actions,
        forms::ScanForm,
        model::{Paper, PaperId},
        queries,
    },
    people::Sight,
    state::App,
    web::{
        Errors, PathOf, UploadForm, View, see_other, see_other_saying,
        ui::{
            field::stacked,
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};

async fn seen(app: &App, visitor: &Visitor, id: PaperId) -> Answer<Paper> {
    let mut tx = app.db.read().await?;
    Ok(queries::paper(&mut tx, Sight::of(visitor)?, id).await?)
}

/// Asks for the signed copy; that of a consent comes with its signatures.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let paper = seen(&app, &visitor, id).await?;
    if let Some(consent) = paper.consent_id {
        return Ok(see_other(&consent.show_path()));
    }
    let form = ScanForm { signed_on: visitor.today.to_string() };
    Ok(answer(&view, StatusCode::OK, &paper, &form, &Errors::none()))
}

/// Files the signed copy, or draws the form again with what is wrong.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PaperId>,
    sent: UploadForm,
) -> Answer {
    let paper = seen(&app, &visitor, id).await?;
    let form = ScanForm::sent(&sent);
    let refused = |errors: &Errors| Ok(answer(&view, StatusCode::UNPROCESSABLE_ENTITY, &paper, &form, errors));
    let signed_on = match (form.check(visitor.today), Upload::check(&sent.file)) {
        (Err(errors), _) => return refused(&errors),
        (_, Err(bad)) => return refused(&Errors::one("file", bad.to_string())),
        (Ok(day), Ok(_)) => day,
    };
    match actions::attach_scan(&app, &visitor, id, (&sent.file, signed_on)).await {
        Ok(()) => Ok(see_other_saying(&id.show_path(), FlashKind::Success, "Подписанный экземпляр приложен.")),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("", sentence)),
        Err(failure) => Err(failure),
    }
}

fn answer(view: &View, status: StatusCode, paper: &Paper, typed: &ScanForm, errors: &Errors) -> Response {
    let fields = typed.fields(errors);
    let body = form(&form::Form {
        action: paper.id.part_path("signature"),
        submit: "Приложить".into(),
        cancel_href: Some(paper.id.show_path()),
        multipart: true,
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    view.page_with(
        status,
        Page {
            title: "Приложить подписанный экземпляр".into(),
            lead: Some("Документ станет подписанным; скан хранится вместе с ним.".into()),
            crumbs: crumbs_of(paper),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}
