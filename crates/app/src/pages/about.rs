//! About the program: what it is, which version, whose work it carries; and every element of its interface.

use crate::{
    error::Answer,
    web::{
        View, assets,
        ui::{
            card::{Card, card},
            definition::{Fact, definition},
            layout::{Crumb, Page, Width},
            sample,
            table::{Column, Row, Table, table},
        },
    },
};
use maud::{Markup, html};

/// The texts of the licences, written when the assets are built.
const LICENCES: &str = "licences.txt";

/// Somebody else's work that the pages carry.
#[derive(Debug, PartialEq, Eq)]
struct Carried<'a> {
    name: &'a str,
    version: &'a str,
    licence: &'a str,
}

/// Shows what this program is.
pub async fn show(view: View) -> Answer {
    let text =
        assets::asset(LICENCES).map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned()).unwrap_or_default();
    Ok(view.page(Page {
        title: "О программе".into(),
        lead: Some(
            "«Наставник» — программа, в которой школа ведёт наставничество: от дорожной карты до отчётов.".into(),
        ),
        body: html! { (itself()) (carried_works(&carried(&text))) },
        width: Width::Narrow,
        ..Page::default()
    }))
}

fn itself() -> Markup {
    let facts = definition(&[
        Fact::new("Версия", env!("CARGO_PKG_VERSION")),
        Fact::new("Лицензия", env!("CARGO_PKG_LICENSE")),
        Fact::new(
            "Где хранятся данные",
            "На компьютере или сервере школы. Программа ничего не отправляет наружу и работает без интернета.",
        ),
        Fact::new(
            "Чему следует",
            "Целевой модели наставничества (распоряжение Минпросвещения России от 25.12.2019 № Р-145).",
        ),
        Fact::drawn("Элементы страниц", html! { a href=(super::COMPONENTS) { "Все элементы с примерами" } }),
    ]);
    card(&Card { title: "Эта программа".into(), lead: None, actions: vec![], body: facts })
}

fn carried_works(works: &[Carried<'_>]) -> Markup {
    let rows = works
        .iter()
        .map(|work| Row::new(vec![html! { (work.name) }, html! { (work.version) }, html! { (work.licence) }]));
    let list = table(&Table {
        caption: "Что встроено в страницы".into(),
        columns: vec![
            Column::new("name", "Название"),
            Column::new("version", "Версия"),
            Column::new("licence", "Лицензия"),
        ],
        rows: rows.collect(),
        ..Table::default()
    });
    let body = html! {
        (list)
        p { a href=(assets::href(LICENCES)) { "Полные тексты лицензий" } }
    };
    card(&Card {
        title: "Чужой труд внутри".into(),
        lead: Some("Стили, значки, шрифт и скрипт, с которыми работают страницы.".into()),
        actions: vec![],
        body,
    })
}

/// Finds the headings of the texts: «htmx.org 4.0.1: BSD-0-Clause».
fn carried(text: &str) -> Vec<Carried<'_>> {
    text.lines()
        .filter_map(|line| {
            let (work, licence) = line.split_once(": ")?;
            let (name, version) = work.split_once(' ')?;
            let numbered = version.split('.').filter(|part| part.parse::<u32>().is_ok()).count() == 3;
            numbered.then_some(Carried { name, version, licence })
        })
        .collect()
}

/// Draws every element of the interface with its sample data.
pub async fn components(view: View) -> Answer {
    let body = html! { @for (group, samples) in sample::everything() { (group_of(group, &samples)) } };
    Ok(view.page(Page {
        title: "Элементы страниц".into(),
        lead: Some(
            "Каждый элемент интерфейса с выдуманными данными: по этой странице проверяют оформление и доступность."
                .into(),
        ),
        crumbs: vec![Crumb::new("О программе", super::ABOUT)],
        body,
        width: Width::Wide,
        ..Page::default()
    }))
}

fn group_of(title: &str, samples: &[(&str, Markup)]) -> Markup {
    let body = html! {
        @for (name, drawn) in samples { div class="sample" { p class="field-hint" { code { (name) } } (drawn) } }
    };
    card(&Card { title: title.to_owned(), lead: None, actions: vec![], body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_works_are_read_from_the_headings_of_their_licences() {
        let text = "@tabler/core 1.6.1: MIT\n\nTHE SOFTWARE IS PROVIDED: as is\nVersion 1.1: text\nhtmx.org 4.0.1: BSD-0-Clause\n";
        let names: Vec<_> = carried(text).into_iter().map(|work| (work.name, work.version, work.licence)).collect();
        assert_eq!(names, [("@tabler/core", "1.6.1", "MIT"), ("htmx.org", "4.0.1", "BSD-0-Clause")]);
    }
}
