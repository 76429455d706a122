//! The people of the school: a list to search and save as a file.

use crate::{
    access::{Right, Visitor},
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    files::download,
    people::{
        Sight,
        model::{Class, Kind, ListedPerson},
        paths,
        queries::{self, Wanted},
    },
    school_year::SchoolYear,
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            address::Address,
            badge::{Badge, Tone, badge},
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            icon::Icon,
            layout::{Page, Width},
            paging::{Paging, paging},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::NaiveDate;
use documents::sheet::{self, Sheet, Value, Workbook};
use maud::{Markup, html};
use serde::Deserialize;

/// People on one page: two classes.
const PER_PAGE: u32 = 50;

/// People in one file: more than the largest school has.
const IN_FILE: i64 = 100_000;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    kind: String,
    class: String,
    state: String,
    page: String,
}

impl Asked {
    fn wanted(&self) -> Wanted<'_> {
        let left = match self.state.as_str() {
            "present" => Some(false),
            "left" => Some(true),
            _ => None,
        };
        Wanted { name: &self.q, kind: self.kind.parse().ok(), class: self.class.parse().ok(), left }
    }
}

/// Shows the list.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let sight = Sight::of(&visitor)?;
    let mut tx = app.db.read().await?;
    let everybody = queries::count(&mut tx, sight, &Wanted::default()).await?;
    let total = queries::count(&mut tx, sight, &asked.wanted()).await?;
    let pages = Paging::of(view.address(), &asked.page, PER_PAGE, usize::try_from(total).unwrap_or(usize::MAX));
    let skip = i64::from(pages.skipped());
    let found = queries::listed(&mut tx, sight, &asked.wanted(), (i64::from(PER_PAGE), skip)).await?;
    let classes = queries::classes(&mut tx, sight.school(), SchoolYear::containing(visitor.today)).await?;
    let counted = words::counted(total, &["человек", "человека", "человек"]);
    let body = html! { (lines(&visitor, &found, everybody, &view.address())) (paging(&pages)) };
    Ok(view.page(Page {
        title: "Люди".into(),
        lead: Some(
            "Обучающиеся, педагоги, родители и все, кого школа знает. Роль в наставничестве — в участии.".into(),
        ),
        actions: acts(&visitor),
        body: filter(&Filter {
            address: view.address(),
            asks: asks(&asked, &classes),
            hidden: vec![],
            found: if total == everybody { counted } else { format!("{counted} из {everybody}") },
            body,
        }),
        width: Width::Wide,
        ..Page::default()
    }))
}

fn acts(visitor: &Visitor) -> Vec<Action> {
    if !visitor.may(Right::KeepPeople) {
        return vec![];
    }
    vec![
        Action::link("Добавить человека", paths::NEW_PERSON).icon(Icon::UserPlus).primary(),
        Action::link("Загрузить списки", crate::people::import::paths::UPLOAD),
        Action::link("Дубли", paths::DUPLICATES).icon(Icon::Group).quiet(),
    ]
}

fn asks(asked: &Asked, classes: &[Class]) -> Vec<Ask> {
    let kinds = Kind::ALL.iter().map(|kind| Choice::new(kind.word(), words::capitalised(kind.label())));
    vec![
        Ask::Search {
            name: "q", label: "Фамилия, имя или отчество".into(), value: asked.q.clone()
        },
        Ask::Select { name: "kind", label: "Кто".into(), options: kinds.collect(), value: asked.kind.clone() },
        Ask::Select {
            name: "class",
            label: "Класс".into(),
            options: classes.iter().map(|class| Choice::new(class.id.to_string(), class.name())).collect(),
            value: asked.class.clone(),
        },
        Ask::Select {
            name: "state",
            label: "Состояние".into(),
            options: vec![Choice::new("present", "в школе"), Choice::new("left", "выбыли")],
            value: asked.state.clone(),
        },
    ]
}

