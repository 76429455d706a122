//! The first step of a new year: which year, and where its road map comes from.

use super::draft::wizard;
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    roadmap::{actions, model::ProgrammeState, nouns, paths, queries, template::Template},
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, Form, View, see_other, see_other_saying,
        ui::{
            field::{Choice, Control, Field, field},
            form::{Form as DrawnForm, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// What the form sends.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NewYearForm {
    year: String,
    origin: String,
}

/// Asks for the year and the origin.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer<Response> {
    let free = free_years(&app, &visitor).await?;
    let year = free.first().map(|year| year.start_year().to_string()).unwrap_or_default();
    let typed = NewYearForm { year, origin: "template".into() };
    Ok(view.page(page(&free, &typed, &Errors::none())))
}

/// Makes the draft, or leads to where the school's own file is read.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<NewYearForm>,
) -> Answer<Response> {
    let free = free_years(&app, &visitor).await?;
    let Some(year) = SchoolYear::parse(&typed.year).filter(|year| offered(&visitor).contains(year)) else {
        let errors = Errors::one("year", "Выберите учебный год из списка.");
        return Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&free, &typed, &errors)));
    };
    let made = match typed.origin.as_str() {
        "import" => return Ok(see_other(&format!("{}?year={}", paths::IMPORT, year.start_year()))),
        "past_year" => actions::start_from_past_year(&app, &visitor, year).await,
        "template" => actions::start_from_template(&app, &visitor, year).await,
        _ => {
            let errors = Errors::one("origin", "Выберите, откуда взять дорожную карту.");
            return Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&free, &typed, &errors)));
        }
    };
    match made {
        Ok(id) => {
            let sentence = "Черновик готов. Проверьте сроки и цели, затем назначьте ответственных.";
            Ok(see_other_saying(&paths::draft_path(id), FlashKind::Success, sentence))
        }
        Err(Failure::Refused(sentence)) => {
            let errors = Errors::one("year", sentence);
            Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&free, &typed, &errors)))
        }
        Err(other) => Err(other),
    }
}

/// Returns the school years one may start today: the current one, the next, the last.
fn offered(visitor: &Visitor) -> [SchoolYear; 3] {
    let current = SchoolYear::containing(visitor.today);
    [current, current.next(), current.previous()]
}

/// Returns the school years around today that have no road map yet, the current one first.
async fn free_years(app: &App, visitor: &Visitor) -> Answer<Vec<SchoolYear>> {
    let mut tx = app.db.read().await?;
    let taken = queries::programmes(&mut tx, visitor.school_id()).await?;
    let is_free = |year: &SchoolYear| {
        taken.iter().all(|programme| programme.year() != *year || programme.state == ProgrammeState::Draft)
    };
    Ok(offered(visitor).into_iter().filter(is_free).collect())
}

fn page(free: &[SchoolYear], typed: &NewYearForm, errors: &Errors) -> Page {
    let years =
        free.iter().map(|year| Choice::new(year.start_year().to_string(), format!("{year} учебный год"))).collect();
    let rows = Template::built_in().map_or(0, |template| template.rows().count());
    let rows = nouns::rows(rows);
    let origins = vec![
        Choice::new("template", "Готовый шаблон").hint(format!(
            "Дорожная карта целевой модели: {rows} в 5 разделах, сроки — в выбранном году. Всё можно изменить."
        )),
        Choice::new("import", "Файл школы")
            .hint("Дорожная карта в Word или Excel: программа прочитает таблицу и покажет, что поняла."),
        Choice::new("past_year", "Прошлый год школы")
            .hint("Мероприятия и цели прошлого года, сроки перенесены на год вперёд."),
    ];
    let body = html! {
        (wizard(0, None))
        (form(&DrawnForm {
            action: paths::NEW_YEAR.into(),
            submit: "Продолжить".into(),
            cancel_href: Some(paths::YEARS.into()),
            errors: errors.into(),
            body: html! {
                (field(&Field::new("year", "Учебный год").required().control(Control::Select(years)).value(&typed.year).error(errors.of("year"))))
                (field(&Field::new("origin", "Откуда взять дорожную карту").required().control(Control::Radios(origins)).value(&typed.origin).error(errors.of("origin"))))
            },
            ..DrawnForm::default()
        }))
    };
    Page {
        title: "Новый учебный год".into(),
        crumbs: vec![Crumb::new("Учебные годы", paths::YEARS)],
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}
