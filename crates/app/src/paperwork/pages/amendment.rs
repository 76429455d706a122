//! A registered paper is changed by another one that names it.

use super::{
    common::crumbs_of,
    editing::{Editing, Wrong, editing},
    new_of_kind::{checked, example_of},
};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    paperwork::{
        actions, building,
        building::Draft,
        editor,
        model::{Paper, PaperId},
        queries,
        state::{Cause, next},
    },
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::layout::{FlashKind, Page, Width},
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use std::collections::BTreeMap;

/// Returns the paper to be changed, and the new one as it begins.
async fn begun(app: &App, visitor: &Visitor, id: PaperId) -> Answer<(Paper, Draft)> {
    let mut tx = app.db.read().await?;
    let paper = queries::paper(&mut tx, Sight::of(visitor)?, id).await?;
    if next(paper.state(), Cause::Amended).is_none() || paper.is_closed {
        return Err(Failure::Refused("Изменить новым документом можно зарегистрированный документ.".into()));
    }
    let filling = queries::filling(&mut tx, visitor.school_id(), id).await?;
    let year = SchoolYear::containing(visitor.today);
    let draft = building::amendment(&paper, filling.input.0, year).map_err(Failure::Refused)?;
    Ok((paper, draft))
}

/// Shows the fields of the new paper, filled as the old one is.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let (paper, draft) = begun(&app, &visitor, id).await?;
    Ok(answer(&view, StatusCode::OK, &paper, &draft, None))
}

/// Makes the new paper, or draws the form again with what is wrong.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PaperId>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Answer {
    let (paper, begun) = begun(&app, &visitor, id).await?;
    let key = sent.get("key").and_then(|key| key.parse().ok()).unwrap_or(begun.id);
    let input = editor::value(&sent, &begun.input, &example_of(begun.kind));
    let draft = Draft { id: key, input, ..begun };
    if sent.contains_key("more") {
        return Ok(answer(&view, StatusCode::OK, &paper, &draft, None));
    }
    let wrong = match checked(draft.kind, &draft.input) {
        Some(wrong) => wrong,
        None => match actions::draft(&app, &visitor, &draft).await {
            Ok(()) => {
                let said = "Документ составлен. Прежний изменится, когда этот зарегистрируют.";
                return Ok(see_other_saying(&draft.id.show_path(), FlashKind::Success, said));
            }
            Err(Failure::Refused(sentence)) => (String::new(), sentence),
            Err(failure) => return Err(failure),
        },
    };
    Ok(answer(&view, StatusCode::UNPROCESSABLE_ENTITY, &paper, &draft, Some(wrong)))
}

fn answer(view: &View, status: StatusCode, paper: &Paper, draft: &Draft, wrong: Wrong) -> Response {
    let body = editing(&Editing {
        action: paper.id.part_path("amendment"),
        submit: "Составить".into(),
        cancel_href: paper.id.show_path(),
        hidden: vec![("key", draft.id.to_string())],
        parts: editor::parts(&draft.input, &example_of(draft.kind)),
        wrong,
    });
    view.page_with(
        status,
        Page {
            title: "Изменить новым документом".into(),
            lead: Some(format!("{}. Прежний документ остаётся таким, каким был; новый его называет.", paper.caption())),
            crumbs: crumbs_of(paper),
            body,
            width: Width::Normal,
            ..Page::default()
        },
    )
}
