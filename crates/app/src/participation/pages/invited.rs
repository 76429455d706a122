//! After a whole group was invited: how full the bases are, and who is invited next.

use super::common::{crumbs, year_of};
use crate::{
    access::Visitor,
    error::Answer,
    participation::{
        coverage::Group,
        funnel::Stage,
        model::{Participant, Side, Source},
        paths, queries,
        registers::Register,
    },
    people::Sight,
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            badge::Tone,
            insight::{Insight, insight},
            layout::Page,
        },
    },
    words,
};
use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

/// How the group before was invited: the next one begins with the same.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    source: String,
    base: String,
}

impl Begun {
    fn source(&self) -> &'static str {
        self.source.parse::<Source>().map_or("", Source::word)
    }

    fn base(&self) -> &'static str {
        if self.base == "on" { "on" } else { "" }
    }
}

/// Shows both bases and who waits for a decision.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(begun): Query<Begun>) -> Answer {
    let mut tx = app.db.read().await?;
    let all = queries::participants(&mut tx, Sight::of(&visitor)?, year_of(&visitor)).await?;
    drop(tx);
    Ok(view.page(Page {
        title: "Приглашение".into(),
        lead: Some("Сколько человек в базах и кого ещё пригласить.".into()),
        crumbs: crumbs(),
        body: html! {
            (base(&all, Side::Mentee, &begun))
            (base(&all, Side::Mentor, &begun))
            (waiting(&all))
        },
        ..Page::default()
    }))
}

/// Draws how full a base is; an empty one leads to its group.
fn base(all: &[Participant], side: Side, begun: &Begun) -> Markup {
    let (group, register, whose, call) = match side {
        Side::Mentee => (Group::Pupils, Register::Mentees, "в базе наставляемых", "Пригласить обучающихся"),
        Side::Mentor => (Group::Teachers, Register::Mentors, "в базе наставников", "Пригласить педагогов"),
    };
    let inside = all.iter().filter(|one| one.side == side && one.stage() == Stage::InBase).count();
    let address = format!("{}&source={}&base={}", paths::outside_group_path(group), begun.source(), begun.base());
    let invite = Action::link(call, address);
    let anybody = all.iter().any(|one| one.side == side);
    insight(&Insight {
        tone: if inside == 0 { Tone::Warning } else { Tone::Success },
        number: inside.to_string(),
        href: Some(paths::register_path(register)),
        sentence: format!("{} {whose}.", people_noun(inside)),
        detail: None,
        actions: vec![if anybody { invite } else { invite.primary() }],
    })
}

/// Draws how many candidates wait for an interview or a decision.
fn waiting(all: &[Participant]) -> Markup {
    let waiting = all.iter().filter(|one| matches!(one.stage(), Stage::Candidate | Stage::Interviewed)).count();
    let list = format!("{}?stage=candidate&stage=interviewed", paths::PARTICIPANTS);
    html! {
        @if waiting > 0 {
            (insight(&Insight {
                tone: Tone::Info,
                number: waiting.to_string(),
                href: Some(list.clone()),
                sentence: format!("{} среди кандидатов: нужны собеседование и решение.", people_noun(waiting)),
                detail: None,
                actions: vec![Action::link("Открыть список", list)],
            }))
        }
    }
}

fn people_noun(n: usize) -> &'static str {
    words::plural(i64::try_from(n).unwrap_or(i64::MAX), "человек", "человека", "человек")
}
