//! The wordings of all kinds: whose text each is.

use super::common::{crumbs, makes};
use crate::{
    access::Visitor,
    clock::day_in,
    error::Answer,
    paperwork::{
        model::{Origin, WordingVersion},
        paths::wording_path,
        queries,
    },
    state::App,
    web::{
        View,
        ui::{
            layout::{Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State as Run;
use documents::kinds::{KINDS, Kind};
use maud::{Markup, html};

/// Shows the wordings.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let newest = queries::newest_wordings(&mut tx, visitor.school_id()).await?;
    drop(tx);
    let row = |kind: &Kind| {
        let version = newest.iter().find(|version| version.kind == kind.name);
        Row::new(vec![html! { (kind.title) }, html! { (whose(version)) }, saved(version, &visitor)])
            .href(wording_path(kind.name))
    };
    let body = table(&Table {
        caption: "Тексты документов".into(),
        columns: vec![
            Column::new("title", "Документ"),
            Column::new("origin", "Чей текст"),
            Column::new("saved", "Когда изменён").hidden_on_phone(),
        ],
        rows: KINDS.iter().map(row).collect(),
        ..Table::default()
    });
    let lead = if makes(&visitor) {
        "Слова любого документа можно изменить под школу. Прежние версии остаются, исходный текст можно вернуть."
    } else {
        "Слова документов меняет куратор программы. Прежние версии остаются."
    };
    Ok(view.page(Page {
        title: "Тексты документов".into(),
        lead: Some(lead.into()),
        crumbs: crumbs(),
        body,
        width: Width::Normal,
        ..Page::default()
    }))
}

fn whose(version: Option<&WordingVersion>) -> &'static str {
    version.map_or(Origin::BuiltIn, |version| version.origin).label()
}

fn saved(version: Option<&WordingVersion>, visitor: &Visitor) -> Markup {
    html! {
        @if let Some(version) = version {
            (words::short_date(day_in(version.saved_at, visitor.school.zone())))
            @if let Some(name) = &version.saved_by_name { ", " (name) }
        }
    }
}
