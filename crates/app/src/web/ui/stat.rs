//! A big number that is never without its meaning: of how many, as of when, and how much is wanted.

use super::badge::Tone;
use crate::words;
use maud::{Markup, html};

/// A number with everything that makes it true.
#[derive(Debug, Clone, Default)]
pub struct Stat {
    pub label: String,
    /// The number as it is read, unit included; `None` when its denominator is zero.
    pub value: Option<String>,
    /// The numerator and the denominator, each with its noun: «341 участник», «620 обучающихся».
    pub fraction: Option<(String, String)>,
    /// What is wanted: «не менее 55 %».
    pub target: Option<String>,
    /// The date of the number: «22.11.2026».
    pub as_of: String,
    /// The list behind the number.
    pub href: Option<String>,
    pub tone: Tone,
    /// A drawing of its history or of the way to its target.
    pub chart: Option<Markup>,
}

/// Draws a number with its meaning.
pub fn stat(stat: &Stat) -> Markup {
    let value = stat.value.as_deref().unwrap_or(words::NO_DATA);
    let class = if stat.value.is_some() { "stat-value" } else { "stat-value stat-none" };
    html! {
        div class={ "stat " (stat.tone.class()) } {
            p class="stat-label" { (stat.label) }
            p class=(class) {
                @match &stat.href {
                    Some(href) => a href=(href) { (value) span class="visually-hidden" { ": " (stat.label) } },
                    None => (value),
                }
            }
            @if let Some((numerator, denominator)) = &stat.fraction {
                p class="stat-fraction" { (numerator) " из " (denominator) }
            }
            @if let Some(chart) = &stat.chart { div class="stat-chart" { (chart) } }
            p class="stat-foot" {
                @if let Some(target) = &stat.target { span { "Цель: " (target) } }
                span { "на " (stat.as_of) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_a_denominator_says_that_there_is_no_data() {
        let drawn = stat(&Stat { label: "Охват".into(), as_of: "22.11.2026".into(), ..Stat::default() }).into_string();
        assert!(drawn.contains("нет данных"), "{drawn}");
        assert!(drawn.contains("на 22.11.2026"), "{drawn}");
    }

    #[test]
    fn a_share_shows_what_it_is_a_share_of() {
        let fraction = Some(("341 участник".into(), "620 обучающихся".into()));
        let drawn = stat(&Stat { value: Some("55 %".into()), fraction, ..Stat::default() }).into_string();
        assert!(drawn.contains("341 участник из 620 обучающихся"), "{drawn}");
    }
}
