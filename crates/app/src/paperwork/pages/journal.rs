//! One journal: its title, how its numbers are written and when they begin anew.

use super::{common::crumbs, journals::TITLE};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    paperwork::{
        actions,
        journals::Journal,
        model::Period,
        paths::{self, journal_path},
        queries,
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
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use serde::Deserialize;

/// What was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JournalForm {
    /// The word of a new journal, made with the form: the same form sent twice is one journal.
    key: String,
    title: String,
    prefix: String,
    suffix: String,
    period: String,
    version: String,
}

impl JournalForm {
    fn of(journal: &Journal) -> Self {
        Self {
            key: String::new(),
            title: journal.title.clone(),
            prefix: journal.prefix.clone(),
            suffix: journal.suffix.clone(),
            period: journal.period.word().to_owned(),
            version: journal.version.to_string(),
        }
    }

    fn check(&self, word: &str) -> Result<Journal, Errors> {
        let mut errors = Errors::none();
        let title = errors.text("title", &self.title, 120);
        let prefix = errors.optional_text("prefix", &self.prefix, 12);
        let suffix = errors.optional_text("suffix", &self.suffix, 12);
        let period = errors.value("period", self.period.parse::<Period>().map_err(|_| "Выберите из списка."));
        let version =
            errors.value("", self.version.parse::<i64>().map_err(|_| "Форма устарела. Откройте страницу заново."));
        match (period, version) {
            (Some(period), Some(version)) if errors.is_empty() => {
                Ok(Journal { journal: word.to_owned(), title, prefix, suffix, period, version })
            }
            _ => Err(errors),
        }
    }
}

async fn known(app: &App, visitor: &Visitor, word: &str) -> Answer<Journal> {
    let mut tx = app.db.read().await?;
    let all = queries::journals(&mut tx, visitor.school_id()).await?;
    all.into_iter().find(|journal| journal.journal == word).ok_or(Failure::NotFound)
}

/// Shows a journal, or the form of a new one.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(word): PathOf<String>) -> Answer {
    let form = if word == "new" {
        JournalForm {
            key: uuid::Uuid::now_v7().to_string(),
            period: Period::CalendarYear.word().into(),
            version: "0".into(),
            ..JournalForm::default()
        }
    } else {
        JournalForm::of(&known(&app, &visitor, &word).await?)
    };
    Ok(answer(&view, StatusCode::OK, &word, &form, &Errors::none()))
}

/// Saves the journal, or draws the form again with what is wrong.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(word): PathOf<String>,
    Form(sent): Form<JournalForm>,
) -> Answer {
    let stored_as = if word == "new" {
        uuid::Uuid::try_parse(&sent.key)
            .map_err(|_| Failure::BadRequest("Форма устарела. Откройте страницу заново.".into()))?
            .to_string()
    } else {
        known(&app, &visitor, &word).await?.journal
    };
    match sent.check(&stored_as) {
        Ok(journal) => {
            actions::save_journal(&app, &visitor, &journal).await?;
            let said = format!("Журнал сохранён. Номер будет выглядеть так: {}.", journal.written(1));
            Ok(see_other_saying(paths::JOURNALS, FlashKind::Success, &said))
        }
        Err(errors) => Ok(answer(&view, StatusCode::UNPROCESSABLE_ENTITY, &word, &sent, &errors)),
    }
}

fn answer(view: &View, status: StatusCode, word: &str, typed: &JournalForm, errors: &Errors) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let periods = Period::ALL.iter().map(|period| Choice::new(period.word(), period.label())).collect();
    let fields = [
        Field::new("key", "").control(Control::Hidden).value(typed.key.clone()),
        Field::new("version", "").control(Control::Hidden).value(typed.version.clone()),
        text("title", "Название", &typed.title).required(),
        text("prefix", "Приставка", &typed.prefix).hint("Стоит перед номером: «01-07/». Можно оставить пустой."),
        text("suffix", "Окончание", &typed.suffix).hint("Стоит после номера: «-ОД». Можно оставить пустым."),
        text("period", "Нумерация начинается с 1", &typed.period).required().control(Control::Radios(periods)),
    ];
    let body = form(&form::Form {
        action: journal_path(word),
        submit: "Сохранить".into(),
        cancel_href: Some(paths::JOURNALS.into()),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(TITLE.0, TITLE.1));
    let title = if word == "new" { "Добавить журнал" } else { "Изменить журнал" };
    view.page_with(
        status,
        Page {
            title: title.into(),
            lead: Some("Номера, которые уже даны, не меняются.".into()),
            crumbs,
            body,
            width: Width::Narrow,
            ..Page::default()
        },
    )
}
