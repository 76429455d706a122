//! The special categories of one person: for the coordinator and the psychologist, each reading leaves a trace.

use super::common::{crumbs, day, drawn};
use crate::{
    access::{Right, Visitor},
    consents::{
        actions,
        model::{Category, CategoryId, KeptCategory},
        paths::{categories_path, category_end_path, destruction_path, person_path},
        queries::NewCategory,
    },
    error::Answer,
    people::PersonId,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            empty::Empty,
            field::{Choice, Control, Field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;

/// The longest name of a paper, in characters.
const BASIS_MAX: usize = 200;

/// A category of a person.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CategoryForm {
    key: String,
    category: String,
    since_on: String,
    basis: String,
}

impl CategoryForm {
    fn check(&self, person: PersonId, today: NaiveDate) -> Result<NewCategory, Errors> {
        let mut errors = Errors::none();
        let category = self.category.parse::<Category>().ok();
        errors.expect(category.is_some(), "category", "Выберите категорию из списка.");
        let since_on = self.since_on.parse::<NaiveDate>().ok();
        errors.expect(since_on.is_some_and(|day| day <= today), "since_on", "Укажите день, не позже сегодня.");
        let basis = errors.text("basis", &self.basis, BASIS_MAX);
        match (category, since_on) {
            (Some(category), Some(since_on)) if errors.is_empty() => Ok(NewCategory {
                id: self.key.parse().unwrap_or_else(|()| CategoryId::fresh()),
                person,
                category,
                since_on,
                basis,
            }),
            _ => Err(errors),
        }
    }

    fn fields(&self, errors: &Errors) -> Vec<Field> {
        let all = Category::ALL.iter().map(|one| Choice::new(one.word(), words::capitalised(one.label())));
        let field =
            |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
        vec![
            field("category", "Категория", &self.category).control(Control::Select(all.collect())).required(),
            field("since_on", "С какого дня", &self.since_on).control(Control::Date).required(),
            field("basis", "Основание", &self.basis).required().hint("Вид документа и его дата, без диагнозов."),
            Field::new("key", "").control(Control::Hidden).value(self.key.clone()),
        ]
    }
}

/// Shows the categories of a person.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(person): PathOf<PersonId>) -> Answer {
    let form = CategoryForm {
        key: CategoryId::fresh().to_string(),
        since_on: visitor.today.to_string(),
        ..CategoryForm::default()
    };
    answer(&app, &view, &visitor, person, (&form, &Errors::none())).await
}

/// Records a category, or draws the page again with what is wrong.
pub async fn add(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(person): PathOf<PersonId>,
    Form(sent): Form<CategoryForm>,
) -> Answer {
    match sent.check(person, visitor.today) {
        Ok(new) => {
            actions::add_category(&app, &visitor, &new).await?;
            Ok(see_other_saying(&categories_path(person), FlashKind::Success, "Категория внесена."))
        }
        Err(errors) => answer(&app, &view, &visitor, person, (&sent, &errors)).await,
    }
}

/// Ends a category.
pub async fn end(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<CategoryId>) -> Answer {
    let person = actions::end_category(&app, &visitor, id).await?;
    Ok(see_other_saying(&categories_path(person), FlashKind::Success, "Категория снята с сегодняшнего дня."))
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    person: PersonId,
    (typed, errors): (&CategoryForm, &Errors),
) -> Answer {
    let (who, kept) = actions::read_categories(app, visitor, person).await?;
    let fields = typed.fields(errors);
    let adding = form(&form::Form {
        action: categories_path(person),
        submit: "Внести".into(),
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    });
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(who.name().to_string(), person_path(person)));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        title: "Особые категории".into(),
        lead: Some(format!("{}. Видят только куратор программы и педагог-психолог.", who.name())),
        crumbs,
        body: html! {
            (list(&kept, visitor.today))
            (card(&Card { title: "Внести категорию".into(), body: adding, ..Card::default() }))
            @if !kept.is_empty() && visitor.may(Right::DecideConsents) {
                (action(&Action::link("Уничтожить сведения", destruction_path(person)).quiet()))
            }
        },
        ..Page::default()
    };
    Ok(view.page_with(status, page))
}

fn list(kept: &[KeptCategory], today: NaiveDate) -> Markup {
    let row = |one: &KeptCategory| {
        let lasts = one.until_on.is_none_or(|until| today < until);
        let end = Action::post("Снять", category_end_path(one.id)).quiet();
        Row::new(vec![
            html! { (words::capitalised(one.category.label())) },
            html! { (day(Some(one.since_on))) },
            html! { (day(one.until_on)) },
            html! { (one.basis) },
            html! { @if lasts { (action(&end)) } },
        ])
    };
    table(&Table {
        caption: "Категории".into(),
        columns: ["Категория", "С", "До", "Основание", "Что сделать"]
            .map(|label| Column::new("category", label))
            .into(),
        rows: kept.iter().map(row).collect(),
        empty: Empty::new("Категорий нет", "Внесите категорию, если по ней нужны меры доступности."),
        ..Table::default()
    })
}
