//! A new temporary password for somebody who forgot the old one.

use super::fields::shown_once;
use crate::{
    access::{User, UserId, Visitor, actions, paths, queries, temporary::temporary_password},
    error::Answer,
    state::App,
    web::{
        PathOf, View, see_other,
        ui::{
            action::Action,
            confirm::{Confirm, confirm},
            layout::{Crumb, Page, Width},
        },
    },
};
use axum::extract::State;
use maud::Markup;

/// Asks whether to make a new password.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<UserId>) -> Answer {
    if id == visitor.user {
        return Ok(see_other(paths::PASSWORD));
    }
    let user = user_of(&app, &visitor, id).await?;
    let question = confirm(&Confirm {
        action: user.password_path(),
        submit: "Создать новый пароль".into(),
        cancel_href: user.edit_path(),
        will_happen: vec![
            "Прежний пароль перестанет действовать, открытые страницы этого человека попросят войти заново.".into(),
            "Временный пароль появится на экране один раз; при первом входе программа попросит придумать свой.".into(),
        ],
        remains: vec!["Логин, роли и все записи.".into()],
        danger: true,
        ..Confirm::default()
    });
    Ok(view.page(page("Новый пароль", &user, question)))
}

/// Makes a new password and shows it once.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<UserId>) -> Answer {
    if id == visitor.user {
        return Ok(see_other(paths::PASSWORD));
    }
    let user = user_of(&app, &visitor, id).await?;
    let password = temporary_password()?;
    actions::reset_password(&app, &visitor, id, password.clone()).await?;
    let done = Page {
        actions: vec![Action::link("К списку учётных записей", paths::USERS)],
        ..page("Новый пароль создан", &user, shown_once(&user.login, &password))
    };
    Ok(view.page(done))
}

/// Returns the user of whom a question is asked.
pub async fn user_of(app: &App, visitor: &Visitor, id: UserId) -> Answer<User> {
    let mut tx = app.db.read().await?;
    Ok(queries::user(&mut tx, visitor.school_id(), id).await?)
}

/// Returns a page about one user.
pub fn page(title: &str, user: &User, body: Markup) -> Page {
    Page {
        title: title.into(),
        lead: Some(user.full_name.clone()),
        crumbs: vec![Crumb::new("Учётные записи", paths::USERS), Crumb::new(user.full_name.clone(), user.edit_path())],
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}
