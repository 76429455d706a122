//! Who does not take part yet: a list to choose candidates from.

use super::common::{choices, crumbs, drawn, leads, named_outsider, people, year_of};
use crate::{
    access::Visitor,
    error::Answer,
    participation::{
        actions::{self, Whom},
        coverage::{ClassCount, Group},
        forms::{CandidatesForm, Search},
        funnel::Stage,
        model::{Side, Source},
        paths,
        queries::{self, Outsider},
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
use maud::{Markup, html};
use serde::Deserialize;

/// People on one page.
const MOST: i64 = 200;

/// What the form begins with, when the way here has said it already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    source: String,
    base: String,
}

/// What the page is made of.
struct Shown {
    search: Search,
    found: Vec<Outsider>,
    classes: Vec<ClassCount>,
}

impl Shown {
    async fn of(app: &App, visitor: &Visitor, search: Search) -> Answer<Self> {
        let (year, sight) = (year_of(visitor), Sight::of(visitor)?);
        let mut tx = app.db.read().await?;
        let settings = queries::settings(&mut tx, visitor.school_id(), year).await?;
        let classes = queries::by_class(&mut tx, (visitor.school_id(), year), &settings, visitor.today).await?;
        let wanted = search.wanted(&settings, visitor.today);
        let found = queries::outsiders(&mut tx, (sight, year), &wanted, MOST).await?;
        Ok(Self { search, found, classes })
    }

    /// Returns how many were found, shown or not.
    fn total(&self) -> usize {
        self.found.first().map_or(0, |one| usize::try_from(one.found).unwrap_or(usize::MAX))
    }
}

/// Shows the list; of a target group everybody is ticked, as the one side the group is invited to.
pub async fn show(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Query(search): Query<Search>,
    Query(begun): Query<Begun>,
) -> Answer {
    let group = search.group();
    let side = match group {
        Some(Group::Pupils) => Side::Mentee.word(),
        Some(Group::Teachers) => Side::Mentor.word(),
        Some(Group::Young) | None => "",
    };
    let blank = CandidatesForm {
        all: if group.is_some() { "on".into() } else { String::new() },
        side: side.into(),
        source: begun.source,
        base: begun.base,
        offered_on: visitor.today.to_string(),
        ..CandidatesForm::default()
    };
    let shown = Shown::of(&app, &visitor, search).await?;
    Ok(page(&view, leads(&visitor), StatusCode::OK, &shown, (&blank, &Errors::none())))
}

/// Adds the chosen people as candidates, or into the base at once.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<CandidatesForm>) -> Answer {
    let search = sent.search();
    let asked = match sent.check(visitor.today) {
        Ok(asked) => asked,
        Err(errors) => {
            let shown = Shown::of(&app, &visitor, search).await?;
            return Ok(page(&view, true, StatusCode::UNPROCESSABLE_ENTITY, &shown, (&sent, &errors)));
        }
    };
    let whom = if sent.takes_all() { Whom::Found(&search) } else { Whom::Ticked(&sent.person) };
    let invited = actions::invite(&app, &visitor, whom, (&asked, sent.opens_base())).await?;
    let into =
        if sent.opens_base() { "Добавлено в базу" } else { "Добавлено кандидатами" };
    let already = match invited.already {
        0 => String::new(),
        already => format!(" Уже участвуют: {}.", people(already)),
    };
    let sentence = format!("{into}: {}.{already}", people(invited.added));
    Ok(see_other_saying(&next(&sent, &search, asked.source), FlashKind::Success, &sentence))
}

/// Leads on: from a whole group to the other one, else to those who were added.
fn next(sent: &CandidatesForm, search: &Search, source: Source) -> String {
    let stage = if sent.opens_base() { Stage::InBase } else { Stage::Candidate };
    match search.group().filter(|_| sent.takes_all()) {
        Some(_) => format!("{}?source={}&base={}", paths::INVITED, source.word(), sent.base),
        None => format!("{}?stage={}", paths::PARTICIPANTS, stage.word()),
    }
}

fn page(
    view: &View,
    leads: bool,
    status: StatusCode,
    shown: &Shown,
    (sent, errors): (&CandidatesForm, &Errors),
) -> Response {
    let total = shown.total();
    let found = if total > shown.found.len() {
        format!("Найдено: {}. Показаны первые {MOST}.", people(total))
    } else {
        format!("Найдено: {}.", people(total))
    };
    let list = list(shown, leads, sent);
    let body = if leads && total > 0 { choosing(&list, shown, sent, errors) } else { list };
    // What the way here has said outlives a change of the questions.
    let hidden = [("source", &sent.source), ("base", &sent.base)];
    let hidden = hidden.into_iter().filter(|(_, value)| !value.is_empty());
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.clone())).collect();
    let body = filter(&Filter { address: view.address().at(paths::CHOICE), asks: asks(shown), hidden, found, body });
    let lead = "Отметьте людей или всех найденных, укажите, откуда они, — и они станут кандидатами.";
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

fn choosing(list: &Markup, shown: &Shown, sent: &CandidatesForm, errors: &Errors) -> Markup {
    let fields = fields(shown.total(), sent, errors);
    let search = &shown.search;
    let asked = [("q", &search.q), ("class", &search.class), ("kind", &search.kind), ("group", &search.group)];
    let legend = "Отмеченные станут кандидатами".to_owned();
    form(&form::Form {
        action: paths::CANDIDATES.into(),
        submit: "Добавить".into(),
        cancel_href: Some(paths::PARTICIPANTS.into()),
        errors: errors.summary(&fields),
        body: html! {
            @for (name, value) in asked { input type="hidden" name=(name) value=(value); }
            (list)
            (fieldset(&Fieldset { legend, body: drawn(&fields), ..Fieldset::default() }))
        },
        ..form::Form::default()
    })
}

fn asks(shown: &Shown) -> Vec<Ask> {
    let asked = &shown.search;
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
    let rows = shown.found.iter().map(|one| {
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

fn fields(total: usize, sent: &CandidatesForm, errors: &Errors) -> Vec<Field> {
    let field =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let sources = choices(Source::ALL, Source::word, Source::label);
    let sides = choices(Side::ALL, Side::word, Side::label);
    vec![
        field("all", &format!("Все найденные: {}", people(total)), &sent.all).control(Control::Checkbox),
        field("side", "Кем будет", &sent.side).required().control(Control::Radios(sides)),
        field("source", "Откуда кандидат", &sent.source).required().control(Control::Radios(sources)),
        field("source_note", "Какой именно педсовет, собрание, классный час", &sent.source_note),
        field("offered_on", "Дата", &sent.offered_on).required().control(Control::Date),
        field("base", "Сразу в базу", &sent.base)
            .control(Control::Checkbox)
            .hint("Решение «в базу» запишется тем же днём, без собеседования."),
    ]
}
