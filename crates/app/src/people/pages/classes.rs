//! The classes of a school year: who leads them, how many pupils they have.

use super::fields::{drawn, or_nothing};
use crate::{
    access::{self, Right, Role, User, Visitor},
    error::{Answer, Failure},
    people::{
        Sight,
        actions::{self, NewClass},
        forms::{ClassForm, TeacherForm},
        model::{Class, ClassId},
        paths, queries,
    },
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::Action,
            badge::{Badge, Tone, badge},
            card::{Card, card},
            empty::Empty,
            field::{Choice, Control, Field},
            form::{self, form},
            icon::Icon,
            layout::{Crumb, FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What the page shows.
struct Loaded {
    year: SchoolYear,
    classes: Vec<Class>,
    pupils: BTreeMap<ClassId, i64>,
    teachers: Vec<User>,
}

impl Loaded {
    async fn of(app: &App, visitor: &Visitor) -> Answer<Self> {
        let (school, year) = (visitor.school_id(), SchoolYear::containing(visitor.today));
        let mut tx = app.db.read().await?;
        Ok(Self {
            year,
            classes: queries::classes(&mut tx, school, year).await?,
            pupils: queries::pupils_by_class(&mut tx, Sight::of(visitor)?, year).await?.into_iter().collect(),
            teachers: class_teachers(access::users_of(&mut tx, school).await?),
        })
    }
}

fn class_teachers(users: Vec<User>) -> Vec<User> {
    users.into_iter().filter(|user| user.is_active && user.roles().contains(&Role::ClassTeacher)).collect()
}

/// Shows the classes of the current year.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let loaded = Loaded::of(&app, &visitor).await?;
    Ok(page(&view, StatusCode::OK, &visitor, &loaded, &ClassForm::fresh(), &Errors::none()))
}

/// Adds a class.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<ClassForm>) -> Answer {
    let loaded = Loaded::of(&app, &visitor).await?;
    let refused = |errors: &Errors| Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &visitor, &loaded, &sent, errors));
    let (id, name) = match sent.check() {
        Ok(checked) => checked,
        Err(errors) => return refused(&errors),
    };
    let new = NewClass { id, year: loaded.year, name: name.clone(), teacher: sent.teacher.parse().ok() };
    match actions::create_class(&app, &visitor, &new).await {
        Ok(true) => Ok(see_other_saying(paths::CLASSES, FlashKind::Success, &format!("Класс {name} добавлен."))),
        Ok(false) => refused(&Errors::one("name", "Такой класс в этом учебном году уже есть.")),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("teacher", sentence)),
        Err(failure) => Err(failure),
    }
}

fn page(
    view: &View,
    status: StatusCode,
    visitor: &Visitor,
    loaded: &Loaded,
    sent: &ClassForm,
    errors: &Errors,
) -> Response {
    let edits = visitor.may(Right::KeepPeople);
    let promotion = Action::link("Перевести с прошлого года", paths::PROMOTION).icon(Icon::ArrowRight);
    let body = html! {
        (lines(loaded, edits))
        @if edits { (new_class(loaded, sent, errors)) }
    };
    view.page_with(
        status,
        Page {
            title: "Классы".into(),
            lead: Some(format!("{} учебный год. Классный руководитель видит только свой класс.", loaded.year)),
            actions: if edits { vec![promotion] } else { vec![] },
            body,
            ..Page::default()
        },
    )
}

fn lines(loaded: &Loaded, edits: bool) -> Markup {
    let line = |class: &Class| {
        let pupils = loaded.pupils.get(&class.id).copied().unwrap_or(0);
        Row::new(vec![html! { (class.name()) }, teacher(class, edits), html! { (words::number(pupils)) }])
            .href(paths::class_path(class.id))
    };
    table(&Table {
        caption: format!("Классы {} учебного года", loaded.year),
        columns: vec![
            Column::new("class", "Класс"),
            Column::new("teacher", "Классный руководитель"),
            Column::new("pupils", "Обучающихся").numeric(),
        ],
        rows: loaded.classes.iter().map(line).collect(),
        empty: Empty {
            icon: Icon::School,
            ..Empty::new(
                "Классов пока нет",
                "Они появятся сами, когда загрузят списки классов; можно добавить и по одному.",
            )
        },
        ..Table::default()
    })
}

