//! The fields of a paper as a form, drawn the same for a new paper and for an open one.

use crate::{
    paperwork::editor::{Holds, Item, Part, removal},
    web::ui::{
        action::Action,
        form::{self, Fieldset, fieldset, form},
    },
};
use maud::{Markup, html};

/// What is wrong with a field: its place on the form and the sentence.
pub type Wrong = Option<(String, String)>;

/// A form of fields.
pub struct Editing {
    pub action: String,
    pub submit: String,
    pub cancel_href: String,
    /// Hidden fields: the key of the form, or the version that was seen.
    pub hidden: Vec<(&'static str, String)>,
    pub parts: Vec<Part>,
    pub wrong: Wrong,
}

/// Draws the form.
pub fn editing(editing: &Editing) -> Markup {
    let place = editing.wrong.as_ref().map_or("", |(place, _)| place);
    let errors = form::ErrorSummary {
        errors: editing.wrong.iter().map(|(_, sentence)| (String::new(), sentence.clone())).collect(),
    };
    let body = html! {
        @for (name, value) in &editing.hidden { input type="hidden" name=(name) value=(value); }
        @for part in &editing.parts { (drawn(part, place)) }
    };
    form(&form::Form {
        action: editing.action.clone(),
        submit: editing.submit.clone(),
        cancel_href: Some(editing.cancel_href.clone()),
        errors,
        more: vec![Action::submit_as("Добавить строки", "more", "on")],
        body,
        ..form::Form::default()
    })
}

fn drawn(part: &Part, wrong: &str) -> Markup {
    match part {
        Part::Field { place, label, holds, value } => field(place, label, *holds, value, place == wrong),
        Part::Group { label, parts } => fieldset(&Fieldset {
            legend: label.clone(),
            body: html! { @for part in parts { (drawn(part, wrong)) } },
            ..Fieldset::default()
        }),
        Part::List { label, items, .. } => {
            html! { @for (number, item) in (1..).zip(items) { (one(label, number, item, wrong)) } }
        }
    }
}

fn one(label: &str, number: usize, item: &Item, wrong: &str) -> Markup {
    let legend = if item.is_blank { format!("{label}: добавить") } else { format!("{label} {number}") };
    let body = html! {
        @for part in &item.parts { (drawn(part, wrong)) }
        @if !item.is_blank {
            label class="form-check" {
                input class="form-check-input" type="checkbox" name=(removal(&item.place)) value="on";
                span class="form-check-label" { "Убрать" }
            }
        }
    };
    // A list of plain words needs no frame of its own around every word.
    fieldset(&Fieldset { legend, body, ..Fieldset::default() })
}

fn field(place: &str, label: &str, holds: Holds, value: &str, is_wrong: bool) -> Markup {
    let id = format!("field{}", place.replace('/', "-"));
    let invalid = is_wrong.then_some("true");
    let class = if is_wrong { "field field-invalid" } else { "field" };
    html! {
        div class=(class) {
            @match holds {
                Holds::Flag => {
                    label class="form-check" {
                        input class="form-check-input" type="checkbox" id=(id) name=(place) value="on" checked[value == "on"];
                        span class="form-check-label" { (label) }
                    }
                },
                Holds::LongText => {
                    label class="form-label" for=(id) { (label) }
                    textarea class="form-control" id=(id) name=(place) rows="3" aria-invalid=[invalid] { (value) }
                },
                Holds::Text | Holds::Date | Holds::Number => {
                    label class="form-label" for=(id) { (label) }
                    input class="form-control" id=(id) name=(place) value=(value) aria-invalid=[invalid]
                        type=(if holds == Holds::Date { "date" } else { "text" })
                        inputmode=[(holds == Holds::Number).then_some("numeric")];
                },
            }
        }
    }
}
