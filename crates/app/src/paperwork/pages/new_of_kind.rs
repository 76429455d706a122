//! A paper of a kind is made: out of records with one click, or of fields written by hand.

use super::{
    common::crumbs,
    editing::{Editing, Wrong, editing},
};
use crate::{
    access::Visitor,
    consents::paths as consents,
    error::{Answer, Failure},
    paperwork::{
        actions,
        building::{Draft, school_of},
        editor,
        model::PaperId,
        own_file,
        paths::{self, new_path},
        sources::{Source, of_records, source_of},
        wording,
    },
    partners::paths as partners,
    school_year::SchoolYear,
    state::App,
    web::{
        Form, PathOf, View, see_other, see_other_saying,
        ui::{
            action::Action,
            field::{Control, Field, field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            paper::paper,
        },
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use documents::{
    block::Document,
    kinds::{self, Kind},
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Shows what would be made, or asks for what records do not know.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(kind): PathOf<String>) -> Answer {
    let kind = kinds::find(&kind).ok_or(Failure::NotFound)?;
    match source_of(kind.name) {
        Source::Records => {
            let mut tx = app.db.read().await?;
            let body = match of_records(&mut tx, &visitor, kind.name).await? {
                Ok(draft) => {
                    let wording = wording::current(&mut tx, visitor.school_id(), kind).await?;
                    drop(tx);
                    let foreseen = own_file::foreseen(&app, visitor.school_id(), (kind, &wording), &draft.input);
                    offer(&draft, &foreseen.await?)
                }
                Err(reason) => notice(&Notice::new(Tone::Warning, reason)),
            };
            Ok(page(&view, StatusCode::OK, kind, body))
        }
        Source::ByHand => {
            let input = match school_of(&visitor.school) {
                Ok(school) => editor::blank(&example_of(kind), &serde_json::json!(school)),
                Err(reason) => {
                    return Ok(page(&view, StatusCode::OK, kind, notice(&Notice::new(Tone::Warning, reason))));
                }
            };
            Ok(page(&view, StatusCode::OK, kind, by_hand(kind, &input, PaperId::fresh(), None)))
        }
        Source::Participants => super::awards::show(&app, &view, &visitor, kind).await,
        Source::Elsewhere => Ok(see_other(if kind.name == "partner-agreement" {
            partners::PARTNERS
        } else if super::super::kinds::is_consent(kind.name) {
            consents::CONSENTS
        } else {
            paths::NEW
        })),
    }
}

/// Draws the paper as it would be made, with the button that makes it.
fn offer(draft: &Draft, foreseen: &Document) -> Markup {
    let key = Field::new("key", "").control(Control::Hidden).value(PaperId::fresh().to_string());
    html! {
        (form(&form::Form {
            action: new_path(draft.kind.name),
            submit: "Составить".into(),
            cancel_href: Some(paths::NEW.into()),
            body: html! { (field(&key)) p { "Так документ выглядит по записям на сегодня. После составления его можно дополнить." } },
            ..form::Form::default()
        }))
        (paper(foreseen))
    }
}

/// Draws the fields of a paper whose records are not kept yet.
fn by_hand(kind: &Kind, input: &serde_json::Value, key: PaperId, wrong: Wrong) -> Markup {
    html! {
        (notice(&Notice::new(Tone::Info, "Этих сведений в программе пока нет: впишите их здесь.").link("Посмотреть пример", paths::example_path(kind.name))))
        (editing(&Editing {
            action: new_path(kind.name),
            submit: "Составить".into(),
            cancel_href: paths::NEW.into(),
            hidden: vec![("key", key.to_string())],
            parts: editor::parts(input, &example_of(kind)),
            wrong,
        }))
    }
}

/// Makes the paper, or draws the form again with what is wrong.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(kind): PathOf<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Answer {
    let kind = kinds::find(&kind).ok_or(Failure::NotFound)?;
    let fields: BTreeMap<String, String> = sent.iter().cloned().collect();
    let key = fields.get("key").and_then(|key| key.parse().ok()).unwrap_or_else(PaperId::fresh);
    match source_of(kind.name) {
        Source::Records => {
            let mut tx = app.db.read().await?;
            let built = of_records(&mut tx, &visitor, kind.name).await?;
            drop(tx);
            let draft = Draft { id: key, ..built.map_err(Failure::Refused)? };
            actions::draft(&app, &visitor, &draft).await?;
            Ok(made(&draft))
        }
        Source::ByHand => {
            let school = school_of(&visitor.school).map_err(Failure::Refused)?;
            let before = serde_json::json!({ "school": school });
            let input = editor::value(&fields, &before, &example_of(kind));
            let draft = Draft { id: key, ..Draft::new(SchoolYear::containing(visitor.today), kind, input) };
            if fields.contains_key("more") {
                return Ok(page(&view, StatusCode::OK, kind, by_hand(kind, &draft.input, key, None)));
            }
            let wrong = match checked(kind, &draft.input) {
                Some(wrong) => wrong,
                None => match actions::draft(&app, &visitor, &draft).await {
                    Ok(()) => return Ok(made(&draft)),
                    Err(Failure::Refused(sentence)) => (String::new(), sentence),
                    Err(failure) => return Err(failure),
                },
            };
            let body = by_hand(kind, &draft.input, key, Some(wrong));
            Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, kind, body))
        }
        Source::Participants => super::awards::submit(&app, &view, &visitor, kind, &sent).await,
        Source::Elsewhere => Err(Failure::Refused("Этот документ составляют на его странице.".into())),
    }
}

/// Returns what is wrong with an input: the place on the form and a sentence that names the field.
pub fn checked(kind: &Kind, input: &serde_json::Value) -> Option<(String, String)> {
    let bad = kind.check(&input.to_string()).err()?;
    let place = editor::place_of(&bad.field);
    let what = crate::paperwork::fields::label(&bad.field.replace(|c: char| c.is_ascii_digit(), "")).to_owned();
    let is_blank = input.pointer(&place).is_none_or(serde_json::Value::is_null);
    let sentence = if is_blank { "заполните это поле.".to_owned() } else { bad.sentence };
    Some((place, format!("{what}: {sentence}")))
}

/// Returns the example of a kind, whose shape the form has.
pub fn example_of(kind: &Kind) -> serde_json::Value {
    serde_json::from_str(kind.example).unwrap_or_default()
}

fn made(draft: &Draft) -> Response {
    see_other_saying(&draft.id.show_path(), FlashKind::Success, "Документ составлен: прочитайте и напечатайте его.")
}

/// Draws a page about making a paper of a kind.
pub fn page(view: &View, status: StatusCode, kind: &Kind, body: Markup) -> Response {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new("Составить документ", paths::NEW));
    view.page_with(
        status,
        Page {
            title: kind.title.into(),
            crumbs,
            actions: vec![Action::link("Текст документа", paths::wording_path(kind.name))],
            body,
            width: Width::Normal,
            ..Page::default()
        },
    )
}
