//! Lines to be signed on paper: a post, room for the signature, a name.

use maud::{Markup, html};

/// A line to be signed.
#[derive(Debug, Clone, Default)]
pub struct Signature {
    pub post: String,
    /// The name with initials; empty when the person writes it.
    pub name: String,
}

/// Draws lines to be signed.
pub fn signatures(lines: &[Signature]) -> Markup {
    html! {
        div class="signatures" {
            @for line in lines {
                p class="signature" {
                    span { (line.post) }
                    span class="signature-line" {}
                    @if line.name.is_empty() { span class="signature-line" {} } @else { span { (line.name) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_nobody_knows_gets_room_for_the_name() {
        let line = |name: &str| signatures(&[Signature { post: "Директор".into(), name: name.into() }]).into_string();
        assert_eq!(line("В. П. Образцова").matches("signature-line").count(), 1);
        assert_eq!(line("").matches("signature-line").count(), 2);
    }
}
