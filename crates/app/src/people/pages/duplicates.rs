//! Records that are probably of one person: the list, the question, the merge and its undoing.

use crate::{
    access::Visitor,
    error::{Answer, Failure},
    people::{
        Sight, actions,
        duplicates::{Reason, probable},
        model::{Enrolment, Kind, ListedPerson, Merge, Person, PersonId},
        paths,
        queries::{self, Wanted},
    },
    state::App,
    web::{
        Form, Query, View, see_other, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card, tiles},
            confirm::{Confirm, confirm},
            definition::{Fact, definition},
            empty::Empty,
            icon::Icon,
            layout::{Crumb, FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use database::Tx;
use maud::{Markup, html};
use serde::Deserialize;

/// More people than any school has.
const EVERYBODY: i64 = 100_000;

/// Pairs on the page; the others come up when these are settled.
const MOST: usize = 100;

/// Shows probable duplicates and the merges that can be undone.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let sight = Sight::of(&visitor)?;
    let mut tx = app.db.read().await?;
    let people = queries::listed(&mut tx, sight, &Wanted::default(), (EVERYBODY, 0)).await?;
    let merges = queries::merges(&mut tx, sight).await?;
    let pairs = probable(&people);
    let body = html! {
        (probable_pairs(&people, &pairs))
        @if pairs.len() > MOST { p class="field-hint" { "Показаны первые " (MOST) " из " (pairs.len()) "." } }
        @if !merges.is_empty() { (past_merges(&visitor, &merges)) }
    };
    Ok(view.page(Page {
        title: "Возможные дубли".into(),
        lead: Some("Карточки, которые похожи на карточки одного человека. Однофамильцы с разными датами рождения сюда не попадают.".into()),
        crumbs: vec![Crumb::new("Люди", paths::PEOPLE)],
        body,
        ..Page::default()
    }))
}

fn probable_pairs(people: &[ListedPerson], pairs: &[(PersonId, PersonId, Reason)]) -> Markup {
    let find = |id: PersonId| people.iter().find(|person| person.id == id);
    let line = |(one, other, reason): &(PersonId, PersonId, Reason)| {
        let (one, other) = (find(*one)?, find(*other)?);
        let row = Row::new(vec![html! { (mark(one)) }, html! { (mark(other)) }, html! { (reason.label()) }]);
        Some(row.href(paths::merge_path(one.id, other.id)))
    };
    table(&Table {
        caption: "Похожие карточки".into(),
        columns: vec![
            Column::new("one", "Карточка"),
            Column::new("other", "Похожая карточка"),
            Column::new("reason", "Почему"),
        ],
        rows: pairs.iter().take(MOST).filter_map(line).collect(),
        empty: Empty {
            icon: Icon::CircleCheck, ..Empty::new("Дублей не найдено", "Одинаковых карточек нет.")
        },
        ..Table::default()
    })
}

fn mark(person: &ListedPerson) -> String {
    let born = person.born_on.map(words::short_date);
    let place = Some(super::list::place(person)).filter(|place| !place.is_empty());
    let about: Vec<String> = [born, place].into_iter().flatten().collect();
    if about.is_empty() { person.name().to_string() } else { format!("{} ({})", person.name(), about.join(", ")) }
}

fn past_merges(visitor: &Visitor, merges: &[Merge]) -> Markup {
    let line = |merge: &Merge| {
        let on = merge.merged_at.with_timezone(&visitor.school.zone()).date_naive();
        let undo = Action::post("Разъединить", paths::MERGE_UNDOING).field("merge", merge.id.to_string()).quiet();
        Row::new(vec![html! { (merge.name()) }, html! { (words::short_date(on)) }, action(&undo)])
            .href(paths::person_path(merge.kept_id))
    };
    table(&Table {
        caption: "Объединённые карточки".into(),
        columns: vec![Column::new("kept", "Карточка"), Column::new("on", "Когда"), Column::new("act", "Действие")],
        rows: merges.iter().map(line).collect(),
        ..Table::default()
    })
}

/// Which two records are meant.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pair {
    kept: String,
    merged: String,
}

impl Pair {
    fn ids(&self) -> Option<(PersonId, PersonId)> {
        Some((self.kept.parse().ok()?, self.merged.parse().ok()?))
    }
}

