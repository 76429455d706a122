//! The school's own road map as a file or as text.

use super::years_around;
use crate::{
    access::Visitor,
    audit::Author,
    error::{Answer, Failure},
    files::tidy_name,
    roadmap::{
        actions,
        model::ImportId,
        pages::{common::YearQuery, draft::wizard},
        paths,
        queries::{self, WaitingImport},
        reading,
    },
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, Query, UploadForm, View, see_other,
        ui::{
            card::{Card, card},
            field::{Choice, Control, Field, field},
            form::{Form, form},
            layout::{Crumb, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// What the name of the source says when the road map was pasted.
const PASTED: &str = "вставленный текст";

/// What the page shows.
struct Upload {
    years: Vec<(SchoolYear, bool)>,
    waiting: Vec<WaitingImport>,
    year: String,
    text: String,
    errors: Errors,
}

/// Asks for the file or the text.
pub async fn show(
    State(app): State<App>,
    Query(query): Query<YearQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut upload = Upload::load(&app, &visitor).await?;
    if let Some(year) = query.year.as_deref().and_then(SchoolYear::parse) {
        upload.year = year.start_year().to_string();
    }
    Ok(view.page(page(&upload, &visitor)))
}

/// Reads the file in a child process and keeps what was read until somebody has looked at it.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, sent: UploadForm) -> Answer<Response> {
    let errors = match read(&app, &visitor, &sent).await? {
        Ok(id) => return Ok(see_other(&paths::import_path(id))),
        Err(errors) => errors,
    };
    let mut upload = Upload::load(&app, &visitor).await?;
    sent.text("year").clone_into(&mut upload.year);
    sent.raw("text").clone_into(&mut upload.text);
    upload.errors = errors;
    Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&upload, &visitor)))
}

async fn read(app: &App, visitor: &Visitor, sent: &UploadForm) -> Answer<Result<ImportId, Errors>> {
    let Some(year) = SchoolYear::parse(sent.text("year")) else {
        return Ok(Err(Errors::one("year", "Выберите учебный год из списка.")));
    };
    let is_file = !sent.file.name.is_empty();
    let (field, name) = if is_file { ("file", tidy_name(&sent.file.name)) } else { ("text", PASTED.to_owned()) };
    if !is_file && sent.text("text").is_empty() {
        return Ok(Err(Errors::one("file", "Выберите файл или вставьте текст таблицы.")));
    }
    // Word puts a vertical tab where a line breaks inside a cell; in a file it would be a sign of binary content.
    let text = sent.raw("text").replace('\u{B}', "\n");
    let bytes = if is_file { sent.file.bytes.as_slice() } else { text.as_bytes() };
    let tables = match app.worker.read_tables(&name, bytes).await {
        Ok(tables) => tables,
        Err(unread) => return Ok(Err(Errors::one(field, unread.to_string()))),
    };
    let understood = reading::understand(&tables, year);
    if let Err(refusal @ crate::roadmap::import::NotADraft::TooMany) = crate::roadmap::import::check(&understood) {
        return Ok(Err(Errors::one(field, refusal.to_string())));
    }
    match actions::keep_import(app, Author::visitor(visitor), &name, &tables, year).await {
        Ok(id) => Ok(Ok(id)),
        Err(Failure::Refused(sentence)) => Ok(Err(Errors::one(field, sentence))),
        Err(other) => Err(other),
    }
}

impl Upload {
    async fn load(app: &App, visitor: &Visitor) -> Answer<Self> {
        let mut tx = app.db.read().await?;
        let taken = queries::programmes(&mut tx, visitor.school_id()).await?;
        let has_map = |year: SchoolYear| taken.iter().any(|programme| programme.year() == year);
        let years: Vec<_> = years_around(visitor.today).map(|year| (year, has_map(year))).into();
        let free = years.iter().find(|(_, has_map)| !has_map).or(years.first());
        Ok(Self {
            year: free.map(|(year, _)| year.start_year().to_string()).unwrap_or_default(),
            waiting: queries::waiting_imports(&mut tx, visitor.school_id()).await?,
            years,
            text: String::new(),
            errors: Errors::none(),
        })
    }
}

fn page(upload: &Upload, visitor: &Visitor) -> Page {
    Page {
        title: "Загрузить дорожную карту школы".into(),
        lead: Some("Программа прочитает таблицу и покажет, что поняла. До вашего согласия ничего не изменится.".into()),
        crumbs: vec![Crumb::new("Учебные годы", paths::YEARS)],
        body: html! {
            (wizard(0, None))
            (question(upload))
            (waiting(&upload.waiting, visitor))
        },
        width: Width::Narrow,
        ..Page::default()
    }
}

fn question(upload: &Upload) -> Markup {
    let label = |(year, has_map): &(SchoolYear, bool)| {
        let taken = if *has_map { " (дорожная карта уже есть)" } else { "" };
        Choice::new(year.start_year().to_string(), format!("{year} учебный год{taken}"))
    };
    let years = upload.years.iter().map(label).collect();
    let error = |name: &str| upload.errors.of(name);
    form(&Form {
        action: paths::IMPORT.into(),
        submit: "Прочитать".into(),
        cancel_href: Some(paths::ROADMAP.into()),
        multipart: true,
        errors: (&upload.errors).into(),
        body: html! {
            (field(&Field::new("year", "Учебный год").required().control(Control::Select(years)).value(&upload.year).error(error("year"))))
            (field(&Field::new("file", "Файл Word или Excel")
                .hint("Документ .docx или книга .xlsx с таблицей дорожной карты, до 20 МБ.")
                .control(Control::File { accept: ".docx,.xlsx,.csv,.txt" }).error(error("file"))))
            (field(&Field::new("text", "Или таблица, скопированная из документа")
                .hint("Выделите таблицу в Word или Excel, скопируйте и вставьте сюда. Подойдут и столбцы, разделённые знаком «|» или «;».")
                .control(Control::Textarea { rows: 6 }).value(&upload.text).error(error("text"))))
        },
        ..Form::default()
    })
}

/// Files that were read and wait: a person may leave and come back.
fn waiting(imports: &[WaitingImport], visitor: &Visitor) -> Markup {
    if imports.is_empty() {
        return html! {};
    }
    card(&Card {
        title: "Прочитаны и ждут решения".into(),
        body: html! {
            ul {
                @for import in imports {
                    li {
                        a href=(paths::import_path(import.id)) { (import.source_name) }
                        " — прочитано "
                        (words::short_date(crate::clock::day_in(import.created_at, visitor.school.zone())))
                    }
                }
            }
        },
        ..Card::default()
    })
}
