//! Entering a number of a measure that no slice counts yet.

use super::{RowPage, crumbs};
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    roadmap::{
        actions,
        board::{BoardRow, Indicator, traits_of},
        indicator::{Operator, Reading, Rule},
        measures::Supply,
        model::{Part, ReadingId, RowId},
        paths,
        queries::NewReading,
        template::{Measure, Template},
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Control, Field, field},
            form::{Fieldset, Form as DrawnForm, fieldset, form},
            layout::{FlashKind, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;
use maud::{Markup, html};

/// Empty lines offered for further groups.
const SPARE_LINES: usize = 3;

/// What the form sends: one number, or a line per group.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadingForm {
    key: String,
    as_of: String,
    source: String,
    numerator: String,
    denominator: String,
    group_name: Vec<String>,
    group_numerator: Vec<String>,
    group_denominator: Vec<String>,
}

/// Draws the form with the last value as a start.
pub async fn show(
    State(app): State<App>,
    PathOf((id, measure)): PathOf<(RowId, String)>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    answer(&app, &view, &visitor, (id, &measure), StatusCode::OK, None).await
}

/// Keeps the number, or draws the form again with what is wrong.
pub async fn submit(
    State(app): State<App>,
    PathOf((id, measure)): PathOf<(RowId, String)>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<ReadingForm>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, &visitor, id).await?;
    drop(tx);
    let rule = &by_hand(loaded.row()?, &measure)?.rule;
    let refused = match typed.check(rule) {
        Err(errors) => errors,
        Ok(new) => match actions::enter_reading(&app, &visitor, id, &new).await {
            Err(Failure::Refused(sentence)) => Errors::one("as_of", sentence),
            other => {
                return other.map(|()| see_other_saying(&paths::row_path(id), FlashKind::Success, "Число записано."));
            }
        },
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    answer(&app, &view, &visitor, (id, &measure), status, Some((&typed, &refused))).await
}

