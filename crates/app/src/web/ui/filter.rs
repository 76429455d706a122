//! A filter above a list: a form that asks the same address with other parameters.

use super::{
    action::{Action, action},
    address::Address,
    field::Choice,
    icon::Icon,
};
use maud::{Markup, html};

/// What can be asked.
#[derive(Debug, Clone)]
pub enum Ask {
    /// Words to look for.
    Search { name: &'static str, label: String, value: String },
    /// One of many; the empty value is «все».
    Select { name: &'static str, label: String, options: Vec<Choice>, value: String },
    /// A day, as `2026-11-22`.
    Date { name: &'static str, label: String, value: String },
    /// Any of a few, as chips to tick.
    Chips { name: &'static str, label: String, options: Vec<Choice>, chosen: Vec<String> },
}

impl Ask {
    /// Tells whether something is chosen.
    fn is_set(&self) -> bool {
        match self {
            Self::Search { value, .. } | Self::Select { value, .. } | Self::Date { value, .. } => !value.is_empty(),
            Self::Chips { chosen, .. } => !chosen.is_empty(),
        }
    }
}

/// A filter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The address of the list; its question is what is chosen now.
    pub address: Address,
    pub asks: Vec<Ask>,
    /// Parameters that the filter must not lose: the sorting.
    pub hidden: Vec<(String, String)>,
    /// How many were found, in words: «Найдено 14 позиций из 31».
    pub found: String,
    pub body: Markup,
}

/// Draws a filter with the list it rules: chips in sight, the rest behind «Ещё условия» where there are chips. A script asks anew at each change, without one the button does.
pub fn filter(filter: &Filter) -> Markup {
    let path = filter.address.path();
    let (chips, others): (Vec<&Ask>, Vec<&Ask>) = filter.asks.iter().partition(|ask| matches!(ask, Ask::Chips { .. }));
    let chips_alone = chips.is_empty() || others.is_empty();
    html! {
        form class="filter" role="search" aria-label="Отбор" method="get" action=(path) hx-get=(path)
            hx-trigger="change, submit" hx-target="#results" hx-select="#results" hx-swap="outerHTML" hx-push-url="true" {
            @for (name, value) in &filter.hidden { input type="hidden" name=(name) value=(value); }
            @for ask in chips { (question(ask)) }
            @if chips_alone {
                @for ask in &others { (question(ask)) }
            } @else {
                details class="filter-more" open[others.iter().any(|ask| ask.is_set())] {
                    summary { "Ещё условия" }
                    div class="filter-others" { @for ask in &others { (question(ask)) } }
                }
            }
            div class="filter-foot" {
                (action(&Action::submit("Показать").icon(Icon::Filter)))
                @if filter.address.has_query() { (action(&Action::link("Сбросить", path).quiet())) }
            }
        }
        div id="results" class="stack" {
            p class="found" role="status" { (filter.found) }
            (filter.body)
        }
    }
}

fn question(ask: &Ask) -> Markup {
    match ask {
        Ask::Search { name, label, value } => html! {
            label class="filter-ask filter-search" {
                span { (label) }
                input class="form-control" type="search" name=(name) value=(value) autocomplete="off";
            }
        },
        Ask::Date { name, label, value } => html! {
            label class="filter-ask" {
                span { (label) }
                input class="form-control" type="date" name=(name) value=(value);
            }
        },
        Ask::Select { name, label, options, value } => html! {
            label class="filter-ask" {
                span { (label) }
                select class="form-select" name=(name) {
                    option value="" { "все" }
                    @for one in options { option value=(one.value) selected[one.value == *value] { (one.label) } }
                }
            }
        },
        Ask::Chips { name, label, options, chosen } => html! {
            fieldset class="filter-ask chips" {
                legend { (label) }
                @for one in options {
                    label class="chip" {
                        input type="checkbox" name=(name) value=(one.value) checked[chosen.contains(&one.value)];
                        span { (one.label) }
                    }
                }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> String {
        let options = vec![Choice::new("overdue", "просрочено"), Choice::new("done", "выполнено")];
        filter(&Filter {
            address: Address::new(address),
            asks: vec![
                Ask::Search { name: "q", label: "Слова".into(), value: "пары \"А\"".into() },
                Ask::Select { name: "state", label: "Состояние".into(), options, value: "overdue".into() },
            ],
            hidden: vec![("sort".into(), "term".into())],
            found: "Найдено 3 позиции".into(),
            body: html! {},
        })
        .into_string()
    }

    #[test]
    fn what_was_asked_stays_in_the_form() {
        let drawn = of("/roadmap?state=overdue");
        assert!(drawn.contains("value=\"пары &quot;А&quot;\""), "{drawn}");
        assert!(drawn.contains("value=\"overdue\" selected"), "{drawn}");
        assert!(drawn.contains("name=\"sort\" value=\"term\""), "{drawn}");
    }

    #[test]
    fn dropping_the_filter_is_offered_only_when_there_is_one() {
        assert!(of("/roadmap?state=overdue").contains("Сбросить"));
        assert!(!of("/roadmap").contains("Сбросить"));
    }
}
