//! The files: all lists of a school at once.

use crate::{
    access::Visitor,
    audit::Author,
    error::{Answer, Failure},
    files::Upload,
    people::import::{
        actions, paths,
        queries::{self, Lists},
    },
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, UploadForm, View, see_other,
        ui::{
            card::{Card, card},
            field::{Choice, Control, Field, field},
            form::{Form, form},
            layout::{Page, Width},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;
use std::time::Duration;

/// How long the browser waits for a small upload before it is shown how far a large one is.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks for the files.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer<Response> {
    Ok(view.page(page(&app, &visitor, &Errors::none()).await?))
}

/// Takes the files; they are read and compared in the background.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, sent: UploadForm) -> Answer<Response> {
    let Some(year) = SchoolYear::parse(sent.text("year")) else {
        let errors = Errors::one("year", "Выберите учебный год из списка.");
        return Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&app, &visitor, &errors).await?));
    };
    let UploadForm { file, more, .. } = sent;
    let files: Vec<Upload> = std::iter::once(file).chain(more).filter(|file| !file.name.is_empty()).collect();
    match actions::begin(&app, Author::visitor(&visitor), year, &files).await {
        Ok(id) => {
            let reading = actions::start(&app, visitor.school.clone(), id, files);
            let _ = tokio::time::timeout(PATIENCE, reading).await;
            Ok(see_other(&id.show_path()))
        }
        Err(Failure::Refused(sentence)) => {
            let errors = Errors::one("file", sentence);
            Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&app, &visitor, &errors).await?))
        }
        Err(other) => Err(other),
    }
}

async fn page(app: &App, visitor: &Visitor, errors: &Errors) -> Answer<Page> {
    let mut tx = app.db.read().await?;
    let known = queries::all_lists(&mut tx, visitor.school_id()).await?;
    let current = SchoolYear::containing(visitor.today);
    let choice = |year: SchoolYear| Choice::new(year.start_year().to_string(), format!("{year} учебный год"));
    let fields = [
        Field::new("file", "Файлы со списками")
            .hint("Можно выбрать сразу все: по файлу на класс и список сотрудников. Подойдут .xlsx, .xls, .csv и .zip, вместе до 20 МБ.")
            .control(Control::Files { accept: ".xlsx,.xls,.csv,.txt,.zip" })
            .required()
            .error(errors.of("file")),
        Field::new("year", "Учебный год")
            .control(Control::Select(vec![choice(current), choice(current.next()), choice(current.previous())]))
            .value(current.start_year().to_string())
            .required()
            .error(errors.of("year")),
    ];
    Ok(Page {
        title: "Загрузить списки".into(),
        lead: Some(
            "Программа прочитает списки и покажет, что изменится. До слова «Загрузить» ничего не записывается.".into(),
        ),
        body: html! {
            (form(&Form {
                action: paths::UPLOAD.into(),
                submit: "Прочитать".into(),
                multipart: true,
                errors: errors.summary(&fields),
                body: html! { @for one in &fields { (field(one)) } },
                ..Form::default()
            }))
            (card(&Card {
                title: "Что загружается".into(),
                body: html! {
                    p { "ФИО, дата рождения, пол, класс, номер личного дела, телефон, почта, представители; у сотрудников — должность и педагогический стаж." }
                    p { "Паспорта, СНИЛС, адреса и сведения о здоровье не загружаются: такие столбцы программа называет и пропускает." }
                },
                ..Card::default()
            }))
            @if !known.is_empty() { (earlier(&known, visitor)) }
        },
        width: Width::Narrow,
        ..Page::default()
    })
}

/// Uploads that wait, and what was left of loaded ones.
fn earlier(known: &[Lists], visitor: &Visitor) -> maud::Markup {
    card(&Card {
        title: "Прежние загрузки".into(),
        body: html! {
            ul {
                @for lists in known {
                    li {
                        a href=(lists.id.show_path()) {
                            (words::short_date(crate::clock::day_in(lists.created_at, visitor.school.zone())))
                            ", " (super::rows::files(lists.files.0.len()))
                        }
                        " — " (lists.state.label())
                    }
                }
            }
        },
        ..Card::default()
    })
}
