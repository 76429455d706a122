//! A form with its list of errors on top and its buttons at the bottom.

use super::{
    action::{Action, action},
    icon::{Icon, icon},
};
use maud::{Markup, html};

/// What is wrong with a form: the name of the field and the sentence.
#[derive(Debug, Clone, Default)]
pub struct ErrorSummary {
    pub errors: Vec<(String, String)>,
}

/// Draws what is wrong, with a link to each field; nothing when all is well.
pub fn error_summary(summary: &ErrorSummary) -> Markup {
    html! {
        @if !summary.errors.is_empty() {
            div class="notice tone-danger" role="alert" id="errors" tabindex="-1" {
                (icon(Icon::Danger))
                div class="notice-body" {
                    p class="notice-title" { "Форма не сохранена. Исправьте:" }
                    ul {
                        @for (name, sentence) in &summary.errors {
                            li { @if name.is_empty() { (sentence) } @else { a href={ "#field-" (name) } { (sentence) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Fields that belong together.
#[derive(Debug, Clone, Default)]
pub struct Fieldset {
    pub legend: String,
    pub hint: Option<String>,
    pub body: Markup,
}

/// Draws fields that belong together.
pub fn fieldset(fieldset: &Fieldset) -> Markup {
    html! {
        fieldset class="fieldset" {
            legend { (fieldset.legend) }
            @if let Some(hint) = &fieldset.hint { p class="field-hint" { (hint) } }
            (fieldset.body)
        }
    }
}

/// A form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub action: String,
    pub submit: String,
    pub cancel_href: Option<String>,
    /// Whether it sends files.
    pub multipart: bool,
    pub danger: bool,
    /// It is answered with a file: the page stays and may send it again.
    pub gives_file: bool,
    pub errors: ErrorSummary,
    /// More buttons between saving and leaving.
    pub more: Vec<Action>,
    pub body: Markup,
}

/// Draws a form; leaving it with changes is asked about where scripts run.
pub fn form(form: &Form) -> Markup {
    let submit = Action::submit(form.submit.clone());
    let submit = if form.danger { submit.danger() } else { submit };
    let submit = if form.gives_file { submit.gives_file() } else { submit };
    html! {
        form class="form" method="post" action=(form.action) enctype=[form.multipart.then_some("multipart/form-data")]
            novalidate data-guard {
            (error_summary(&form.errors))
            (form.body)
            div class="form-foot" {
                (action(&submit))
                @for one in &form.more { (action(one)) }
                @if let Some(href) = &form.cancel_href { (action(&Action::link("Отмена", href.clone()).quiet())) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_leads_to_its_field() {
        let errors = vec![("term".to_owned(), "Срок не понят".to_owned()), (String::new(), "Год закрыт".to_owned())];
        let drawn = error_summary(&ErrorSummary { errors }).into_string();
        assert!(drawn.contains("<a href=\"#field-term\">Срок не понят</a>"), "{drawn}");
        assert!(drawn.contains("<li>Год закрыт</li>"), "{drawn}");
    }

    #[test]
    fn files_are_sent_as_files() {
        let drawn = |multipart| form(&Form { multipart, ..Form::default() }).into_string();
        assert!(drawn(true).contains("enctype=\"multipart/form-data\""));
        assert!(!drawn(false).contains("enctype"));
    }
}
