//! What is known about a row, and what a person must know first.

use super::RowPage;
use crate::{
    access::{Right, Visitor},
    audit::{Entry, Event},
    clock::day_in,
    roadmap::board::BoardRow,
    web::ui::{
        action::{Action, actions},
        definition::{Fact, definition},
        notice::{Notice, Tone, notice},
    },
    words,
};
use maud::{Markup, html};

/// Draws what a person must know first: cancelled, confirmed without its indicator, a doubtful term, a remark.
pub fn notices(row: &BoardRow, history: &[Entry], visitor: &Visitor) -> Markup {
    let may_correct = visitor.may(Right::KeepRoadmap);
    let r = &row.row;
    html! {
        @if let (Some(on), Some(reason)) = (r.cancelled_on, &r.cancel_reason) {
            (notice(&Notice::new(Tone::Neutral, format!("Отменено {}. Причина: {reason}", words::short_date(on)))))
        }
        @if let Some(entry) = sent_back(row, history) {
            @let on = words::short_date(day_in(entry.at, visitor.school.zone()));
            @let what = entry.details.0.iter().map(|change| change.to.as_str()).collect::<Vec<_>>().join("; ");
            (notice(&Notice { title: Some(format!("Директор возвращает на доработку, {on}")), ..Notice::new(Tone::Warning, what) }))
        }
        @if let Some(reason) = &r.unproven_reason {
            (notice(&Notice { title: Some("Подтверждено, хотя показатель не достигнут".into()), ..Notice::new(Tone::Warning, format!("Причина: {reason}")) }))
        }
        @for doubt in r.open_doubts() {
            (notice(&Notice { title: Some("Проверьте срок".into()), ..Notice::new(Tone::Warning, doubt.text.clone()) }))
        }
        @if may_correct && !r.open_doubts().is_empty() {
            (actions(&corrections(row)))
        }
        @if !r.remark.is_empty() { (notice(&Notice::new(Tone::Info, r.remark.clone()))) }
    }
}

/// Returns the act by which the head sent an open row back, if nothing was confirmed since.
fn sent_back<'a>(row: &BoardRow, history: &'a [Entry]) -> Option<&'a Entry> {
    let decided = [Event::RowSentBack, Event::RowConfirmed, Event::RowConfirmedUnproven];
    let newest = history.iter().find(|entry| decided.contains(&entry.event))?;
    (row.state.is_open() && newest.event == Event::RowSentBack).then_some(newest)
}

fn corrections(row: &BoardRow) -> Vec<Action> {
    let proposed = row.row.open_doubts().iter().find_map(|doubt| doubt.suggestion.as_ref());
    let mut acts: Vec<Action> = proposed
        .map(|term| Action::post(format!("Исправить на «{term}»"), row.row.part_path("term-correction")).primary())
        .into_iter()
        .collect();
    acts.push(Action::post("Срок верный, оставить", row.row.part_path("term-check")));
    acts
}

/// Draws what is known about the row.
pub fn facts(page: &RowPage, row: &BoardRow) -> Markup {
    let r = &row.row;
    let section = page.board.sections.iter().find(|section| section.id == r.section_id);
    let who = row.responsibles.iter().map(|one| match &one.user_name {
        Some(name) if one.is_personal => name.clone(),
        Some(name) => format!("{name} ({})", one.label),
        None => one.label.clone(),
    });
    let name_of = |id| page.users.iter().find(|user| Some(user.id) == id).map_or("—", |user| user.full_name.as_str());
    let mut facts = vec![
        Fact::new("Раздел", section.map_or("—", |section| section.title.as_str())),
        Fact::new("Ответственные", words::list(&who.collect::<Vec<_>>())),
        Fact::new("Срок", &r.term_text),
    ];
    if let Some(window) = r.window() {
        let days = format!("{} — {}", words::short_date(window.from), words::short_date(window.to));
        facts.push(Fact::new("Дни", days));
    }
    if let Some(done) = r.done_on {
        facts.push(Fact::new("Выполнено", words::long_date(done)));
        facts.push(Fact::new("Подтверждение", name_of(r.confirmed_by)));
    }
    if r.accepted_at.is_some() {
        facts.push(Fact::new("Принято", name_of(r.accepted_by)));
    }
    definition(&facts)
}
