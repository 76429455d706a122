//! A link for a user to set the own password, made by an administrator and shown once.

use crate::{
    access::{User, UserId, Visitor, actions, paths, queries},
    error::Answer,
    state::App,
    web::{
        OwnAddress, PathOf, View,
        ui::{
            action::Action,
            confirm::{Confirm, confirm},
            layout::{Crumb, Page, Width},
            notice::{Notice, Tone, notice},
            qr::{Qr, qr},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode};
use chrono::TimeDelta;
use maud::{Markup, html};

/// Asks whether to make a link.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<UserId>) -> Answer {
    let user = user_of(&app, &visitor, id).await?;
    let days = words::counted(actions::LINK_DAYS, &["день", "дня", "дней"]);
    let question = confirm(&Confirm {
        action: paths::user_link_path(id),
        submit: "Создать ссылку".into(),
        cancel_href: user.edit_path(),
        will_happen: vec![
            format!("Появится адрес, по которому человек один раз сам придумает себе пароль. Он действует {days}."),
            "Ссылки, созданные раньше для этого человека, перестанут открываться.".into(),
        ],
        remains: vec!["Прежний пароль — пока ссылкой не воспользуются; логин, роли и все записи.".into()],
        ..Confirm::default()
    });
    Ok(view.page(page("Ссылка для входа", &user, question)))
}

/// Makes a link and shows it once.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    OwnAddress(own): OwnAddress,
    PathOf(id): PathOf<UserId>,
) -> Answer {
    let user = user_of(&app, &visitor, id).await?;
    let token = actions::make_link(&app, &visitor, id).await?;
    let address = format!("{own}{}", paths::entry_path(token.secret()));
    let until = (app.clock.now() + TimeDelta::days(actions::LINK_DAYS)).with_timezone(&visitor.school.zone());
    let body = html! {
        (notice(&Notice::new(
            Tone::Warning,
            "Ссылка показана один раз: скопируйте её и передайте лично. Кто её откроет, сможет войти под этим именем.",
        )))
        p { "Наведите на рисунок камеру телефона того, кому нужна ссылка, или передайте адрес:" }
        (qr(&Qr { address: address.clone(), label: "QR-код ссылки для входа".into() }))
        p { code class="secret" { (address) } }
        p { "Действует до " (words::short_date(until.date_naive())) ", " (until.format("%H:%M")) ", один раз." }
    };
    let done = Page {
        actions: vec![Action::link("К списку учётных записей", paths::USERS)],
        ..page("Ссылка создана", &user, body)
    };
    Ok(view.page_with(StatusCode::CREATED, done))
}

async fn user_of(app: &App, visitor: &Visitor, id: UserId) -> Answer<User> {
    let mut tx = app.db.read().await?;
    Ok(queries::user(&mut tx, visitor.school_id(), id).await?)
}

fn page(title: &str, user: &User, body: Markup) -> Page {
    Page {
        title: title.into(),
        lead: Some(user.full_name.clone()),
        crumbs: vec![Crumb::new("Учётные записи", paths::USERS), Crumb::new(user.full_name.clone(), user.edit_path())],
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}
