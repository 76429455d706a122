//! Samples: marks, notices, numbers and the pieces a page is made of.

use crate::web::ui::{
    action::Action,
    badge::{Badge, State, Tone, badge, state},
    card::{Card, card, columns, tiles},
    chart::{Progress, progress},
    definition::{Fact, definition},
    details::{Details, details},
    empty::{Empty, empty},
    file::{File, file},
    history::{Event, history},
    icon::Icon,
    insight::{Insight, insight},
    live::{Live, live},
    notice::{Notice, notice},
    paper::paper,
    signature::{Signature, signatures},
    stat::{Stat, stat},
    steps::{Step, Steps, steps},
};
use maud::{Markup, html};

const TONES: [(Tone, &str); 5] = [
    (Tone::Neutral, "черновик"),
    (Tone::Info, "на согласовании"),
    (Tone::Success, "подписано"),
    (Tone::Warning, "нужно проверить"),
    (Tone::Danger, "отозвано"),
];

pub fn marks() -> Vec<(&'static str, Markup)> {
    let notices = [
        Notice::new(Tone::Info, "Показатель появится с модулем «Пары». Пока его можно ввести вручную."),
        Notice::new(Tone::Success, "Позиция 1.1 подтверждена. Осталось подтвердить 3 позиции до 30 ноября."),
        Notice::new(Tone::Warning, "Срок позиции 4.4 — сентябрь 2027 года — позже конца учебного года.")
            .link("Исправить на июнь 2027", "#"),
        Notice {
            title: Some("Файл не прочитан".into()),
            ..Notice::new(Tone::Danger, "Он защищён паролем. Снимите защиту и загрузите снова.")
        },
    ];
    vec![
        ("state — состояния", html! { p { @for one in State::ALL { (state(one)) " " } } }),
        (
            "badge — метки",
            html! { p { @for (tone, text) in TONES { (badge(&Badge { tone, text: text.into(), icon: None })) " " } } },
        ),
        ("notice — сообщения", html! { div class="stack" { @for one in &notices { (notice(one)) } } }),
    ]
}

pub fn numbers() -> Vec<(&'static str, Markup)> {
    let behind = Insight {
        tone: Tone::Warning,
        number: "14".into(),
        href: Some("#".into()),
        sentence: "До 55 % охвата не хватает 14 участников".into(),
        detail: Some("9 из них могли бы прийти из 7-х классов: там охват самый низкий.".into()),
        actions: vec![Action::link("Открыть 7-е классы", "#")],
    };
    let overdue = Insight {
        tone: Tone::Danger,
        number: "3".into(),
        href: Some("#".into()),
        sentence: "Три позиции просрочены".into(),
        detail: None,
        actions: vec![Action::link("Показать", "#")],
    };
    vec![
        ("insight — что происходит", html! { div class="stack" { (insight(&overdue)) (insight(&behind)) } }),
        ("tiles — числа рядом", tiles(&stats().iter().map(stat).collect::<Vec<_>>())),
        (
            "stat — нет данных",
            stat(&Stat {
                label: "Партнёры, давшие наставников".into(),
                target: Some("не менее 2 %".into()),
                as_of: "22.11.2026".into(),
                ..Stat::default()
            }),
        ),
    ]
}

fn stats() -> [Stat; 3] {
    let of = |label: &str, value: &str| Stat {
        label: label.into(),
        value: Some(value.into()),
        as_of: "22.11.2026".into(),
        ..Stat::default()
    };
    let bar = progress(&Progress { label: "Путь к цели".into(), done: 327, total: 620, target: Some(55) });
    [
        Stat {
            fraction: Some(("327 участников".into(), "620 обучающихся 10–18 лет".into())),
            target: Some("не менее 55 %".into()),
            href: Some("#".into()),
            tone: Tone::Warning,
            chart: Some(bar),
            ..of("Охват наставничеством", "52,7 %")
        },
        Stat {
            fraction: Some(("18".into(), "31 позиции".into())), tone: Tone::Success, ..of("Выполнено", "58 %")
        },
        Stat {
            fraction: Some(("3".into(), "31 позиции".into())),
            href: Some("#".into()),
            tone: Tone::Danger,
            ..of("Просрочено", "3")
        },
    ]
}

fn bar_of_work() -> Markup {
    progress(&Progress {
        label: "Собрано документов: 42 из 120".into(), done: 42, total: 120, target: None
    })
}

