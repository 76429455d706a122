//! An insight: a number, a sentence that says what it means, and the button that does something about it.

use super::{
    action::{Action, actions},
    badge::Tone,
    icon::icon,
};
use maud::{Markup, html};

/// What is going on, how bad it is and what to do next.
#[derive(Debug, Clone, Default)]
pub struct Insight {
    pub tone: Tone,
    /// The number as it is read: «14», «53 %».
    pub number: String,
    /// The list behind the number.
    pub href: Option<String>,
    pub sentence: String,
    pub detail: Option<String>,
    pub actions: Vec<Action>,
}

/// Draws an insight.
pub fn insight(insight: &Insight) -> Markup {
    html! {
        div class={ "insight " (insight.tone.class()) } {
            div class="insight-number" {
                (icon(insight.tone.icon()))
                @match &insight.href {
                    Some(href) => a href=(href) aria-label={ (insight.number) ": " (insight.sentence) } { (insight.number) },
                    None => span { (insight.number) },
                }
            }
            div class="insight-words" {
                p class="insight-sentence" { (insight.sentence) }
                @if let Some(detail) = &insight.detail { p class="insight-detail" { (detail) } }
            }
            (actions(&insight.actions))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_leads_to_the_list_behind_it_and_says_where() {
        let drawn = insight(&Insight {
            number: "14".into(),
            href: Some("/people?missing=1".into()),
            sentence: "До 55 % не хватает 14 участников".into(),
            ..Insight::default()
        })
        .into_string();
        assert!(drawn.contains(r#"href="/people?missing=1" aria-label="14: До 55"#), "{drawn}");
    }
}
