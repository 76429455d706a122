//! Recording an interview or a decision for everybody who was ticked.

use super::{
    common::{choices, crumbs, drawn, leads, named, people, year_of},
    list,
};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    participation::{
        actions,
        forms::{DecisionsForm, InterviewsForm},
        model::{Decision, Participant, ParticipationId},
        paths, queries,
    },
    people::Sight,
    state::App,
    web::{
        Errors, Form, Query, View, see_other_saying,
        ui::{
            field::{Control, Field},
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};
use serde::Deserialize;

/// Who is meant and which step.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    step: String,
    p: Vec<ParticipationId>,
    /// «on» means everybody whom the list found, as far as the step concerns them.
    all: String,
}

/// Shows the form of a step; it names everybody, so that what is written is what was read.
pub async fn show(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Query(asked): Query<Asked>,
    Query(list): Query<list::Asked>,
) -> Answer {
    let decides = asked.step == "decision" && leads(&visitor);
    let chosen = if asked.all == "on" {
        let mut found = everybody(&app, &visitor).await?;
        found.retain(|one| list.holds(one) && one.facts().awaits(decides));
        found
    } else {
        chosen(&app, &visitor, &asked.p).await?
    };
    let on = visitor.today.to_string();
    if decides {
        let blank = DecisionsForm { on, decision: Decision::Accepted.word().into(), ..DecisionsForm::default() };
        return Ok(decisions(&view, StatusCode::OK, &chosen, (&blank, &Errors::none())));
    }
    let blank = InterviewsForm { on, ..InterviewsForm::default() };
    Ok(interviews(&view, StatusCode::OK, &chosen, (&blank, &Errors::none())))
}

/// Records the interviews.
pub async fn submit_interviews(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<InterviewsForm>,
) -> Answer {
    let (on, result) = match sent.check() {
        Ok(interview) => interview,
        Err(errors) => {
            let chosen = chosen(&app, &visitor, &sent.p).await?;
            return Ok(interviews(&view, StatusCode::UNPROCESSABLE_ENTITY, &chosen, (&sent, &errors)));
        }
    };
    match actions::record_interviews(&app, &visitor, &sent.p, (on, &result)).await {
        Ok(()) => Ok(done(&sent.p, "Собеседование записано")),
        Err(Failure::Refused(sentence)) => {
            let chosen = chosen(&app, &visitor, &sent.p).await?;
            let errors = Errors::one("on", sentence);
            Ok(interviews(&view, StatusCode::UNPROCESSABLE_ENTITY, &chosen, (&sent, &errors)))
        }
        Err(failure) => Err(failure),
    }
}

/// Records the decisions.
pub async fn submit_decisions(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<DecisionsForm>,
) -> Answer {
    let (on, decision, reason) = match sent.check() {
        Ok(decision) => decision,
        Err(errors) => {
            let chosen = chosen(&app, &visitor, &sent.p).await?;
            return Ok(decisions(&view, StatusCode::UNPROCESSABLE_ENTITY, &chosen, (&sent, &errors)));
        }
    };
    match actions::record_decisions(&app, &visitor, &sent.p, (on, decision, &reason)).await {
        Ok(()) => Ok(done(&sent.p, "Решение записано")),
        Err(Failure::Refused(sentence)) => {
            let chosen = chosen(&app, &visitor, &sent.p).await?;
            let errors = Errors::one("on", sentence);
            Ok(decisions(&view, StatusCode::UNPROCESSABLE_ENTITY, &chosen, (&sent, &errors)))
        }
        Err(failure) => Err(failure),
    }
}

fn done(ids: &[ParticipationId], what: &str) -> Response {
    let path = match ids {
        [one] => paths::participation_path(*one),
        _ => paths::PARTICIPANTS.to_owned(),
    };
    see_other_saying(&path, FlashKind::Success, &format!("{what}: {}.", people(ids.len())))
}

async fn chosen(app: &App, visitor: &Visitor, ids: &[ParticipationId]) -> Answer<Vec<Participant>> {
    let mut all = everybody(app, visitor).await?;
    all.retain(|one| ids.contains(&one.id));
    Ok(all)
}

async fn everybody(app: &App, visitor: &Visitor) -> Answer<Vec<Participant>> {
    let mut tx = app.db.read().await?;
    Ok(queries::participants(&mut tx, Sight::of(visitor)?, year_of(visitor)).await?)
}

fn interviews(
    view: &View,
    status: StatusCode,
    chosen: &[Participant],
    (sent, errors): (&InterviewsForm, &Errors),
) -> Response {
    let fields = [
        Field::new("on", "Дата").required().control(Control::Date).value(&sent.on).error(errors.of("on")),
        Field::new("result", "Итог собеседования")
            .control(Control::Textarea { rows: 3 })
            .value(&sent.result)
            .error(errors.of("result"))
            .hint("Коротко: готовность, запрос, договорённости. Диагнозы и оценки личности сюда не пишутся."),
    ];
    page(view, status, chosen, ("Собеседование", paths::INTERVIEWS, &fields, errors))
}

fn decisions(
    view: &View,
    status: StatusCode,
    chosen: &[Participant],
    (sent, errors): (&DecisionsForm, &Errors),
) -> Response {
    let options = choices(Decision::ALL, Decision::word, Decision::label);
    let fields = [
        Field::new("decision", "Решение")
            .required()
            .control(Control::Radios(options))
            .value(&sent.decision)
            .error(errors.of("decision")),
        Field::new("on", "Дата решения")
            .required()
            .control(Control::Date)
            .value(&sent.on)
            .error(errors.of("on"))
            .hint("При решении «в базу» это дата вхождения в программу."),
        Field::new("reason", "Причина отказа или пояснение")
            .control(Control::Textarea { rows: 3 })
            .value(&sent.reason)
            .error(errors.of("reason")),
    ];
    page(view, status, chosen, ("Решение о кандидатах", paths::DECISIONS, &fields, errors))
}

fn page(
    view: &View,
    status: StatusCode,
    chosen: &[Participant],
    (title, action, fields, errors): (&str, &str, &[Field], &Errors),
) -> Response {
    let body = form(&form::Form {
        action: action.into(),
        submit: "Записать".into(),
        cancel_href: Some(paths::PARTICIPANTS.into()),
        errors: errors.summary(fields),
        body: html! { (whom(chosen)) (drawn(fields)) },
        ..form::Form::default()
    });
    view.page_with(
        status,
        Page {
            title: title.into(),
            lead: Some(format!("Одна запись для всех отмеченных: {}.", people(chosen.len()))),
            crumbs: crumbs(),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

fn whom(chosen: &[Participant]) -> Markup {
    html! {
        @if chosen.is_empty() { p { "Никто не отмечен: вернитесь к списку и отметьте нужных." } }
        ul {
            @for one in chosen {
                li { input type="hidden" name="p" value=(one.id); (named(one)) " — " (one.side.label()) }
            }
        }
    }
}
