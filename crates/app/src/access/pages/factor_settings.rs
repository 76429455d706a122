//! Of whom the school demands a second factor, and taking one away when a telephone is lost.

use crate::{
    access::{UserId, Visitor, actions, forms::DemandForm, paths, queries, second_factor::Demand},
    error::{Answer, Failure},
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            field::{Choice, Control, Field, field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
        },
    },
};
use axum::extract::State;
use maud::html;

/// Shows what the school demands.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let demand = queries::factors::demand(&mut tx, visitor.school_id()).await?;
    let options = Demand::ALL.iter().map(|demand| Choice::new(demand.word(), demand.label())).collect();
    let body = html! {
        @if demand == Demand::Nobody {
            (notice(&Notice::new(
                Tone::Danger,
                "Второй фактор выключен: кто узнает пароль администратора или куратора, откроет данные детей.",
            )))
        }
        (form(&form::Form {
            action: paths::FACTOR_SETTINGS.into(),
            submit: "Сохранить".into(),
            cancel_href: Some(paths::USERS.into()),
            body: field(&Field::new("demand", "Второй фактор требуется").required()
                .control(Control::Radios(options)).value(demand.word())
                .hint("Новой учётной записи даётся неделя, чтобы его включить.")),
            ..form::Form::default()
        }))
    };
    Ok(view.page(Page {
        title: "Второй фактор при входе".into(),
        lead: Some("Код с телефона в дополнение к паролю.".into()),
        crumbs: vec![Crumb::new("Учётные записи", paths::USERS)],
        body,
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Keeps what the school demands.
pub async fn submit(State(app): State<App>, visitor: Visitor, Form(sent): Form<DemandForm>) -> Answer {
    let demand = sent.demand.parse().map_err(|_| Failure::BadRequest("Выберите ответ из списка.".into()))?;
    actions::demand_factor_of(&app, &visitor, demand).await?;
    Ok(see_other_saying(paths::FACTOR_SETTINGS, FlashKind::Success, "Сохранено."))
}

/// Asks whether to take a factor away.
pub async fn ask(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<UserId>) -> Answer {
    let mut tx = app.db.read().await?;
    let user = queries::user(&mut tx, visitor.school_id(), id).await?;
    let body = confirm(&Confirm {
        action: paths::user_factor_path(id),
        submit: "Снять второй фактор".into(),
        cancel_href: user.edit_path(),
        will_happen: vec![
            "Код с телефона больше не спросят; открытые страницы этого человека попросят войти заново.".into(),
            "Резервные коды перестанут действовать.".into(),
        ],
        remains: vec!["Пароль, роли и все записи. Роль по-прежнему потребует включить второй фактор.".into()],
        danger: true,
        ..Confirm::default()
    });
    Ok(view.page(Page {
        title: "Потерян телефон".into(),
        lead: Some(format!("{}. Сначала убедитесь, что просит именно этот человек.", user.full_name)),
        crumbs: vec![Crumb::new("Учётные записи", paths::USERS), Crumb::new(user.full_name.clone(), user.edit_path())],
        body,
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Takes the factor of a user away.
pub async fn take_away(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<UserId>) -> Answer {
    actions::take_factor_away(&app, &visitor, id).await?;
    Ok(see_other_saying(&paths::user_path(id), FlashKind::Success, "Второй фактор снят."))
}
