//! An account: name, post, roles, whether it is in use.

use super::fields::roles_field;
use crate::{
    access::{Right, User, UserId, Visitor, actions, forms::UserForm, paths, queries},
    error::{Answer, Failure},
    state::App,
    web::{
        Device, Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::Action,
            field::{Control, Field, stacked},
            form::{self, form},
            icon::Icon,
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Shows the account.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<UserId>) -> Answer {
    let user = user_of(&app, &visitor, id).await?;
    Ok(page(&view, StatusCode::OK, &user, &UserForm::of(&user), &Errors::none()))
}

/// Saves the account.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Device(device): Device,
    PathOf(id): PathOf<UserId>,
    Form(sent): Form<UserForm>,
) -> Answer {
    let user = user_of(&app, &visitor, id).await?;
    let refused = |errors: &Errors| Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &user, &sent, errors));
    let (changed, roles) = match sent.check(&user) {
        Ok(checked) => checked,
        Err(errors) => return refused(&errors),
    };
    let session = match actions::change_user(&app, &visitor, (&changed, &roles), &device).await {
        Ok(session) => session,
        Err(Failure::Refused(sentence)) => return refused(&Errors::one("roles", sentence)),
        Err(failure) => return Err(failure),
    };
    let goes_on = id != visitor.user || Right::KeepUsers.is_of(&roles);
    let path = if goes_on { paths::USERS } else { "/" };
    let sentence = format!(
        "Учётная запись «{}» сохранена. Если она была открыта где-то ещё, там попросят войти заново.",
        user.login
    );
    let mut response = see_other_saying(path, FlashKind::Success, &sentence);
    if let Some(session) = session {
        session.give(response.headers_mut(), app.web.https);
    }
    Ok(response)
}

async fn user_of(app: &App, visitor: &Visitor, id: UserId) -> Answer<User> {
    let mut tx = app.db.read().await?;
    Ok(queries::user(&mut tx, visitor.school_id(), id).await?)
}

fn page(view: &View, status: StatusCode, user: &User, sent: &UserForm, errors: &Errors) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let fields = [
        text("full_name", "Фамилия, имя, отчество", &sent.full_name).required(),
        text("post", "Должность", &sent.post),
        roles_field(&sent.roles, errors),
        text("is_active", "Учётная запись действует", &sent.is_active)
            .control(Control::Checkbox)
            .hint("Снимите отметку, когда человек уволился: войти он не сможет, его записи останутся."),
        Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()),
    ];
    let body = form(&form::Form {
        action: user.edit_path(),
        submit: "Сохранить".into(),
        cancel_href: Some(paths::USERS.into()),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    let page = Page {
        title: user.full_name.clone(),
        lead: Some(format!("Логин: {}", user.login)),
        crumbs: vec![Crumb::new("Учётные записи", paths::USERS)],
        actions: vec![
            Action::link("Ссылка для входа", paths::user_link_path(user.id)),
            Action::link("Новый пароль", user.password_path()).icon(Icon::Key).quiet(),
            Action::link("Потерян телефон", paths::user_factor_path(user.id)).quiet(),
        ],
        body,
        width: Width::Narrow,
    };
    view.page_with(status, page)
}
