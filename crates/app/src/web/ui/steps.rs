//! Where a person is in a sequence of pages.

use super::icon::{Icon, icon};
use maud::{Markup, html};

/// One page of the sequence; a step already made may be gone back to.
#[derive(Debug, Clone, Default)]
pub struct Step {
    pub label: String,
    pub href: Option<String>,
}

/// A sequence of pages.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// What the sequence is for: «Запуск учебного года».
    pub label: String,
    pub steps: Vec<Step>,
    /// The index of the current step, from 0.
    pub current: usize,
}

/// Draws the sequence: made steps as links, the current one marked.
pub fn steps(steps: &Steps) -> Markup {
    html! {
        nav class="steps" aria-label=(steps.label) {
            ol {
                @for (index, step) in steps.steps.iter().enumerate() {
                    @let made = index < steps.current;
                    @let class = if made { "step step-made" } else { "step" };
                    li class=(class) aria-current=[(index == steps.current).then_some("step")] {
                        span class="step-number" { @if made { (icon(Icon::Check)) } @else { (index + 1) } }
                        @match &step.href {
                            Some(href) if made => a href=(href) { (step.label) },
                            _ => span { (step.label) },
                        }
                        @if made { span class="visually-hidden" { " — готово" } }
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
    fn only_made_steps_can_be_gone_back_to() {
        let step = |label: &str| Step { label: label.into(), href: Some(format!("/{label}")) };
        let drawn = steps(&Steps { label: "Год".into(), steps: vec![step("a"), step("b"), step("c")], current: 1 });
        let drawn = drawn.into_string();
        assert!(drawn.contains("href=\"/a\"") && !drawn.contains("href=\"/b\"") && !drawn.contains("href=\"/c\""));
        assert_eq!(drawn.matches("aria-current=\"step\"").count(), 1);
    }
}
