//! A new account: the login may be made from the name, the password is temporary and shown once.

use super::fields::{roles_field, shown_once};
use crate::{
    access::{
        Visitor,
        actions::{self, NewAccount},
        forms::{NewUserForm, Person},
        paths::{self, user_path},
        temporary::temporary_password,
    },
    error::{Answer, Failure},
    state::App,
    web::{
        Errors, Form, View, see_other_saying,
        ui::{
            action::Action,
            field::{Control, Field, stacked},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// Shows the form.
pub async fn show(view: View) -> Answer {
    Ok(page(&view, StatusCode::OK, &NewUserForm::fresh(), &Errors::none()))
}

/// Creates the account, or only suggests a login.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<NewUserForm>) -> Answer {
    if sent.step == "suggest" {
        return suggest(&app, &view, sent).await;
    }
    let person = match sent.check() {
        Ok(person) => person,
        Err(errors) => return Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors)),
    };
    let account = account(&app, &sent, person).await?;
    match actions::add_user(&app, &visitor, sent.id, &account).await {
        Ok(true) => Ok(view.page_with(StatusCode::CREATED, created(&account, &user_path(sent.id)))),
        Ok(false) => Ok(see_other_saying(
            &user_path(sent.id),
            FlashKind::Info,
            "Эта учётная запись уже создана. Если пароль не записан, создайте новый.",
        )),
        Err(Failure::Refused(sentence)) => {
            Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &Errors::one("login", sentence)))
        }
        Err(failure) => Err(failure),
    }
}

async fn suggest(app: &App, view: &View, sent: NewUserForm) -> Answer {
    if sent.full_name.trim().is_empty() {
        let errors = Errors::one("full_name", "Сначала введите фамилию, имя и отчество.");
        return Ok(page(view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors));
    }
    let login = actions::free_login(app, &sent.full_name).await?;
    Ok(page(view, StatusCode::OK, &NewUserForm { login, ..sent }, &Errors::none()))
}

async fn account(app: &App, sent: &NewUserForm, person: Person) -> Answer<NewAccount> {
    let login = match sent.login.trim() {
        "" => actions::free_login(app, &person.full_name).await?,
        login => login.to_owned(),
    };
    Ok(NewAccount {
        login,
        full_name: person.full_name,
        post: person.post,
        roles: person.roles,
        password: temporary_password()?,
        password_is_temporary: true,
    })
}

fn page(view: &View, status: StatusCode, sent: &NewUserForm, errors: &Errors) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let fields = [
        text("full_name", "Фамилия, имя, отчество", &sent.full_name).required(),
        text("post", "Должность", &sent.post).hint("Как в штатном расписании: встанет в справки и приказы."),
        text("login", "Логин", &sent.login).hint("Оставьте пустым: программа составит его из имени."),
        roles_field(&sent.roles, errors),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
    ];
    let body = form(&form::Form {
        action: paths::NEW_USER.into(),
        submit: "Создать учётную запись".into(),
        cancel_href: Some(paths::USERS.into()),
        errors: errors.summary(&fields),
        more: vec![Action::submit_as("Предложить логин", "step", "suggest")],
        body: stacked(&fields),
        ..form::Form::default()
    });
    view.page_with(status, whole("Новая учётная запись", body))
}

fn created(account: &NewAccount, path: &str) -> Page {
    let body = html! { (shown_once(&account.login, &account.password)) };
    Page {
        lead: Some(account.full_name.clone()),
        actions: vec![Action::link("Ещё одна", paths::NEW_USER).primary(), Action::link("Открыть запись", path)],
        ..whole("Учётная запись создана", body)
    }
}

fn whole(title: &str, body: Markup) -> Page {
    Page {
        title: title.into(),
        crumbs: vec![Crumb::new("Учётные записи", paths::USERS)],
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}
