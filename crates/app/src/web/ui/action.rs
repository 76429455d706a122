//! Buttons and links that do something, and rows of them.

use super::icon::{Icon, icon};
use maud::{Markup, html};

/// How loudly an action asks to be taken; a page has one primary action at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Emphasis {
    Primary,
    #[default]
    Secondary,
    Danger,
    Quiet,
}

impl Emphasis {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Secondary => "btn btn-outline",
            Self::Danger => "btn btn-danger",
            Self::Quiet => "btn btn-quiet",
        }
    }
}

/// What an action does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Opens a page; changes nothing.
    Link(String),
    /// Saves a file.
    Download(String),
    /// Sends a form of its own: a change that needs no more than hidden fields.
    Post { to: String, fields: Vec<(String, String)> },
    /// Sends the form in which the button stands; a name and a value tell which of its buttons it was.
    Submit(Option<(String, String)>),
    /// Sends the form in which the button stands to another address than the form's own.
    SubmitTo(String),
}

/// A button or a link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub label: String,
    pub icon: Option<Icon>,
    pub emphasis: Emphasis,
    pub target: Target,
    /// A form is answered with a file: the page stays and may send it again.
    pub gives_file: bool,
}

impl Action {
    fn new(label: impl Into<String>, target: Target) -> Self {
        Self { label: label.into(), icon: None, emphasis: Emphasis::default(), target, gives_file: false }
    }

    /// Returns a link to a page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label, Target::Link(href.into()))
    }

    /// Returns a link that saves a file.
    pub fn download(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label, Target::Download(href.into())).icon(Icon::Download)
    }

    /// Returns a button with a form of its own.
    pub fn post(label: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(label, Target::Post { to: to.into(), fields: vec![] })
    }

    /// Returns the button of the form around it.
    pub fn submit(label: impl Into<String>) -> Self {
        Self::new(label, Target::Submit(None)).primary()
    }

    /// Returns one of several buttons of the form around it.
    pub fn submit_as(label: impl Into<String>, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(label, Target::Submit(Some((name.into(), value.into()))))
    }

    /// Returns a button that sends the form around it to another address.
    pub fn submit_to(label: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(label, Target::SubmitTo(to.into()))
    }

    /// Adds a hidden field to a posted action; other actions have no place for one and stay as they are.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Target::Post { fields, .. } = &mut self.target {
            fields.push((name.into(), value.into()));
        }
        self
    }

    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Says that the form is answered with a file.
    #[must_use]
    pub fn gives_file(mut self) -> Self {
        self.gives_file = true;
        self
    }

    #[must_use]
    pub fn primary(mut self) -> Self {
        self.emphasis = Emphasis::Primary;
        self
    }

    #[must_use]
    pub fn danger(mut self) -> Self {
        self.emphasis = Emphasis::Danger;
        self
    }

    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.emphasis = Emphasis::Quiet;
        self
    }
}

/// Draws a button or a link.
pub fn action(action: &Action) -> Markup {
    let (class, file) = (action.emphasis.class(), action.gives_file);
    let words = html! {
        @if let Some(drawing) = action.icon { (icon(drawing)) }
        span { (action.label) }
    };
    match &action.target {
        Target::Link(href) => html! { a class=(class) href=(href) { (words) } },
        Target::Download(href) => html! { a class=(class) href=(href) download { (words) } },
        Target::Submit(None) => html! { button class=(class) type="submit" data-file[file] { (words) } },
        Target::Submit(Some((name, value))) => html! {
            button class=(class) type="submit" name=(name) value=(value) data-file[file] { (words) }
        },
        // What the form itself demands may come later: the server says what this address needs.
        Target::SubmitTo(to) => html! {
            button class=(class) type="submit" formaction=(to) formnovalidate data-file[file] { (words) }
        },
        Target::Post { to, fields } => html! {
            form class="action-form" method="post" action=(to) {
                @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                button class=(class) type="submit" data-file[file] { (words) }
            }
        },
    }
}

/// Draws a row of actions that wraps on a phone; nothing when there are none.
pub fn actions(actions: &[Action]) -> Markup {
    html! {
        @if !actions.is_empty() {
            div class="actions" { @for one in actions { (action(one)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_posted_form_and_never_a_link() {
        let drawn = action(&Action::post("Подтвердить", "/roadmap/1/confirmation").field("version", "3")).into_string();
        assert!(drawn.contains(r#"method="post" action="/roadmap/1/confirmation""#), "{drawn}");
        assert!(drawn.contains(r#"name="version" value="3""#), "{drawn}");
        assert!(!drawn.contains("<a "), "{drawn}");
    }

    #[test]
    fn a_button_with_an_address_of_its_own_waits_for_nothing_the_form_demands() {
        let drawn = action(&Action::submit_to("Скачать акт", "/act.docx")).into_string();
        assert!(drawn.contains(r#"type="submit" formaction="/act.docx" formnovalidate>"#), "{drawn}");
    }

    #[test]
    fn a_button_that_is_answered_with_a_file_says_so_to_the_page() {
        for act in [Action::post("Напечатать", "/x"), Action::submit("Выгрузить"), Action::submit_to("Скачать", "/x")]
        {
            assert!(!action(&act).into_string().contains("data-file"));
            assert!(action(&act.gives_file()).into_string().contains(" data-file>"));
        }
    }

    #[test]
    fn words_and_addresses_are_escaped() {
        let drawn = action(&Action::link("<b>", "/x\"y")).into_string();
        assert!(drawn.contains("&lt;b&gt;") && drawn.contains("/x&quot;y"), "{drawn}");
    }

    #[test]
    fn a_row_without_actions_leaves_no_empty_box() {
        assert_eq!(actions(&[]).into_string(), "");
    }
}