/// Asks whether the two are of one person; which is kept can be turned round.
pub async fn ask(State(app): State<App>, view: View, visitor: Visitor, Query(pair): Query<Pair>) -> Answer {
    let Some((kept, merged)) = pair.ids() else { return Ok(see_other(paths::DUPLICATES)) };
    let mut tx = app.db.read().await?;
    let (kept, merged) = (Side::of(&mut tx, &visitor, kept).await?, Side::of(&mut tx, &visitor, merged).await?);
    let body = html! {
        (tiles(&[kept.drawn("Останется"), merged.drawn("Исчезнет")]))
        (confirm(&Confirm {
            action: paths::MERGE.into(),
            submit: "Объединить карточки".into(),
            cancel_href: paths::DUPLICATES.into(),
            will_happen: vec![
                format!("К оставшейся карточке перейдёт всё, чего в ней нет: {}.", labels()),
                "Вторая карточка исчезнет из списков, поиска и выгрузок.".into(),
            ],
            remains: vec![
                "Сведения оставшейся карточки: перенесите недостающее сами, пока видны обе.".into(),
                "Возможность разъединить карточки на странице «Возможные дубли».".into(),
            ],
            hidden: vec![
                ("kept".into(), kept.person.id.to_string()),
                ("merged".into(), merged.person.id.to_string()),
            ],
            danger: true,
            ..Confirm::default()
        }))
    };
    let turned = paths::merge_path(merged.person.id, kept.person.id);
    Ok(view.page(Page {
        title: "Объединить карточки?".into(),
        crumbs: vec![Crumb::new("Люди", paths::PEOPLE), Crumb::new("Возможные дубли", paths::DUPLICATES)],
        actions: vec![Action::link("Оставить другую", turned).icon(Icon::Refresh)],
        body,
        width: Width::Normal,
        ..Page::default()
    }))
}

fn labels() -> String {
    let labels: Vec<&str> = queries::REFERENCES.iter().map(|known| known.label).collect();
    words::list(&labels)
}

/// One of the two records.
struct Side {
    person: Person,
    kinds: Vec<Kind>,
    enrolments: Vec<Enrolment>,
}

impl Side {
    async fn of(tx: &mut Tx, visitor: &Visitor, id: PersonId) -> Answer<Self> {
        let key = (visitor.school_id(), id);
        Ok(Self {
            person: queries::person(tx, Sight::of(visitor)?, id).await?,
            kinds: queries::kinds(tx, key).await?,
            enrolments: queries::enrolments(tx, key).await?,
        })
    }

    fn drawn(&self, title: &str) -> Markup {
        let person = &self.person;
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.label()).collect();
        let classes: Vec<String> = self.enrolments.iter().map(Enrolment::class_name).collect();
        card(&Card {
            title: title.into(),
            lead: Some(person.name().to_string()),
            actions: vec![Action::link("Открыть", paths::person_path(person.id)).quiet()],
            body: definition(&[
                Fact::new("Дата рождения", person.born_on.map_or_else(String::new, words::short_date)),
                Fact::new("Кто", kinds.join(", ")),
                Fact::new("Классы", classes.join(", ")),
                Fact::new("Телефон", &person.phone),
                Fact::new("Электронная почта", &person.email),
                Fact::new("Примечание", &person.note),
            ]),
        })
    }
}

/// Makes the two one.
pub async fn merge(State(app): State<App>, visitor: Visitor, Form(pair): Form<Pair>) -> Answer {
    let (kept, merged) = pair.ids().ok_or(Failure::NotFound)?;
    actions::merge_people(&app, &visitor, kept, merged).await?;
    let sentence = "Карточки объединены. Разъединить их можно на странице «Возможные дубли».";
    Ok(see_other_saying(&paths::person_path(kept), FlashKind::Success, sentence))
}

/// Which merge is undone.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Undoing {
    merge: String,
}

/// Makes two of one again.
pub async fn undo(State(app): State<App>, visitor: Visitor, Form(sent): Form<Undoing>) -> Answer {
    let id = sent.merge.parse().map_err(|()| Failure::NotFound)?;
    let merged = actions::undo_merge(&app, &visitor, id).await?;
    Ok(see_other_saying(
        &paths::person_path(merged),
        FlashKind::Success,
        "Карточки разъединены: это карточка, которая исчезала.",
    ))
}
