//! Who does not take part yet: a list to choose candidates from.

use super::common::{choices, crumbs, drawn, leads, named_outsider, people, with_none, year_of};
use crate::{
    access::Visitor,
    audit::Author,
    error::Answer,
    participation::{
        Settings, actions,
        coverage::{ClassCount, Group},
        forms::CandidatesForm,
        model::{Side, Source},
        paths,
        queries::{self, Choice as Wanted, Outsider},
    },
    people::{Kind, Sight},
    state::App,
    web::{
        Errors, Form, Query, View, see_other_saying,
        ui::{
            empty::Empty,
            field::{Choice, Control, Field},
            filter::{Ask, Filter, filter},
            form::{self, Fieldset, fieldset, form},
            layout::{FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use database::fold;
use maud::{Markup, html};
use serde::Deserialize;

/// People on one page; the statement asks for one more to know whether there are more.
const MOST: usize = 200;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    class: String,
    kind: String,
    group: String,
}

impl Asked {
    fn wanted(&self, settings: &Settings, today: NaiveDate) -> Wanted {
        let group = self.group.parse::<Group>().ok();
        let kind = match group {
            Some(Group::Pupils) => Some(Kind::Pupil),
            Some(Group::Teachers | Group::Young) => Some(Kind::Teacher),
            None => self.kind.parse().ok(),
        };
        let born = settings.birth_days(today);
        Wanted {
            class: self.class.parse().ok(),
            kind,
            name: fold(&self.q),
            without: if group.is_some() { "any" } else { "" },
            born: (group == Some(Group::Pupils)).then_some((born.first, born.last)),
        }
    }
}

/// What the page is made of.
struct Shown {
    asked: Asked,
    found: Vec<Outsider>,
    classes: Vec<ClassCount>,
}

async fn load(app: &App, visitor: &Visitor, asked: Asked) -> Answer<Shown> {
    let (year, sight) = (year_of(visitor), Sight::of(visitor)?);
    let mut tx = app.db.read().await?;
    let settings = queries::settings(&mut tx, visitor.school_id(), year).await?;
    let classes = queries::by_class(&mut tx, (visitor.school_id(), year), &settings, visitor.today).await?;
    let found = queries::outsiders(&mut tx, sight, year, &asked.wanted(&settings, visitor.today)).await?;
    Ok(Shown { asked, found, classes })
}

/// Shows the list.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let shown = load(&app, &visitor, asked).await?;
    let blank = CandidatesForm { offered_on: visitor.today.to_string(), ..CandidatesForm::default() };
    Ok(page(&view, leads(&visitor), StatusCode::OK, &shown, (&blank, &Errors::none())))
}

/// Adds the chosen people as candidates.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<CandidatesForm>) -> Answer {
    let asked = match sent.check(visitor.today) {
        Ok(asked) => asked,
        Err(errors) => {
            let shown = load(&app, &visitor, Asked::default()).await?;
            return Ok(page(&view, true, StatusCode::UNPROCESSABLE_ENTITY, &shown, (&sent, &errors)));
        }
    };
    let mut tx = app.db.begin().await?;
    let whom = (sent.person.as_slice(), &asked);
    let added =
        actions::add_candidates(&mut tx, Author::visitor(&visitor), year_of(&visitor), whom, app.clock.now()).await?;
    tx.commit().await?;
    let already = sent.person.len() - added;
    let already =
        if already == 0 { String::new() } else { format!(" Уже участвуют: {}.", people(already)) };
    let sentence = format!("Добавлено кандидатами: {}.{already}", people(added));
    Ok(see_other_saying(&format!("{}?stage=candidate", paths::PARTICIPANTS), FlashKind::Success, &sentence))
}

fn page(
    view: &View,
    leads: bool,
    status: StatusCode,
    shown: &Shown,
    (sent, errors): (&CandidatesForm, &Errors),
) -> Response {
    let found = if shown.found.len() > MOST {
        format!("Показаны первые {MOST}: уточните отбор.")
    } else {
        format!("Найдено: {}.", people(shown.found.len()))
    };
    let list = list(shown, leads, sent);
    let body = if leads && !shown.found.is_empty() { choosing(&list, sent, errors) } else { list };
    let body =
        filter(&Filter { address: view.address().at(paths::CHOICE), asks: asks(shown), hidden: vec![], found, body });
    let lead = "Отметьте людей, укажите, откуда они, — и они станут кандидатами.";
    view.page_with(
        status,
        Page {
            title: "Кого пригласить".into(),
            lead: leads.then(|| lead.to_owned()),
            crumbs: crumbs(),
            body,
            width: Width::Wide,
            ..Page::default()
        },
    )
}

fn choosing(list: &Markup, sent: &CandidatesForm, errors: &Errors) -> Markup {
    let fields = fields(sent, errors);
    let legend = "Отмеченные станут кандидатами".to_owned();
    form(&form::Form {
        action: paths::CANDIDATES.into(),
        submit: "Добавить отмеченных".into(),
        cancel_href: Some(paths::PARTICIPANTS.into()),
        errors: errors.summary(&fields),
        body: html! { (list) (fieldset(&Fieldset { legend, body: drawn(&fields), ..Fieldset::default() })) },
        ..form::Form::default()
    })
}

fn asks(shown: &Shown) -> Vec<Ask> {
    let asked = &shown.asked;
    let classes = shown.classes.iter().map(|class| Choice::new(class.class_id.to_string(), class.name().to_string()));
    vec![
        Ask::Search { name: "q", label: "Фамилия или имя".into(), value: asked.q.clone() },
        Ask::Select {
            name: "class", label: "Класс".into(), options: classes.collect(), value: asked.class.clone()
        },
        Ask::Select {
            name: "kind",
            label: "Кто это".into(),
            options: choices(Kind::ALL, Kind::word, Kind::label),
            value: asked.kind.clone(),
        },
        Ask::Select {
            name: "group",
            label: "Ещё не участвуют".into(),
            options: choices(&[Group::Pupils, Group::Teachers], Group::word, Group::label),
            value: asked.group.clone(),
        },
    ]
}

fn list(shown: &Shown, leads: bool, sent: &CandidatesForm) -> Markup {
    let rows = shown.found.iter().take(MOST).map(|one| {
        let name = named_outsider(one);
        Row::new(vec![
            html! {
                @if leads {
                    label class="form-check" {
                        input class="form-check-input" type="checkbox" name="person" value=(one.id) checked[sent.person.contains(&one.id)];
                        span class="form-check-label" { (name) }
                    }
                } @else { (name) }
            },
            html! { (one.class_name.as_deref().or(one.post.as_deref()).unwrap_or(&one.workplace)) },
            html! { (one.born_on.map(words::short_date).unwrap_or_default()) },
            html! { (sides(&one.sides)) },
        ])
    });
    table(&Table {
        caption: "Люди, которых можно пригласить".into(),
        columns: vec![
            Column::new("name", "Фамилия, имя, отчество"),
            Column::new("place", "Класс, должность, место работы"),
            Column::new("born", "Дата рождения").hidden_on_phone(),
            Column::new("sides", "Уже участвует"),
        ],
        rows: rows.collect(),
        empty: Empty::new("Никого не найдено", "Измените условия отбора: возможно, все найденные уже участвуют."),
        ..Table::default()
    })
}

fn sides(sides: &str) -> String {
    let labels: Vec<&str> = sides.split(',').filter_map(|word| word.parse::<Side>().ok()).map(Side::label).collect();
    if labels.is_empty() { "нет".to_owned() } else { labels.join(", ") }
}

fn fields(sent: &CandidatesForm, errors: &Errors) -> Vec<Field> {
    let field =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let sources = with_none("Выберите", choices(Source::ALL, Source::word, Source::label));
    let sides = choices(Side::ALL, Side::word, Side::label);
    vec![
        field("side", "Кем будет", &sent.side).required().control(Control::Radios(sides)),
        field("source", "Откуда кандидат", &sent.source).required().control(Control::Select(sources)),
        field("source_note", "Какой именно педсовет, собрание, классный час", &sent.source_note),
        field("offered_on", "Дата", &sent.offered_on).required().control(Control::Date),
    ]
}
