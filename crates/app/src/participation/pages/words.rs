//! Forms of mentoring and topics: the built-in ones and those of the school.

use super::common::{choices, crumbs, drawn, leads, with_none};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    participation::{
        actions,
        dictionary::{Dictionary, FormId, TopicId},
        forms::{FormForm, TopicForm},
        paths, queries,
    },
    people::Kind,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            details::{Details, details},
            field::{Control, Field},
            form::{self, form},
            icon::Icon,
            layout::{FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// What was typed and what is wrong with it.
struct Typed {
    form: FormForm,
    topic: TopicForm,
    errors: Errors,
}

impl Typed {
    fn nothing() -> Self {
        Self { form: FormForm::fresh(), topic: TopicForm::fresh(), errors: Errors::none() }
    }
}

/// Shows the words.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    page(&app, &view, &visitor, StatusCode::OK, &Typed::nothing()).await
}

/// Adds a form of mentoring.
pub async fn add_form(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<FormForm>) -> Answer {
    let result = match sent.check() {
        Ok(form) => match actions::add_form(&app, &visitor, sent.id, &form).await {
            Err(Failure::Refused(sentence)) => Err(Errors::one("title", sentence)),
            other => Ok(other?),
        },
        Err(errors) => Err(errors),
    };
    match result {
        Ok(()) => Ok(see_other_saying(paths::WORDS, FlashKind::Success, "Форма наставничества добавлена.")),
        Err(errors) => {
            let typed = Typed { form: sent, errors, ..Typed::nothing() };
            page(&app, &view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &typed).await
        }
    }
}

/// Removes a form of mentoring.
pub async fn remove_form(State(app): State<App>, PathOf(id): PathOf<FormId>, visitor: Visitor) -> Answer {
    actions::remove_form(&app, &visitor, id).await?;
    Ok(see_other_saying(paths::WORDS, FlashKind::Success, "Форма наставничества убрана."))
}

/// Adds a topic.
pub async fn add_topic(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<TopicForm>) -> Answer {
    let result = match sent.check() {
        Ok(title) => match actions::add_topic(&app, &visitor, sent.id, &title).await {
            Err(Failure::Refused(sentence)) => Err(Errors::one("topic", sentence)),
            other => Ok(other?),
        },
        Err(errors) => Err(errors),
    };
    match result {
        Ok(()) => Ok(see_other_saying(paths::WORDS, FlashKind::Success, "Тема добавлена.")),
        Err(errors) => {
            let typed = Typed { topic: sent, errors, ..Typed::nothing() };
            page(&app, &view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &typed).await
        }
    }
}

/// Removes a topic.
pub async fn remove_topic(State(app): State<App>, PathOf(id): PathOf<TopicId>, visitor: Visitor) -> Answer {
    actions::remove_topic(&app, &visitor, id).await?;
    Ok(see_other_saying(paths::WORDS, FlashKind::Success, "Тема убрана. У тех, кто её выбрал, она осталась."))
}

async fn page(app: &App, view: &View, visitor: &Visitor, status: StatusCode, typed: &Typed) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let (dictionary, own) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    let leads = leads(visitor);
    let body = html! {
        (forms_card(&dictionary, leads, typed))
        (topics_card(&dictionary, &own, leads, typed))
    };
    Ok(view.page_with(
        status,
        Page {
            title: "Формы и темы".into(),
            lead: Some("Из этих слов составляются анкеты и заявки. К готовым школа добавляет свои.".into()),
            crumbs: crumbs(),
            body,
            width: Width::Normal,
            ..Page::default()
        },
    ))
}

fn forms_card(dictionary: &Dictionary, leads: bool, typed: &Typed) -> Markup {
    let rows = dictionary.forms.iter().map(|form| {
        let removal = form.id.filter(|_| leads).map(|id| format!("{}/{id}/removal", paths::FORMS));
        let origin = match (form.is_target_model, form.id) {
            (true, _) => "Целевая модель",
            (false, None) => "из практики школ",
            (false, Some(_)) => "своя",
        };
        Row::new(vec![
            html! { (words::capitalised(&form.title)) },
            html! { (form.mentor.label()) " → " (form.mentee.label()) },
            html! { (form.role_models.join("; ")) },
            html! { (origin) @if let Some(to) = removal { " " (action(&Action::post("Убрать", to).quiet())) } },
        ])
    });
    let list = table(&Table {
        caption: "Формы наставничества".into(),
        columns: vec![
            Column::new("title", "Форма"),
            Column::new("kinds", "Наставник → наставляемый"),
            Column::new("models", "Ролевые модели"),
            Column::new("origin", "Откуда"),
        ],
        rows: rows.collect(),
        ..Table::default()
    });
    let open = ["title", "mentor", "mentee", "role_models"].iter().any(|name| typed.errors.of(name).is_some());
    let adding = Details { summary: "Добавить форму".into(), body: new_form(typed), open };
    card(&Card {
        title: "Формы наставничества".into(),
        body: html! { (list) @if leads { (details(&adding)) } },
        ..Card::default()
    })
}

fn new_form(typed: &Typed) -> Markup {
    let (sent, errors) = (&typed.form, &typed.errors);
    let kinds = || with_none("Выберите", choices(Kind::ALL, Kind::word, Kind::label));
    let field =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let fields = [
        field("title", "Название", &sent.title).required().hint("Например: тренер – спортсмен."),
        field("mentor", "Кто наставник", &sent.mentor).required().control(Control::Select(kinds())),
        field("mentee", "Кто наставляемый", &sent.mentee).required().control(Control::Select(kinds())),
        field("role_models", "Ролевые модели, каждая с новой строки", &sent.role_models)
            .control(Control::Textarea { rows: 3 }),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
    ];
    form(&form::Form {
        action: paths::FORMS.into(),
        submit: "Добавить форму".into(),
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    })
}

fn topics_card(dictionary: &Dictionary, own: &[(TopicId, String)], leads: bool, typed: &Typed) -> Markup {
    let errors = &typed.errors;
    let fields = [
        Field::new("topic", "Новая тема").required().value(&typed.topic.topic).error(errors.of("topic")),
        Field::new("id", "").control(Control::Hidden).value(typed.topic.id.to_string()),
    ];
    let adding = form(&form::Form {
        action: paths::TOPICS.into(),
        submit: "Добавить тему".into(),
        errors: if errors.of("topic").is_some() { errors.summary(&fields) } else { form::ErrorSummary::default() },
        body: drawn(&fields),
        ..form::Form::default()
    });
    let body = html! {
        @for area in &dictionary.areas {
            h3 { (area.title) }
            p { (area.topics.join(", ")) }
        }
        @if leads && !own.is_empty() {
            ul {
                @for (id, title) in own {
                    li { (title) " " (action(&Action::post("Убрать", format!("{}/{id}/removal", paths::TOPICS)).icon(Icon::Trash).quiet())) }
                }
            }
        }
        @if leads { (details(&Details { summary: "Добавить тему".into(), body: adding, open: errors.of("topic").is_some() })) }
    };
    card(&Card {
        title: "Темы запросов, компетенций и интересы".into(), body, ..Card::default()
    })
}
