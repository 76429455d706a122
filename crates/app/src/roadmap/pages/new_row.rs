//! Adding a row to a section, in a draft and in a running year.

use super::{
    draft::step_crumbs,
    row_form::{self, RowForm},
};
use crate::{
    access::{self, User, Visitor},
    error::Answer,
    roadmap::{
        actions::{self, AddedRow},
        model::{Programme, ProgrammeId, ProgrammeState, Row, RowId, Section, SectionId},
        paths, queries,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field, field},
            form::{Form as DrawnForm, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// The road map a row is added to.
struct Plan {
    programme: Programme,
    sections: Vec<Section>,
    rows: Vec<Row>,
    users: Vec<User>,
}

impl Plan {
    /// Loads a road map that is not sealed.
    async fn load(app: &App, visitor: &Visitor, id: ProgrammeId) -> Answer<Self> {
        let mut tx = app.db.read().await?;
        let school = visitor.school_id();
        let programme = queries::programme(&mut tx, school, id).await?;
        if programme.state != ProgrammeState::Draft {
            actions::running(&programme)?;
        }
        Ok(Self {
            programme,
            sections: queries::sections(&mut tx, school, id).await?,
            rows: queries::rows(&mut tx, school, id).await?,
            users: access::users_of(&mut tx, school).await?,
        })
    }

    fn crumbs(&self) -> Vec<Crumb> {
        match self.programme.state {
            ProgrammeState::Draft => step_crumbs(&self.programme),
            _ => vec![Crumb::new("Дорожная карта", self.programme.show_path())],
        }
    }
}

/// Draws the empty form.
pub async fn show(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let plan = Plan::load(&app, &visitor, id).await?;
    let first = plan.sections.first().map_or(String::new(), |section| section.id.to_string());
    Ok(page(&view, &plan, StatusCode::OK, &RowForm::new(first), &Errors::none()))
}

/// Adds the row, or draws the form again with what is wrong.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<RowForm>,
) -> Answer<Response> {
    let plan = Plan::load(&app, &visitor, id).await?;
    let (says, mut errors) = typed.check(&[], &plan.users);
    let key = typed.key.parse().unwrap_or_else(|()| RowId::fresh());
    let others = plan.rows.iter().filter(|row| row.id != key);
    row_form::expect_free_number(&says.number, others, &mut errors);
    let section = typed.section.parse::<SectionId>().ok();
    let section = section.filter(|id| plan.sections.iter().any(|section| section.id == *id));
    let section = errors.value("section", section.ok_or("Выберите раздел из списка."));
    let Some(section) = section.filter(|_| errors.is_empty()) else {
        return Ok(page(&view, &plan, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors));
    };
    let row = AddedRow { id: key, section, says };
    let programme = actions::add_row(&app, &visitor, id, &row).await?;
    let next = match programme.state {
        ProgrammeState::Draft => paths::draft_path(id),
        _ => paths::row_path(row.id),
    };
    Ok(see_other_saying(&next, FlashKind::Success, "Мероприятие добавлено."))
}

fn page(view: &View, plan: &Plan, status: StatusCode, typed: &RowForm, errors: &Errors) -> Response {
    let number = "Пусто — следующий по порядку в разделе; он написан рядом с разделом.";
    let body = html! {
        input type="hidden" name="key" value=(typed.key);
        (sections(plan, typed, errors))
        (row_form::fields(&[], &plan.users, Some(number), typed, errors))
    };
    let drawn = Page {
        title: "Добавить мероприятие".into(),
        lead: Some(format!(
            "Мероприятие станет последним в своём разделе дорожной карты на {} учебный год.",
            plan.programme.year()
        )),
        crumbs: plan.crumbs(),
        body: form(&DrawnForm {
            action: plan.programme.step_path("rows/new"),
            submit: "Добавить мероприятие".into(),
            cancel_href: Some(plan.programme.show_path()),
            errors: row_form::summary(errors),
            body,
            ..DrawnForm::default()
        }),
        width: Width::Narrow,
        ..Page::default()
    };
    view.page_with(status, drawn)
}

/// Draws the choice of the section, each with the number the row would get in it.
fn sections(plan: &Plan, typed: &RowForm, errors: &Errors) -> Markup {
    let choice = |section: &Section| {
        let choice = Choice::new(section.id.to_string(), section.caption());
        match actions::next_number(section, &plan.rows) {
            number if number.is_empty() => choice.hint("без номера, как другие мероприятия раздела"),
            number => choice.hint(format!("следующий номер — {number}")),
        }
    };
    let control = Control::Radios(plan.sections.iter().map(choice).collect());
    let section = Field::new("section", "Раздел").required().control(control).value(&typed.section);
    field(&section.error(errors.of("section")))
}
