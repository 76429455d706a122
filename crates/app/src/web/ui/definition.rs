//! Facts about one thing: a name and a value per line.

use maud::{Markup, html};

/// One fact.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    pub name: String,
    pub value: Markup,
}

impl Fact {
    /// Returns a fact in plain words.
    pub fn new(name: impl Into<String>, value: impl AsRef<str>) -> Self {
        Self { name: name.into(), value: html! { (value.as_ref()) } }
    }

    /// Returns a fact that is drawn: a badge, a link.
    pub fn drawn(name: impl Into<String>, value: Markup) -> Self {
        Self { name: name.into(), value }
    }
}

/// Draws facts; one without a value shows a dash, so that nobody wonders whether it was lost.
pub fn definition(facts: &[Fact]) -> Markup {
    html! {
        dl class="facts" {
            @for fact in facts {
                div class="fact" {
                    dt { (fact.name) }
                    dd { @if fact.value.0.is_empty() { "—" } @else { (fact.value) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_without_a_value_shows_a_dash() {
        assert!(definition(&[Fact::new("Приказ", "")]).into_string().contains("<dd>—</dd>"));
    }
}
