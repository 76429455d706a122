//! A person's own facts: adding a person and changing what is known.

use super::fields::{crumbs, drawn, person_fields};
use crate::{
    access::Visitor,
    error::Answer,
    people::{
        Sight, actions,
        forms::PersonForm,
        model::{Kind, Person, PersonId},
        paths, queries,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Shows the form of a new person.
pub async fn show_new(view: View) -> Answer {
    Ok(new_page(&view, StatusCode::OK, &PersonForm::fresh(), &Errors::none()))
}

/// Adds the person.
pub async fn submit_new(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<PersonForm>) -> Answer {
    let facts = match sent.check(visitor.today) {
        Ok(facts) => facts,
        Err(errors) => return Ok(new_page(&view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors)),
    };
    let id = sent.id.parse().unwrap_or_else(|()| PersonId::fresh());
    let sentence = if actions::create_person(&app, &visitor, id, &facts).await? {
        "Карточка создана. Дополните её: класс, должность или представители."
    } else {
        "Эта карточка уже создана."
    };
    Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, sentence))
}

/// Shows the form of a person on record.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    let (person, kinds) = person_of(&app, &visitor, id).await?;
    let sent = PersonForm::of(person.clone(), &kinds);
    Ok(page(&view, StatusCode::OK, &person, &sent, &Errors::none()))
}

/// Saves what is known about the person.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<PersonForm>,
) -> Answer {
    let (person, _) = person_of(&app, &visitor, id).await?;
    let facts = match sent.check(visitor.today) {
        Ok(facts) => facts,
        Err(errors) => return Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &person, &sent, &errors)),
    };
    actions::edit_person(&app, &visitor, (id, sent.version), &facts).await?;
    Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, "Карточка сохранена."))
}

async fn person_of(app: &App, visitor: &Visitor, id: PersonId) -> Answer<(Person, Vec<Kind>)> {
    let mut tx = app.db.read().await?;
    let person = queries::person(&mut tx, Sight::of(visitor)?, id).await?;
    Ok((person, queries::kinds(&mut tx, (visitor.school_id(), id)).await?))
}

fn new_page(view: &View, status: StatusCode, sent: &PersonForm, errors: &Errors) -> Response {
    view.page_with(
        status,
        Page {
            title: "Новый человек".into(),
            lead: Some("Обучающийся, педагог, родитель или человек не из школы.".into()),
            crumbs: vec![Crumb::new("Люди", paths::PEOPLE)],
            body: drawn_form(sent, errors, paths::NEW_PERSON, paths::PEOPLE, "Создать карточку"),
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

fn page(view: &View, status: StatusCode, person: &Person, sent: &PersonForm, errors: &Errors) -> Response {
    let (edit, card) = (paths::part_path(person.id, "edit"), paths::person_path(person.id));
    view.page_with(
        status,
        Page {
            title: "Изменить карточку".into(),
            lead: Some(person.name().to_string()),
            crumbs: crumbs(person),
            body: drawn_form(sent, errors, &edit, &card, "Сохранить"),
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

fn drawn_form(sent: &PersonForm, errors: &Errors, action: &str, cancel: &str, submit: &str) -> maud::Markup {
    let fields = person_fields(sent, errors);
    form(&form::Form {
        action: action.to_owned(),
        submit: submit.to_owned(),
        cancel_href: Some(cancel.to_owned()),
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    })
}
