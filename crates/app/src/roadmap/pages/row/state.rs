//! Acts on the state of a row: confirmation, acceptance, return, cancellation, correction of its term.

use super::{RowPage, crumbs, done};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    roadmap::{
        actions,
        board::{BoardRow, traits_of},
        model::RowId,
        state::Refusal,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            badge::{Badge, badge},
            confirm::{Confirm, confirm},
            field::{Control, Field, field},
            form::{Form as DrawnForm, form},
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use maud::{Markup, html};

/// What the confirmation form sends.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfirmationForm {
    done_on: String,
    reason: String,
}

/// What a form with one reason sends.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReasonForm {
    reason: String,
}

/// Asks for the day and shows what proves the row.
pub async fn confirmation(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let typed = ConfirmationForm { done_on: visitor.today.to_string(), reason: String::new() };
    confirmation_page(&app, &view, &visitor, id, StatusCode::OK, (&typed, &Errors::none())).await
}

/// Confirms the row, or draws the form again with what is wrong.
pub async fn submit_confirmation(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<ConfirmationForm>,
) -> Answer<Response> {
    let Ok(done_on) = typed.done_on.parse::<NaiveDate>() else {
        let errors = Errors::one("done_on", "Укажите дату, например 22.11.2026.");
        return confirmation_page(&app, &view, &visitor, id, StatusCode::UNPROCESSABLE_ENTITY, (&typed, &errors)).await;
    };
    let refusal = match actions::confirm(&app, &visitor, id, done_on, &typed.reason).await? {
        Ok(()) => return Ok(done(id, "Выполнение подтверждено.")),
        Err(refusal) => refusal,
    };
    let field = match refusal {
        Refusal::RuleNotMet | Refusal::ReasonTooShort => "reason",
        _ => "done_on",
    };
    let errors = Errors::one(field, refusal.to_string());
    confirmation_page(&app, &view, &visitor, id, StatusCode::UNPROCESSABLE_ENTITY, (&typed, &errors)).await
}

