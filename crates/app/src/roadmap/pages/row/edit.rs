//! Changing what a row says.

use super::{RowPage, crumbs};
use crate::{
    access::{User, UserId, Visitor},
    error::{Answer, Failure},
    roadmap::{
        actions::{self, EditedRow},
        board::BoardRow,
        indicator::{Operator, Rule, Target},
        measures,
        model::{Responsible, RowId},
        paths,
        queries::NewResponsible,
        template::{Measure, Post, Template},
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field, field},
            form::{Fieldset, Form as DrawnForm, fieldset, form},
            layout::{FlashKind, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// What the form sends. A responsible is «post:methodist», «user:<id>» or the words themselves.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RowForm {
    version: i64,
    number: String,
    title: String,
    term: String,
    expected_result: String,
    document_kind: String,
    indicator_text: String,
    responsible: Vec<String>,
    other_responsible: String,
    /// The target of each rule, in the order of the rules.
    target: Vec<String>,
    small_target: Vec<String>,
    /// The measure of a rule to be added, and its target.
    new_measure: String,
    new_target: String,
}

/// Draws the form with what is stored.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<RowId>, view: View, visitor: Visitor) -> Answer<Response> {
    answer(&app, &view, &visitor, id, StatusCode::OK, None).await
}

/// Saves the row, or draws the form again with what is wrong.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<RowId>,
    view: View,
    visitor: Visitor,
    Form(typed): Form<RowForm>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, &visitor, id).await?;
    drop(tx);
    match typed.check(&loaded.row()?.row.rules.0, &loaded.users) {
        Ok(edited) => {
            actions::edit(&app, &visitor, id, &edited).await?;
            Ok(see_other_saying(&paths::row_path(id), FlashKind::Success, "Мероприятие сохранено."))
        }
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(&app, &view, &visitor, id, status, Some((&typed, &errors))).await
        }
    }
}

impl RowForm {
    fn of(row: &BoardRow) -> Self {
        let r = &row.row;
        let known = |one: &&Responsible| one.post.is_some() || one.is_personal;
        let others = row.responsibles.iter().filter(|one| !known(one)).map(|one| one.label.clone());
        let targets = r.rules.0.iter().map(|rule| target_of(rule.operator));
        Self {
            version: r.version,
            number: r.number.clone(),
            title: r.title.clone(),
            term: r.term_text.clone(),
            expected_result: r.expected_result.clone(),
            document_kind: r.document_kind.clone(),
            indicator_text: r.indicator_text.clone(),
            responsible: row.responsibles.iter().filter(known).map(choice_of).collect(),
            other_responsible: others.collect::<Vec<_>>().join(", "),
            target: targets.clone().map(|target| target.map_or(String::new(), |t| t.usual.to_string())).collect(),
            small_target: targets
                .map(|target| target.and_then(|t| t.small_school).map_or(String::new(), |t| t.to_string()))
                .collect(),
            new_measure: String::new(),
            new_target: String::new(),
        }
    }

    fn check(&self, rules: &[Rule], users: &[User]) -> Result<EditedRow, Errors> {
        let mut errors = Errors::none();
        let edited = EditedRow {
            version: self.version,
            number: errors.optional_text("number", &self.number, 20),
            title: errors.text("title", &self.title, 2000),
            term_text: errors.text("term", &self.term, 300),
            expected_result: errors.optional_text("expected_result", &self.expected_result, 2000),
            document_kind: errors.optional_text("document_kind", &self.document_kind, 200),
            indicator_text: errors.optional_text("indicator_text", &self.indicator_text, 1000),
            rules: self.rules(rules, &mut errors),
            responsibles: self.responsibles(users, &mut errors),
        };
        if errors.is_empty() { Ok(edited) } else { Err(errors) }
    }

