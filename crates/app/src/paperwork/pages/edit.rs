//! What an open paper is filled with is changed.

use super::{
    common::crumbs_of,
    editing::{Editing, Wrong, editing},
    new_of_kind::{checked, example_of},
};
use crate::{
    access::Visitor,
    audit::Author,
    error::{Answer, Failure},
    paperwork::{
        CLOSED, actions, editor,
        kinds::is_consent,
        model::{Paper, PaperId},
        queries,
        sources::{Source, of_records, source_of},
    },
    people::Sight,
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::layout::{FlashKind, Page, Width},
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use documents::kinds::Kind;
use std::collections::BTreeMap;

/// Tells whether people write in a paper of a kind; registers and consents are made of records only.
pub fn is_written(kind: &Kind) -> bool {
    !kind.is_table() && !is_consent(kind.name)
}

async fn open(app: &App, visitor: &Visitor, id: PaperId) -> Answer<(Paper, &'static Kind, serde_json::Value)> {
    let mut tx = app.db.read().await?;
    let paper = queries::paper(&mut tx, Sight::of(visitor)?, id).await?;
    let kind = paper.kind().ok_or(Failure::NotFound)?;
    let refused = |sentence: &str| Err(Failure::Refused(sentence.to_owned()));
    if paper.is_closed {
        return refused(CLOSED);
    }
    if !paper.state().is_open() {
        return refused("Документ уже подписан или зарегистрирован: он больше не меняется.");
    }
    if !is_written(kind) {
        return refused("Этот документ составляется по записям: исправьте их и составьте его заново.");
    }
    let filling = queries::filling(&mut tx, visitor.school_id(), id).await?;
    Ok((paper, kind, filling.input.0))
}

/// Shows the fields.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let (paper, kind, input) = open(&app, &visitor, id).await?;
    Ok(answer(&view, StatusCode::OK, (&paper, kind), &input, None))
}

/// Fills the paper anew, or draws the form again with what is wrong.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PaperId>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Answer {
    let (mut paper, kind, before) = open(&app, &visitor, id).await?;
    let input = editor::value(&sent, &before, &example_of(kind));
    // The version that was seen: a paper changed in the meantime is not overwritten.
    paper.version = sent.get("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    if sent.contains_key("more") {
        return Ok(answer(&view, StatusCode::OK, (&paper, kind), &input, None));
    }
    let wrong = match checked(kind, &input) {
        Some(wrong) => wrong,
        None => match refill(&app, &visitor, &paper, &input).await {
            Ok(()) => return Ok(see_other_saying(&id.show_path(), FlashKind::Success, "Документ изменён.")),
            Err(Failure::Refused(sentence)) => (String::new(), sentence),
            Err(failure) => return Err(failure),
        },
    };
    Ok(answer(&view, StatusCode::UNPROCESSABLE_ENTITY, (&paper, kind), &input, Some(wrong)))
}

async fn refill(app: &App, visitor: &Visitor, paper: &Paper, input: &serde_json::Value) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    actions::refill_in(&mut tx, Author::visitor(visitor), paper, (input, None), app.clock.now()).await?;
    actions::fits(app, &mut tx, visitor, paper.id).await?;
    Ok(tx.commit().await?)
}

/// Fills an open paper anew out of the records of today.
pub async fn renew(Run(app): Run<App>, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let mut tx = app.db.begin().await?;
    let paper = queries::paper(&mut tx, Sight::of(&visitor)?, id).await?;
    if source_of(&paper.kind) != Source::Records {
        return Err(Failure::Refused("Этот документ составляют на его странице.".into()));
    }
    let draft = of_records(&mut tx, &visitor, &paper.kind).await?.map_err(Failure::Refused)?;
    let author = Author::visitor(&visitor);
    let content = (&draft.input, Some(draft.people.as_slice()));
    let changed = actions::refill_in(&mut tx, author, &paper, content, app.clock.now()).await?;
    actions::fits(&app, &mut tx, &visitor, id).await?;
    tx.commit().await?;
    let said = if changed {
        "Документ составлен заново по записям на сегодня."
    } else {
        "Записи не изменились: документ прежний."
    };
    Ok(see_other_saying(&id.show_path(), FlashKind::Success, said))
}

fn answer(
    view: &View,
    status: StatusCode,
    (paper, kind): (&Paper, &Kind),
    input: &serde_json::Value,
    wrong: Wrong,
) -> Response {
    let body = editing(&Editing {
        action: paper.id.part_path("edit"),
        submit: "Сохранить".into(),
        cancel_href: paper.id.show_path(),
        hidden: vec![("version", paper.version.to_string())],
        parts: editor::parts(input, &example_of(kind)),
        wrong,
    });
    view.page_with(
        status,
        Page {
            title: "Изменить данные документа".into(),
            lead: Some(format!("{}. Слова вокруг этих полей меняют в тексте документа.", paper.title)),
            crumbs: crumbs_of(paper),
            body,
            width: Width::Normal,
            ..Page::default()
        },
    )
}