fn lines(visitor: &Visitor, found: &[ListedPerson], everybody: i64, address: &Address) -> Markup {
    table(&Table {
        caption: "Люди по фамилии".into(),
        columns: vec![
            Column::new("name", "Фамилия, имя, отчество"),
            Column::new("kind", "Кто"),
            Column::new("place", "Класс или должность"),
            Column::new("age", "Возраст").numeric(),
            Column::new("state", "Состояние"),
        ],
        rows: found.iter().map(|person| line(person, visitor.today)).collect(),
        address: address.clone(),
        empty: if everybody == 0 { nobody_yet(visitor) } else { nobody_found() },
        exports: vec![("XLSX".to_owned(), address.without(&["page"]).at(paths::PEOPLE_XLSX).to_string())],
        ..Table::default()
    })
}

fn nobody_yet(visitor: &Visitor) -> Empty {
    let empty = |text: &str| Empty { icon: Icon::Users, ..Empty::new("Людей пока нет", text) };
    if visitor.may(Right::KeepPeople) {
        empty("Добавьте классы, затем обучающихся, педагогов и родителей.")
            .action(Action::link("Добавить человека", paths::NEW_PERSON).icon(Icon::UserPlus).primary())
    } else {
        empty("Здесь появятся те, с кем вы работаете, когда куратор программы внесёт их и назначит вас.")
    }
}

fn nobody_found() -> Empty {
    Empty::new("Никого не найдено", "Измените условия отбора или сбросьте их.")
}

fn line(person: &ListedPerson, today: NaiveDate) -> Row {
    Row::new(vec![
        html! { (person.name()) },
        html! { (kinds_text(person)) },
        html! { (place(person)) },
        html! { @if let Some(age) = person.age_on(today) { (age) } },
        state(person),
    ])
    .href(paths::person_path(person.id))
}

fn state(person: &ListedPerson) -> Markup {
    let Some(on) = person.left_on else { return html! { "в школе" } };
    badge(&Badge {
        tone: Tone::Neutral,
        text: format!("выбытие {}", words::short_date(on)),
        icon: Some(Icon::CircleMinus),
    })
}

fn kinds_text(person: &ListedPerson) -> String {
    person.kinds().iter().map(|kind| kind.label()).collect::<Vec<_>>().join(", ")
}

/// Returns the class of a pupil, or the post.
pub fn place(person: &ListedPerson) -> String {
    person.class_name().or_else(|| person.post.clone()).unwrap_or_default()
}

/// Saves the list as a workbook; that is an act itself.
pub async fn xlsx(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let sight = Sight::of(&visitor)?;
    let mut tx = app.db.begin().await?;
    let found = queries::listed(&mut tx, sight, &asked.wanted(), (IN_FILE, 0)).await?;
    let school = &visitor.school;
    let subject = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let act =
        Act::of(&visitor, Event::PeopleExported, subject).with([Change::fact("Записей", found.len().to_string())]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    let sheet = sheet(&found).titled(format!("Люди: {}, на {}", school.short_name, words::short_date(visitor.today)));
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download("Люди.xlsx", bytes))
}

fn sheet(found: &[ListedPerson]) -> Sheet {
    let text = |title, width| sheet::Column::text(title, width);
    let day = |title| sheet::Column::new(title, 16.0, sheet::Kind::Date);
    let columns = [
        text("Фамилия", 22.0),
        text("Имя", 18.0),
        text("Отчество", 22.0),
        day("Дата рождения"),
        text("Пол", 12.0),
        text("Кто", 32.0),
        text("Класс", 10.0),
        text("Должность", 28.0),
        text("Телефон", 20.0),
        text("Электронная почта", 28.0),
        day("Выбытие"),
    ];
    let date = |day: Option<NaiveDate>| day.map_or(Value::Empty, Value::from);
    found.iter().fold(Sheet::new("Люди", columns), |sheet, person| {
        sheet.row([
            Value::from(person.surname.as_str()),
            Value::from(person.given_name.as_str()),
            Value::from(person.patronymic.as_str()),
            date(person.born_on),
            Value::from(person.sex.map_or("", |sex| sex.label())),
            Value::from(kinds_text(person)),
            Value::from(person.class_name().unwrap_or_default()),
            Value::from(person.post.clone().unwrap_or_default()),
            Value::from(person.phone.as_str()),
            Value::from(person.email.as_str()),
            date(person.left_on),
        ])
    })
}
