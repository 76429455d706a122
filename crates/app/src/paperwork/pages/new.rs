//! Which papers there are, and from where each is made.

use super::common::{crumbs, makes};
use crate::{
    access::Visitor,
    consents::paths as consents,
    error::Answer,
    paperwork::{
        kinds::{TRAITS, is_consent},
        paths::{self, new_path},
        sources::{Source, source_of},
    },
    partners::paths as partners,
    web::{
        View,
        ui::{
            action::{Action, action},
            layout::{Page, Width},
            table::{Column, Row, Table, table},
        },
    },
};
use documents::kinds;
use maud::{Markup, html};

/// Returns the page on which a paper of a kind is made, and the words of the way there.
fn way(kind: &str) -> (Option<String>, &'static str) {
    match source_of(kind) {
        Source::Records => (Some(new_path(kind)), "Составить по записям"),
        Source::Participants => (Some(new_path(kind)), "Выбрать участников"),
        Source::ByHand => (Some(new_path(kind)), "Заполнить"),
        Source::Elsewhere if is_consent(kind) => {
            (Some(consents::CONSENTS.to_owned()), "В согласиях человека или класса")
        }
        Source::Elsewhere if kind == "partner-agreement" => {
            (Some(partners::PARTNERS.to_owned()), "На странице соглашения")
        }
        Source::Elsewhere => (None, "В справке о выполнении и в контроле сроков дорожной карты"),
    }
}

/// Shows every kind.
pub async fn show(view: View, visitor: Visitor) -> Answer {
    let row = |name: &'static str| {
        let title = kinds::find(name).map_or(name, |kind| kind.title);
        Row::new(vec![html! { (title) }, from(name, &visitor)]).href(paths::example_path(name))
    };
    let body = table(&Table {
        caption: "Виды документов".into(),
        columns: vec![Column::new("title", "Документ и пример"), Column::new("from", "Где составить")],
        rows: TRAITS.iter().map(|known| row(known.kind)).collect(),
        ..Table::default()
    });
    Ok(view.page(Page {
        title: "Составить документ".into(),
        lead: Some("Документы заполняются записями программы: переписывать ничего не нужно.".into()),
        crumbs: crumbs(),
        body,
        width: Width::Wide,
        ..Page::default()
    }))
}

fn from(kind: &str, visitor: &Visitor) -> Markup {
    match way(kind) {
        (Some(path), words) if makes(visitor) => action(&Action::link(words, path)),
        (_, words) => html! { (words) },
    }
}
