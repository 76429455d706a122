//! A new partner, and what is known about one.

use crate::{
    access::Visitor,
    error::{Answer, Failure},
    partners::{
        actions,
        forms::PartnerForm,
        model::{PartnerId, PartnerKind},
        pages::common::crumbs,
        paths, queries,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field, stacked},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
    words::capitalised,
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Where a form is shown: its title, the way to it, where it is sent and where leaving it leads.
struct Place {
    title: &'static str,
    crumbs: Vec<Crumb>,
    action: String,
    back: String,
}

fn place_of_new() -> Place {
    Place {
        title: "Новый партнёр",
        crumbs: vec![Crumb::new("Партнёры", paths::PARTNERS)],
        action: paths::NEW_PARTNER.into(),
        back: paths::PARTNERS.into(),
    }
}

/// Shows an empty form.
pub async fn new(view: View) -> Answer {
    Ok(page(&view, StatusCode::OK, place_of_new(), &PartnerForm::fresh(), &Errors::none()))
}

/// Adds a partner.
pub async fn create(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<PartnerForm>) -> Answer {
    let refused = |errors: &Errors| Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, place_of_new(), &sent, errors));
    let partner = match sent.check() {
        Ok(partner) => partner,
        Err(errors) => return refused(&errors),
    };
    match actions::add_partner(&app, &visitor, &partner).await {
        Ok(()) => Ok(see_other_saying(
            &partner.show_path(),
            FlashKind::Success,
            "Партнёр добавлен. Внесите, кто подписывает соглашения, и само соглашение.",
        )),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("name", sentence)),
        Err(failure) => Err(failure),
    }
}

/// Shows what is known.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<PartnerId>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let partner = queries::partner(&mut tx, visitor.school_id(), id).await?;
    let (form, place) = (PartnerForm::of(&partner), place_of(&partner));
    Ok(page(&view, StatusCode::OK, place, &form, &Errors::none()))
}

fn place_of(partner: &crate::partners::model::Partner) -> Place {
    Place {
        title: "Сведения о партнёре",
        crumbs: crumbs(partner),
        action: partner.part_path("edit"),
        back: partner.show_path(),
    }
}

/// Saves what is known.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<PartnerForm>,
) -> Answer {
    let mut tx = app.db.read().await?;
    let before = queries::partner(&mut tx, visitor.school_id(), id).await?;
    drop(tx);
    let refused = |errors: &Errors| Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, place_of(&before), &sent, errors));
    let mut wanted = match sent.check() {
        Ok(wanted) => wanted,
        Err(errors) => return refused(&errors),
    };
    wanted.id = id;
    match actions::change_partner(&app, &visitor, &wanted).await {
        Ok(()) => Ok(see_other_saying(&wanted.show_path(), FlashKind::Success, "Сведения о партнёре сохранены.")),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("name", sentence)),
        Err(failure) => Err(failure),
    }
}

fn page(view: &View, status: StatusCode, place: Place, sent: &PartnerForm, errors: &Errors) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let kinds = PartnerKind::ALL.iter().map(|kind| Choice::new(kind.word(), capitalised(kind.label()))).collect();
    let fields = [
        text("name", "Полное название", &sent.name)
            .required()
            .control(Control::Textarea { rows: 2 })
            .hint("Как в уставе: так оно встанет в перечень и соглашение."),
        text("short_name", "Краткое название", &sent.short_name)
            .hint("Как говорят в школе: «Колледж», «Библиотека». Если оставить пустым, останется полное."),
        text("kind", "Вид организации", &sent.kind).required().control(Control::Select(kinds)),
        text("inn", "ИНН", &sent.inn).hint("Если нужен в соглашении: 10 цифр, у предпринимателя 12."),
        text("address", "Адрес", &sent.address),
        text("site", "Сайт", &sent.site),
        text("note", "Примечание", &sent.note).control(Control::Textarea { rows: 3 }),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
        Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()),
    ];
    let body = form(&form::Form {
        action: place.action,
        submit: "Сохранить".into(),
        cancel_href: Some(place.back),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    view.page_with(
        status,
        Page { title: place.title.into(), crumbs: place.crumbs, body, width: Width::Narrow, ..Page::default() },
    )
}
