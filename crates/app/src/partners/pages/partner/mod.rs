//! One partner: what is known, who to talk to, agreements, mentors, history.

pub mod contact;
pub mod edit;
pub mod ending;

use super::{
    common::{edits, state_badge},
    register::{empty_table, line},
};
use crate::{
    access::Visitor,
    audit::{self, Entry as Trace, SubjectKind, drawn_history},
    error::{Answer, Failure},
    partners::{
        book::{Book, Entry},
        model::{Agreement, Contact, PartnerId},
        paths,
    },
    school_year::SchoolYear,
    state::App,
    web::{
        PathOf, View,
        ui::{
            action::{Action, actions},
            badge::Tone,
            card::{Card, card, columns},
            definition::{Fact, definition},
            empty::{Empty, empty},
            icon::Icon,
            layout::{Crumb, Page, Width},
            notice::{Notice, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::NaiveDate;
use maud::{Markup, html};

/// Acts shown in the history of a partner.
const ACTS: i64 = 50;

/// Shows a partner.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<PartnerId>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let entry = Book::load(&mut tx, &visitor).await?.take(id).ok_or(Failure::NotFound)?;
    let acts = audit::history_of(&mut tx, visitor.school_id(), SubjectKind::Partner, id.uuid(), ACTS).await?;
    let partner = &entry.partner;
    let body = html! {
        @if let Some(ended) = partner.ended_on.filter(|_| !partner.is_working_on(visitor.today)) {
            (notice(&Notice::new(Tone::Info, format!("Работа с партнёром завершена {}.", words::short_date(ended)))))
        }
        (columns(
            &html! { (agreements(&entry, &visitor)) (people(&entry, &visitor)) },
            &html! { (about(&entry, &visitor)) (contacts(&entry, edits(&visitor))) (history(&acts, &visitor)) },
        ))
    };
    Ok(view.page(Page {
        title: partner.short_name.clone(),
        lead: Some(words::capitalised(partner.kind.label())),
        crumbs: vec![Crumb::new("Партнёры", paths::PARTNERS)],
        actions: if edits(&visitor) { acts_of(&entry, visitor.today) } else { vec![] },
        body,
        width: Width::Wide,
    }))
}

fn acts_of(entry: &Entry, today: NaiveDate) -> Vec<Action> {
    let partner = &entry.partner;
    let ending = if partner.is_working_on(today) {
        Action::link("Завершить работу", partner.part_path("ending"))
    } else {
        Action::post("Возобновить работу", partner.part_path("return")).field("version", partner.version.to_string())
    };
    vec![Action::link("Изменить", partner.part_path("edit")).icon(Icon::Edit), ending]
}

fn about(entry: &Entry, visitor: &Visitor) -> Markup {
    let partner = &entry.partner;
    card(&Card {
        title: "Сведения".into(),
        body: definition(&[
            Fact::new("Полное название", &partner.name),
            Fact::drawn("Соглашение", state_badge(entry.standing(visitor.today))),
            Fact::new("ИНН", &partner.inn),
            Fact::new("Адрес", &partner.address),
            Fact::new("Сайт", &partner.site),
            Fact::new("Примечание", &partner.note),
        ]),
        ..Card::default()
    })
}

fn agreements(entry: &Entry, visitor: &Visitor) -> Markup {
    let new = Action::link("Добавить соглашение", entry.partner.part_path("agreements/new")).icon(Icon::Plus);
    let may = edits(visitor);
    let leading = entry.leading(visitor.today);
    let shown = Table {
        caption: "Соглашения с партнёром".into(),
        rows: entry.agreements.iter().map(|one| line(one, visitor.today)).collect(),
        empty: Empty::new(
            "Соглашений нет",
            "Пока соглашение не подписано, партнёр не считается в мероприятии о соглашениях.",
        ),
        ..empty_table()
    };
    card(&Card {
        title: "Соглашения".into(),
        lead: leading.map(|one| lead(one, visitor.today)),
        actions: if may { vec![new] } else { vec![] },
        body: table(&shown),
    })
}

fn lead(agreement: &Agreement, today: NaiveDate) -> String {
    let state = agreement.state_on(today).label();
    match agreement.valid_until {
        Some(until) if agreement.state_on(today).binds() => {
            format!("{}: {state}, последний день {}.", agreement.caption(), words::short_date(until))
        }
        _ => format!("{}: {state}.", agreement.caption()),
    }
}

fn people(entry: &Entry, visitor: &Visitor) -> Markup {
    let year = SchoolYear::containing(visitor.today);
    let row = |one: &crate::partners::queries::Mentor| {
        Row::new(vec![
            html! { (one.name()) },
            html! {
                @match one.entered_on {
                    Some(entered) => { "наставник с " (words::short_date(entered)) },
                    None => span class="muted" { "в базу наставников не входит" },
                }
            },
        ])
    };
    card(&Card {
        title: "Наставники от партнёра".into(),
        lead: Some(format!("{year} учебный год. Считаются те, кто вошёл в базу наставников.")),
        body: table(&Table {
            caption: "Люди партнёра".into(),
            columns: vec![Column::new("name", "Фамилия, имя, отчество"), Column::new("entered", "Участие")],
            rows: entry.people.iter().map(row).collect(),
            empty: Empty::new(
                "Наставников пока нет",
                "Человек партнёра появится здесь, когда в его карточке указана эта организация.",
            ),
            ..Table::default()
        }),
        ..Card::default()
    })
}

fn contacts(entry: &Entry, may: bool) -> Markup {
    let new = Action::link("Добавить", entry.partner.part_path("contacts/new")).icon(Icon::Plus);
    let nobody = Empty::new("Контактов нет", "Внесите, кто подписывает соглашения и к кому обращаться.");
    card(&Card {
        title: "К кому обращаться".into(),
        actions: if may { vec![new] } else { vec![] },
        body: html! {
            @if entry.contacts.is_empty() { (empty(&nobody)) }
            @for contact in &entry.contacts { (one_contact(contact, may)) }
        },
        ..Card::default()
    })
}

fn one_contact(contact: &Contact, may: bool) -> Markup {
    let mut facts = vec![
        Fact::new("Имя", &contact.full_name),
        Fact::new("Должность", &contact.post),
        Fact::new("Телефон", &contact.phone),
        Fact::new("Почта", &contact.email),
    ];
    if contact.signs {
        facts.push(Fact::new("Подписывает на основании", &contact.authority));
    }
    let acts =
        [Action::link("Изменить", contact.edit_path()).quiet(), Action::link("Убрать", contact.removal_path()).quiet()];
    html! { (definition(&facts)) @if may { (actions(&acts)) } }
}

fn history(acts: &[Trace], visitor: &Visitor) -> Markup {
    card(&Card { title: "История".into(), body: drawn_history(acts, visitor.school.zone()), ..Card::default() })
}
