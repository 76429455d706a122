//! Samples: calendar, timeline, charts.

use crate::web::ui::{
    badge::State,
    calendar::{Calendar, Item, calendar},
    chart::{Point, Progress, Ring, Slice, Sparkline, Steps, progress, ring, sparkline, step_chart},
    qr::{Qr, qr},
    timeline::{Line, Section, Timeline, timeline},
};
use chrono::{Days, NaiveDate};
use maud::Markup;

/// A day of the sample year, counted from 1 September 2026.
fn day(passed: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).and_then(|first| first.checked_add_days(Days::new(passed))).unwrap_or_default()
}

/// 22 November 2026.
const TODAY: u64 = 82;

pub fn time() -> Vec<(&'static str, Markup)> {
    vec![("calendar — месяц", calendar(&month())), ("timeline — учебный год", timeline(&year()))]
}

fn month() -> Calendar {
    let item = |passed, label: &str, state| Item { day: day(passed), label: label.into(), href: "#".into(), state };
    Calendar {
        month: day(TODAY),
        today: day(TODAY),
        items: vec![
            item(66, "1.5 Обучение наставников", State::Done),
            item(79, "3.1 Рубрика на сайте", State::Overdue),
            item(82, "1.11 Утверждение планов", State::InProgress),
            item(90, "1.10 Первые встречи", State::NotStarted),
            item(90, "2.1 Классные часы", State::InProgress),
        ],
        previous_href: Some("#".into()),
        next_href: Some("#".into()),
    }
}

fn year() -> Timeline {
    let line = |number: &str, label: &str, window: Option<(u64, u64)>, term: &str, state| Line {
        number: number.into(),
        label: label.into(),
        href: "#".into(),
        window: window.map(|(from, to)| (day(from), day(to))),
        term: term.into(),
        state,
    };
    let first = vec![
        line("1.1", "Формирование базы наставляемых", Some((30, 60)), "октябрь", State::DoneLate),
        line(
            "1.5",
            "Обучение педагогических работников и наставников, в том числе дистанционно",
            Some((30, 90)),
            "октябрь–ноябрь",
            State::Done,
        ),
        line(
            "1.7",
            "Формирование наставнических пар или групп",
            Some((45, 60)),
            "вторая половина октября",
            State::Overdue,
        ),
        line("1.9", "Организация работы пар", Some((61, 272)), "в течение года", State::InProgress),
    ];
    let second = vec![
        line("4.1", "Слёт наставников", Some((195, 195)), "15 марта", State::NotStarted),
        line("4.3", "Деловая игра", Some((150, 160)), "февраль", State::Cancelled),
        line("4.4", "Итоговый сборник лучших практик", Some((372, 380)), "сентябрь 2027", State::NotStarted),
        line("4.5", "Обновление сведений о партнёрах", None, "по мере необходимости", State::NotStarted),
    ];
    Timeline {
        caption: "Дорожная карта 2026/27 по месяцам".into(),
        start: day(0),
        today: day(TODAY),
        sections: vec![
            Section {
                title: "1. Организационно-методическое сопровождение".into(), lines: first
            },
            Section { title: "4. Обобщение опыта".into(), lines: second },
        ],
    }
}

pub fn charts() -> Vec<(&'static str, Markup)> {
    let history = Steps {
        label: "Охват наставничеством".into(),
        points: points(),
        target: Some((55.0, "цель 55 %".into())),
        until: day(TODAY),
    };
    let bar = Progress { label: "Согласия получены".into(), done: 289, total: 327, target: Some(100) };
    vec![
        ("step_chart — показатель по дням", step_chart(&history)),
        (
            "sparkline — ход показателя",
            sparkline(&Sparkline {
                label: "С сентября охват вырос с 18 до 52,7 %".into(), points: points()
            }),
        ),
        ("progress — сколько сделано", progress(&bar)),
        ("ring — состояния", ring(&states())),
        ("qr — адрес на плакате", qr(&Qr { address: "https://school.example/apply/0".into(), label: "QR-код".into() })),
    ]
}

fn points() -> Vec<Point> {
    let values =
        [(14, 18.0, "18 %"), (30, 31.5, "31,5 %"), (41, 40.2, "40,2 %"), (58, 47.9, "47,9 %"), (74, 52.7, "52,7 %")];
    values.map(|(passed, value, text)| Point { on: day(passed), value, text: text.into() }).to_vec()
}

fn states() -> Ring {
    let slice = |(state, count)| Slice { state, count, href: Some("#".into()) };
    let counts = [
        (State::Done, 15),
        (State::DoneLate, 3),
        (State::InProgress, 6),
        (State::NotStarted, 3),
        (State::Overdue, 3),
        (State::Cancelled, 1),
    ];
    Ring { unit: "позиция".into(), slices: counts.map(slice).to_vec() }
}
