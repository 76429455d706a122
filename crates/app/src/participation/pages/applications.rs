//! Applications that wait: whose each is, and what becomes of it.

use super::common::{choices, crumbs, drawn, year_of};
use crate::{
    access::Visitor,
    clock,
    error::Answer,
    participation::{
        actions::{self, NewPerson},
        application::likeness,
        model::ApplicationId,
        paths::{self, application_path},
        queries::{self, Application, Match},
    },
    people::{FullName, Kind, PersonId, Sight, queries::withdrawn_names},
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            definition::{Fact, definition},
            empty::{Empty, empty},
            field::{Control, Field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use database::fold;
use maud::{Markup, html};
use serde::Deserialize;

/// What stands instead of the name of somebody who must be seen nowhere.
const CLOSED: &str = "Согласие отозвано, имя скрыто";

/// Shows the queue.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let waiting = queries::waiting(&mut tx, visitor.school_id(), year_of(&visitor)).await?;
    let withdrawn = withdrawn_names(&mut tx, visitor.school_id()).await?;
    let rows = waiting.iter().map(|one| {
        let received = clock::day_in(one.received_at, visitor.school.zone());
        let is_shown = !one.answers.0.name_any(&withdrawn);
        Row::new(vec![
            html! { @if is_shown { (one.answers.0.full_name) } @else { (CLOSED) } },
            html! { @if is_shown { (one.answers.0.place) } },
            html! { (one.side.label()) },
            html! { (one.source.label()) },
            html! { (words::short_date(received)) },
        ])
        .href(application_path(one.id))
    });
    let body = table(&Table {
        caption: "Заявки, которые ждут решения".into(),
        columns: vec![
            Column::new("name", "Фамилия, имя, отчество"),
            Column::new("place", "Класс, место учёбы или работы"),
            Column::new("side", "Кем хочет быть"),
            Column::new("source", "Откуда"),
            Column::new("received", "Получена"),
        ],
        rows: rows.collect(),
        empty: Empty::new("Все заявки разобраны", "Новые появятся здесь, когда их отправят по открытой ссылке.")
            .action(Action::link("Ссылки для заявок", paths::LINKS)),
        ..Table::default()
    });
    Ok(view.page(Page {
        title: "Заявки".into(),
        lead: Some(
            "Кто отправил заявку, решаете вы: программа только предлагает похожих людей из записей школы.".into(),
        ),
        crumbs: crumbs(),
        body,
        width: Width::Normal,
        ..Page::default()
    }))
}

/// Shows one application with the people it may be of.
pub async fn one(State(app): State<App>, PathOf(id): PathOf<ApplicationId>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let application = queries::application(&mut tx, visitor.school_id(), id).await?;
    if application.answers.0.name_any(&withdrawn_names(&mut tx, visitor.school_id()).await?) {
        return Ok(view.page(closed(id)));
    }
    let surname = fold(application.answers.0.full_name.split_whitespace().next().unwrap_or_default());
    let found = queries::matches(&mut tx, Sight::of(&visitor)?, &surname).await?;
    Ok(view.page(Page {
        title: application.answers.0.full_name.clone(),
        lead: Some(format!("Заявка: {}. {}", application.side.label(), application.source.label())),
        crumbs: way(),
        body: html! {
            (card(&Card { title: "Что отправлено".into(), body: definition(&sent(&application)), ..Card::default() }))
            (card(&Card { title: "Кто это".into(), body: proposals(&application, found), ..Card::default() }))
            (card(&Card { title: "Новый человек".into(), body: newcomer(id), ..Card::default() }))
            (rejection(id))
        },
        width: Width::Normal,
        ..Page::default()
    }))
}

fn way() -> Vec<Crumb> {
    let mut way = crumbs();
    way.push(Crumb::new("Заявки", paths::APPLICATIONS));
    way
}

/// The page of an application under the name of somebody who has withdrawn: nothing of it is shown.
fn closed(id: ApplicationId) -> Page {
    Page {
        title: "Заявка".into(),
        lead: Some(CLOSED.into()),
        crumbs: way(),
        body: html! {
            (notice(&Notice::new(
                Tone::Warning,
                "Так зовут человека, чьё согласие отозвано. Заявка — не согласие: участие возобновит только новый подписанный документ, из карточки отзыва. Если это однофамилец, внесите его на странице «Люди», а заявку отклоните.",
            )))
            (rejection(id))
        },
        ..Page::default()
    }
}

fn rejection(id: ApplicationId) -> Markup {
    card(&Card {
        title: "Отклонить".into(),
        body: html! {
            p { "Отправленное будет удалено, кандидат не появится." }
            (action(&Action::post("Отклонить заявку", format!("{}/rejection", application_path(id))).danger()))
        },
        ..Card::default()
    })
}

fn sent(application: &Application) -> Vec<Fact> {
    let answers = &application.answers.0;
    let slots: Vec<String> = answers.slots.iter().map(|slot| slot.label()).collect();
    [
        ("Класс, место учёбы или работы", answers.place.clone()),
        ("Связь", answers.contact.clone()),
        ("Темы", answers.topics.join(", ")),
        ("Интересы", answers.interests.join(", ")),
        ("Своими словами", answers.words.clone()),
        ("Время", slots.join("; ")),
        ("О времени", answers.time_note.clone()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| Fact::new(name, value))
    .collect()
}

/// Proposes people on record, the surest first.
fn proposals(application: &Application, found: Vec<Match>) -> Markup {
    let place = |one: &Match| {
        let known = [one.class_name.clone(), one.post.clone(), Some(one.workplace.clone())];
        known.into_iter().flatten().find(|text| !text.is_empty()).unwrap_or_default()
    };
    let mut sure: Vec<(u32, FullName, Match)> = found
        .into_iter()
        .map(|one| {
            let name = FullName {
                surname: one.surname.clone(),
                given: one.given_name.clone(),
                patronymic: one.patronymic.clone(),
            };
            (likeness(&application.answers.0, &name.key(), &place(&one)), name, one)
        })
        .filter(|(likeness, ..)| *likeness > 0)
        .collect();
    sure.sort_by_key(|(likeness, ..)| std::cmp::Reverse(*likeness));
    if sure.is_empty() {
        return empty(&Empty::new(
            "Похожих людей в записях нет",
            "Если это новый человек, внесите его кнопкой ниже: имя, место и связь возьмутся из заявки.",
        ));
    }
    let to = format!("{}/match", application_path(application.id));
    html! {
        (notice(&Notice::new(Tone::Info, "Проверьте, тот ли это человек: однофамильцы бывают и в одном классе.")))
        ul {
            @for (_, name, one) in &sure {
                li {
                    (name) @if !place(one).is_empty() { ", " (place(one)) }
                    @if let Some(born) = one.born_on { ", род. " (words::short_date(born)) }
                    " " (action(&Action::post("Это он или она", to.clone()).field("person", one.id.to_string())))
                }
            }
        }
    }
}

/// The form that makes a record of somebody new.
fn newcomer(id: ApplicationId) -> Markup {
    let fields = [
        Field::new("kind", "Кто это").required().control(Control::Select(choices(Kind::ALL, Kind::word, Kind::label))),
        Field::new("id", "").control(Control::Hidden).value(PersonId::fresh().to_string()),
    ];
    form(&form::Form {
        action: format!("{}/person", application_path(id)),
        submit: "Внести как нового человека".into(),
        body: drawn(&fields),
        ..form::Form::default()
    })
}

/// Says who somebody new is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newcomer {
    id: PersonId,
    kind: Kind,
}

/// Settles an application as one of somebody new.
pub async fn submit_person(
    State(app): State<App>,
    PathOf(id): PathOf<ApplicationId>,
    visitor: Visitor,
    Form(sent): Form<Newcomer>,
) -> Answer {
    actions::settle_as_new(&app, &visitor, id, NewPerson { id: sent.id, kind: sent.kind }).await?;
    Ok(see_other_saying(paths::APPLICATIONS, FlashKind::Success, "Человек внесён, заявка разобрана."))
}

/// Says whose an application is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    person: PersonId,
}

/// Settles an application as one of somebody on record.
pub async fn submit_match(
    State(app): State<App>,
    PathOf(id): PathOf<ApplicationId>,
    visitor: Visitor,
    Form(sent): Form<Whose>,
) -> Answer {
    actions::settle_as(&app, &visitor, id, sent.person).await?;
    Ok(see_other_saying(paths::APPLICATIONS, FlashKind::Success, "Заявка разобрана: кандидат добавлен."))
}

/// Rejects an application.
pub async fn reject(State(app): State<App>, PathOf(id): PathOf<ApplicationId>, visitor: Visitor) -> Answer {
    actions::settle_rejected(&app, &visitor, id).await?;
    Ok(see_other_saying(paths::APPLICATIONS, FlashKind::Success, "Заявка отклонена, отправленное удалено."))
}
