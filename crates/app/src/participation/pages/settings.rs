//! The settings of the year: who counts, who signs, what is kept.

use super::common::{crumbs, drawn, leads, year_of};
use crate::{
    access::Visitor,
    error::Answer,
    participation::{
        actions::{self, settings_facts},
        forms::SettingsForm,
        paths, queries,
    },
    state::App,
    web::{
        Errors, Form, View, see_other_saying,
        ui::{
            definition::{Fact, definition},
            field::{Choice, Control, Field},
            form::{self, form},
            layout::{FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::Markup;

/// Shows the settings: as a form to the coordinator, as facts to others.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let settings = queries::settings(&mut tx, visitor.school_id(), year_of(&visitor)).await?;
    if leads(&visitor) {
        return Ok(page(&view, &visitor, StatusCode::OK, &SettingsForm::of(&settings), &Errors::none()));
    }
    let facts: Vec<Fact> = settings_facts(&settings).into_iter().map(|(name, value)| Fact::new(name, value)).collect();
    Ok(view.page(whole(&visitor, definition(&facts))))
}

/// Saves the settings.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<SettingsForm>) -> Answer {
    let settings = match sent.check() {
        Ok(settings) => settings,
        Err(errors) => return Ok(page(&view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors)),
    };
    actions::change_settings(&app, &visitor, year_of(&visitor), &settings).await?;
    Ok(see_other_saying(paths::SETTINGS, FlashKind::Success, "Настройки года сохранены."))
}

fn page(view: &View, visitor: &Visitor, status: StatusCode, sent: &SettingsForm, errors: &Errors) -> Response {
    let fields = fields(sent, errors);
    let body = form(&form::Form {
        action: paths::SETTINGS.into(),
        submit: "Сохранить".into(),
        cancel_href: Some(paths::PARTICIPANTS.into()),
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    });
    view.page_with(status, whole(visitor, body))
}

fn whole(visitor: &Visitor, body: Markup) -> Page {
    Page {
        title: "Настройки участия".into(),
        lead: Some(format!(
            "На {} учебный год: от них зависит, кто считается в показателях.",
            year_of(visitor).label()
        )),
        crumbs: crumbs(),
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}

fn fields(sent: &SettingsForm, errors: &Errors) -> Vec<Field> {
    let number = |name: &'static str, label: &str, value: &str| {
        let field = Field::new(name, label).required().value(value).error(errors.of(name));
        field.control(Control::Number { fraction: false })
    };
    let one_of = |name: &'static str, label: &str, value: &str, choices: [(&str, &str); 2]| {
        let choices = choices.map(|(value, label)| Choice::new(value, label)).into();
        Field::new(name, label).required().value(value).error(errors.of(name)).control(Control::Radios(choices))
    };
    let tick = |name: &'static str, label: &str, value: &str, hint: &str| {
        Field::new(name, label).value(value).control(Control::Checkbox).hint(hint)
    };
    let counted = [
        ("both", "Наставляемых и наставников (как в дорожной карте)"),
        ("mentees", "Только наставляемых (как в показателях Р-145)"),
    ];
    let signers = [("both", "Обучающийся и представитель"), ("minor", "Только обучающийся")];
    vec![
        number("age_from", "Возраст обучающихся: от, полных лет", &sent.age_from)
            .hint("В Целевой модели — с 10 лет; в дорожной карте — от 10 до 18."),
        number("age_to", "Возраст обучающихся: до, полных лет", &sent.age_to),
        one_of("counts", "Кого считать охваченными", &sent.counts, counted),
        number("young_years", "Молодой специалист: стаж до, полных лет", &sent.young_years)
            .hint("В Р-145 — от 0 до 3 лет."),
        one_of("signers", "Кто подписывает согласие с 14 лет", &sent.signers, signers),
        tick(
            "clearance_blocks",
            "Без справки об отсутствии судимости взрослый со стороны не участвует",
            &sent.clearance_blocks,
            "Сотрудников школы это не касается: их проверяют при приёме на работу.",
        ),
        tick(
            "special_categories",
            "Вести учёт особых категорий (ОВЗ, одарённые, трудная жизненная ситуация)",
            &sent.special_categories,
            "Только с отдельным письменным согласием; видят эти сведения немногие, каждый просмотр записывается.",
        ),
        Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()),
    ]
}
