//! A paper is given its number and its day.

use super::common::crumbs_of;
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    paperwork::{
        Journal, actions,
        forms::RegistrationForm,
        kinds::traits_of,
        model::{Paper, PaperId},
        queries,
    },
    people::Sight,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, stacked},
            form::{self, form},
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
        },
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use maud::html;

/// A paper with the journals it may be registered in, each with its next number.
struct Shown {
    paper: Paper,
    journals: Vec<(Journal, i64)>,
}

impl Shown {
    async fn load(app: &App, visitor: &Visitor, id: PaperId) -> Answer<Self> {
        let mut tx = app.db.read().await?;
        let paper = queries::paper(&mut tx, Sight::of(visitor)?, id).await?;
        let last = queries::last_numbers(&mut tx, visitor.school_id()).await?;
        let next = |journal: &Journal| {
            let year = journal.year_of(visitor.today);
            let known = last.iter().find(|(word, of, _)| *word == journal.journal && *of == year);
            known.map_or(1, |(.., last)| last + 1)
        };
        let journals = queries::journals(&mut tx, visitor.school_id()).await?;
        Ok(Self {
            paper,
            journals: journals.into_iter().map(|one| (next(&one), one)).map(|(n, one)| (one, n)).collect(),
        })
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |(journal, next): &(Journal, i64)| {
            let words = format!("{} — следующий номер {}", journal.title, journal.written(*next));
            Choice::new(journal.journal.clone(), words)
        };
        self.journals.iter().map(choice).collect()
    }
}

/// Asks for the journal and the day.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let shown = Shown::load(&app, &visitor, id).await?;
    let form = RegistrationForm {
        version: shown.paper.version.to_string(),
        journal: traits_of(&shown.paper.kind).map_or("", |known| known.journal).to_owned(),
        on: visitor.today.to_string(),
        ..RegistrationForm::default()
    };
    Ok(answer(&view, StatusCode::OK, &shown, &form, &Errors::none()))
}

/// Registers the paper, or draws the form again with what is wrong.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PaperId>,
    Form(sent): Form<RegistrationForm>,
) -> Answer {
    let shown = Shown::load(&app, &visitor, id).await?;
    let refused = |errors: &Errors| Ok(answer(&view, StatusCode::UNPROCESSABLE_ENTITY, &shown, &sent, errors));
    let wish = match sent.check() {
        Ok(wish) => wish,
        Err(errors) => return refused(&errors),
    };
    match actions::register(&app, &visitor, id, &wish).await {
        Ok(number) => {
            let said = format!("Документ зарегистрирован: № {number}. Word и PDF с этим номером сохранены.");
            Ok(see_other_saying(&id.show_path(), FlashKind::Success, &said))
        }
        Err(Failure::Refused(sentence)) => refused(&Errors::one("number", sentence)),
        Err(failure) => Err(failure),
    }
}

fn answer(view: &View, status: StatusCode, shown: &Shown, typed: &RegistrationForm, errors: &Errors) -> Response {
    let fields = typed.fields(shown.choices(), errors);
    let paper = &shown.paper;
    let unsigned = paper.signed_on.is_none();
    let body = html! {
        @if unsigned {
            (notice(&Notice::new(Tone::Info, "Документ ещё не подписан. Можно присвоить номер сейчас, напечатать с ним и подписать: скан приложите потом.")))
        }
        (form(&form::Form {
            action: paper.id.part_path("registration"),
            submit: "Зарегистрировать".into(),
            cancel_href: Some(paper.id.show_path()),
            errors: errors.summary(&fields),
            body: stacked(&fields),
            ..form::Form::default()
        }))
    };
    view.page_with(
        status,
        Page {
            title: "Зарегистрировать документ".into(),
            lead: Some(format!("{}. После этого документ не меняется: изменение — новый документ.", paper.title)),
            crumbs: crumbs_of(paper),
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}
