//! Destroying what is recorded about the special categories of a person: after a withdrawal, or when it is not needed.

use super::common::crumbs;
use crate::{
    access::Visitor,
    consents::{
        actions,
        paths::{destruction_path, person_path},
    },
    error::{Answer, Failure},
    people::PersonId,
    state::App,
    web::{
        PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::extract::State;

/// Asks before the records are destroyed.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(person): PathOf<PersonId>) -> Answer {
    let mut tx = app.db.read().await?;
    let Some(who) = actions::destructible(&app, &mut tx, &visitor, person).await? else {
        return Err(Failure::Refused(
            "Об особых категориях этого человека ничего не записано: уничтожать нечего.".into(),
        ));
    };
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(who.name().to_string(), person_path(person)));
    Ok(view.page(Page {
        title: "Уничтожить сведения".into(),
        lead: Some(format!("Особые категории: {}.", who.name())),
        crumbs,
        body: confirm(&Confirm {
            action: destruction_path(person),
            submit: "Уничтожить навсегда".into(),
            cancel_href: person_path(person),
            will_happen: vec![
                "Все категории и основания этого человека больше никто не прочитает, программа тоже.".into(),
                "Вернуть их нельзя, даже из резервной копии: уничтожается ключ, которым они зашифрованы.".into(),
            ],
            remains: vec![
                "Запись в журнале: кто и когда уничтожил сведения.".into(),
                "Письменное согласие и его отзыв.".into(),
            ],
            danger: true,
            ..Confirm::default()
        }),
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Destroys the records.
pub async fn submit(State(app): State<App>, visitor: Visitor, PathOf(person): PathOf<PersonId>) -> Answer {
    actions::destroy_categories(&app, &visitor, person).await?;
    Ok(see_other_saying(&person_path(person), FlashKind::Success, "Сведения об особых категориях уничтожены."))
}
