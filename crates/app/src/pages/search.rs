//! Search over everything the visitor may see.

use crate::{
    access::{self, Right, User, Visitor},
    error::Answer,
    partners,
    people::{self, Sight, pages::list::place, queries::Wanted},
    roadmap,
    school_year::SchoolYear,
    state::App,
    web::{
        Query, View,
        ui::{
            action::{Action, action},
            empty::{Empty, empty},
            icon::Icon,
            layout::Page,
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use database::{Tx, fold};
use maud::{Markup, html};
use serde::Deserialize;

/// Things of one kind on the page; who needs more, names it more exactly.
const MOST: usize = 30;

/// The longest question, in characters: nobody remembers more of a title.
const LONGEST: usize = 200;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// One thing that was found.
struct Found {
    label: String,
    about: String,
    href: String,
}

/// Things of one kind.
struct Group {
    title: &'static str,
    found: Vec<Found>,
}

/// Shows what was found.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let needle: String = asked.q.trim().chars().take(LONGEST).collect();
    let groups = if needle.is_empty() {
        vec![]
    } else {
        let mut tx = app.db.read().await?;
        vec![
            people(&mut tx, &visitor, &needle).await?,
            rows(&mut tx, &visitor, &needle).await?,
            partners(&mut tx, &visitor, &needle).await?,
            users(&mut tx, &visitor, &needle).await?,
        ]
    };
    let total = groups.iter().map(|group| group.found.len()).sum();
    Ok(view.page(Page {
        title: "Поиск".into(),
        lead: Some(summary(&needle, total)),
        body: body(&needle, &groups, total),
        ..Page::default()
    }))
}

async fn rows(tx: &mut Tx, visitor: &Visitor, needle: &str) -> Answer<Group> {
    let year = |start: i64| i32::try_from(start).ok().and_then(SchoolYear::starting_in);
    let found = roadmap::search(tx, visitor.school_id(), needle, most()).await?.into_iter().map(|row| Found {
        label: format!("{} {}", row.number, row.title).trim().to_owned(),
        about: year(row.school_year).map_or_else(String::new, |year| format!("{year} учебный год")),
        href: roadmap::paths::row_path(row.id),
    });
    Ok(Group { title: "Дорожная карта", found: found.collect() })
}

/// Partners are for those who read about them.
async fn partners(tx: &mut Tx, visitor: &Visitor, needle: &str) -> Answer<Group> {
    let mut found = vec![];
    if visitor.may(Right::ReadPartners) {
        found = partners::search(tx, visitor.school_id(), needle, most()).await?;
    }
    let found = found.into_iter().map(|partner| {
        let state = if partner.is_working_on(visitor.today) { "" } else { " · работа завершена" };
        Found {
            about: format!("{}{state}", partner.kind.label()),
            href: partner.show_path(),
            label: partner.short_name,
        }
    });
    Ok(Group { title: "Партнёры", found: found.collect() })
}

/// People whom the visitor may see.
async fn people(tx: &mut Tx, visitor: &Visitor, needle: &str) -> Answer<Group> {
    let mut found = vec![];
    if let Ok(sight) = Sight::of(visitor) {
        let wanted = Wanted { name: needle, ..Wanted::default() };
        found = people::queries::listed(tx, sight, &wanted, (most(), 0)).await?;
    }
    let found = found.into_iter().map(|person| Found {
        label: person.name().to_string(),
        about: place(&person),
        href: people::paths::person_path(person.id),
    });
    Ok(Group { title: "Люди", found: found.collect() })
}

/// Accounts are for those who manage them.
async fn users(tx: &mut Tx, visitor: &Visitor, needle: &str) -> Answer<Group> {
    let mut found = vec![];
    if visitor.may(Right::KeepUsers) {
        let needle = fold(needle);
        let holds = |user: &User| fold(&format!("{} {} {}", user.full_name, user.post, user.login)).contains(&needle);
        let users = access::users_of(tx, visitor.school_id()).await?;
        found = users.into_iter().filter(holds).take(MOST).map(user).collect();
    }
    Ok(Group { title: "Учётные записи", found })
}

fn user(user: User) -> Found {
    let state = if user.is_active { "" } else { " · учётная запись отключена" };
    Found { about: format!("{}{state}", user.post), href: user.edit_path(), label: user.full_name }
}

fn most() -> i64 {
    i64::try_from(MOST).unwrap_or(i64::MAX)
}

fn summary(needle: &str, total: usize) -> String {
    match (needle, total) {
        ("", _) => "Введите слово из названия мероприятия или имени.".to_owned(),
        (needle, 0) => format!("По запросу «{needle}» ничего не найдено."),
        (needle, total) => {
            let total = i64::try_from(total).unwrap_or(i64::MAX);
            format!("По запросу «{needle}» найдено: {}.", words::counted(total, &["запись", "записи", "записей"]))
        }
    }
}

fn body(needle: &str, groups: &[Group], total: usize) -> Markup {
    html! {
        form class="form" role="search" method="get" action=(super::SEARCH) aria-label="Поиск по записям" {
            div class="field" {
                label class="form-label" for="search-again" { "Что найти" }
                input class="form-control" id="search-again" type="search" name="q" value=(needle) autocomplete="off";
            }
            div class="form-foot" { (action(&Action::submit("Найти").icon(Icon::Search))) }
        }
        @for group in groups.iter().filter(|group| !group.found.is_empty()) { (results(group)) }
        @if !needle.is_empty() && total == 0 {
            (empty(&Empty {
                icon: Icon::Search,
                ..Empty::new("Ничего не найдено", "Проверьте, нет ли опечатки, или введите только часть слова: «согл» найдёт и «согласие», и «соглашение».")
            }))
        }
    }
}

fn results(group: &Group) -> Markup {
    let full = group.found.len() >= MOST;
    html! {
        (table(&Table {
            caption: group.title.into(),
            columns: vec![Column::new("what", "Название"), Column::new("about", "Пояснение")],
            rows: group.found.iter().map(line).collect(),
            ..Table::default()
        }))
        @if full { p class="field-hint" { "Показаны первые " (MOST) ": уточните запрос, чтобы увидеть остальные." } }
    }
}

fn line(found: &Found) -> Row {
    Row::new(vec![html! { (found.label) }, html! { (found.about) }]).href(found.href.clone())
}
