//! Fields of a form: label, hint, control and error from one place, tied together for screen readers.

use maud::{Markup, html};

/// One of the values to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    /// Returns a value with its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// Adds an explanation, which radio buttons and checkboxes show.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// How a value is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Control {
    #[default]
    Text,
    Password,
    Email,
    /// A number; whole unless `fraction`.
    Number {
        fraction: bool,
    },
    /// A date, as `2026-11-22`.
    Date,
    Textarea {
        rows: u32,
    },
    Select(Vec<Choice>),
    Radios(Vec<Choice>),
    /// Yes or no; sends `on` or nothing. The value is «on» when ticked.
    Checkbox,
    /// Any of several; the ticked ones stand here.
    Checkboxes {
        options: Vec<Choice>,
        chosen: Vec<String>,
    },
    /// A file of these kinds: «.docx,.xlsx».
    File {
        accept: &'static str,
    },
    /// Several files of these kinds at once.
    Files {
        accept: &'static str,
    },
    Hidden,
}

/// A field of a form.
#[derive(Debug, Clone, Default)]
pub struct Field {
    pub name: &'static str,
    /// Which of several fields of one name it is; the first one is where a list of errors leads.
    pub place: usize,
    pub label: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    pub required: bool,
    pub control: Control,
    pub value: String,
    /// The purpose of the field for password keepers and autofill (HTML, section 4.10.18.7).
    pub autocomplete: Option<&'static str>,
}

impl Field {
    /// Returns a line of text.
    pub fn new(name: &'static str, label: impl Into<String>) -> Self {
        Self { name, label: label.into(), ..Self::default() }
    }

    /// Sets which of several fields of one name it is, so that each has an id of its own.
    #[must_use]
    pub fn at(mut self, place: usize) -> Self {
        self.place = place;
        self
    }

