//! How many participants each special category has; never who.

use super::common::{crumbs, drawn};
use crate::{
    access::Visitor,
    consents::{actions, model::Category, paths},
    error::{Answer, Failure},
    files::download,
    state::App,
    web::{
        Errors, Form, View,
        ui::{
            card::{Card, card},
            empty::{Empty, empty},
            field::{Control, Field},
            form::{self, form},
            icon::Icon,
            layout::Page,
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode};
use documents::sheet::{self, Sheet, Workbook};
use maud::{Markup, html};
use serde::Deserialize;

/// A number of people below this could point at one of them.
const SMALLEST_SHOWN: i64 = 5;

/// The shortest reason that says something, and the longest, in characters.
const REASON: std::ops::RangeInclusive<usize> = 10..=300;

/// Why the numbers leave the program.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExportForm {
    reason: String,
}

/// Writes a number of people, or that it is too small to be shown. There is no total that would reveal it.
fn shown(counts: &[(Category, i64)], category: Category) -> String {
    let count = counts.iter().find(|(known, _)| *known == category).map_or(0, |(_, count)| *count);
    if count < SMALLEST_SHOWN { format!("менее {SMALLEST_SHOWN}") } else { words::number(count) }
}

/// Shows the numbers.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    answer(&app, &view, &visitor, ("", &Errors::none())).await
}

async fn answer(app: &App, view: &View, visitor: &Visitor, (typed, errors): (&str, &Errors)) -> Answer {
    let mut tx = app.db.read().await?;
    let body = if actions::keeps_categories(&mut tx, visitor).await? {
        let counts = actions::category_counts(app, &mut tx, visitor).await?;
        html! { (numbers(&counts)) (export_form(typed, errors)) }
    } else {
        empty(&Empty {
            icon: Icon::Lock,
            ..Empty::new(
                "Особые категории не ведутся",
                "По умолчанию эта часть выключена. Включить её может куратор программы в настройках учебного года.",
            )
        })
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        title: "Особые категории".into(),
        lead: Some("Только числа. Сведения об одном человеке открывают со страницы его согласий, каждый просмотр записывается.".into()),
        crumbs: crumbs(),
        body,
        ..Page::default()
    };
    Ok(view.page_with(status, page))
}

fn numbers(counts: &[(Category, i64)]) -> Markup {
    let row = |category: &Category| {
        Row::new(vec![html! { (words::capitalised(category.label())) }, html! { (shown(counts, *category)) }])
    };
    table(&Table {
        caption: "Участники с действующим согласием по категориям".into(),
        columns: vec![Column::new("category", "Категория"), Column::new("count", "Участников").numeric()],
        rows: Category::ALL.iter().map(row).collect(),
        ..Table::default()
    })
}

fn export_form(typed: &str, errors: &Errors) -> Markup {
    let fields = [Field::new("reason", "Зачем нужна выгрузка")
        .required()
        .control(Control::Textarea { rows: 2 })
        .value(typed)
        .hint("Останется в журнале действий.")
        .error(errors.of("reason"))];
    let body = form(&form::Form {
        action: paths::CATEGORIES_XLSX.into(),
        submit: "Выгрузить числа".into(),
        gives_file: true,
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    });
    card(&Card { title: "Выгрузка".into(), body, ..Card::default() })
}

/// Saves the numbers as a workbook, for a written reason.
pub async fn export(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<ExportForm>) -> Answer {
    let reason = sent.reason.trim();
    if !REASON.contains(&reason.chars().count()) {
        let sentence = "Напишите, зачем и для кого: от 10 до 300 знаков.";
        return answer(&app, &view, &visitor, (reason, &Errors::one("reason", sentence))).await;
    }
    let counts = actions::export_categories(&app, &visitor, reason).await?;
    let columns = [("Категория", 44.0), ("Участников", 14.0)].map(|(title, width)| sheet::Column::text(title, width));
    let empty = Sheet::new("Особые категории", columns).titled(format!(
        "Особые категории: {}, на {}",
        visitor.school.short_name,
        words::short_date(visitor.today)
    ));
    let sheet = Category::ALL
        .iter()
        .fold(empty, |sheet, category| sheet.row([words::capitalised(category.label()), shown(&counts, *category)]));
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download("Особые категории.xlsx", bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_not_shown_and_none_is_as_small_as_four() {
        let counts = [(Category::Gifted, 5), (Category::Rural, 4)];
        assert_eq!(shown(&counts, Category::Gifted), "5");
        assert_eq!(shown(&counts, Category::Rural), shown(&counts, Category::Orphan));
    }
}
