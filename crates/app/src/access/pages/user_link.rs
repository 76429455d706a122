//! A link for a user to set the own password, made by an administrator and shown once.

use super::user_password::{page, user_of};
use crate::{
    access::{UserId, Visitor, actions, paths},
    error::Answer,
    state::App,
    web::{
        OwnAddress, PathOf, View,
        ui::{
            action::Action,
            confirm::{Confirm, confirm},
            layout::Page,
            notice::{Notice, Tone, notice},
            qr::{Qr, qr},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode};
use chrono::TimeDelta;
use maud::html;

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
