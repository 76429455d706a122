//! The page before an act that cannot be simply undone: what will happen, what remains, and a way back.

use super::{
    action::{Action, action},
    icon::{Icon, icon},
};
use maud::{Markup, html};

/// An act that asks to be confirmed.
#[derive(Debug, Clone, Default)]
pub struct Confirm {
    /// The address to which the confirmation is posted.
    pub action: String,
    /// What the button says: the act itself, never «ОК».
    pub submit: String,
    pub cancel_href: String,
    pub will_happen: Vec<String>,
    pub remains: Vec<String>,
    pub hidden: Vec<(String, String)>,
    /// More to fill in: a reason.
    pub fields: Markup,
    pub danger: bool,
}

/// Draws the question.
pub fn confirm(confirm: &Confirm) -> Markup {
    let submit = Action::submit(confirm.submit.clone());
    let submit = if confirm.danger { submit.danger() } else { submit };
    html! {
        form class="form" method="post" action=(confirm.action) {
            @for (name, value) in &confirm.hidden { input type="hidden" name=(name) value=(value); }
            div class="consequences" {
                (list("Что произойдёт", Icon::Warning, "consequence-changes", &confirm.will_happen))
                (list("Что останется", Icon::CircleCheck, "consequence-remains", &confirm.remains))
            }
            (confirm.fields)
            div class="form-foot" {
                (action(&submit))
                (action(&Action::link("Не делать этого", confirm.cancel_href.clone()).quiet()))
            }
        }
    }
}

fn list(title: &str, drawing: Icon, class: &str, sentences: &[String]) -> Markup {
    html! {
        @if !sentences.is_empty() {
            section class=(class) {
                h2 { (icon(drawing)) (title) }
                ul { @for sentence in sentences { li { (sentence) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dangerous_act_names_itself_on_the_button_and_leaves_a_way_back() {
        let drawn = confirm(&Confirm {
            action: "/years/1/removal".into(),
            submit: "Удалить год".into(),
            cancel_href: "/years/1".into(),
            danger: true,
            ..Confirm::default()
        })
        .into_string();
        assert!(drawn.contains("btn-danger") && drawn.contains("Удалить год"), "{drawn}");
        assert!(drawn.contains("href=\"/years/1\""), "{drawn}");
    }
}