fn teacher(class: &Class, edits: bool) -> Markup {
    let none = Badge { tone: Tone::Warning, text: "не назначен".into(), icon: Some(Icon::Warning) };
    html! {
        @match &class.teacher_name { Some(name) => (name), None => (badge(&none)) }
        @if edits { " " a href=(paths::class_teacher_path(class.id)) { "Изменить" } }
    }
}

fn new_class(loaded: &Loaded, sent: &ClassForm, errors: &Errors) -> Markup {
    let fields = [
        Field::new("id", "").control(Control::Hidden).value(&sent.id),
        Field::new("name", "Класс").required().value(&sent.name).error(errors.of("name")).hint("Например: 7Б или 11."),
        teacher_field(&loaded.teachers, &sent.teacher, errors),
    ];
    card(&Card {
        title: "Добавить класс".into(),
        body: form(&form::Form {
            action: paths::CLASSES.into(),
            submit: "Добавить класс".into(),
            errors: errors.summary(&fields),
            body: drawn(&fields),
            ..form::Form::default()
        }),
        ..Card::default()
    })
}

fn teacher_field(teachers: &[User], chosen: &str, errors: &Errors) -> Field {
    let choices = teachers.iter().map(|user| Choice::new(user.id.to_string(), user.full_name.clone()));
    Field::new("teacher", "Классный руководитель")
        .control(or_nothing("не назначен", choices))
        .value(chosen)
        .error(errors.of("teacher"))
        .hint("В списке — учётные записи с ролью «классный руководитель»; роли даёт администратор.")
}

/// Shows the choice of a teacher.
pub async fn show_teacher(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<ClassId>) -> Answer {
    let mut tx = app.db.read().await?;
    let class = queries::class(&mut tx, visitor.school_id(), id).await?;
    let teachers = class_teachers(access::users_of(&mut tx, visitor.school_id()).await?);
    let chosen = class.teacher_id.map_or_else(String::new, |id| id.to_string());
    Ok(teacher_page(&view, StatusCode::OK, (&class, &teachers), &chosen, &Errors::none()))
}

/// Names the teacher.
pub async fn submit_teacher(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<ClassId>,
    Form(sent): Form<TeacherForm>,
) -> Answer {
    let mut tx = app.db.read().await?;
    let class = queries::class(&mut tx, visitor.school_id(), id).await?;
    let teachers = class_teachers(access::users_of(&mut tx, visitor.school_id()).await?);
    drop(tx);
    let teacher = teachers.iter().map(|user| user.id).find(|id| id.to_string() == sent.teacher);
    if teacher.is_none() && !sent.teacher.is_empty() {
        let errors = Errors::one("teacher", "Выберите учётную запись из списка.");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(teacher_page(&view, status, (&class, &teachers), &sent.teacher, &errors));
    }
    actions::set_class_teacher(&app, &visitor, id, teacher).await?;
    Ok(see_other_saying(paths::CLASSES, FlashKind::Success, "Классный руководитель записан."))
}

fn teacher_page(
    view: &View,
    status: StatusCode,
    (class, teachers): (&Class, &[User]),
    chosen: &str,
    errors: &Errors,
) -> Response {
    let fields = [teacher_field(teachers, chosen, errors)];
    view.page_with(
        status,
        Page {
            title: format!("Классный руководитель {}", class.name()),
            lead: Some("Прежний перестанет видеть класс, новый увидит его сразу.".into()),
            crumbs: vec![Crumb::new("Классы", paths::CLASSES)],
            body: form(&form::Form {
                action: paths::class_teacher_path(class.id),
                submit: "Сохранить".into(),
                cancel_href: Some(paths::CLASSES.into()),
                errors: errors.summary(&fields),
                body: drawn(&fields),
                ..form::Form::default()
            }),
            width: Width::Narrow,
            ..Page::default()
        },
    )
}
