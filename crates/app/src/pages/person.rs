//! The card of a person: everything that is known, by whichever slice, and who looked at it.
//!
//! A later slice adds its box in [`show`], with what it loads in the same transaction.

use crate::{
    access::{Right, Visitor},
    audit::{self, Act, Entry, Event, SubjectKind},
    consents,
    error::Answer,
    paperwork::paths as papers,
    participation,
    people::{
        self, Sight,
        model::{Enrolment, Kind, Person, PersonId, Relative, Staff, full_years},
        paths, queries,
    },
    school_year::SchoolYear,
    state::App,
    web::{
        PathOf, View,
        ui::{
            action::Action,
            card::{Card, card, columns},
            definition::{Fact, definition},
            icon::Icon,
            layout::{Crumb, Page, Width},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use chrono::{NaiveDate, TimeDelta};
use database::Tx;
use maud::{Markup, html};

/// Hours within which opening a card again leaves no second trace.
const SAME_READING: i64 = 1;

/// Acts of one kind on the card.
const MOST: i64 = 50;

/// What the card shows of the slice of people itself.
struct Loaded {
    person: Person,
    kinds: Vec<Kind>,
    enrolments: Vec<Enrolment>,
    staff: Option<Staff>,
    guardians: Vec<Relative>,
    minors: Vec<Relative>,
    readings: Vec<Entry>,
    changes: Vec<Entry>,
}

impl Loaded {
    async fn of(tx: &mut Tx, visitor: &Visitor, id: PersonId) -> Answer<Self> {
        let (sight, key) = (Sight::of(visitor)?, (visitor.school_id(), id));
        let person = queries::person(tx, sight, id).await?;
        let subject = (SubjectKind::Person, id.uuid());
        let (guardians, minors) = queries::relatives(tx, sight, id).await?;
        let (readings, changes) = audit::readings_and_changes(tx, key.0, subject, Event::PersonRead, MOST).await?;
        Ok(Self {
            person,
            kinds: queries::kinds(tx, key).await?,
            enrolments: queries::enrolments(tx, key).await?,
            staff: queries::staff(tx, key).await?,
            guardians,
            minors,
            readings,
            changes,
        })
    }
}

/// Shows the card; opening it leaves a trace.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let loaded = Loaded::of(&mut tx, &visitor, id).await?;
    let consents = consents::person_card(&mut tx, &visitor, id).await?;
    let participations = participation::person_card(&mut tx, &visitor, id).await?;
    let act = Act::of(&visitor, Event::PersonRead, people::actions::subject(id));
    audit::record_once(&mut tx, act, now - TimeDelta::hours(SAME_READING), now).await?;
    tx.commit().await?;
    let edits = visitor.may(Right::KeepPeople);
    let main = html! {
        @if let Some(on) = loaded.person.left_on { (gone(&loaded.person, on)) }
        (own_facts(&loaded, visitor.today))
        (school_life(&loaded, edits, visitor.today))
        (relatives(&loaded, edits))
        (consents)
        (participations)
    };
    Ok(view.page(Page {
        title: loaded.person.name().to_string(),
        lead: Some(kinds_text(&loaded.kinds)),
        crumbs: vec![Crumb::new("Люди", paths::PEOPLE)],
        actions: if edits { acts(&loaded.person, &visitor) } else { vec![] },
        body: columns(&main, &traces(&loaded, &visitor)),
        width: Width::Wide,
    }))
}

fn kinds_text(kinds: &[Kind]) -> String {
    words::capitalised(&kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(", "))
}

fn acts(person: &Person, visitor: &Visitor) -> Vec<Action> {
    let part = |part| paths::part_path(person.id, part);
    let presence = match person.left_on {
        None => Action::link("Отметить выбытие", part("leaving")).icon(Icon::CircleMinus).quiet(),
        Some(_) => Action::post("Отметить возвращение", part("return")).icon(Icon::Refresh),
    };
    let mut acts = vec![
        Action::link("Изменить", part("edit")).icon(Icon::Edit).primary(),
        Action::link("Имя в падежах", papers::name_forms_path(person.id)).quiet(),
        presence,
        Action::link("Выписка", part("record")).icon(Icon::Report).quiet(),
    ];
    if visitor.may(Right::ErasePeople) {
        acts.push(Action::link("Уничтожить сведения", part("erasure")).icon(Icon::Trash).quiet());
    }
    acts
}

fn gone(person: &Person, on: NaiveDate) -> Markup {
    let sentence = format!("Выбытие {}: {}.", words::short_date(on), person.left_reason);
    notice(&Notice::new(Tone::Warning, sentence))
}

fn own_facts(loaded: &Loaded, today: NaiveDate) -> Markup {
    let person = &loaded.person;
    let born = person.born_on.map_or_else(String::new, |born| {
        let age = full_years(born, today)
            .map_or_else(String::new, |age| format!(", {}", words::counted(i64::from(age), &["год", "года", "лет"])));
        format!("{}{age}", words::short_date(born))
    });
    card(&Card {
        title: "Сведения".into(),
        body: definition(&[
            Fact::new("Дата рождения", born),
            Fact::new("Пол", person.sex.map_or("", |sex| sex.label())),
            Fact::new("Телефон", &person.phone),
            Fact::new("Электронная почта", &person.email),
            Fact::new("Место работы (учёбы)", &person.workplace),
            Fact::new("Номер в электронном журнале", &person.journal_id),
            Fact::new("Примечание", &person.note),
        ]),
        ..Card::default()
    })
}

fn school_life(loaded: &Loaded, edits: bool, today: NaiveDate) -> Markup {
    let part = |part| paths::part_path(loaded.person.id, part);
    let is_pupil = loaded.kinds.contains(&Kind::Pupil);
    let class = |label: &str| Action::link(label, part("enrolment")).icon(Icon::School);
    html! {
        @if is_pupil || !loaded.enrolments.is_empty() {
            (card(&Card {
                title: "Класс".into(),
                lead: current_class(&loaded.enrolments),
                actions: if edits && is_pupil { vec![class("Записать в класс")] } else { vec![] },
                body: classes(&loaded.enrolments),
            }))
        }
        @if loaded.staff.is_some() || (edits && !is_pupil) {
            (card(&Card {
                title: "Работа в школе".into(),
                actions: if edits { vec![Action::link("Изменить", part("post")).icon(Icon::Edit)] } else { vec![] },
                body: post(loaded.staff.as_ref(), today),
                ..Card::default()
            }))
        }
    }
}

fn current_class(enrolments: &[Enrolment]) -> Option<String> {
    let current = enrolments.iter().find(|known| known.left_on.is_none())?;
    Some(format!("{} с {}", current.class_name(), words::short_date(current.entered_on)))
}

fn classes(enrolments: &[Enrolment]) -> Markup {
    let year = |start: i64| i32::try_from(start).ok().and_then(SchoolYear::starting_in);
    html! {
        @if enrolments.is_empty() { p class="muted" { "Класс не указан." } }
        ul class="plain-list" {
            @for known in enrolments {
                li {
                    (known.class_name())
                    @if let Some(year) = year(known.school_year) { ", " (year) " учебный год" }
                    ": с " (words::short_date(known.entered_on))
                    @if let Some(on) = known.left_on { " по " (words::short_date(on)) }
                }
            }
        }
    }
}

fn post(staff: Option<&Staff>, today: NaiveDate) -> Markup {
    let Some(staff) = staff else { return html! { p class="muted" { "Должность не указана." } } };
    let service = staff.teaches_since.and_then(|since| full_years(since, today)).map_or_else(String::new, |years| {
        words::counted(i64::from(years), &["полный год", "полных года", "полных лет"])
    });
    definition(&[
        Fact::new("Должность", &staff.post),
        Fact::new("Педагогический работник", if staff.is_teaching { "да" } else { "нет" }),
        Fact::new("Педагогический стаж", service),
    ])
}

fn relatives(loaded: &Loaded, edits: bool) -> Markup {
    let add = Action::link("Добавить", paths::part_path(loaded.person.id, "guardians")).icon(Icon::UserPlus);
    let is_pupil = loaded.kinds.contains(&Kind::Pupil);
    html! {
        @if is_pupil || !loaded.guardians.is_empty() {
            (card(&Card {
                title: "Родители и законные представители".into(),
                actions: if edits { vec![add] } else { vec![] },
                body: html! {
                    @if loaded.guardians.is_empty() { p class="muted" { "Представители не указаны: согласие подписать некому." } }
                    @else { (guardians(loaded, edits)) }
                },
                ..Card::default()
            }))
        }
        @if !loaded.minors.is_empty() {
            (card(&Card {
                title: "Кого представляет".into(),
                body: html! {
                    ul class="plain-list" {
                        @for minor in &loaded.minors {
                            li { a href=(paths::person_path(minor.id)) { (minor.name()) } ": " (minor.grounds.label()) }
                        }
                    }
                },
                ..Card::default()
            }))
        }
    }
}

fn guardians(loaded: &Loaded, edits: bool) -> Markup {
    let removal = paths::part_path(loaded.person.id, "guardians/removal");
    let contact = |known: &Relative| {
        let parts = [&known.phone, &known.email].into_iter().filter(|text| !text.is_empty()).cloned();
        parts.collect::<Vec<_>>().join(", ")
    };
    let line = |known: &Relative| {
        let mut cells = vec![
            html! { (known.name()) },
            html! { (known.grounds.label()) @if !known.paper.is_empty() { ", " (known.paper) } },
            html! { (contact(known)) },
        ];
        if edits {
            let remove = Action::post("Убрать", &removal).field("guardian", known.id.to_string()).quiet();
            cells.push(crate::web::ui::action::action(&remove));
        }
        Row::new(cells).href(paths::person_path(known.id))
    };
    let mut heads = vec![
        Column::new("name", "Фамилия, имя, отчество"),
        Column::new("grounds", "Кем приходится"),
        Column::new("contact", "Связь"),
    ];
    if edits {
        heads.push(Column::new("act", "Действие"));
    }
    table(&Table {
        caption: "Представители".into(),
        columns: heads,
        rows: loaded.guardians.iter().map(line).collect(),
        ..Table::default()
    })
}

/// Draws what happened to the card, and, for who sees everybody, who looked at it.
fn traces(loaded: &Loaded, visitor: &Visitor) -> Markup {
    let zone = visitor.school.zone();
    html! {
        @if visitor.may(Right::ReadReaders) {
            (card(&Card {
                title: "Кто смотрел карточку".into(),
                lead: Some("Повторное открытие в течение часа не записывается.".into()),
                body: html! {
                    (audit::drawn_history(&loaded.readings, zone))
                    p { a href=(paths::part_path(loaded.person.id, "readers")) { "Кто видел сведения за период" } }
                },
                ..Card::default()
            }))
        }
        (card(&Card {
            title: "История изменений".into(),
            body: audit::drawn_history(&loaded.changes, zone),
            ..Card::default()
        }))
    }
}
