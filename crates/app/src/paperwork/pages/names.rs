//! How the name of somebody is written in cases, where the program gets it wrong.

use crate::{
    access::Visitor,
    error::Answer,
    paperwork::{actions, paths::name_forms_path, queries},
    people::{self, FullName, PersonId, Sight, paths::person_path},
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Field, stacked},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use documents::template::declined;
use serde::Deserialize;

/// The cases: the word of the wording and the question of school grammar.
const CASES: [(&str, &str); 5] = [
    ("genitive", "Родительный (согласие кого?)"),
    ("dative", "Дательный (вручить кому?)"),
    ("accusative", "Винительный (назначить кого?)"),
    ("instrumental", "Творительный (составлен кем?)"),
    ("prepositional", "Предложный (о ком?)"),
];

/// What was sent, in the order of the cases.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NamesForm {
    genitive: String,
    dative: String,
    accusative: String,
    instrumental: String,
    prepositional: String,
}

impl NamesForm {
    const fn all(&self) -> [&String; 5] {
        [&self.genitive, &self.dative, &self.accusative, &self.instrumental, &self.prepositional]
    }
}

/// Returns the name in a case by the rules of the program.
fn by_rule(name: &FullName, case: &str) -> String {
    declined(&name.to_string(), case).unwrap_or_default()
}

async fn seen(app: &App, visitor: &Visitor, id: PersonId) -> Answer<(FullName, Vec<(String, String)>)> {
    let (sight, mut tx) = (Sight::of(visitor)?, app.db.read().await?);
    let name = people::queries::person(&mut tx, sight, id).await?.name();
    Ok((name, queries::name_forms_of(&mut tx, sight, id).await?))
}

/// Shows the forms in use.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    let (name, own) = seen(&app, &visitor, id).await?;
    let in_use = CASES.map(|(word, _)| {
        let own = own.iter().find(|(known, _)| known == word).map(|(_, form)| form.clone());
        own.unwrap_or_else(|| by_rule(&name, word))
    });
    Ok(answer(&view, StatusCode::OK, (id, &name), &in_use, &Errors::none()))
}

/// Saves the forms that differ from those of the program.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<NamesForm>,
) -> Answer {
    let (name, _) = seen(&app, &visitor, id).await?;
    let mut errors = Errors::none();
    let mut own = vec![];
    for ((word, _), typed) in CASES.iter().zip(sent.all()) {
        let form = errors.optional_text(word, typed, 200);
        if !form.is_empty() && form != by_rule(&name, word) {
            own.push((*word, form));
        }
    }
    if !errors.is_empty() {
        let typed = sent.all().map(Clone::clone);
        return Ok(answer(&view, StatusCode::UNPROCESSABLE_ENTITY, (id, &name), &typed, &errors));
    }
    actions::set_name_forms(&app, &visitor, id, &own).await?;
    Ok(see_other_saying(
        &person_path(id),
        FlashKind::Success,
        "Имя в падежах сохранено: так оно встанет в новые документы.",
    ))
}

fn answer(
    view: &View,
    status: StatusCode,
    (id, name): (PersonId, &FullName),
    forms: &[String; 5],
    errors: &Errors,
) -> Response {
    let fields: Vec<Field> = CASES
        .iter()
        .zip(forms)
        .map(|((word, label), form)| {
            Field::new(word, *label)
                .value(form.clone())
                .hint(format!("По правилам: {}. Оставьте пустым, чтобы писать так.", by_rule(name, word)))
                .error(errors.of(word))
        })
        .collect();
    let body = form(&form::Form {
        action: name_forms_path(id),
        submit: "Сохранить".into(),
        cancel_href: Some(person_path(id)),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    view.page_with(
        status,
        Page {
            title: "Имя в падежах".into(),
            lead: Some(format!("{name}. Исправьте то, что программа склоняет не так, как принято в семье.")),
            crumbs: vec![Crumb::new("Люди", people::paths::PEOPLE), Crumb::new(name.to_string(), person_path(id))],
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}
