//! Views of one subject beside each other.

use super::icon::{Icon, icon};
use maud::{Markup, html};

/// One view.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub icon: Option<Icon>,
    pub count: Option<String>,
    pub current: bool,
}

/// The views of a subject.
#[derive(Debug, Clone, Default)]
pub struct Tabs {
    pub label: String,
    pub tabs: Vec<Tab>,
}

/// Draws the views as links; the open one is marked for the eye and for a screen reader.
pub fn tabs(tabs: &Tabs) -> Markup {
    html! {
        nav class="tabs" aria-label=(tabs.label) {
            ul {
                @for tab in &tabs.tabs {
                    li {
                        a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                            @if let Some(drawing) = tab.icon { (icon(drawing)) }
                            (tab.label)
                            @if let Some(count) = &tab.count { span class="count" { (count) } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_view_is_the_open_one() {
        let tab = |current| Tab { label: "Список".into(), href: "/".into(), current, ..Tab::default() };
        let drawn = tabs(&Tabs { label: "Вид".into(), tabs: vec![tab(false), tab(true), tab(false)] }).into_string();
        assert_eq!(drawn.matches("aria-current=\"page\"").count(), 1);
    }
}