    fn rules(&self, rules: &[Rule], errors: &mut Errors) -> Vec<Rule> {
        let mut changed = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let text = |list: &[String]| list.get(index).map(|text| text.trim().to_owned()).unwrap_or_default();
            let operator = with_target(rule.operator, &text(&self.target), &text(&self.small_target));
            let operator =
                operator.and_then(|operator| operator.check().map(|()| operator).map_err(|bad| bad.to_string()));
            let operator = errors.value("target", operator.map_err(|bad| format!("{}: {bad}", rule.title)));
            changed.extend(operator.map(|operator| Rule { operator, ..rule.clone() }));
        }
        if let Some(measure) = known_measures().into_iter().find(|measure| measure.key == self.new_measure) {
            if changed.iter().any(|rule| rule.measure == measure.key) {
                errors.add("new_measure", "Такой показатель у мероприятия уже есть.");
            } else {
                let rule = new_rule(&measure, self.new_target.trim());
                changed.extend(errors.value("new_target", rule));
            }
        }
        changed
    }

    fn responsibles(&self, users: &[User], errors: &mut Errors) -> Vec<NewResponsible> {
        let mut list: Vec<NewResponsible> = Vec::new();
        for chosen in &self.responsible {
            let user = chosen.strip_prefix("user:").and_then(|id| id.parse::<UserId>().ok());
            let user = user.and_then(|id| users.iter().find(|user| user.id == id));
            let post = chosen.strip_prefix("post:").and_then(Post::from_key);
            match (user, post) {
                (Some(user), _) => {
                    list.push(NewResponsible { label: user.full_name.clone(), post: None, user: Some(user.id) });
                }
                (_, Some(post)) => list.push(NewResponsible {
                    label: post.label().to_owned(),
                    post: Some(post.key().to_owned()),
                    user: None,
                }),
                _ => errors.add("responsible", "Выберите ответственных из списка."),
            }
        }
        let others = self.other_responsible.split([',', ';']).map(words::one_line).filter(|name| !name.is_empty());
        list.extend(others.map(|label| NewResponsible { label, post: None, user: None }));
        if list.is_empty() {
            errors.add("responsible", "Назовите хотя бы одного ответственного.");
        }
        list
    }
}

fn choice_of(one: &Responsible) -> String {
    match (&one.post, one.user_id.filter(|_| one.is_personal)) {
        (_, Some(user)) => format!("user:{user}"),
        (Some(post), None) => format!("post:{post}"),
        (None, None) => one.label.clone(),
    }
}

fn target_of(operator: Operator) -> Option<Target> {
    match operator {
        Operator::AtLeast { target } | Operator::EachGroupAtLeast { target } => Some(target),
        Operator::ShareAtLeast { percent } | Operator::EachGroupShareAtLeast { percent } => Some(percent),
        Operator::All | Operator::Exists => None,
    }
}

/// Puts a typed target in place of the one an operator has.
fn with_target(operator: Operator, usual: &str, small: &str) -> Result<Operator, String> {
    if target_of(operator).is_none() {
        return Ok(operator);
    }
    let read = |text: &str| text.parse::<u32>().map_err(|_| "укажите целое число".to_owned());
    let small_school = if small.is_empty() { None } else { Some(read(small)?) };
    let target = Target { usual: read(usual)?, small_school };
    Ok(match operator {
        Operator::AtLeast { .. } => Operator::AtLeast { target },
        Operator::EachGroupAtLeast { .. } => Operator::EachGroupAtLeast { target },
        Operator::ShareAtLeast { .. } => Operator::ShareAtLeast { percent: target },
        Operator::EachGroupShareAtLeast { .. } => Operator::EachGroupShareAtLeast { percent: target },
        Operator::All | Operator::Exists => operator,
    })
}

fn new_rule(measure: &Measure, target: &str) -> Result<Rule, String> {
    let operator = if target.is_empty() {
        Operator::Exists
    } else {
        let target = target.parse::<u32>().map_err(|_| "Укажите целое число или оставьте поле пустым.".to_owned())?;
        Operator::AtLeast { target: Target::new(target) }
    };
    operator.check().map_err(|bad| bad.to_string())?;
    Ok(Rule { measure: measure.key.clone(), title: measure.title.clone(), unit: measure.unit.clone(), operator })
}

/// Returns the measures a row can be given: those of the template but the totals.
fn known_measures() -> Vec<Measure> {
    let all = Template::built_in().map(|template| template.measures.clone()).unwrap_or_default();
    all.into_iter().filter(|measure| !measures::is_total(&measure.key)).collect()
}

async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    id: RowId,
    status: StatusCode,
    refused: Option<(&RowForm, &Errors)>,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    if loaded.board.programme.state == crate::roadmap::model::ProgrammeState::Sealed {
        return Err(Failure::Refused("Учебный год завершён: его записи больше не меняются.".into()));
    }
    let (stored, none) = (RowForm::of(row), Errors::none());
    let (typed, errors) = refused.unwrap_or((&stored, &none));
    Ok(view.page_with(
        status,
        Page {
            title: "Изменить мероприятие".into(),
            lead: Some(row.row.caption()),
            crumbs: crumbs(row, &loaded.board),
            body: drawn(row, &loaded.users, typed, errors),
            width: Width::Narrow,
            ..Page::default()
        },
    ))
}

