//! The consents of one person: every purpose, every document there was.

use super::{
    common::{crumbs, day, lasts, state_badge, state_or_none},
    links,
};
use crate::{
    access::{Right, Visitor},
    audit::{self, Act, Event},
    consents::{
        actions::{AskKey, destructible, subject},
        model::{Consent, Purpose},
        paths::{self, categories_path, destruction_path},
        queries::{self, Guardian, Subject},
        signing::Policy,
        standing::best,
    },
    error::Answer,
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
    web::{
        PathOf, View,
        ui::{
            action::{Action, action},
            card::{Card, card},
            definition::{Fact, definition},
            empty::Empty,
            icon::Icon,
            layout::Page,
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State as Run;
use maud::{Markup, html};

/// Shows the consents of a person and notes who has looked.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(person): PathOf<PersonId>) -> Answer {
    let (sight, year) = (Sight::of(&visitor)?, SchoolYear::containing(visitor.today));
    let mut tx = app.db.begin().await?;
    let who = queries::subject(&mut tx, sight, year, person).await?;
    let consents = queries::consents(&mut tx, sight, Some(person)).await?;
    let guardians = queries::guardians(&mut tx, sight, Some(person)).await?;
    let policy = queries::policy(&mut tx, sight.school(), year).await?;
    let held = queries::links(&mut tx, sight, person).await?;
    let has_categories = coordinates(&visitor) && destructible(&app, &mut tx, &visitor, person).await?.is_some();
    audit::record(&mut tx, Act::of(&visitor, Event::ConsentsRead, subject(person)), app.clock.now()).await?;
    tx.commit().await?;
    let body = html! {
        (about(&who, &guardians, &visitor, policy))
        (purposes(&who, &consents, &visitor, policy))
        (documents(&consents, &visitor))
        (links::card_of(&who, &guardians, &held, &visitor, visitor.may(Right::KeepConsents)))
    };
    Ok(view.page(Page {
        title: who.name().to_string(),
        lead: Some(format!("Согласия. {}", who.class_text()).trim().to_owned()),
        crumbs: crumbs(),
        actions: more(person, &visitor, policy, has_categories),
        body,
        ..Page::default()
    }))
}

/// Leads to what stands on pages of its own.
fn more(person: PersonId, visitor: &Visitor, policy: Policy, has_categories: bool) -> Vec<Action> {
    let mut all = vec![];
    if policy.special_categories && visitor.may(Right::KeepCategories) {
        all.push(Action::link("Особые категории", categories_path(person)).icon(Icon::Lock));
    }
    if has_categories {
        all.push(Action::link("Уничтожить сведения об особых категориях", destruction_path(person)).quiet());
    }
    all
}

fn coordinates(visitor: &Visitor) -> bool {
    visitor.may(Right::DecideConsents)
}

fn about(who: &Subject, guardians: &[Guardian], visitor: &Visitor, policy: Policy) -> Markup {
    let required = who.required(visitor.today, policy);
    let doubt = if required.is_doubtful { " (дата рождения неизвестна)" } else { "" };
    let names: Vec<String> = guardians.iter().map(|one| format!("{} ({})", one.name(), one.grounds)).collect();
    definition(&[
        Fact::new("Дата рождения", day(who.born_on)),
        Fact::new("Сегодня подписывает", format!("{}{doubt}", required.signers)),
        Fact::new("Законные представители", names.join(", ")),
    ])
}

fn purposes(who: &Subject, consents: &[Consent], visitor: &Visitor, policy: Policy) -> Markup {
    let coordinates = coordinates(visitor);
    let row = |purpose: Purpose| {
        let state = best(consents, purpose, visitor.today);
        let ask = Action::post("Запросить", paths::ASKING)
            .field("key", AskKey::fresh().to_string())
            .field("purpose", purpose.word())
            .field("person", who.id.to_string());
        let wants = coordinates && state.is_none_or(|state| !state.is_open() && !state.is_valid());
        let about = if purpose.is_mandatory() { "обязательно" } else { "по желанию" };
        Row::new(vec![
            html! { (words::capitalised(purpose.label())) },
            html! { (about) },
            state_or_none(state),
            html! { @if wants { (action(&ask)) } },
        ])
    };
    table(&Table {
        caption: "Цели".into(),
        columns: vec![
            Column::new("purpose", "Цель"),
            Column::new("must", "Нужно ли"),
            Column::new("state", "Состояние"),
            Column::new("next", "Что сделать"),
        ],
        rows: Purpose::offered(policy.special_categories).map(row).collect(),
        ..Table::default()
    })
}

fn documents(consents: &[Consent], visitor: &Visitor) -> Markup {
    let row = |consent: &Consent| {
        Row::new(vec![
            html! { (words::capitalised(consent.purpose.short())) },
            state_badge(consent.state_on(visitor.today)),
            html! { (day(Some(consent.asked_on))) },
            html! { (day(consent.signed_on)) },
            html! { (lasts(consent)) },
        ])
        .href(consent.id.show_path())
    };
    let body = table(&Table {
        caption: "Все документы, новые сверху".into(),
        columns: vec![
            Column::new("purpose", "Цель"),
            Column::new("state", "Состояние"),
            Column::new("asked", "Запрошено"),
            Column::new("signed", "Подписано"),
            Column::new("until", "Действует до"),
        ],
        rows: consents.iter().rev().map(row).collect(),
        empty: Empty::new("Документов нет", "Согласий у этого человека ещё не запрашивали."),
        ..Table::default()
    });
    card(&Card { title: "Документы".into(), body, ..Card::default() })
}
