//! What stands where a list has nothing to show: why, and what to do.

use super::{
    action::{Action, actions},
    icon::{Icon, icon},
};
use maud::{Markup, html};

/// Why there is nothing and what to do about it.
#[derive(Debug, Clone)]
pub struct Empty {
    pub icon: Icon,
    pub title: String,
    pub text: String,
    pub actions: Vec<Action>,
}

impl Empty {
    /// Returns an empty state with a sentence of advice.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { icon: Icon::Inbox, title: title.into(), text: text.into(), actions: vec![] }
    }

    /// Adds the button that fixes it.
    #[must_use]
    pub fn action(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }
}

impl Default for Empty {
    fn default() -> Self {
        Self::new("Пока ничего нет", "Записи появятся здесь, как только их внесут.")
    }
}

/// Draws an empty state.
pub fn empty(empty: &Empty) -> Markup {
    html! {
        div class="empty-state" {
            div class="empty-drawing" { (icon(empty.icon)) }
            p class="empty-heading" { (empty.title) }
            p class="empty-text" { (empty.text) }
            (actions(&empty.actions))
        }
    }
}