/// A paper of every block there is, filled with the example of a kind.
fn papers() -> Markup {
    let made = documents::kinds::find("introduction-order").and_then(|kind| kind.make(kind.example).ok());
    html! { @if let Some(document) = made { (paper(&document)) } }
}

pub fn pieces() -> Vec<(&'static str, Markup)> {
    let facts = definition(&facts());
    let aside = card(&Card { title: "Документы".into(), body: files(), ..Card::default() });
    let main = card(&Card {
        title: "Позиция 1.7".into(),
        lead: Some("Формирование наставнических пар или групп".into()),
        actions: vec![Action::link("Изменить", "#").icon(Icon::Edit).quiet()],
        body: facts.clone(),
    });
    vec![
        ("columns — широкая и узкая", columns(&main, &aside)),
        ("card — одна тема", card(&Card { title: "История".into(), body: history(&events()), ..Card::default() })),
        ("definition — сведения", facts),
        ("history — что было", history(&events())),
        ("file — файл", files()),
        ("live — меняется само", live(&Live { id: "live-sample", body: bar_of_work(), ..Live::default() })),
        ("paper — документ школы", papers()),
        (
            "signatures",
            signatures(&[
                Signature { post: "Документ подготовлен:".into(), name: String::new() },
                Signature { post: "Директор".into(), name: "П. А. Кленов".into() },
            ]),
        ),
        (
            "details — открывается",
            details(&Details {
                summary: "Как считается показатель".into(),
                body: html! { p { "Участники старше 10 лет, делённые на всех обучающихся этого возраста." } },
                open: false,
            }),
        ),
        ("steps — шаги мастера", steps(&wizard())),
        (
            "empty — пока пусто",
            empty(
                &Empty::new(
                    "Учебный год ещё не начат",
                    "Дорожная карта появится после запуска года по шаблону: это займёт пару минут.",
                )
                .action(Action::link("Начать учебный год", "#").primary()),
            ),
        ),
    ]
}

fn facts() -> [Fact; 5] {
    [
        Fact::drawn("Состояние", state(State::InProgress)),
        Fact::new("Срок", "октябрь 2026 года"),
        Fact::new("Ответственные", "методист и педагог-психолог"),
        Fact::new("Ожидаемый результат", "Сформированы наставнические пары или группы"),
        Fact::new("Приказ", ""),
    ]
}

fn files() -> Markup {
    let order = File {
        name: "Приказ № 41 о закреплении наставнических пар.docx".into(),
        size: "148 КБ".into(),
        version: 2,
        uploaded: "Лугова О. С., 12.11.2026".into(),
        href: "#".into(),
        actions: vec![Action::link("Заменить", "#").quiet()],
        older: vec![("Версия 1, 03.11.2026, 147 КБ".into(), "#".into())],
    };
    let minutes =
        File { name: "Протокол.pdf".into(), older: vec![], actions: vec![], version: 1, ..order.clone() };
    html! { div { (file(&order)) (file(&minutes)) } }
}

fn events() -> [Event; 3] {
    let event = |when: &str, datetime: &str, who: &str, what: &str, tone, icon| Event {
        when: when.into(),
        datetime: datetime.into(),
        who: who.into(),
        what: what.into(),
        tone,
        icon: Some(icon),
        details: None,
    };
    let moved = html! { "Было: октябрь 2026. Стало: ноябрь 2026. Причина: карантин в 7-х классах." };
    [
        event(
            "22.11.2026, 14:05",
            "2026-11-22T14:05",
            "Кленов П. А., директор",
            "Выполнение принято",
            Tone::Success,
            Icon::CircleCheck,
        ),
        Event {
            details: Some(moved),
            ..event(
                "12.11.2026, 09:40",
                "2026-11-12T09:40",
                "Лугова О. С., методист",
                "Срок изменён",
                Tone::Warning,
                Icon::Clock,
            )
        },
        event(
            "01.09.2026, 08:00",
            "2026-09-01T08:00",
            "Ветрова А. И., куратор программы",
            "Позиция добавлена из шаблона",
            Tone::Neutral,
            Icon::Plus,
        ),
    ]
}

fn wizard() -> Steps {
    let step = |label: &str| Step { label: label.into(), href: Some("#".into()) };
    Steps {
        label: "Запуск учебного года".into(),
        steps: vec![step("Шаблон"), step("Сроки и цели"), step("Ответственные"), step("Запуск")],
        current: 2,
    }
}
