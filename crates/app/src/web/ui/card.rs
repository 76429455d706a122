//! A box around one subject of a page, and boxes side by side.

use super::action::{Action, actions};
use maud::{Markup, html};

/// A subject with its heading.
#[derive(Debug, Clone, Default)]
pub struct Card {
    pub title: String,
    pub lead: Option<String>,
    pub actions: Vec<Action>,
    pub body: Markup,
}

/// Draws a box with a heading of the second level.
pub fn card(card: &Card) -> Markup {
    html! {
        section class="card" {
            div class="card-head" {
                div {
                    h2 class="card-title" { (card.title) }
                    @if let Some(lead) = &card.lead { p class="card-lead" { (lead) } }
                }
                (actions(&card.actions))
            }
            div class="card-body" { (card.body) }
        }
    }
}

/// Draws elements side by side, as many in a line as have room for sixteen letters.
pub fn tiles(elements: &[Markup]) -> Markup {
    html! { div class="tiles" { @for element in elements { (element) } } }
}

/// Draws a wide column and a narrow one; on a phone the narrow one follows.
pub fn columns(main: &Markup, aside: &Markup) -> Markup {
    html! {
        div class="columns" {
            div class="stack" { (main) }
            div class="stack" { (aside) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_headed_for_those_who_jump_by_headings() {
        let drawn = card(&Card { title: "Сроки <недели>".into(), ..Card::default() }).into_string();
        assert!(drawn.contains("<h2 class=\"card-title\">Сроки &lt;недели&gt;</h2>"), "{drawn}");
    }
}
