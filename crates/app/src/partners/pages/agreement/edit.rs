//! A new agreement, and what is said about one.

use super::{Ids, both};
use crate::{
    access::Visitor,
    error::Answer,
    participation,
    partners::{
        actions,
        forms::AgreementForm,
        model::{Agreement, Partner, PartnerId},
        pages::common::crumbs,
        paths::agreement_path,
        queries::{self, NewAgreement},
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field, stacked},
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
    words::capitalised,
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Shows the form of an agreement that is begun today.
pub async fn new(State(app): State<App>, PathOf(id): PathOf<PartnerId>, view: View, visitor: Visitor) -> Answer {
    let partner = partner_of(&app, &visitor, id).await?;
    let offered = offered(&app, &visitor, None).await?;
    let sent = AgreementForm::fresh(visitor.today);
    Ok(page(&view, StatusCode::OK, &Place::of_new(&partner, offered), &sent, &Errors::none()))
}

async fn partner_of(app: &App, visitor: &Visitor, id: PartnerId) -> Answer<Partner> {
    let mut tx = app.db.read().await?;
    Ok(queries::partner(&mut tx, visitor.school_id(), id).await?)
}

/// Returns the titles of the forms of mentoring to choose from: those of the dictionary and those already chosen, which
/// the school may have taken out of it since.
async fn offered(app: &App, visitor: &Visitor, chosen: Option<&Agreement>) -> Answer<Vec<String>> {
    let mut tx = app.db.read().await?;
    let (dictionary, _) = participation::queries::dictionary(&mut tx, visitor.school_id()).await?;
    let mut titles: Vec<String> = dictionary.forms.into_iter().map(|form| form.title).collect();
    let former = chosen.into_iter().flat_map(|agreement| &agreement.forms.0);
    for title in former {
        if !titles.contains(title) {
            titles.push(title.clone());
        }
    }
    Ok(titles)
}

/// Adds an agreement.
pub async fn create(
    State(app): State<App>,
    PathOf(id): PathOf<PartnerId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<AgreementForm>,
) -> Answer {
    let partner = partner_of(&app, &visitor, id).await?;
    let offered = offered(&app, &visitor, None).await?;
    match sent.check(&offered, visitor.today) {
        Ok(new) => {
            actions::add_agreement(&app, &visitor, id, &new).await?;
            let path = agreement_path(id, new.id);
            Ok(see_other_saying(&path, FlashKind::Success, "Соглашение добавлено."))
        }
        Err(errors) => {
            Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &Place::of_new(&partner, offered), &sent, &errors))
        }
    }
}

/// Shows what is said about an agreement.
pub async fn show(State(app): State<App>, PathOf(ids): PathOf<Ids>, view: View, visitor: Visitor) -> Answer {
    let (partner, agreement) = both(&app, &visitor, ids).await?;
    let offered = offered(&app, &visitor, Some(&agreement)).await?;
    let sent = AgreementForm::of(&agreement);
    Ok(page(&view, StatusCode::OK, &Place::of(&partner, ids, offered), &sent, &Errors::none()))
}

/// Saves what is said about an agreement.
pub async fn submit(
    State(app): State<App>,
    PathOf(ids): PathOf<Ids>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<AgreementForm>,
) -> Answer {
    let (partner, agreement) = both(&app, &visitor, ids).await?;
    let offered = offered(&app, &visitor, Some(&agreement)).await?;
    match sent.check(&offered, visitor.today) {
        Ok(wanted) => {
            let wanted = NewAgreement { id: ids.1, ..wanted };
            actions::change_agreement(&app, &visitor, ids.0, &wanted).await?;
            let path = agreement_path(ids.0, ids.1);
            Ok(see_other_saying(&path, FlashKind::Success, "Соглашение сохранено."))
        }
        Err(errors) => {
            Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &Place::of(&partner, ids, offered), &sent, &errors))
        }
    }
}

/// Where the form is shown: whose agreement, where it is sent, where leaving it leads, what there is to choose.
struct Place<'a> {
    partner: &'a Partner,
    title: &'static str,
    action: String,
    back: String,
    offered: Vec<String>,
}

impl<'a> Place<'a> {
    fn of_new(partner: &'a Partner, offered: Vec<String>) -> Self {
        Self {
            partner,
            title: "Новое соглашение",
            action: partner.part_path("agreements/new"),
            back: partner.show_path(),
            offered,
        }
    }

    fn of(partner: &'a Partner, (id, agreement): Ids, offered: Vec<String>) -> Self {
        let back = agreement_path(id, agreement);
        Self { partner, title: "Изменить соглашение", action: format!("{back}/edit"), back, offered }
    }
}

fn page(view: &View, status: StatusCode, place: &Place<'_>, sent: &AgreementForm, errors: &Errors) -> Response {
    let fields = fields_of(sent, &place.offered, errors);
    let body = form(&form::Form {
        action: place.action.clone(),
        submit: "Сохранить".into(),
        cancel_href: Some(place.back.clone()),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    view.page_with(
        status,
        Page {
            title: place.title.into(),
            lead: Some(place.partner.name.clone()),
            crumbs: crumbs(place.partner),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

fn fields_of(sent: &AgreementForm, offered: &[String], errors: &Errors) -> Vec<Field> {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let day = |name, label: &str, value: &str| text(name, label, value).control(Control::Date);
    let options = offered.iter().map(|title| Choice::new(title.as_str(), capitalised(title))).collect();
    vec![
        text("subject", "Предмет", &sent.subject).required().control(Control::Textarea { rows: 2 }),
        text("forms", "Формы наставничества", "").control(Control::Checkboxes { options, chosen: sent.forms.clone() }),
        day("prepared_on", "Подготовка начата", &sent.prepared_on).required(),
        day("signed_on", "Подписано", &sent.signed_on)
            .hint("День подписи второй стороны. Пока соглашение не подписано, оставьте пустым."),
        text("number", "Номер", &sent.number).hint("Нужен у подписанного соглашения; «б/н», если не нумеруется."),
        day("valid_from", "Действует с", &sent.valid_from).hint("Если не указано, действует со дня подписания."),
        day("valid_until", "Действует по", &sent.valid_until).hint("Если не указано, действует без срока окончания."),
        text("note", "Примечание", &sent.note)
            .control(Control::Textarea { rows: 3 })
            .hint("Порядок продления, сколько наставников обещано, безвозмездность."),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
        Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()),
    ]
}
