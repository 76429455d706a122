//! What is known about the school: read by those who lead the programme, changed by an administrator.

use super::fields::school_fields;
use crate::{
    access::{Right, School, Visitor, actions, forms::SchoolForm, paths, zones::zone_label},
    error::Answer,
    state::App,
    web::{
        Errors, Form, View, see_other_saying,
        ui::{
            definition::{Fact, definition},
            field::{Control, Field, stacked},
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
    words::capitalised,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::Markup;

/// Shows the school: as a form to an administrator, as facts to others.
pub async fn show(view: View, visitor: Visitor) -> Answer {
    if visitor.may(Right::KeepSchool) {
        return Ok(page(&view, StatusCode::OK, &SchoolForm::of(&visitor.school), &Errors::none()));
    }
    Ok(view.page(whole(facts(&visitor.school))))
}

/// Saves the school.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<SchoolForm>) -> Answer {
    let mut errors = Errors::none();
    let school = sent.school(visitor.school_id(), &mut errors);
    let Some(school) = school.filter(|_| errors.is_empty()) else {
        return Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors));
    };
    actions::change_school(&app, &visitor, &school).await?;
    Ok(see_other_saying(paths::SCHOOL, FlashKind::Success, "Сведения о школе сохранены."))
}

fn page(view: &View, status: StatusCode, sent: &SchoolForm, errors: &Errors) -> Response {
    let mut fields = school_fields(sent, errors);
    fields.push(Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()));
    let body = form(&form::Form {
        action: paths::SCHOOL.into(),
        submit: "Сохранить".into(),
        cancel_href: Some("/".into()),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    view.page_with(status, whole(body))
}

fn whole(body: Markup) -> Page {
    Page {
        title: "Сведения о школе".into(),
        lead: Some("Отсюда берутся название и подпись руководителя в справках, приказах и отчётах.".into()),
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}

fn facts(school: &School) -> Markup {
    definition(&[
        Fact::new("Полное название", &school.name),
        Fact::new("Краткое название", &school.short_name),
        Fact::new("Тип организации", capitalised(school.kind.label())),
        Fact::new("Малокомплектная школа", if school.is_small { "да" } else { "нет" }),
        Fact::new("Адрес", &school.address),
        Fact::new("Муниципалитет", &school.municipality),
        Fact::new("Руководитель", &school.head_name),
        Fact::new("Должность руководителя", &school.head_post),
        Fact::new("Часовой пояс", zone_label(&school.time_zone)),
    ])
}
