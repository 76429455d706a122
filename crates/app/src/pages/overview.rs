//! «Обзор»: what is due this week, what is overdue, what is behind and by how much, what changed since yesterday.
//!
//! Each insight is a number, a sentence and the button that does something about it.

use super::beginning;
use crate::{
    access::{Right, Visitor},
    audit::{self, Entry, Event, SubjectKind},
    error::Answer,
    roadmap::{
        board::{Board, BoardRow, Indicator, traits_of},
        indicator::Reading,
        measures,
        model::Snapshot,
        nouns::{self, of_rows, row_noun},
        pages::{board_of, ui_state, week_of},
        paths,
        posts::answers_for,
        queries,
        state::RowState,
    },
    state::App,
    web::{
        View,
        ui::{
            action::Action,
            badge::{self, Tone},
            card::{Card, card, columns, tiles},
            chart::{Ring, Slice, ring},
            empty::{Empty, empty},
            icon::Icon,
            insight::{Insight, insight},
            layout::Page,
            stat::{Stat, stat},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use chrono::{NaiveTime, TimeZone as _};
use maud::{Markup, html};

/// How many rows a list of the overview shows before it links to the road map.
const SHOWN: usize = 8;

/// How many acts since yesterday are shown.
const ACTS: i64 = 30;

/// Shows the overview.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let first = beginning::next_step(&mut tx, &visitor).await?;
    let Some(shown) = board_of(&mut tx, &visitor, None).await? else {
        return Ok(view.page(beginning::no_year(&visitor, &first)));
    };
    let board = shown.board;
    let yesterday = visitor.today.pred_opt().unwrap_or(visitor.today);
    let midnight = visitor.school.zone().from_local_datetime(&yesterday.and_time(NaiveTime::MIN)).earliest();
    let acts = match midnight {
        Some(midnight) => audit::since(&mut tx, visitor.school_id(), midnight.to_utc(), "roadmap.", ACTS).await?,
        None => vec![],
    };
    let before = queries::snapshots_before(&mut tx, visitor.school_id(), board.programme.id, visitor.today).await?;
    drop(tx);
    let main = html! {
        (needs_attention(&board, &visitor))
        (waiting(&board, &visitor))
        (mine(&board, &visitor))
        (rows_card("Срок на этой неделе", &due_this_week(&board), &board, "Хорошо: на этой неделе ни один срок не истекает.", "due=week"))
        (rows_card("Просрочено", &in_state(&board, RowState::Overdue), &board, "Просроченных мероприятий нет.", "state=overdue"))
        (behind_card(&board, &visitor))
    };
    let aside = html! {
        (card(&Card { title: "Мероприятия года".into(), body: html! {
            (states(&board))
            p class="muted" { "В «выполнено» не считаются отменённые мероприятия и строки-итоги 5.1 и 5.2." }
        }, ..Card::default() }))
        (changed(&acts, &board, &before, &visitor))
    };
    Ok(view.page(Page {
        title: format!("Обзор, {} учебный год", board.programme.year()),
        lead: Some(crate::roadmap::pages::lead(&board)),
        body: html! { (first) (numbers(&board)) (columns(&main, &aside)) },
        ..Page::default()
    }))
}

fn in_state(board: &Board, state: RowState) -> Vec<&BoardRow> {
    let mut rows: Vec<_> = board.rows.iter().filter(|row| row.state == state).collect();
    rows.sort_by_key(|row| row.row.due_on);
    rows
}

fn due_this_week(board: &Board) -> Vec<&BoardRow> {
    let week = week_of(board.today);
    let is_due = |row: &&BoardRow| row.state.is_open() && row.row.due_on.is_some_and(|due| week.contains(due));
    let mut rows: Vec<_> = board.rows.iter().filter(is_due).collect();
    rows.sort_by_key(|row| row.row.due_on);
    rows
}

/// The three numbers a coordinator looks at first.
fn numbers(board: &Board) -> Markup {
    let (done, in_time) = (board.total(measures::ROWS_DONE), board.total(measures::ROWS_ON_TIME));
    let overdue = board.count(RowState::Overdue);
    let of = |part: i64, whole: Option<i64>| Some((part.to_string(), of_rows(whole.unwrap_or(0))));
    let as_of = words::short_date(board.today);
    let share = |reading: &Reading| words::percent(reading.numerator, reading.denominator?);
    let late = if overdue == 0 { Tone::Success } else { Tone::Danger };
    tiles(&[
        stat(&Stat {
            label: "Выполнено".into(),
            value: share(&done),
            fraction: of(done.numerator, done.denominator),
            target: Some("100 %".into()),
            as_of: as_of.clone(),
            href: Some(format!("{}?state=done&state=done_late", paths::ROADMAP)),
            ..Stat::default()
        }),
        stat(&Stat {
            label: "Выполнено в срок".into(),
            value: share(&in_time),
            fraction: of(in_time.numerator, in_time.denominator),
            target: Some("100 %".into()),
            as_of: as_of.clone(),
            href: Some(paths::DEADLINES.into()),
            ..Stat::default()
        }),
        stat(&Stat {
            label: "Просрочено".into(),
            value: Some(overdue.to_string()),
            fraction: of(nouns::count(overdue), done.denominator),
            as_of,
            href: Some(format!("{}?state=overdue", paths::ROADMAP)),
            tone: late,
            ..Stat::default()
        }),
    ])
}

/// What stands in the way: overdue rows, doubtful terms, rows nobody began although their term runs.
fn needs_attention(board: &Board, visitor: &Visitor) -> Markup {
    let mut insights = Vec::new();
    let overdue = board.count(RowState::Overdue);
    let acts = visitor.may(Right::KeepRoadmap);
    let advice =
        if acts { ": подтвердите выполненное или перенесите срок" } else { "" };
    if overdue > 0 {
        insights.push(Insight {
            tone: Tone::Danger,
            number: overdue.to_string(),
            href: Some(format!("{}?state=overdue", paths::ROADMAP)),
            sentence: format!(
                "{}{advice}.",
                words::plural(
                    nouns::count(overdue),
                    "мероприятие просрочено",
                    "мероприятия просрочены",
                    "мероприятий просрочено",
                )
            ),
            detail: None,
            actions: vec![Action::link("Разобрать", format!("{}?state=overdue&sort=term", paths::ROADMAP))],
        });
    }
    let idle = board
        .rows
        .iter()
        .filter(|row| {
            row.state == RowState::NotStarted && row.row.window().is_some_and(|window| window.contains(board.today))
        })
        .count();
    if idle > 0 {
        insights.push(Insight {
            tone: Tone::Warning,
            number: idle.to_string(),
            href: Some(format!("{}?state=not_started&due=now&sort=term", paths::ROADMAP)),
            sentence: format!("{} пора начинать: срок уже идёт, а записей нет.", row_noun(idle)),
            detail: None,
            actions: vec![Action::link(
                "Посмотреть",
                format!("{}?state=not_started&due=now&sort=term", paths::ROADMAP),
            )],
        });
    }
    if visitor.may(Right::KeepRoadmap) {
        insights.extend(board.rows.iter().filter(|row| !row.row.open_doubts().is_empty()).map(doubtful));
    }
    html! { @for one in &insights { (insight(one)) } }
}

fn doubtful(row: &BoardRow) -> Insight {
    let doubt = row.row.open_doubts().first();
    let proposed = doubt.and_then(|doubt| doubt.suggestion.as_ref());
    let fix = proposed.map(|term| Action::post(format!("Исправить на «{term}»"), row.row.part_path("term-correction")));
    let look = Action::link("Открыть", row.row.show_path()).quiet();
    Insight {
        tone: Tone::Warning,
        number: row.row.number.clone(),
        href: Some(row.row.show_path()),
        sentence: doubt.map(|doubt| doubt.text.clone()).unwrap_or_default(),
        detail: Some(row.row.title.clone()),
        actions: fix.into_iter().chain([look]).collect(),
    }
}

/// For the head: what waits for acceptance.
fn waiting(board: &Board, visitor: &Visitor) -> Markup {
    let rows: Vec<&BoardRow> = board
        .rows
        .iter()
        .filter(|row| row.row.done_on.is_some() && row.row.accepted_at.is_none() && row.state.is_done())
        .collect();
    html! {
        @if visitor.may(Right::AcceptRows) {
            (rows_card("Ждут принятия", &rows, board, "Всё подтверждённое принято.", "state=done&state=done_late"))
        }
    }
}

/// For who answers for rows: the own open ones, by term.
fn mine(board: &Board, visitor: &Visitor) -> Markup {
    let mut rows: Vec<&BoardRow> =
        board.rows.iter().filter(|row| row.state.is_open() && answers_for(visitor, &row.responsibles)).collect();
    rows.sort_by_key(|row| (row.row.due_on.is_none(), row.row.due_on));
    html! {
        @if !rows.is_empty() && !visitor.may(Right::KeepRoadmap) {
            (rows_card("Мои мероприятия", &rows, board, "", "sort=term"))
        }
    }
}

fn rows_card(title: &str, rows: &[&BoardRow], board: &Board, nothing: &str, query: &str) -> Markup {
    let more = rows.len().saturating_sub(SHOWN);
    let body = html! {
        @if rows.is_empty() { p class="muted" { (nothing) } }
        ul class="row-list" {
            @for row in rows.iter().take(SHOWN) {
                li {
                    a href=(row.row.show_path()) { (row.row.caption()) }
                    p class="muted" {
                        @if row.state != RowState::Overdue { (badge::state(ui_state(row.state))) }
                        @if let Some(due) = row.row.due_on.filter(|_| row.state.is_open()) { (words::due(due, board.today)) " · " }
                        (row.responsible_text())
                    }
                }
            }
        }
        @if more > 0 { p { a href={ (paths::ROADMAP) "?" (query) } { "Ещё " (more) } } }
    };
    card(&Card {
        title: title.to_owned(),
        lead: (!rows.is_empty()).then(|| nouns::rows(rows.len())),
        body,
        ..Card::default()
    })
}

/// Indicators that have a number and miss their target, with the missing amount in words.
fn behind_card(board: &Board, visitor: &Visitor) -> Markup {
    let traits = traits_of(&visitor.school);
    let behind: Vec<(&BoardRow, &Indicator, String)> = board
        .rows
        .iter()
        .filter(|row| row.state.is_open() && !row.row.is_total())
        .flat_map(|row| row.behind().map(move |indicator| (row, indicator)))
        .filter(|(_, indicator)| {
            indicator.reading.as_ref().is_some_and(|reading| reading.numerator > 0 || reading.denominator.is_some())
        })
        .filter_map(|(row, indicator)| Some((row, indicator, indicator.rule.missing_text(&indicator.verdict, traits)?)))
        .collect();
    let body = html! {
        @if behind.is_empty() { (empty(&Empty { icon: Icon::Chart, ..Empty::new("Отстающих показателей нет", "Сюда попадают показатели, у которых есть число, но цель не достигнута.") })) }
        ul class="row-list" {
            @for (row, indicator, missing) in behind.iter().take(SHOWN) {
                li {
                    a href=(row.row.show_path()) { (row.row.number) " " (indicator.rule.title) }
                    p { (words::capitalised(missing)) ". Сейчас: " (indicator.rule.value_text(indicator.reading.as_ref())) "." }
                }
            }
        }
        @if behind.len() > SHOWN { p { a href=(paths::ROADMAP) { "Ещё " (behind.len() - SHOWN) } } }
    };
    card(&Card { title: "Не хватает до цели".into(), body, ..Card::default() })
}

fn states(board: &Board) -> Markup {
    let slices = RowState::ALL.map(|state| Slice {
        state: ui_state(state),
        count: u32::try_from(board.count(state)).unwrap_or(u32::MAX),
        href: Some(format!("{}?state={}", paths::ROADMAP, state.key())),
    });
    ring(&Ring { unit: row_noun(board.rows.len()).to_owned(), slices: slices.into() })
}

/// What people did since yesterday, and which numbers moved.
fn changed(acts: &[Entry], board: &Board, before: &[Snapshot], visitor: &Visitor) -> Markup {
    let told =
        |entry: &&Entry| !matches!(entry.event, Event::RoadmapExported | Event::RoadmapRead | Event::DocumentRead);
    let shown: Vec<Entry> = acts.iter().filter(told).take(SHOWN).cloned().collect();
    let moved: Vec<Markup> = board.rows.iter().flat_map(|row| moves(row, before)).collect();
    let body = html! {
        @if !moved.is_empty() {
            h3 { "Показатели" }
            ul class="plain-list" { @for line in &moved { li { (line) } } }
            h3 { "Действия" }
        }
        (audit::drawn_histories(&shown, visitor.school.zone(), row_link))
    };
    card(&Card { title: "Изменилось со вчерашнего дня".into(), body, ..Card::default() })
}

/// Leads to the row an act was done to.
fn row_link(entry: &Entry) -> Option<String> {
    let id = entry.subject_id.filter(|_| entry.subject_kind == SubjectKind::Row)?;
    Some(paths::row_path(id.uuid().into()))
}

fn moves<'a>(row: &'a BoardRow, before: &'a [Snapshot]) -> impl Iterator<Item = Markup> + 'a {
    row.indicators.iter().filter_map(move |indicator| {
        let reading = indicator.reading.as_ref()?;
        let last = before.iter().find(|shot| shot.row_id == row.row.id && shot.measure == indicator.rule.measure)?;
        let value = |numerator: i64, denominator: Option<i64>| match denominator {
            Some(all) => format!("{numerator} из {all}"),
            None => numerator.to_string(),
        };
        let (from, to) = (value(last.numerator, last.denominator), value(reading.numerator, reading.denominator));
        (from != to).then(|| html! { a href=(row.row.show_path()) { (row.row.number) " " (indicator.rule.title) } ": " (from) " → " strong { (to) } })
    })
}
