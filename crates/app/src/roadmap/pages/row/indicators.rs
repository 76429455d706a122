//! The indicators of a row: value, target, what is missing, history, the way to enter a number.

use super::Records;
use crate::{
    access::Visitor,
    clock::day_in,
    roadmap::{
        board::{BoardRow, Indicator, traits_of},
        measures::{self, Supply},
        model::HandReading,
        pages::common::verdict_tone,
        template::Template,
    },
    web::ui::{
        action::{Action, action},
        badge::{Badge, badge},
        card::{Card, card},
        chart::{Point, Progress, Steps, progress, step_chart},
        details::{Details, details},
        icon::Icon,
    },
    words,
};
use maud::{Markup, html};

/// Draws the indicators with values, targets, history and the way to enter a number.
pub fn card_of(records: &Records, row: &BoardRow, visitor: &Visitor, works: bool) -> Markup {
    let lead = if row.row.indicator_text.is_empty() {
        "Мероприятие считается доказанным, когда достигнуты все показатели.".to_owned()
    } else {
        format!("В дорожной карте: {}", row.row.indicator_text)
    };
    let body = html! {
        @if row.indicators.is_empty() {
            p { "У мероприятия нет показателя. Подтвердить его можно с письменной причиной; показатель добавляет куратор кнопкой «Изменить»." }
        }
        @for indicator in &row.indicators { (one_indicator(records, row, indicator, visitor, works)) }
    };
    card(&Card { title: "Показатели".into(), lead: Some(lead), body, ..Card::default() })
}

fn one_indicator(records: &Records, row: &BoardRow, indicator: &Indicator, visitor: &Visitor, works: bool) -> Markup {
    let rule = &indicator.rule;
    let traits = traits_of(&visitor.school);
    let tone = verdict_tone(&indicator.verdict);
    html! {
        section class="indicator" aria-label=(rule.title) {
            h3 { (rule.title) }
            p {
                (badge(&Badge { tone, text: indicator.verdict.label().to_owned(), icon: Some(tone.icon()) })) " "
                strong { (rule.value_text(indicator.reading.as_ref())) }
                " · цель: " (rule.target_text(traits))
                @if let Some(reading) = &indicator.reading { " · на " (words::short_date(reading.as_of)) }
            }
            (share(indicator))
            @if let Some(missing) = rule.missing_text(&indicator.verdict, traits) { p { (words::capitalised(&missing)) "." } }
            (behind(indicator))
            (counted_from(indicator, visitor))
            @if indicator.supply == Supply::ByHand { (by_hand(records, row, indicator, works, visitor)) }
            (chart(records, indicator, visitor))
        }
    }
}

fn share(indicator: &Indicator) -> Markup {
    // One bar over all groups would hide the one that is behind.
    let reading = indicator.reading.as_ref().filter(|_| !indicator.rule.operator.needs_groups());
    let bounds = reading.and_then(|reading| {
        Some((u32::try_from(reading.numerator).ok()?, u32::try_from(reading.denominator?).ok().filter(|all| *all > 0)?))
    });
    html! {
        @if let Some((done, total)) = bounds {
            (progress(&Progress { label: indicator.rule.title.clone(), done, total, target: None }))
        }
    }
}

fn behind(indicator: &Indicator) -> Markup {
    let subjects = indicator.reading.as_ref().map_or(&[][..], |reading| &reading.subjects);
    let list = html! {
        ul class="plain-list" {
            @for subject in subjects { li { a href={ "/roadmap/rows/" (subject.id) } { (subject.label) } } }
        }
    };
    let summary = format!("Чего не хватает: {}", subjects.len());
    html! { @if !subjects.is_empty() { (details(&Details { summary, body: list, open: false })) } }
}

/// Leads to the people or papers behind a number that another slice counts, whoever may see them.
fn counted_from(indicator: &Indicator, visitor: &Visitor) -> Markup {
    let page = measures::page_behind(&indicator.rule.measure, visitor).filter(|_| indicator.supply == Supply::Live);
    html! {
        @if let Some(page) = page {
            p { (action(&Action::link("Кто за этим числом", page).icon(Icon::Users))) }
        }
    }
}

fn by_hand(records: &Records, row: &BoardRow, indicator: &Indicator, works: bool, visitor: &Visitor) -> Markup {
    let measure = &indicator.rule.measure;
    let entered = records.readings.get(measure).map_or(&[][..], Vec::as_slice);
    let module =
        Template::built_in().ok().and_then(|template| template.measure(measure)).map(|found| found.module.clone());
    let older = html! {
        ul class="plain-list" {
            @for reading in entered { li { (entered_line(indicator, reading, visitor)) } }
        }
    };
    html! {
        @if measures::is_counted(measure) {
            p class="muted" { "Программа посчитает сама, когда появятся записи. Пока число вносится вручную, с источником и датой." }
        } @else if let Some(module) = module {
            p class="muted" { "Показатель появится с модулем «" (module) "». Пока число вносится вручную, с источником и датой." }
        }
        @if let Some(newest) = entered.first() { p class="muted" { "Источник: " (newest.source) ". Внесено: " (newest.entered_by_name) "." } }
        @if works { p { (action(&Action::link("Внести число", row.row.reading_path(measure)).icon(Icon::Plus))) } }
        @if entered.len() > 1 { (details(&Details { summary: format!("Все внесённые числа: {}", entered.len()), body: older, open: false })) }
    }
}

fn entered_line(indicator: &Indicator, reading: &HandReading, visitor: &Visitor) -> Markup {
    let value = indicator.rule.value_text(Some(&measures::by_hand(reading)));
    let entered = day_in(reading.entered_at, visitor.school.zone());
    html! {
        strong { (value) } " на " (words::short_date(reading.as_of)) " — " (reading.source)
        span class="muted" { " (внесено " (words::short_date(entered)) ", " (reading.entered_by_name) ")" }
    }
}

fn chart(records: &Records, indicator: &Indicator, visitor: &Visitor) -> Markup {
    let rule = &indicator.rule;
    let points: Vec<Point> = records
        .snapshots
        .iter()
        .filter(|shot| shot.measure == rule.measure)
        .map(|shot| {
            let value = match shot.denominator {
                Some(all) if all > 0 => percent(shot.numerator, all),
                _ => percent(shot.numerator, 100),
            };
            let text = match shot.denominator {
                Some(all) => words::share(shot.numerator, all),
                None => rule.unit.counted(shot.numerator),
            };
            Point { on: shot.taken_on, value, text }
        })
        .collect();
    html! {
        @if points.len() > 1 {
            (step_chart(&Steps { label: format!("Как менялось: {}", rule.title), points, target: None, until: visitor.today }))
        }
    }
}

/// Returns a share in per cent for drawing only: rules never see floating point.
fn percent(part: i64, whole: i64) -> f64 {
    let [part, whole] = [part, whole].map(|n| f64::from(i32::try_from(n).unwrap_or(i32::MAX)));
    part * 100.0 / whole
}
