//! A kind of paper as it looks filled with its example.

use super::common::crumbs;
use crate::{
    error::{Answer, Failure},
    paperwork::paths,
    web::{
        PathOf, View,
        ui::{
            layout::{Crumb, Page, Width},
            paper::paper,
        },
    },
};
use documents::kinds;
use maud::html;

/// Shows the example of a kind.
pub async fn show(view: View, PathOf(kind): PathOf<String>) -> Answer {
    let kind = kinds::find(&kind).ok_or(Failure::NotFound)?;
    let document = kind.make(kind.example).map_err(crate::paperwork::refused)?;
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new("Составить документ", paths::NEW));
    let body = html! {
        (paper(&document))
        p class="muted" {
            "Люди и школа в примере вымышлены. С сервера программы этот документ составляет команда "
            code { "nastavnik document make " (kind.name) " --input поля.json --out документ.docx" }
            ", образец полей даёт " code { "nastavnik document example " (kind.name) } "."
        }
    };
    Ok(view.page(Page {
        title: kind.title.into(),
        lead: Some("Пример: так выглядит документ, заполненный целиком.".into()),
        crumbs,
        body,
        width: Width::Normal,
        ..Page::default()
    }))
}
