//! The class of a pupil, leaving the school and coming back.

use super::fields::{crumbs, drawn};
use crate::{
    access::Visitor,
    error::Answer,
    people::{
        Sight, actions,
        forms::{EnrolmentForm, LeavingForm},
        model::{Class, Person, PersonId},
        paths, queries,
    },
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field},
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Shows the choice of a class.
pub async fn show_enrolment(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
) -> Answer {
    let (person, classes) = pupil(&app, &visitor, id).await?;
    let sent = EnrolmentForm { entered_on: visitor.today.to_string(), ..EnrolmentForm::default() };
    Ok(enrolment(&view, StatusCode::OK, (&person, &classes), &sent, &Errors::none()))
}

/// Puts the pupil into the class.
pub async fn submit_enrolment(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<EnrolmentForm>,
) -> Answer {
    let (person, classes) = pupil(&app, &visitor, id).await?;
    match sent.check(visitor.today) {
        Ok((class, on)) => {
            actions::put_in_class(&app, &visitor, id, (class, on)).await?;
            Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, "Класс записан, прежние классы остались."))
        }
        Err(errors) => Ok(enrolment(&view, StatusCode::UNPROCESSABLE_ENTITY, (&person, &classes), &sent, &errors)),
    }
}

async fn pupil(app: &App, visitor: &Visitor, id: PersonId) -> Answer<(Person, Vec<Class>)> {
    let mut tx = app.db.read().await?;
    let person = queries::person(&mut tx, Sight::of(visitor)?, id).await?;
    let year = SchoolYear::containing(visitor.today);
    Ok((person, queries::classes(&mut tx, visitor.school_id(), year).await?))
}

fn enrolment(
    view: &View,
    status: StatusCode,
    (person, classes): (&Person, &[Class]),
    sent: &EnrolmentForm,
    errors: &Errors,
) -> Response {
    let classes = classes.iter().map(|class| Choice::new(class.id.to_string(), class.name()));
    let fields = [
        Field::new("class", "Класс")
            .required()
            .control(super::fields::or_nothing("выберите класс", classes))
            .value(&sent.class)
            .error(errors.of("class"))
            .hint("Нет нужного класса? Добавьте его на странице «Классы»."),
        Field::new("entered_on", "С какого дня")
            .required()
            .control(Control::Date)
            .value(&sent.entered_on)
            .error(errors.of("entered_on")),
    ];
    part(view, status, (person, "enrolment"), ("Класс", "Записать в класс"), errors, &fields)
}

/// Draws a page with a form about a part of a person's card.
pub fn part(
    view: &View,
    status: StatusCode,
    (person, part): (&Person, &str),
    (title, submit): (&str, &str),
    errors: &Errors,
    fields: &[Field],
) -> Response {
    view.page_with(
        status,
        Page {
            title: title.into(),
            lead: Some(person.name().to_string()),
            crumbs: crumbs(person),
            body: form(&form::Form {
                action: paths::part_path(person.id, part),
                submit: submit.into(),
                cancel_href: Some(paths::person_path(person.id)),
                errors: errors.summary(fields),
                body: drawn(fields),
                ..form::Form::default()
            }),
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

/// Asks when and why somebody left.
pub async fn show_leaving(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
) -> Answer {
    let (person, _) = pupil(&app, &visitor, id).await?;
    let sent = LeavingForm { left_on: visitor.today.to_string(), ..LeavingForm::default() };
    Ok(leaving(&view, StatusCode::OK, &person, &sent, &Errors::none()))
}

/// Notes that somebody left.
pub async fn submit_leaving(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<LeavingForm>,
) -> Answer {
    let (person, _) = pupil(&app, &visitor, id).await?;
    match sent.check(visitor.today) {
        Ok((on, reason)) => {
            actions::mark_left(&app, &visitor, id, (on, &reason)).await?;
            Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, "Выбытие отмечено, карточка осталась."))
        }
        Err(errors) => Ok(leaving(&view, StatusCode::UNPROCESSABLE_ENTITY, &person, &sent, &errors)),
    }
}

fn leaving(view: &View, status: StatusCode, person: &Person, sent: &LeavingForm, errors: &Errors) -> Response {
    let fields = [
        Field::new("left_on", "Последний день в школе")
            .required()
            .control(Control::Date)
            .value(&sent.left_on)
            .error(errors.of("left_on")),
        Field::new("reason", "Причина")
            .required()
            .value(&sent.reason)
            .error(errors.of("reason"))
            .hint("Например: перевод в другую школу, окончание школы, увольнение."),
    ];
    part(view, status, (person, "leaving"), ("Отметить выбытие", "Отметить выбытие"), errors, &fields)
}

/// Notes that somebody is back.
pub async fn submit_return(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    actions::mark_returned(&app, &visitor, id).await?;
    let sentence = "Возвращение отмечено. Обучающегося запишите в класс заново.";
    Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, sentence))
}