impl ReadingForm {
    fn check(&self, rule: &Rule) -> Result<NewReading, Errors> {
        let mut errors = Errors::none();
        let day = self.as_of.parse::<NaiveDate>().map_err(|_| "Укажите дату, например 22.11.2026.");
        let as_of = errors.value("as_of", day).unwrap_or_default();
        let source = errors.text("source", &self.source, 300);
        let parts = if rule.operator.needs_groups() { self.parts(rule, &mut errors) } else { vec![] };
        let (numerator, denominator) = if rule.operator.needs_groups() {
            totals(&parts)
        } else {
            let numerator = number(&mut errors, "numerator", &self.numerator).unwrap_or_default();
            let asked = rule.operator.needs_denominator();
            let denominator = asked.then(|| number(&mut errors, "denominator", &self.denominator)).flatten();
            if denominator.is_some_and(|all| numerator > all) {
                errors.add("numerator", "Часть больше целого: проверьте оба числа.");
            }
            (numerator, denominator)
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let id = self.key.parse().unwrap_or_else(|()| ReadingId::fresh());
        Ok(NewReading { id, measure: rule.measure.clone(), as_of, numerator, denominator, parts, source })
    }

    fn lines(&self) -> Vec<(String, String, String)> {
        let at = |list: &[String], index: usize| list.get(index).map(|text| text.trim().to_owned()).unwrap_or_default();
        (0..self.group_name.len())
            .map(|i| (at(&self.group_name, i), at(&self.group_numerator, i), at(&self.group_denominator, i)))
            .collect()
    }

    fn parts(&self, rule: &Rule, errors: &mut Errors) -> Vec<Part> {
        let asked = rule.operator.needs_denominator();
        let mut parts: Vec<Part> = Vec::new();
        for (name, numerator, denominator) in self.lines() {
            if name.is_empty() && numerator.is_empty() && denominator.is_empty() {
                continue;
            }
            if name.is_empty() {
                errors.add("group_name", "Назовите группу в каждой заполненной строке.");
            } else if parts.iter().any(|part| words::fold(&part.name) == words::fold(&name)) {
                errors.add("group_name", format!("Группа «{name}» записана дважды."));
            }
            let numerator = number(errors, "group_numerator", &numerator).unwrap_or_default();
            let denominator = asked.then(|| number(errors, "group_denominator", &denominator)).flatten();
            if denominator.is_some_and(|all| numerator > all) {
                errors.add("group_numerator", format!("В группе «{name}» часть больше целого."));
            }
            parts.push(Part { name, numerator, denominator });
        }
        let known = Template::built_in().ok().and_then(|template| template.measure(&rule.measure));
        for group in known.map(|measure| measure.groups.as_slice()).unwrap_or_default() {
            if !parts.iter().any(|part| words::fold(&part.name) == words::fold(group)) {
                errors.add("group_name", format!("Заполните группу «{group}»: без неё показатель неполный."));
            }
        }
        if parts.is_empty() && errors.is_empty() {
            errors.add("group_name", "Заполните хотя бы одну группу.");
        }
        parts
    }
}

fn totals(parts: &[Part]) -> (i64, Option<i64>) {
    let numerator = parts.iter().fold(0_i64, |sum, part| sum.saturating_add(part.numerator));
    let denominator = parts.iter().filter_map(|part| part.denominator).reduce(i64::saturating_add);
    (numerator, denominator)
}

/// Reads a whole number as people write it: «1 240».
fn number(errors: &mut Errors, name: &'static str, text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let read = digits.parse::<u32>().map_err(|_| "Укажите целое число, например 341.");
    errors.value(name, read).map(i64::from)
}

fn by_hand<'a>(row: &'a BoardRow, measure: &str) -> Answer<&'a Indicator> {
    let found = row.indicators.iter().find(|indicator| indicator.rule.measure == measure).ok_or(Failure::NotFound)?;
    if found.supply == Supply::Live { Err(Failure::NotFound) } else { Ok(found) }
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    (id, measure): (RowId, &str),
    status: StatusCode,
    refused: Option<(&ReadingForm, &Errors)>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    if !actions::may_work(visitor, row) {
        return Err(Failure::NotResponsible);
    }
    let indicator = by_hand(row, measure)?;
    let known = Template::built_in().ok().and_then(|template| template.measure(measure));
    let start = start_of(indicator.reading.as_ref(), known, visitor);
    let none = Errors::none();
    let (typed, errors) = refused.unwrap_or((&start, &none));
    let hint = known.and_then(|measure| measure.by_hand.clone());
    Ok(view.page_with(
        status,
        Page {
            title: indicator.rule.title.clone(),
            lead: Some(format!("Цель: {}.", indicator.rule.target_text(traits_of(&visitor.school)))),
            crumbs: crumbs(row, &loaded.board),
            body: html! {
                p {
                "Число — по всей школе. "
                @if let Some(last) = &indicator.reading {
                    "Сейчас: " strong { (indicator.rule.value_text(Some(last))) } " на " (words::short_date(last.as_of))
                    ". Новое число заменит его, а не прибавится."
                }
            }
            @if let Some(hint) = hint { p { (hint) } }
                (drawn(row, &indicator.rule, typed, errors))
            },
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

fn start_of(last: Option<&Reading>, known: Option<&Measure>, visitor: &Visitor) -> ReadingForm {
    let mut form = ReadingForm { as_of: visitor.today.to_string(), ..ReadingForm::default() };
    if last.is_none_or(|last| last.groups.is_empty()) {
        form.group_name = known.map(|measure| measure.groups.clone()).unwrap_or_default();
    }
    if let Some(last) = last {
        form.denominator = last.denominator.map(|all| all.to_string()).unwrap_or_default();
        for group in &last.groups {
            form.group_name.push(group.name.clone());
            form.group_numerator.push(group.numerator.to_string());
            form.group_denominator.push(group.denominator.map(|all| all.to_string()).unwrap_or_default());
        }
    }
    form
}

fn drawn(row: &BoardRow, rule: &Rule, typed: &ReadingForm, errors: &Errors) -> Markup {
    let day = Field::new("as_of", "На какую дату").required().control(Control::Date).value(&typed.as_of);
    let source = Field::new("source", "Источник")
        .required()
        .value(&typed.source)
        .hint("Откуда число: «приказ № 42-ОД», «журнал обучения», «список класса на 01.10».");
    let mut fields = if rule.operator.needs_groups() { vec![] } else { one(rule, typed) };
    fields.extend([day, source]);
    let body = html! {
        input type="hidden" name="key" value=(ReadingId::fresh());
        @if rule.operator.needs_groups() { (groups(rule, typed, errors)) }
        @for one in &fields { (field(&one.clone().error(errors.of(one.name)))) }
    };
    form(&DrawnForm {
        action: row.row.reading_path(&rule.measure),
        submit: "Записать число".into(),
        cancel_href: Some(row.row.show_path()),
        errors: errors.summary(&fields),
        body,
        ..DrawnForm::default()
    })
}

fn one(rule: &Rule, typed: &ReadingForm) -> Vec<Field> {
    let [_, _, many] = &rule.unit.0;
    let (label, all) = match rule.operator {
        Operator::All | Operator::ShareAtLeast { .. } => (format!("Сколько есть ({many})"), true),
        _ => (format!("Сколько {many}"), false),
    };
    let whole = Field::new("denominator", "Сколько всего")
        .required()
        .control(Control::Number { fraction: false })
        .value(&typed.denominator)
        .hint("От какого числа считается доля.");
    let part =
        Field::new("numerator", label).required().control(Control::Number { fraction: false }).value(&typed.numerator);
    if all { vec![part, whole] } else { vec![part] }
}

fn groups(rule: &Rule, typed: &ReadingForm, errors: &Errors) -> Markup {
    let [_, _, many] = &rule.unit.0;
    let asked = rule.operator.needs_denominator();
    let mut lines = typed.lines();
    lines.resize(lines.len() + SPARE_LINES, Default::default());
    let sentences =
        ["group_name", "group_numerator", "group_denominator"].into_iter().filter_map(|name| errors.of(name));
    let body = html! {
        @for sentence in sentences { p class="field-error" { (sentence) } }
        table class="table entry-table" {
            thead { tr {
                th scope="col" { "Группа" } th scope="col" { "Сколько есть (" (many) ")" }
                @if asked { th scope="col" { "Сколько всего" } }
            } }
            tbody {
                @for (index, (name, numerator, denominator)) in lines.iter().enumerate() {
                    @let n = index + 1;
                    tr {
                        td { input class="form-control" name="group_name" value=(name) aria-label={ "Группа " (n) } id=[(index == 0).then_some("field-group_name")]; }
                        td { input class="form-control" inputmode="numeric" name="group_numerator" value=(numerator) aria-label={ "Сколько есть, группа " (n) } id=[(index == 0).then_some("field-group_numerator")]; }
                        @if asked { td { input class="form-control" inputmode="numeric" name="group_denominator" value=(denominator) aria-label={ "Сколько всего, группа " (n) } id=[(index == 0).then_some("field-group_denominator")]; } }
                    }
                }
            }
        }
    };
    let hint = "По строке на группу. Показатель достигнут, когда цель выполнена в каждой.".to_owned();
    fieldset(&Fieldset { legend: "Значение по группам".into(), hint: Some(hint), body })
}
