//! The part of the form that says what proves the row: its rules, changed, taken off and added.

use super::{NEW_COMPARISON, NEW_MEASURE, NEW_TARGET, RowForm};
use crate::{
    roadmap::{
        indicator::{Comparison, Operator, Rule, Target},
        proof,
    },
    web::{
        Errors,
        ui::{
            definition::{Fact, definition},
            details::{Details, details},
            field::{Choice, Control, Field, field},
            form::{Fieldset, fieldset},
        },
    },
};
use maud::{Markup, html};

impl RowForm {
    /// Returns a form that says nothing but what the rules ask.
    pub(super) fn with_rules(rules: &[Rule]) -> Self {
        let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
        let target = |rule: &Rule| rule.operator.target();
        Self {
            comparison: rules.iter().map(|rule| rule.operator.comparison().key().to_owned()).collect(),
            target: rules.iter().map(|rule| number(target(rule).map(|target| target.usual))).collect(),
            small_target: rules
                .iter()
                .map(|rule| number(target(rule).and_then(|target| target.small_school)))
                .collect(),
            new_comparison: Comparison::Exists.key().to_owned(),
            ..Self::default()
        }
    }

    /// Returns the rules as they were typed.
    pub(super) fn rules(&self, rules: &[Rule], errors: &mut Errors) -> Vec<Rule> {
        let mut changed: Vec<Rule> = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            if self.taken_off.contains(&rule.measure) && proof::may_be_taken_off(rule) {
                continue;
            }
            let operator = self.operator(index, rule).map_err(|bad| format!("{}: {bad}", rule.title));
            changed.extend(errors.value("target", operator).map(|operator| Rule { operator, ..rule.clone() }));
        }
        if !self.new_measure.is_empty() {
            self.add_rule(&mut changed, errors);
        }
        changed
    }

    fn operator(&self, index: usize, rule: &Rule) -> Result<Operator, String> {
        let had = rule.operator.comparison();
        let comparison = match self.comparison.get(index) {
            Some(key) if key != had.key() => comparison(key, &rule.measure)?,
            None if self.target.get(index).is_none() => return Ok(rule.operator),
            Some(_) | None => had,
        };
        compared(comparison, at(&self.target, index), at(&self.small_target, index))
    }

    fn add_rule(&self, changed: &mut Vec<Rule>, errors: &mut Errors) {
        let Some(measure) = proof::measures_offered().find(|measure| measure.key == self.new_measure) else {
            return errors.add("new_measure", "Выберите показатель из списка.");
        };
        if changed.iter().any(|rule| rule.measure == measure.key) {
            return errors.add("new_measure", "Такой показатель у мероприятия уже есть.");
        }
        let chosen = errors.value("new_comparison", comparison(&self.new_comparison, &measure.key));
        let operator =
            chosen.and_then(|chosen| errors.value("new_target", compared(chosen, self.new_target.trim(), "")));
        changed.extend(operator.map(|operator| proof::rule(measure, operator)));
    }
}

fn at(list: &[String], index: usize) -> &str {
    list.get(index).map_or("", |text| text.trim())
}

/// Reads a comparison that a measure can be read by.
fn comparison(key: &str, measure: &str) -> Result<Comparison, String> {
    let Some(chosen) = Comparison::from_key(key) else {
        return Err("выберите из списка, с чем сравнивать.".to_owned());
    };
    let possible = proof::comparisons(measure);
    if possible.contains(&chosen) {
        return Ok(chosen);
    }
    let labels: Vec<String> = possible.iter().map(|comparison| format!("«{}»", comparison.label())).collect();
    Err(format!("для этого показателя подходит {}.", labels.join(", ")))
}

/// Joins a comparison with typed numbers; one that needs none leaves them aside.
fn compared(comparison: Comparison, usual: &str, small: &str) -> Result<Operator, String> {
    let read = |text: &str| text.parse::<u32>().map_err(|_| "укажите цель целым числом.".to_owned());
    let target = if comparison.takes_target() {
        Target { usual: read(usual)?, small_school: if small.is_empty() { None } else { Some(read(small)?) } }
    } else {
        Target::new(1)
    };
    let operator = comparison.with(target);
    operator.check().map(|()| operator).map_err(|bad| bad.to_string())
}