fn drawn(row: &BoardRow, users: &[User], typed: &RowForm, errors: &Errors) -> Markup {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let area =
        |name: &'static str, label: &str, value: &str| text(name, label, value).control(Control::Textarea { rows: 3 });
    let body = html! {
        input type="hidden" name="version" value=(typed.version);
        (field(&text("number", "Номер", &typed.number)))
        (field(&area("title", "Мероприятие", &typed.title).required()))
        (field(&text("term", "Срок", &typed.term).required()
            .hint("Как в дорожной карте: «октябрь 2026», «октябрь–ноябрь», «до 27.08.2027», «в течение года».")))
        (field(&area("expected_result", "Ожидаемый результат", &typed.expected_result)))
        (field(&text("document_kind", "Вид документа", &typed.document_kind).hint("Например, «Приказ», «Протокол», «Реестр».")))
        (responsibles(users, typed, errors))
        (targets(row, typed, errors))
        (field(&area("indicator_text", "Показатель словами дорожной карты", &typed.indicator_text)))
    };
    form(&DrawnForm {
        action: row.row.part_path("edit"),
        submit: "Сохранить".into(),
        cancel_href: Some(row.row.show_path()),
        errors: errors.into(),
        body,
        ..DrawnForm::default()
    })
}

fn responsibles(users: &[User], typed: &RowForm, errors: &Errors) -> Markup {
    let posts = Post::ALL.map(|post| Choice::new(format!("post:{}", post.key()), words::capitalised(post.label())));
    let people = users
        .iter()
        .filter(|user| user.is_active)
        .map(|user| Choice::new(format!("user:{}", user.id), user.full_name.clone()).hint(user.post.clone()));
    let options = posts.into_iter().chain(people).collect();
    let control = Control::Checkboxes { options, chosen: typed.responsible.clone() };
    html! {
        (field(&Field::new("responsible", "Ответственные").control(control).error(errors.of("responsible"))))
        (field(&Field::new("other_responsible", "Другие ответственные").value(&typed.other_responsible)
            .hint("Кого нет в списке, через запятую.")))
    }
}

fn targets(row: &BoardRow, typed: &RowForm, errors: &Errors) -> Markup {
    let at = |list: &[String], index: usize| list.get(index).cloned().unwrap_or_default();
    let measures = known_measures().into_iter().map(|measure| Choice::new(measure.key, measure.title));
    let measures = std::iter::once(Choice::new("", "Не добавлять")).chain(measures).collect();
    let body = html! {
        @if let Some(sentence) = errors.of("target") { p class="field-error" { (sentence) } }
        @for (index, rule) in row.row.rules.0.iter().enumerate() {
            @let target = target_of(rule.operator);
            div class="target-line" {
                p { (rule.title) }
                @match target {
                    Some(target) => {
                        label { "Цель " input class="form-control field-short" inputmode="numeric" name="target" value=(at(&typed.target, index)) id=[(index == 0).then_some("field-target")]; }
                        @if target.small_school.is_some() {
                            label { "в малокомплектной школе " input class="form-control field-short" inputmode="numeric" name="small_target" value=(at(&typed.small_target, index)); }
                        } @else { input type="hidden" name="small_target" value=""; }
                    },
                    None => {
                        p class="muted" { (rule.target_text(crate::roadmap::indicator::SchoolTraits::default())) }
                        input type="hidden" name="target" value="";
                        input type="hidden" name="small_target" value="";
                    },
                }
            }
        }
        (field(&Field::new("new_measure", "Добавить показатель").control(Control::Select(measures)).value(&typed.new_measure).error(errors.of("new_measure"))))
        (field(&Field::new("new_target", "Цель нового показателя").control(Control::Number { fraction: false }).value(&typed.new_target)
            .error(errors.of("new_target")).hint("Сколько нужно; пусто — достаточно одного.")))
    };
    fieldset(&Fieldset {
        legend: "Показатели и цели".into(),
        hint: Some("Мероприятие доказано, когда достигнуты все.".into()),
        body,
    })
}
