//! Where somebody is signed in, and the way to end it everywhere else.

use crate::{
    access::{Visitor, actions, paths, queries::sessions},
    error::{Answer, Failure},
    state::App,
    web::{
        Session, View, see_other_saying, session,
        ui::{
            action::Action,
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::HeaderMap};
use chrono::{DateTime, Utc};
use maud::{Markup, html};

/// Shows where the visitor is signed in.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, headers: HeaderMap) -> Answer {
    let this = Session::of(&headers, app.web.https).ok_or(Failure::Forbidden)?;
    let key = (visitor.school_id(), visitor.user);
    let mut tx = app.db.read().await?;
    let all = sessions::own_sessions(&mut tx, key, &this.hash(), session::limits(app.clock.now())).await?;
    let row = |one: &sessions::OwnSession| {
        let device = if one.device.is_empty() { "неизвестное устройство" } else { &one.device };
        Row::new(vec![
            html! { (device) @if one.is_this { " — это устройство" } },
            html! { (moment(&visitor, one.created_at)) },
            html! { (moment(&visitor, one.seen_at)) },
        ])
    };
    let others = all.iter().filter(|one| !one.is_this).count();
    let body = html! {
        @if others == 0 {
            (notice(&Notice::new(Tone::Success, "Вход выполнен только на этом устройстве.")))
        } @else {
            (notice(&Notice::new(Tone::Info, "Если какой-то из входов незнаком, завершите остальные и смените пароль.")))
        }
        (table(&Table {
            caption: "Где выполнен вход".into(),
            columns: vec![
                Column::new("device", "Устройство"),
                Column::new("created", "Вход выполнен"),
                Column::new("seen", "Последнее действие"),
            ],
            rows: all.iter().map(row).collect(),
            ..Table::default()
        }))
    };
    let mut acts = vec![Action::link("Сменить пароль", paths::PASSWORD)];
    if let Some(provider) = &app.provider {
        acts.push(Action::link(format!("Вход через {}", provider.name()), paths::PROVIDER_LINKS));
    }
    if others > 0 {
        acts.insert(0, Action::post("Завершить остальные входы", paths::SESSIONS).primary());
    }
    Ok(view.page(Page {
        title: "Мои входы".into(),
        lead: Some("Вход без действий завершается сам через полчаса, в любом случае — через 12 часов.".into()),
        actions: acts,
        body,
        width: Width::Narrow,
        ..Page::default()
    }))
}

fn moment(visitor: &Visitor, at: DateTime<Utc>) -> Markup {
    let local = at.with_timezone(&visitor.school.zone());
    html! { time datetime=(at.to_rfc3339()) { (words::short_date(local.date_naive())) ", " (local.format("%H:%M")) } }
}

/// Ends every other session.
pub async fn end_others(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Answer {
    let this = Session::of(&headers, app.web.https).ok_or(Failure::Forbidden)?;
    let ended = actions::end_other_sessions(&app, &visitor, &this).await?;
    let sentence = format!(
        "Завершено: {}.",
        words::counted(i64::try_from(ended).unwrap_or(i64::MAX), &["вход", "входа", "входов"])
    );
    Ok(see_other_saying(paths::SESSIONS, FlashKind::Success, &sentence))
}