async fn confirmation_page(
    app: &App,
    view: &View,
    visitor: &Visitor,
    id: RowId,
    status: StatusCode,
    (typed, errors): (&ConfirmationForm, &Errors),
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    if !actions::may_work(visitor, row) {
        return Err(Failure::NotResponsible);
    }
    if let Some(done_on) = row.row.done_on {
        let sentence = format!("Выполнение уже подтверждено: {}.", words::short_date(done_on));
        return Ok(see_other_saying(&row.row.show_path(), FlashKind::Info, &sentence));
    }
    let day = Field::new("done_on", "Дата выполнения").required().control(Control::Date).value(&typed.done_on);
    let reason = Field::new("reason", "Почему мероприятие выполнено, хотя показатель не достигнут")
        .required()
        .control(Control::Textarea { rows: 3 })
        .value(&typed.reason)
        .hint("Причину увидят директор и проверяющие: она останется рядом с мероприятием.");
    let body = html! {
        (proof(row, visitor))
        (form(&DrawnForm {
            action: row.row.part_path("confirmation"),
            submit: "Подтвердить выполнение".into(),
            cancel_href: Some(row.row.show_path()),
            errors: errors.into(),
            body: html! {
                (field(&day.error(errors.of("done_on"))))
                @if !row.is_proven() { (field(&reason.error(errors.of("reason")))) }
            },
            ..DrawnForm::default()
        }))
    };
    Ok(view.page_with(
        status,
        Page {
            title: "Подтверждение выполнения".into(),
            lead: Some(row.row.caption()),
            crumbs: crumbs(row, &loaded.board),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

fn proof(row: &BoardRow, visitor: &Visitor) -> Markup {
    let traits = traits_of(&visitor.school);
    let verdict = if row.is_proven() {
        Notice::new(Tone::Success, "Записи доказывают выполнение: все показатели достигнуты.")
    } else {
        Notice::new(Tone::Warning, "Записи пока не доказывают выполнение. Дополните их или напишите причину.")
    };
    html! {
        (notice(&verdict))
        ul class="plain-list" {
            @for indicator in &row.indicators {
                @let tone = crate::roadmap::pages::common::verdict_tone(&indicator.verdict);
                li {
                    (badge(&Badge { tone, text: indicator.verdict.label().to_owned(), icon: Some(tone.icon()) })) " "
                    (indicator.rule.title) ": " (indicator.rule.value_text(indicator.reading.as_ref()))
                    " (цель: " (indicator.rule.target_text(traits)) ")"
                    @if let Some(missing) = indicator.rule.missing_text(&indicator.verdict, traits) { ". " (words::capitalised(&missing)) "." }
                }
            }
        }
    }
}

/// Takes a confirmation back.
pub async fn withdraw(State(app): State<App>, PathOf(id): PathOf<RowId>, visitor: Visitor) -> Answer<Response> {
    actions::withdraw(&app, &visitor, id).await.map(|()| done(id, "Подтверждение снято: мероприятие снова в работе."))
}

/// Accepts a confirmed row.
pub async fn accept(State(app): State<App>, PathOf(id): PathOf<RowId>, visitor: Visitor) -> Answer<Response> {
    actions::accept(&app, &visitor, id).await.map(|()| done(id, "Выполнение принято."))
}

/// Brings a cancelled row back.
pub async fn restore(State(app): State<App>, PathOf(id): PathOf<RowId>, visitor: Visitor) -> Answer<Response> {
    actions::restore(&app, &visitor, id).await.map(|()| done(id, "Мероприятие снова в плане."))
}

/// Takes the proposed correction of the term.
pub async fn correct_term(State(app): State<App>, PathOf(id): PathOf<RowId>, visitor: Visitor) -> Answer<Response> {
    actions::correct_term(&app, &visitor, id).await.map(|()| done(id, "Срок исправлен."))
}

/// Keeps a doubtful term.
pub async fn settle_term(State(app): State<App>, PathOf(id): PathOf<RowId>, visitor: Visitor) -> Answer<Response> {
    actions::settle_term(&app, &visitor, id).await.map(|()| done(id, "Отмечено: срок верный."))
}

/// Asks what should be done before the row can be accepted.
pub async fn sending_back(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    reason_page(&app, &view, &visitor, id, (&SEND_BACK, StatusCode::OK), (&ReasonForm::default(), &Errors::none()))
        .await
}

/// Sends the row back to its responsible.
pub async fn send_back(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<ReasonForm>,
) -> Answer<Response> {
    let outcome = actions::send_back(&app, &visitor, id, &typed.reason).await;
    after_reason(&app, &view, &visitor, id, &SEND_BACK, &typed, outcome).await
}

/// Asks for the reason of a cancellation.
pub async fn cancellation(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    reason_page(&app, &view, &visitor, id, (&CANCEL, StatusCode::OK), (&ReasonForm::default(), &Errors::none())).await
}

/// Cancels the row.
pub async fn cancel(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<ReasonForm>,
) -> Answer<Response> {
    let outcome = actions::cancel(&app, &visitor, id, &typed.reason).await;
    after_reason(&app, &view, &visitor, id, &CANCEL, &typed, outcome).await
}

/// An act that asks for a reason before it is done.
struct ReasonedAct {
    title: &'static str,
    part: &'static str,
    submit: &'static str,
    label: &'static str,
    will_happen: &'static [&'static str],
    remains: &'static [&'static str],
    done: &'static str,
    danger: bool,
}

const SEND_BACK: ReasonedAct = ReasonedAct {
    title: "Вернуть на доработку",
    part: "return",
    submit: "Вернуть на доработку",
    label: "Что нужно доработать",
    will_happen: &["Подтверждение и принятие снимутся.", "Ответственный увидит, что нужно доработать."],
    remains: &["Документы, числа, задачи и вся история."],
    done: "Мероприятие возвращено на доработку.",
    danger: false,
};

const CANCEL: ReasonedAct = ReasonedAct {
    title: "Отмена мероприятия",
    part: "cancellation",
    submit: "Отменить мероприятие",
    label: "Почему мероприятие отменяется",
    will_happen: &["Мероприятие перестанет считаться в справке и в показателях 5.1 и 5.2."],
    remains: &["Само мероприятие с причиной отмены, документы и история.", "Его можно вернуть в работу."],
    done: "Мероприятие отменено.",
    danger: true,
};

async fn after_reason(
    app: &App,
    view: &View,
    visitor: &Visitor,
    id: RowId,
    act: &ReasonedAct,
    typed: &ReasonForm,
    outcome: Answer<()>,
) -> Answer<Response> {
    match outcome {
        Err(Failure::Refused(sentence)) => {
            let errors = Errors::one("reason", sentence);
            reason_page(app, view, visitor, id, (act, StatusCode::UNPROCESSABLE_ENTITY), (typed, &errors)).await
        }
        other => other.map(|()| done(id, act.done)),
    }
}

async fn reason_page(
    app: &App,
    view: &View,
    visitor: &Visitor,
    id: RowId,
    (act, status): (&ReasonedAct, StatusCode),
    (typed, errors): (&ReasonForm, &Errors),
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    let reason = Field::new("reason", act.label)
        .required()
        .control(Control::Textarea { rows: 3 })
        .value(&typed.reason)
        .error(errors.of("reason"));
    let body = confirm(&Confirm {
        action: row.row.part_path(act.part),
        submit: act.submit.to_owned(),
        cancel_href: row.row.show_path(),
        will_happen: act.will_happen.iter().map(|line| (*line).to_owned()).collect(),
        remains: act.remains.iter().map(|line| (*line).to_owned()).collect(),
        hidden: vec![],
        fields: field(&reason),
        danger: act.danger,
    });
    Ok(view.page_with(
        status,
        Page {
            title: act.title.to_owned(),
            lead: Some(row.row.caption()),
            crumbs: crumbs(row, &loaded.board),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}
