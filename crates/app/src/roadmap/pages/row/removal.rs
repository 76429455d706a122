//! Removing a row from a draft.

use super::{RowPage, crumbs};
use crate::{
    access::Visitor,
    error::Answer,
    roadmap::{actions, model::RowId, paths},
    state::App,
    web::{
        PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, response::Response};

/// Asks before the row is removed.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<RowId>, view: View, visitor: Visitor) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, &visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    actions::may_be_removed(&loaded.board.programme)?;
    Ok(view.page(Page {
        title: "Удалить мероприятие".into(),
        lead: Some(row.row.caption()),
        crumbs: crumbs(row, &loaded.board),
        body: confirm(&Confirm {
            action: row.row.part_path("removal"),
            submit: "Удалить мероприятие".into(),
            cancel_href: row.row.part_path("edit"),
            will_happen: vec!["Мероприятие исчезнет из черновика вместе со сроком, целями и ответственными.".into()],
            remains: vec![
                "Остальные мероприятия: их номера не изменятся.".into(),
                "Источник: типовая дорожная карта, файл школы или прошлый год.".into(),
            ],
            danger: true,
            ..Confirm::default()
        }),
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Removes the row.
pub async fn remove(State(app): State<App>, PathOf(id): PathOf<RowId>, visitor: Visitor) -> Answer<Response> {
    let programme = actions::remove_row(&app, &visitor, id).await?;
    Ok(see_other_saying(&paths::draft_path(programme.id), FlashKind::Success, "Мероприятие удалено из черновика."))
}
