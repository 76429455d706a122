//! One agreement: what it says, its signed file, its end.

pub mod edit;
pub mod termination;

use super::{
    common::{crumbs, edits, state_badge},
    register::days,
};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    files,
    partners::{
        actions,
        model::{Agreement, AgreementId, Partner, PartnerId},
        paths::agreement_path,
        queries,
        rules::AgreementState,
    },
    state::App,
    web::{
        Errors, PathOf, UploadForm, View, see_other_saying,
        ui::{
            action::{Action, actions as buttons},
            badge::Tone,
            card::{Card, card},
            definition::{Fact, definition},
            field::{Control, Field, stacked},
            form::{self, form},
            icon::Icon,
            layout::{FlashKind, Page, Width},
            notice::{Notice, notice},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

type Ids = (PartnerId, AgreementId);

/// Shows an agreement.
pub async fn show(State(app): State<App>, PathOf(ids): PathOf<Ids>, view: View, visitor: Visitor) -> Answer {
    answer(&app, &view, &visitor, ids, StatusCode::OK, &Errors::none()).await
}

/// Returns a partner and an agreement with it.
async fn both(app: &App, visitor: &Visitor, (partner, id): Ids) -> Answer<(Partner, Agreement)> {
    let mut tx = app.db.read().await?;
    let key = (visitor.school_id(), partner);
    Ok((queries::partner(&mut tx, key.0, key.1).await?, queries::agreement(&mut tx, key, id).await?))
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    ids: Ids,
    status: StatusCode,
    errors: &Errors,
) -> Answer<Response> {
    let (partner, agreement) = both(app, visitor, ids).await?;
    let may = edits(visitor);
    let body = html! {
        @if let Some(next) = next_step(&agreement, visitor) { (notice(&next)) }
        (card(&Card { title: "Соглашение".into(), body: definition(&facts(&agreement, visitor)), ..Card::default() }))
        (card(&Card { title: "Подписанный файл".into(), body: signed_file(&agreement, may, errors), ..Card::default() }))
    };
    Ok(view.page_with(
        status,
        Page {
            title: agreement.caption(),
            lead: Some(partner.name.clone()),
            crumbs: crumbs(&partner),
            actions: if may { acts_of(&agreement) } else { vec![] },
            body,
            width: Width::Narrow,
        },
    ))
}

/// Says what to do with an agreement, where there is something to do.
fn next_step(agreement: &Agreement, visitor: &Visitor) -> Option<Notice> {
    match agreement.state_on(visitor.today) {
        AgreementState::Preparing => Some(Notice::new(
            Tone::Info,
            "Соглашение готовится. Когда его подпишут обе стороны, внесите номер и день подписания и приложите файл.",
        )),
        AgreementState::Expiring => Some(Notice::new(
            Tone::Warning,
            "До последнего дня меньше месяца: продлите соглашение или подготовьте новое.",
        )),
        AgreementState::Expired => {
            Some(Notice::new(Tone::Danger, "Срок соглашения закончился: партнёр считается без соглашения."))
        }
        AgreementState::Signed | AgreementState::Valid if agreement.file_name.is_none() => {
            Some(Notice::new(Tone::Warning, "Подписанного файла ещё нет: приложите скан или фото."))
        }
        AgreementState::Signed | AgreementState::Valid | AgreementState::Terminated => None,
    }
}

fn acts_of(agreement: &Agreement) -> Vec<Action> {
    let mut acts = vec![Action::link("Изменить", agreement.part_path("edit")).icon(Icon::Edit)];
    if agreement.terminated_on.is_none() {
        acts.push(Action::post("Составить документ", agreement.part_path("paper")).icon(Icon::File));
    }
    if agreement.terminated_on.is_some() {
        let version = agreement.version.to_string();
        acts.push(
            Action::post("Снять отметку о расторжении", agreement.part_path("restoration")).field("version", version),
        );
    } else if agreement.signed_on.is_some() {
        acts.push(Action::link("Расторгнуть", agreement.part_path("termination")));
    }
    acts
}

fn facts(agreement: &Agreement, visitor: &Visitor) -> Vec<Fact> {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, words::short_date);
    let mut facts = vec![
        Fact::drawn("Состояние", state_badge(Some(agreement.state_on(visitor.today)))),
        Fact::new("Номер", &agreement.number),
        Fact::new("Предмет", &agreement.subject),
        Fact::new("Формы наставничества", agreement.forms_text()),
        Fact::new("Подготовка начата", words::short_date(agreement.prepared_on)),
        Fact::new("Подписано", day(agreement.signed_on)),
        Fact::drawn("Срок действия", days(agreement)),
        Fact::new("Примечание", &agreement.note),
    ];
    if agreement.terminated_on.is_some() {
        facts.push(Fact::new("Основание расторжения", &agreement.termination));
    }
    facts
}

fn signed_file(agreement: &Agreement, may: bool, errors: &Errors) -> Markup {
    let fields = [Field::new("file", "Файл до 20 МБ")
        .required()
        .control(Control::File { accept: ".pdf,.doc,.docx,.odt,.jpg,.jpeg,.png,.heic,.zip" })
        .hint("Скан или фото подписанного соглашения. Прежний файл остаётся в истории.")
        .error(errors.of("file"))];
    let upload = form::Form {
        action: agreement.part_path("file"),
        submit: if agreement.file_name.is_some() { "Заменить файл" } else { "Приложить файл" }.into(),
        multipart: true,
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    };
    html! {
        @match &agreement.file_name {
            Some(name) => { p { (name) } (buttons(&[Action::download("Скачать", agreement.part_path("file"))])) },
            None => p class="muted" { "Файла пока нет." },
        }
        @if may && agreement.signed_on.is_some() { (form(&upload)) }
    }
}

/// Attaches the signed file.
pub async fn attach(
    State(app): State<App>,
    PathOf(ids): PathOf<Ids>,
    view: View,
    visitor: Visitor,
    sent: UploadForm,
) -> Answer {
    both(&app, &visitor, ids).await?;
    let refused = |sentence: String| Errors::one("file", sentence);
    let kept = match sent.file.check() {
        Ok(_) => actions::keep_file(&app, &visitor, ids, &sent.file).await,
        Err(bad) => Err(Failure::Refused(bad.to_string())),
    };
    match kept {
        Ok(()) => Ok(see_other_saying(&agreement_path(ids.0, ids.1), FlashKind::Success, "Файл соглашения приложен.")),
        Err(Failure::Refused(sentence)) => {
            answer(&app, &view, &visitor, ids, StatusCode::UNPROCESSABLE_ENTITY, &refused(sentence)).await
        }
        Err(failure) => Err(failure),
    }
}

/// Hands the signed file out.
pub async fn download(State(app): State<App>, PathOf(ids): PathOf<Ids>, visitor: Visitor) -> Answer {
    let (file, bytes) = actions::file_bytes(&app, &visitor, ids).await?;
    Ok(files::attachment(&file.name, &file.media_type, bytes))
}
