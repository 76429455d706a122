//! The first run: the school and its first administrator. The page exists until somebody can sign in.

use super::fields::school_fields;
use crate::{
    access::{
        actions::{self, NewAccount},
        forms::FirstRunForm,
        paths, queries,
    },
    error::{Answer, Failure},
    state::App,
    web::{
        Device, Errors, Form, View, see_other_saying,
        ui::{
            field::{Control, Field, stacked},
            form::{self, Fieldset, fieldset, form},
            layout::FlashKind,
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// Shows the form.
pub async fn show(State(app): State<App>, view: View) -> Answer {
    let mut tx = app.db.of_every_school().read().await?;
    if queries::anybody(&mut tx).await? {
        return Err(Failure::NotFound);
    }
    let form = FirstRunForm {
        head_post: "директор".into(),
        time_zone: "Europe/Moscow".into(),
        post: "заместитель директора".into(),
        ..FirstRunForm::default()
    };
    Ok(page(&view, StatusCode::OK, &form, &Errors::none()))
}

/// Creates the school and its administrator, who is signed in at once.
pub async fn submit(
    State(app): State<App>,
    view: View,
    Device(device): Device,
    Form(sent): Form<FirstRunForm>,
) -> Answer {
    let (school, person) = match sent.check() {
        Ok(checked) => checked,
        Err(errors) => return Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors)),
    };
    let account = NewAccount {
        login: sent.login.trim().to_owned(),
        full_name: person.full_name,
        post: person.post,
        roles: person.roles,
        password: sent.password.clone(),
        password_is_temporary: false,
    };
    let session = actions::first_run(&app, &school, account, &device).await?;
    let sentence = "Школа создана. Теперь начните учебный год и заведите учётные записи для коллег.";
    let mut response = see_other_saying("/", FlashKind::Success, sentence);
    session.give(response.headers_mut(), app.web.https);
    Ok(response)
}

fn page(view: &View, status: StatusCode, sent: &FirstRunForm, errors: &Errors) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let secret = |name: &'static str, label: &str| {
        text(name, label, "").required().control(Control::Password).autocomplete("new-password")
    };
    let school = school_fields(&sent.school_form(), errors);
    let person = vec![
        text("full_name", "Фамилия, имя, отчество", &sent.full_name).required().autocomplete("name"),
        text("post", "Должность", &sent.post),
        text("login", "Логин", &sent.login)
            .required()
            .autocomplete("username")
            .hint("Латинские или русские буквы, цифры, точка, дефис."),
        secret("password", "Пароль").hint("Не короче 10 знаков. Подойдёт фраза из трёх-четырёх слов."),
        secret("again", "Пароль ещё раз"),
    ];
    let part = |legend: &str, fields: &[Field]| {
        fieldset(&Fieldset { legend: legend.to_owned(), hint: None, body: stacked(fields) })
    };
    let body = html! {
        p { "Программа запущена впервые. Заполните сведения о школе и создайте свою учётную запись: вы станете куратором программы и администратором." }
        (form(&form::Form {
            action: paths::FIRST_RUN.into(),
            submit: "Создать школу и войти".into(),
            errors: errors.summary(&[school.as_slice(), &person].concat()),
            body: html! { (part("Школа", &school)) (part("Ваша учётная запись", &person)) },
            ..form::Form::default()
        }))
    };
    view.bare(status, "Первый запуск", &body)
}
