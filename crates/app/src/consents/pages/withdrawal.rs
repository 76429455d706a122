//! Withdrawing a consent: what happens at once, and how.

use super::common::{crumbs, drawn};
use crate::{
    access::{Right, Visitor},
    consents::{
        actions,
        model::{Consent, ConsentId, Purpose},
        paths::{self, person_path, withdrawn_path},
        queries,
    },
    error::{Answer, Failure},
    people::Sight,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            field::{Control, Field},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// The longest note, in characters.
const NOTE_MAX: usize = 500;

/// Why a consent is withdrawn.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WithdrawalForm {
    note: String,
}

/// Asks before a consent is withdrawn.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<ConsentId>) -> Answer {
    let mut tx = app.db.read().await?;
    let consent = queries::consent(&mut tx, Sight::of(&visitor)?, id).await?;
    if consent.signed_on.is_none() {
        return Err(Failure::Refused("Это согласие ещё не подписано: отзывать нечего.".into()));
    }
    Ok(view.page(page(&consent)))
}

fn page(consent: &Consent) -> Page {
    let note = Field::new("note", "Пометка")
        .control(Control::Textarea { rows: 2 })
        .hint("Например, номер и дата заявления. Её увидят только куратор программы и директор.");
    let body = confirm(&Confirm {
        action: consent.id.part_path("withdrawal"),
        submit: "Отозвать согласие".into(),
        cancel_href: consent.id.show_path(),
        will_happen: consequences(consent.purpose),
        remains: vec![
            "Запись в журнале: кто и когда внёс отзыв.".into(),
            "Подписанный документ: его увидят только в карточке отзыва.".into(),
        ],
        fields: drawn(&[note]),
        danger: true,
        ..Confirm::default()
    });
    Page {
        title: "Отозвать согласие".into(),
        lead: Some(consent.purpose.label().to_owned()),
        crumbs: crumbs(),
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}

/// Says what a withdrawal does at once.
pub fn consequences(purpose: Purpose) -> Vec<String> {
    match purpose {
        Purpose::Participation => vec![
            "Участие в программе приостановится сразу.".into(),
            "Человек исчезнет из всех списков, выгрузок и поиска — для каждой роли.".into(),
            "Вернуть его можно только новым подписанным согласием, из карточки отзыва.".into(),
        ],
        Purpose::SpecialCategories => vec!["Сведения об особых категориях перестанут показываться.".into()],
        Purpose::Transfer => vec!["Данные больше не передаются региональному центру и партнёрам.".into()],
        Purpose::Distribution => vec!["Имя, фото и видео больше не публикуются.".into()],
    }
}

/// Withdraws the consent. Sent twice, it leads to the same card.
pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    PathOf(id): PathOf<ConsentId>,
    Form(sent): Form<WithdrawalForm>,
) -> Answer {
    let mut errors = Errors::none();
    let note = errors.optional_text("note", &sent.note, NOTE_MAX);
    if let Some(sentence) = errors.of("note") {
        return Err(Failure::Refused(sentence.to_owned()));
    }
    match actions::withdraw(&app, &visitor, id, &note).await {
        Ok((_, Purpose::Participation)) => Ok(card_of(&visitor, &app, id).await?.unwrap_or_else(hidden)),
        Ok((person, _)) => Ok(see_other_saying(&person_path(person), FlashKind::Success, "Согласие отозвано.")),
        Err(Failure::NotFound) => card_of(&visitor, &app, id).await?.ok_or(Failure::NotFound),
        Err(failure) => Err(failure),
    }
}

fn hidden() -> Response {
    see_other_saying(paths::CONSENTS, FlashKind::Success, "Согласие отозвано. Участие приостановлено.")
}

/// Leads to the card of the withdrawal, if the document was withdrawn.
async fn card_of(visitor: &Visitor, app: &App, id: ConsentId) -> Answer<Option<Response>> {
    if !visitor.may(Right::DecideConsents) {
        return Ok(None);
    }
    let mut tx = app.db.read().await?;
    let person = queries::person_of_withdrawn(&mut tx, visitor.school_id(), id).await?;
    Ok(person.map(|person| {
        let done = "Согласие отозвано: участие приостановлено, человек больше нигде не показан.";
        see_other_saying(&withdrawn_path(person), FlashKind::Success, done)
    }))
}
