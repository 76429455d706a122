//! Samples: tables, filters, pages, tabs.

use crate::web::ui::{
    action::Action,
    address::Address,
    badge::{State, Tone, state},
    empty::Empty,
    field::Choice,
    filter::{Ask, Filter, filter},
    icon::Icon,
    paging::{Paging, paging},
    table::{Column, Direction, Row, Table, table},
    tabs::{Tab, Tabs, tabs},
};
use maud::{Markup, html};

pub fn tables() -> Vec<(&'static str, Markup)> {
    let empty = Table {
        empty: Empty::new("Ничего не найдено", "Ни одна позиция не подошла под отбор.")
            .action(Action::link("Сбросить отбор", "#")),
        ..roadmap()
    };
    vec![("table — дорожная карта", table(&roadmap())), ("table — пустая", table(&Table { rows: vec![], ..empty }))]
}

fn roadmap() -> Table {
    Table {
        caption: "Позиции дорожной карты".into(),
        columns: vec![
            Column::new("number", "Мероприятие").sortable(),
            Column::new("term", "Срок").sortable(),
            Column::new("responsible", "Ответственный").hidden_on_phone(),
            Column::new("measure", "Показатель").numeric().sortable(),
            Column::new("state", "Состояние").sortable(),
        ],
        rows: rows(),
        totals: ["Всего 5 позиций", "", "", "52,7 %", "1 просрочена"].map(|text| html! { (text) }).to_vec(),
        sort: Some(("term".into(), Direction::Ascending)),
        address: Address::new("/about/components?sort=term"),
        empty: Empty::default(),
        exports: vec![("XLSX".into(), "#".into()), ("CSV".into(), "#".into())],
    }
}

fn rows() -> Vec<Row> {
    let row = |label: &str, term: &str, who: &str, measure: &str, one| {
        Row::new(vec![html! { (label) }, html! { (term) }, html! { (who) }, html! { (measure) }, state(one)]).href("#")
    };
    vec![
        row("1.1 Формирование базы наставляемых", "октябрь 2026", "куратор программы", "52,7 %", State::DoneLate)
            .section("1. Организационно-методическое сопровождение"),
        row(
            "1.5 Обучение педагогических работников и наставников",
            "октябрь–ноябрь 2026",
            "методист",
            "3 занятия",
            State::InProgress,
        ),
        row("1.7 Формирование наставнических пар или групп", "октябрь 2026", "педагог-психолог", "—", State::Overdue)
            .tone(Tone::Danger),
        row("3.1 Создание рубрики на сайте школы", "ноябрь 2026", "администратор сайта", "1 рубрика", State::Done)
            .section("3. Информационное сопровождение"),
        row("3.2 Конкурс «Лучший наставник»", "март 2027", "методист", "нет данных", State::NotStarted),
    ]
}

pub fn ways() -> Vec<(&'static str, Markup)> {
    let pages = Paging { address: Address::new("/about/components"), page: 4, per_page: 25, total: 214 };
    let body =
        html! { (table(&Table { rows: rows().into_iter().skip(2).take(1).collect(), totals: vec![], ..roadmap() })) };
    vec![
        ("tabs — виды", tabs(&views())),
        ("filter — отбор", filter(&Filter { body, ..question() })),
        ("paging — страницы", paging(&pages)),
    ]
}

fn views() -> Tabs {
    let tab = |label: &str, icon, count: Option<&str>| Tab {
        label: label.into(),
        href: "#".into(),
        icon: Some(icon),
        count: count.map(str::to_owned),
        current: false,
    };
    let list = Tab { current: true, ..tab("Список", Icon::Checklist, Some("31")) };
    Tabs {
        label: "Вид дорожной карты".into(),
        tabs: vec![list, tab("По месяцам", Icon::Timeline, None), tab("Календарь", Icon::Calendar, None)],
    }
}

fn question() -> Filter {
    let posts = vec![Choice::new("methodist", "методист"), Choice::new("psychologist", "педагог-психолог")];
    let states = State::ALL.iter().map(|one| Choice::new(one.label(), one.label())).collect();
    Filter {
        address: Address::new("/about/components?state=overdue"),
        asks: vec![
            Ask::Search { name: "q", label: "Слова".into(), value: "пары".into() },
            Ask::Select {
                name: "responsible", label: "Ответственный".into(), options: posts, value: String::new()
            },
            Ask::Chips {
                name: "state",
                label: "Состояние".into(),
                options: states,
                chosen: vec![State::Overdue.label().into()],
            },
        ],
        hidden: vec![("sort".into(), "term".into())],
        found: "Найдена 1 позиция из 31".into(),
        body: html! {},
    }
}