/// Draws the rules and what can be done with them.
pub(super) fn fields(rules: &[Rule], typed: &RowForm, errors: &Errors) -> Markup {
    let wrong = errors.all().iter().filter(|(name, _)| *name == "target");
    let meanings: Vec<Fact> =
        Comparison::ALL.iter().map(|comparison| Fact::new(comparison.label(), comparison.meaning())).collect();
    let body = html! {
        @for (_, sentence) in wrong { p class="field-error" { (sentence) } }
        @for (index, rule) in rules.iter().enumerate() { (line(index, rule, typed)) }
        (taking_off(rules, typed))
        (adding(rules, typed, errors))
        (details(&Details { summary: "Как сравнивают показатель с целью".into(), body: definition(&meanings), open: false }))
    };
    fieldset(&Fieldset {
        legend: "Показатели и цели".into(),
        hint: Some("Мероприятие доказано, когда достигнуты все.".into()),
        body,
    })
}

/// Draws how one rule compares and with what.
fn line(index: usize, rule: &Rule, typed: &RowForm) -> Markup {
    let chosen = match at(&typed.comparison, index) {
        "" => rule.operator.comparison().key(),
        key => key,
    };
    let mut possible = proof::comparisons(&rule.measure).to_vec();
    if !possible.contains(&rule.operator.comparison()) {
        possible.push(rule.operator.comparison());
    }
    let comparison = Field::new("comparison", "Как сравнивать").control(select(&possible)).value(chosen);
    let number = Control::Number { fraction: false };
    let target = Field::new("target", "Цель").control(number.clone()).value(at(&typed.target, index));
    let small = Field::new("small_target", "В малокомплектной школе").value(at(&typed.small_target, index));
    let is_small_known = rule.operator.target().is_some_and(|target| target.small_school.is_some());
    let small = small.control(if is_small_known { number } else { Control::Hidden });
    html! {
        div class="target-line" role="group" aria-label=(rule.title) {
            p { (rule.title) }
            (field(&comparison.at(index)))
            (field(&target.at(index)))
            (field(&small.at(index)))
        }
    }
}

fn select(comparisons: &[Comparison]) -> Control {
    Control::Select(comparisons.iter().map(|comparison| Choice::new(comparison.key(), comparison.label())).collect())
}

fn taking_off(rules: &[Rule], typed: &RowForm) -> Markup {
    let options: Vec<Choice> = rules
        .iter()
        .filter(|rule| proof::may_be_taken_off(rule))
        .map(|rule| Choice::new(rule.measure.clone(), rule.title.clone()))
        .collect();
    let is_offered = !options.is_empty();
    let control = Control::Checkboxes { options, chosen: typed.taken_off.clone() };
    let hint = "Внесённые числа не пропадут. Если убрать все, мероприятие доказывает приложенный документ: галочкой его не закрыть.";
    html! {
        @if is_offered { (field(&Field::new("taken_off", "Убрать показатели").control(control).hint(hint))) }
    }
}

fn adding(rules: &[Rule], typed: &RowForm, errors: &Errors) -> Markup {
    let measures = proof::measures_offered().filter(|measure| rules.iter().all(|rule| rule.measure != measure.key));
    let measures = measures.map(|measure| Choice::new(measure.key.clone(), measure.title.clone()));
    let measures = std::iter::once(Choice::new("", "Не добавлять")).chain(measures).collect();
    let measure = Field::new(NEW_MEASURE.0, NEW_MEASURE.1).control(Control::Select(measures));
    let measure = measure.value(&typed.new_measure).error(errors.of("new_measure"));
    let measure = if rules.is_empty() {
        measure.hint("Если не выбрать, мероприятие доказывает приложенный документ: галочкой его не закрыть.")
    } else {
        measure
    };
    let comparison = Field::new(NEW_COMPARISON.0, NEW_COMPARISON.1).control(select(&Comparison::ALL));
    let comparison = comparison.value(&typed.new_comparison).error(errors.of("new_comparison"));
    let target = Field::new(NEW_TARGET.0, NEW_TARGET.1).control(Control::Number { fraction: false });
    let target = target.value(&typed.new_target).error(errors.of("new_target"));
    html! {
        (field(&measure))
        (field(&comparison))
        (field(&target.hint("Число или проценты; для «есть хотя бы одно» и «все» не нужна.")))
    }
}
