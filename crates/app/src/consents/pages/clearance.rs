//! The clearances of one adult: what was seen and until when; a new one; the end of one.

use super::common::{clearance_badge, day, drawn};
use crate::{
    access::{Right, Visitor},
    audit::{self, Act, Event},
    consents::{
        actions::{self, subject},
        clearance::is_good,
        model::{Clearance, ClearanceId, ClearanceKind},
        paths::{self, clearance_path, clearance_revocation_path},
        queries::{self, NewClearance, Subject},
        standing::clearance_of,
    },
    error::{Answer, Failure},
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            confirm::{Confirm, confirm},
            empty::Empty,
            field::{Choice, Control, Field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;

/// A paper that was seen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClearanceForm {
    key: String,
    kind: String,
    issued_on: String,
    valid_until: String,
}

impl ClearanceForm {
    fn check(&self, person: PersonId, today: NaiveDate) -> Result<NewClearance, Errors> {
        let mut errors = Errors::none();
        let kind = self.kind.parse::<ClearanceKind>().ok();
        errors.expect(kind.is_some(), "kind", "Выберите документ из списка.");
        let issued_on = self.issued_on.parse::<NaiveDate>().ok();
        errors.expect(issued_on.is_some_and(|day| day <= today), "issued_on", "Укажите дату выдачи, не позже сегодня.");
        let until = (!self.valid_until.is_empty()).then(|| self.valid_until.parse::<NaiveDate>().ok());
        let fits = until.is_none_or(|last| last.is_some_and(|last| issued_on.is_none_or(|first| first <= last)));
        errors.expect(fits, "valid_until", "Укажите день не раньше выдачи или оставьте поле пустым.");
        match (kind, issued_on) {
            (Some(kind), Some(issued_on)) if errors.is_empty() => Ok(NewClearance {
                id: self.key.parse().unwrap_or_else(|()| ClearanceId::fresh()),
                person,
                kind,
                issued_on,
                valid_until: until.flatten(),
                seen_on: today,
            }),
            _ => Err(errors),
        }
    }

    fn fields(&self, errors: &Errors) -> Vec<Field> {
        let kinds = ClearanceKind::ALL.iter().map(|kind| Choice::new(kind.word(), words::capitalised(kind.label())));
        let field =
            |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
        vec![
            field("kind", "Документ", &self.kind).control(Control::Select(kinds.collect())).required(),
            field("issued_on", "Дата выдачи", &self.issued_on).control(Control::Date).required(),
            field("valid_until", "Действует до", &self.valid_until)
                .control(Control::Date)
                .hint("Если в документе срока нет, оставьте пустым."),
            Field::new("key", "").control(Control::Hidden).value(self.key.clone()),
        ]
    }
}

/// Shows the clearances of a person and notes who has looked.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(person): PathOf<PersonId>) -> Answer {
    let form = ClearanceForm { key: ClearanceId::fresh().to_string(), ..ClearanceForm::default() };
    answer(&app, &view, &visitor, person, (&form, &Errors::none())).await
}

/// Notes a paper, or draws the page again with what is wrong.
pub async fn add(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(person): PathOf<PersonId>,
    Form(sent): Form<ClearanceForm>,
) -> Answer {
    let new = match sent.check(person, visitor.today) {
        Ok(new) => new,
        Err(errors) => return answer(&app, &view, &visitor, person, (&sent, &errors)).await,
    };
    match actions::add_clearance(&app, &visitor, &new).await {
        Ok(()) => Ok(see_other_saying(&clearance_path(person), FlashKind::Success, "Допуск внесён.")),
        Err(Failure::Refused(sentence)) => {
            answer(&app, &view, &visitor, person, (&sent, &Errors::one("kind", sentence))).await
        }
        Err(failure) => Err(failure),
    }
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    person: PersonId,
    (typed, errors): (&ClearanceForm, &Errors),
) -> Answer {
    let (sight, year) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today));
    let mut tx = app.db.begin().await?;
    let who = queries::subject(&mut tx, sight, year, person).await?;
    let shown = queries::clearances(&mut tx, sight, Some(person)).await?;
    audit::record(&mut tx, Act::of(visitor, Event::ClearancesRead, subject(person)), app.clock.now()).await?;
    tx.commit().await?;
    let keeps = visitor.may(Right::KeepClearances);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        title: who.name().to_string(),
        lead: Some("Допуск к работе с детьми".into()),
        crumbs: vec![Crumb::new("Допуск взрослых", paths::CLEARANCES)],
        body: html! { (list(&who, &shown, visitor, keeps)) @if keeps { (adding(person, typed, errors)) } },
        ..Page::default()
    };
    Ok(view.page_with(status, page))
}

fn list(who: &Subject, shown: &[Clearance], visitor: &Visitor, keeps: bool) -> Markup {
    let standing = clearance_of(&who.kinds(), who.born_on, shown, visitor.today);
    let row = |one: &Clearance| {
        let good = is_good(one, visitor.today);
        let revoke = Action::link("Отозвать", clearance_revocation_path(one.id)).quiet();
        let state = match one.revoked_on {
            Some(on) => format!("отозван {}", words::short_date(on)),
            None => if good { "действует" } else { "истёк" }.to_owned(),
        };
        Row::new(vec![
            html! { (words::capitalised(one.kind.label())) },
            html! { (day(Some(one.issued_on))) },
            html! { (one.valid_until.map_or_else(|| "без срока".to_owned(), words::short_date)) },
            html! { (state) },
            html! { @if keeps && good { (action(&revoke)) } },
        ])
    };
    html! {
        p { "Допуск: " (clearance_badge(standing)) }
        (table(&Table {
            caption: "Документы, которые показали школе".into(),
            columns: ["Документ", "Выдан", "Действует до", "Состояние", "Что сделать"].map(|label| Column::new("paper", label)).into(),
            rows: shown.iter().rev().map(row).collect(),
            empty: Empty::new("Документов нет", "Внесите справку, когда увидите её: хранить копию не нужно."),
            ..Table::default()
        }))
    }
}

fn adding(person: PersonId, typed: &ClearanceForm, errors: &Errors) -> Markup {
    let fields = typed.fields(errors);
    let body = form(&form::Form {
        action: clearance_path(person),
        submit: "Внести".into(),
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    });
    card(&Card { title: "Внести документ".into(), body, ..Card::default() })
}

/// Asks before a clearance is revoked.
pub async fn ask(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<ClearanceId>) -> Answer {
    let mut tx = app.db.read().await?;
    let clearance = queries::clearance(&mut tx, Sight::of(&visitor)?, id).await?;
    let body = confirm(&Confirm {
        action: clearance_revocation_path(id),
        submit: "Отозвать допуск".into(),
        cancel_href: clearance_path(clearance.person_id),
        will_happen: vec![format!("С сегодняшнего дня не действует: {}.", clearance.kind)],
        remains: vec!["Запись о том, что документ показывали.".into()],
        danger: true,
        ..Confirm::default()
    });
    Ok(view.page(Page {
        title: "Отозвать допуск".into(),
        crumbs: vec![Crumb::new("Допуск взрослых", paths::CLEARANCES)],
        body,
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Revokes a clearance.
pub async fn revoke(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<ClearanceId>) -> Answer {
    let (person, kind) = actions::revoke_clearance(&app, &visitor, id).await?;
    let sentence = format!("Больше не действует: {kind}.");
    Ok(see_other_saying(&clearance_path(person), FlashKind::Success, &sentence))
}
