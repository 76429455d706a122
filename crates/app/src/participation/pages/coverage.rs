//! How many of each target group take part, who is missing and in which classes.

use super::common::{crumbs, leads, year_of};
use crate::{
    access::Visitor,
    error::Answer,
    participation::{
        Settings,
        coverage::{ClassCount, Group, GroupCount, by_grade},
        paths, queries,
    },
    state::App,
    web::{
        View,
        ui::{
            action::Action,
            badge::Tone,
            card::tiles,
            empty::{Empty, empty},
            icon::Icon,
            insight::{Insight, insight},
            layout::{Page, Width},
            notice::{Notice, notice},
            stat::{Stat, stat},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use maud::{Markup, html};

/// The share the typical road map asks for (row 1.1): this page does not read the map of the school.
const USUAL_PERCENT: i64 = 55;

/// What the page is made of.
struct Shown {
    settings: Settings,
    groups: Vec<GroupCount>,
    classes: Vec<ClassCount>,
    as_of: String,
}

/// Shows the coverage.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let of = (visitor.school_id(), year_of(&visitor));
    let mut tx = app.db.read().await?;
    let settings = queries::settings(&mut tx, of.0, of.1).await?;
    let groups = queries::groups(&mut tx, of, &settings, visitor.today).await?;
    let classes = queries::by_class(&mut tx, of, &settings, visitor.today).await?;
    let shown = Shown { settings, groups, classes, as_of: words::short_date(visitor.today) };
    let body = if shown.groups.is_empty() { nothing() } else { body(&shown, leads(&visitor)) };
    let counted = if settings.counts_mentors {
        "наставники и наставляемые"
    } else {
        "только наставляемые"
    };
    Ok(view.page(Page {
        title: "Охват наставничеством".into(),
        lead: Some(format!(
            "{} учебный год: какая часть каждой целевой группы участвует в программе. Считаются {counted}.",
            of.1.label(),
        )),
        crumbs: crumbs(),
        actions: vec![Action::link("Настройки", paths::SETTINGS).icon(Icon::Settings)],
        body,
        width: Width::Normal,
    }))
}

fn nothing() -> Markup {
    empty(&Empty::new(
        "Классов этого учебного года пока нет",
        "Охват считается от списков классов и педагогов. Когда они будут внесены, здесь появятся числа.",
    ))
}

fn body(shown: &Shown, leads: bool) -> Markup {
    let stats: Vec<Markup> = shown.groups.iter().map(|group| group_stat(shown, group)).collect();
    let undated: i64 = shown.classes.iter().map(|class| class.undated).sum();
    html! {
        (tiles(&stats))
        @for group in shown.groups.iter().filter(|group| group.kind != Group::Young) { (shortage(shown, group, leads)) }
        @if undated > 0 {
            (notice(&Notice::new(Tone::Warning, format!(
                "У {} нет даты рождения: неизвестно, относятся ли они к целевой группе, поэтому в охвате их нет.",
                words::counted_genitive(undated, &["обучающийся", "обучающегося", "обучающихся"]),
            ))))
        }
        (by_class(shown))
    }
}

fn group_stat(shown: &Shown, group: &GroupCount) -> Markup {
    let is_target = group.kind != Group::Young;
    let tone = match (is_target, group.whole, group.missing(USUAL_PERCENT)) {
        (false, ..) | (_, 0, _) => Tone::Neutral,
        (_, _, 0) => Tone::Success,
        _ => Tone::Warning,
    };
    stat(&Stat {
        label: group.label(&shown.settings),
        value: words::percent(group.covered, group.whole),
        fraction: Some((
            words::counted(group.covered, &["участник", "участника", "участников"]),
            words::number(group.whole),
        )),
        target: is_target.then(|| format!("не менее {USUAL_PERCENT} %")),
        as_of: shown.as_of.clone(),
        href: is_target.then(|| outside_path(group)),
        tone,
        chart: None,
    })
}

fn outside_path(group: &GroupCount) -> String {
    paths::outside_group_path(group.kind)
}

/// Says how many are missing up to the usual target and from where they could come.
fn shortage(shown: &Shown, group: &GroupCount, leads: bool) -> Markup {
    let missing = group.missing(USUAL_PERCENT);
    let grades = if group.kind == Group::Pupils { by_grade(missing, &shown.classes) } else { String::new() };
    let grades = if grades.is_empty() { grades } else { format!(": {grades}") };
    let href = outside_path(group);
    html! {
        @if missing > 0 {
            (insight(&Insight {
                tone: Tone::Warning,
                number: words::number(missing),
                href: Some(href.clone()),
                sentence: format!(
                    "{}: до {USUAL_PERCENT} % не хватает {}{grades}.",
                    group.label(&shown.settings),
                    words::counted_genitive(missing, &["участник", "участника", "участников"]),
                ),
                detail: Some("Дорожная карта может требовать другой доли: точная цель — в её строках 1.1 и 1.2.".into()),
                actions: if leads { vec![Action::link("Пригласить", href)] } else { vec![] },
            }))
        }
    }
}

fn by_class(shown: &Shown) -> Markup {
    let rows = shown.classes.iter().map(|class| {
        Row::new(vec![
            html! { (class.name()) },
            html! { (words::share(class.covered, class.whole)) },
            html! { (words::number(class.covered)) },
            html! { (words::number(class.whole)) },
            html! { (words::number(class.outside())) },
        ])
        .href(paths::outside_class_path(class.class_id))
    });
    table(&Table {
        caption: format!("По классам: {}", shown.settings.pupils_label().to_lowercase()),
        columns: vec![
            Column::new("class", "Класс"),
            Column::new("share", "Охват").numeric(),
            Column::new("covered", "Участвуют").numeric(),
            Column::new("whole", "Всего").numeric(),
            Column::new("outside", "Пока не участвуют").numeric(),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}