    #[must_use]
    pub fn control(mut self, control: Control) -> Self {
        self.control = control;
        self
    }

    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the error; `None` leaves the field without one.
    #[must_use]
    pub fn error(mut self, error: Option<impl Into<String>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    #[must_use]
    pub fn autocomplete(mut self, purpose: &'static str) -> Self {
        self.autocomplete = Some(purpose);
        self
    }

    fn id(&self) -> String {
        match self.place {
            0 => format!("field-{}", self.name),
            place => format!("field-{}-{place}", self.name),
        }
    }

    /// Returns the ids of the hint and the error, which a screen reader reads after the label.
    fn described_by(&self) -> Option<String> {
        let hint = self.hint.is_some().then(|| format!("{}-hint", self.id()));
        let error = self.error.is_some().then(|| format!("{}-error", self.id()));
        let ids: Vec<_> = [hint, error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn is_group(&self) -> bool {
        matches!(self.control, Control::Radios(_) | Control::Checkboxes { .. })
    }
}

/// Draws a field.
pub fn field(field: &Field) -> Markup {
    let class = if field.error.is_some() { "field field-invalid" } else { "field" };
    match &field.control {
        Control::Hidden => html! { input type="hidden" name=(field.name) value=(field.value); },
        Control::Checkbox => html! {
            div class=(class) {
                label class="form-check" {
                    input class="form-check-input" type="checkbox" id=(field.id()) name=(field.name) value="on"
                        checked[field.value == "on"] required[field.required]
                        aria-invalid=[field.invalid()] aria-describedby=[field.described_by()];
                    span class="form-check-label" { (field.label) }
                }
                (hint(field)) (error(field))
            }
        },
        _ if field.is_group() => html! {
            fieldset class=(class) id=(field.id()) tabindex="-1" aria-describedby=[field.described_by()] {
                legend class="form-label" { (label_words(field)) }
                (hint(field)) (choices(field)) (error(field))
            }
        },
        _ => html! {
            div class=(class) {
                label class="form-label" for=(field.id()) { (label_words(field)) }
                (hint(field)) (control(field)) (error(field))
            }
        },
    }
}

/// Draws fields one under another.
pub fn stacked(fields: &[Field]) -> Markup {
    html! { @for one in fields { (field(one)) } }
}

fn label_words(field: &Field) -> Markup {
    html! {
        (field.label)
        @if field.required { span class="required" { " (обязательно)" } }
    }
}

fn hint(field: &Field) -> Markup {
    html! { @if let Some(hint) = &field.hint { p class="field-hint" id={ (field.id()) "-hint" } { (hint) } } }
}

fn error(field: &Field) -> Markup {
    html! {
        @if let Some(error) = &field.error {
            p class="field-error" id={ (field.id()) "-error" } { span class="visually-hidden" { "Ошибка: " } (error) }
        }
    }
}

fn control(field: &Field) -> Markup {
    let (id, described, invalid) = (field.id(), field.described_by(), field.invalid());
    match &field.control {
        Control::Textarea { rows } => html! {
            textarea class="form-control" id=(id) name=(field.name) rows=(rows) required[field.required]
                aria-invalid=[invalid] aria-describedby=[described] { (field.value) }
        },
        Control::Select(options) => html! {
            select class="form-select" id=(id) name=(field.name) required[field.required]
                aria-invalid=[invalid] aria-describedby=[described] {
                @for one in options { option value=(one.value) selected[one.value == field.value] { (one.label) } }
            }
        },
        Control::File { accept } => html! {
            input class="form-control file-input" type="file" id=(id) name=(field.name) accept=(accept)
                required[field.required] aria-invalid=[invalid] aria-describedby=[described];
        },
        Control::Files { accept } => html! {
            input class="form-control file-input" type="file" id=(id) name=(field.name) accept=(accept) multiple
                required[field.required] aria-invalid=[invalid] aria-describedby=[described];
        },
        _ => input(field, &id, described.as_deref()),
    }
}

fn input(field: &Field, id: &str, described: Option<&str>) -> Markup {
    let (kind, mode, class) = match &field.control {
        Control::Password => ("password", None, "form-control field-medium"),
        Control::Email => ("email", None, "form-control field-medium"),
        // Not type="number": it drops what it does not understand without a word, and the wheel changes it unseen.
        Control::Number { fraction: true } => ("text", Some("decimal"), "form-control field-short"),
        Control::Number { fraction: false } => ("text", Some("numeric"), "form-control field-short"),
        Control::Date => ("date", None, "form-control field-short"),
        _ => ("text", None, "form-control"),
    };
    // A password is never written back into the page.
    let value = (field.control != Control::Password).then_some(&field.value);
    html! {
        input class=(class) type=(kind) inputmode=[mode] id=(id) name=(field.name) value=[value] required[field.required]
            autocomplete=[field.autocomplete] aria-invalid=[field.invalid()] aria-describedby=[described];
    }
}

fn choices(field: &Field) -> Markup {
    let (kind, options, chosen) = match &field.control {
        Control::Radios(options) => ("radio", options.as_slice(), std::slice::from_ref(&field.value)),
        Control::Checkboxes { options, chosen } => ("checkbox", options.as_slice(), chosen.as_slice()),
        _ => return html! {},
    };
    html! {
        @for one in options {
            label class="form-check" {
                input class="form-check-input" type=(kind) name=(field.name) value=(one.value)
                    checked[chosen.contains(&one.value)] required[field.required && kind == "radio"];
                span class="form-check-label" {
                    (one.label)
                    @if let Some(hint) = &one.hint { span class="choice-hint" { (hint) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hint_and_error_are_read_with_the_control() {
        let drawn =
            field(&Field::new("term", "Срок").hint("Например, октябрь").error(Some("Срок не понят"))).into_string();
        assert!(drawn.contains("for=\"field-term\"") && drawn.contains("id=\"field-term\""), "{drawn}");
        assert!(drawn.contains("aria-describedby=\"field-term-hint field-term-error\""), "{drawn}");
        assert!(drawn.contains("id=\"field-term-hint\"") && drawn.contains("id=\"field-term-error\""), "{drawn}");
        assert!(drawn.contains("aria-invalid=\"true\""), "{drawn}");
    }

    #[test]
    fn fields_of_one_name_have_ids_of_their_own_and_an_error_leads_to_the_first() {
        let drawn = |place| field(&Field::new("target", "Цель").at(place)).into_string();
        assert!(drawn(0).contains("for=\"field-target\"") && drawn(0).contains("id=\"field-target\""), "{}", drawn(0));
        assert!(drawn(2).contains("for=\"field-target-2\"") && drawn(2).contains("name=\"target\""), "{}", drawn(2));
    }

    #[test]
    fn a_field_without_hint_or_error_describes_itself_by_nothing() {
        let drawn = field(&Field::new("term", "Срок")).into_string();
        assert!(!drawn.contains("aria-describedby") && !drawn.contains("aria-invalid"), "{drawn}");
    }

    #[test]
    fn a_password_is_never_written_back() {
        let drawn = field(&Field::new("password", "Пароль").control(Control::Password).value("тайна")).into_string();
        assert!(!drawn.contains("тайна"), "{drawn}");
    }

    #[test]
    fn what_was_typed_comes_back_escaped() {
        let drawn = field(&Field::new("name", "Название").value("\"><script>")).into_string();
        assert!(drawn.contains("value=\"&quot;&gt;&lt;script&gt;\""), "{drawn}");
        let drawn = field(&Field::new("note", "Заметка").control(Control::Textarea { rows: 3 }).value("</textarea>"));
        assert!(drawn.into_string().contains("&lt;/textarea&gt;"));
    }

    #[test]
    fn choices_are_a_named_group() {
        let roles = vec![Choice::new("head", "директор"), Choice::new("coordinator", "куратор")];
        let chosen = vec!["coordinator".to_owned()];
        let drawn =
            field(&Field::new("roles", "Роли").control(Control::Checkboxes { options: roles, chosen })).into_string();
        assert!(drawn.contains("<fieldset") && drawn.contains("<legend"), "{drawn}");
        assert!(
            drawn.contains("value=\"coordinator\" checked") && !drawn.contains("value=\"head\" checked"),
            "{drawn}"
        );
    }
}
