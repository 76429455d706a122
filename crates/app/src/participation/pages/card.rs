//! One participation: what is known, where it stands, what is next, what happened.

use super::common::{crumbs, leads, stage_badge};
use crate::{
    access::{Right, Visitor},
    audit::{self, SubjectKind},
    error::Answer,
    participation::{
        actions,
        dictionary::Dictionary,
        funnel::{Gap, Stage},
        model::{Participant, ParticipationId, Side, Topic, TopicKind, topics_of},
        paths, queries, registers,
    },
    people::Sight,
    state::App,
    web::{
        PathOf, View,
        ui::{
            action::{Action, actions as buttons},
            badge::Tone,
            card::{Card, card},
            definition::{Fact, definition},
            history::{Event, history},
            icon::Icon,
            layout::{Page, Width},
            notice::{Notice, notice},
        },
    },
    words,
};
use axum::extract::State;
use maud::{Markup, html};

/// Acts shown at most.
const HISTORY_MOST: i64 = 30;

/// Shows the card and records that it was read.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<ParticipationId>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let one = queries::participant(&mut tx, Sight::of(&visitor)?, id).await?;
    let topics = queries::topics(&mut tx, visitor.school_id(), None, Some(id)).await?;
    let (dictionary, _) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    let person = one.person_id.uuid();
    let acts = audit::history_of(&mut tx, visitor.school_id(), SubjectKind::Person, person, HISTORY_MOST).await?;
    drop(tx);
    actions::note_reading(&app, &visitor, &one).await?;
    let body = html! {
        p { (stage_badge(one.stage())) }
        (next(&one, &visitor))
        (gaps(&one, &topics))
        (card(&Card { title: "Анкета".into(), body: definition(&said(&one, &topics, &dictionary)), actions: edit(&one, &visitor), ..Card::default() }))
        (card(&Card { title: "Путь в программе".into(), body: definition(&way(&one)), ..Card::default() }))
        (card(&Card { title: "История".into(), body: history(&happened(&acts, &visitor)), ..Card::default() }))
    };
    Ok(view.page(Page {
        title: one.name().to_string(),
        lead: Some(format!("{}. {}", words::capitalised(one.side.label()), one.place())),
        crumbs: crumbs(),
        body,
        width: Width::Normal,
        ..Page::default()
    }))
}

/// Offers the next step to whoever may take it.
fn next(one: &Participant, visitor: &Visitor) -> Markup {
    let step = |label: &str, step: &str| Action::link(label, format!("{}?step={step}&p={}", paths::ACT, one.id));
    let (talks, leads) = (visitor.may(Right::Interview), leads(visitor));
    let acts = match one.stage() {
        Stage::Candidate if leads => {
            vec![step("Записать собеседование", "interview").primary(), step("Записать решение", "decision")]
        }
        Stage::Interviewed | Stage::Reserve | Stage::Declined if leads => {
            vec![step("Записать решение", "decision").primary(), step("Записать собеседование", "interview")]
        }
        Stage::InBase if leads => vec![
            step("Записать собеседование", "interview"),
            Action::link("Завершить участие", paths::part_path(one.id, "departure")),
        ],
        Stage::Left if leads => {
            vec![Action::post("Вернуть в программу", paths::part_path(one.id, "return")).icon(Icon::Refresh)]
        }
        Stage::Left => vec![],
        _ if talks => vec![step("Записать собеседование", "interview").primary()],
        _ => vec![],
    };
    buttons(&acts)
}

fn edit(one: &Participant, visitor: &Visitor) -> Vec<Action> {
    let link = Action::link("Изменить", paths::part_path(one.id, "edit")).icon(Icon::Edit);
    if leads(visitor) { vec![link] } else { vec![] }
}

fn gaps(one: &Participant, topics: &[Topic]) -> Markup {
    let missing: Vec<&str> = registers::gaps(one, topics).into_iter().map(Gap::label).collect();
    html! {
        @if !missing.is_empty() {
            (notice(&Notice::new(Tone::Warning, format!("Для реестра не хватает: {}.", missing.join(", ")))))
        }
    }
}

fn said(one: &Participant, topics: &[Topic], dictionary: &Dictionary) -> Vec<Fact> {
    let listed = |kind| topics_of(topics, one.id, kind).join(", ");
    let own = match one.side {
        Side::Mentee => vec![
            ("Запрос", listed(TopicKind::Request)),
            ("Своими словами", one.request_text.clone()),
            ("Каким видит наставника", one.desired_partner.clone()),
        ],
        Side::Mentor => vec![
            ("Компетенции", listed(TopicKind::Competence)),
            ("Достижения", one.achievements.clone()),
            ("Каких наставляемых хочет", one.desired_partner.clone()),
            ("Желаемый возраст", one.ages()),
            ("Сколько наставляемых может вести", one.capacity.to_string()),
        ],
    };
    let common = vec![
        ("Интересы", listed(TopicKind::Interest)),
        ("Форма наставничества", dictionary.form_title(&one.form).to_owned()),
        ("Ролевая модель", one.role_model.clone()),
        ("Время", one.time()),
        ("Связь", one.contact()),
        ("Куратор группы", one.group_curator.clone().unwrap_or_default()),
    ];
    let all = own.into_iter().chain(common);
    all.map(|(name, value)| Fact::new(name, if value.is_empty() { "не указано".to_owned() } else { value })).collect()
}

fn way(one: &Participant) -> Vec<Fact> {
    let day = |day: Option<chrono::NaiveDate>| day.map(words::short_date);
    let noted = |text: Option<String>, note: &str| match (text, note) {
        (None, _) => "нет".to_owned(),
        (Some(text), "") => text,
        (Some(text), note) => format!("{text}. {note}"),
    };
    let source = format!("{}, {}", one.source.label(), words::short_date(one.offered_on));
    let interviewed = day(one.interviewed_on).map(|on| match &one.interviewer {
        Some(who) => format!("{on}, {who}"),
        None => on,
    });
    let decided = one.decision.zip(day(one.decided_on)).map(|(decision, on)| format!("{}, {on}", decision.label()));
    let left = one.leave_reason.zip(day(one.left_on)).map(|(reason, on)| format!("{on}, {}", reason.label()));
    [
        ("Откуда", noted(Some(source), &one.source_note)),
        ("Анкета получена", noted(day(one.applied_on), "")),
        ("Собеседование", noted(interviewed, &one.interview_result)),
        ("Решение", noted(decided, &one.decision_reason)),
        ("Вошёл в программу", noted(day(one.entered_on), "")),
        ("Обучение", noted(day(one.trained_on), "")),
        ("Завершение", noted(left, &one.leave_note)),
    ]
    .map(|(name, value)| Fact::new(name, value))
    .into()
}

fn happened(acts: &[audit::Entry], visitor: &Visitor) -> Vec<Event> {
    let zone = visitor.school.zone();
    acts.iter()
        .map(|act| Event {
            when: act.at.with_timezone(&zone).format("%d.%m.%Y %H:%M").to_string(),
            datetime: act.at.to_rfc3339(),
            who: act.actor_name.clone(),
            what: act.event.label().to_owned(),
            tone: Tone::Neutral,
            icon: None,
            details: (!act.details.0.is_empty()).then(|| {
                html! { @for change in &act.details.0 { p { (change.what) ": " (change.to) } } }
            }),
        })
        .collect()
}
