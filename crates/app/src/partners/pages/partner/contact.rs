//! Somebody of a partner to talk to: added, changed, removed.

use crate::{
    access::Visitor,
    error::Answer,
    partners::{
        actions,
        forms::ContactForm,
        model::{Contact, ContactId, Partner, PartnerId},
        pages::common::crumbs,
        paths::{contact_path, partner_path},
        queries,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            field::{Control, Field, stacked},
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Shows an empty form.
pub async fn new(State(app): State<App>, PathOf(id): PathOf<PartnerId>, view: View, visitor: Visitor) -> Answer {
    let partner = partner_of(&app, &visitor, id).await?;
    let action = partner.part_path("contacts/new");
    Ok(page(&view, StatusCode::OK, (&partner, action), &ContactForm::fresh(), &Errors::none()))
}

async fn partner_of(app: &App, visitor: &Visitor, id: PartnerId) -> Answer<Partner> {
    let mut tx = app.db.read().await?;
    Ok(queries::partner(&mut tx, visitor.school_id(), id).await?)
}

/// Adds somebody.
pub async fn create(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<ContactForm>,
) -> Answer {
    let partner = partner_of(&app, &visitor, id).await?;
    match sent.check(id) {
        Ok(contact) => {
            actions::add_contact(&app, &visitor, &contact).await?;
            Ok(done(id, "Контактное лицо добавлено."))
        }
        Err(errors) => {
            let action = partner.part_path("contacts/new");
            Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, (&partner, action), &sent, &errors))
        }
    }
}

fn done(partner: PartnerId, sentence: &str) -> Response {
    see_other_saying(&partner_path(partner), FlashKind::Success, sentence)
}

/// Shows what is known.
pub async fn show(
    State(app): State<App>,
    PathOf((id, contact)): PathOf<(PartnerId, ContactId)>,
    view: View,
    visitor: Visitor,
) -> Answer {
    let (partner, contact) = both(&app, &visitor, id, contact).await?;
    let (form, action) = (ContactForm::of(&contact), contact.edit_path());
    Ok(page(&view, StatusCode::OK, (&partner, action), &form, &Errors::none()))
}

async fn both(app: &App, visitor: &Visitor, id: PartnerId, contact: ContactId) -> Answer<(Partner, Contact)> {
    let mut tx = app.db.read().await?;
    let partner = queries::partner(&mut tx, visitor.school_id(), id).await?;
    let contact = queries::contact(&mut tx, (visitor.school_id(), id), contact).await?;
    Ok((partner, contact))
}

/// Saves what is known.
pub async fn submit(
    State(app): State<App>,
    PathOf((id, contact)): PathOf<(PartnerId, ContactId)>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<ContactForm>,
) -> Answer {
    let (partner, _) = both(&app, &visitor, id, contact).await?;
    match sent.check(id) {
        Ok(wanted) => {
            actions::change_contact(&app, &visitor, &Contact { id: contact, ..wanted }).await?;
            Ok(done(id, "Контактное лицо сохранено."))
        }
        Err(errors) => {
            let action = contact_path(id, contact);
            Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, (&partner, action), &sent, &errors))
        }
    }
}

fn page(
    view: &View,
    status: StatusCode,
    (partner, action): (&Partner, String),
    sent: &ContactForm,
    errors: &Errors,
) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let fields = [
        text("full_name", "Фамилия, имя, отчество", &sent.full_name).required(),
        text("post", "Должность", &sent.post),
        text("phone", "Телефон", &sent.phone),
        text("email", "Электронная почта", &sent.email).control(Control::Email),
        text("signs", "Подписывает соглашения", &sent.signs).control(Control::Checkbox),
        text("authority", "На основании чего подписывает", &sent.authority)
            .hint("«Устава» или «доверенности № 5 от 01.09.2026»: встанет в соглашение."),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
        Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()),
    ];
    let body = form(&form::Form {
        action,
        submit: "Сохранить".into(),
        cancel_href: Some(partner.show_path()),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    view.page_with(
        status,
        Page {
            title: "Контактное лицо".into(),
            lead: Some(partner.name.clone()),
            crumbs: crumbs(partner),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

/// Asks before somebody is removed.
pub async fn removal(
    State(app): State<App>,
    PathOf((id, contact)): PathOf<(PartnerId, ContactId)>,
    view: View,
    visitor: Visitor,
) -> Answer {
    let (partner, contact) = both(&app, &visitor, id, contact).await?;
    let body = confirm(&Confirm {
        action: contact.removal_path(),
        submit: "Убрать".into(),
        cancel_href: partner.show_path(),
        will_happen: vec![format!("{}: имя, должность, телефон и почта будут удалены.", contact.full_name)],
        remains: vec!["Запись в истории о том, кто и когда убрал контактное лицо, без имени.".into()],
        danger: true,
        ..Confirm::default()
    });
    Ok(view.page(Page {
        title: "Убрать контактное лицо".into(),
        lead: Some(partner.name.clone()),
        crumbs: crumbs(&partner),
        body,
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Removes somebody.
pub async fn remove(
    State(app): State<App>,
    PathOf((id, contact)): PathOf<(PartnerId, ContactId)>,
    visitor: Visitor,
) -> Answer {
    actions::remove_contact(&app, &visitor, id, contact).await?;
    Ok(done(id, "Контактное лицо убрано."))
}
