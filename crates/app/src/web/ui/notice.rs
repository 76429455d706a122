//! Notices: something happened or should be known, with the way on.

pub use super::badge::Tone;
use super::icon::icon;
use maud::{Markup, html};

/// A sentence that stands out of the page.
#[derive(Debug, Clone, Default)]
pub struct Notice {
    pub tone: Tone,
    pub title: Option<String>,
    pub text: String,
    /// The words and the address of the way on.
    pub link: Option<(String, String)>,
}

impl Notice {
    /// Returns a notice of one sentence.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, title: None, text: text.into(), link: None }
    }

    /// Adds the way on.
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some((label.into(), href.into()));
        self
    }
}

/// Draws a notice; one about a danger is read aloud at once, the others when the reader pauses.
pub fn notice(notice: &Notice) -> Markup {
    let role = if notice.tone == Tone::Danger { "alert" } else { "status" };
    html! {
        div class={ "notice " (notice.tone.class()) } role=(role) {
            (icon(notice.tone.icon()))
            div class="notice-body" {
                @if let Some(title) = &notice.title { p class="notice-title" { (title) } }
                p { (notice.text) }
            }
            @if let Some((label, href)) = &notice.link { a class="notice-link" href=(href) { (label) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_danger_interrupts_a_screen_reader() {
        let role = |tone| notice(&Notice::new(tone, "Срок прошёл")).into_string().contains(r#"role="alert""#);
        assert!(role(Tone::Danger));
        assert!(![Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning].into_iter().any(role));
    }

    #[test]
    fn what_a_person_typed_cannot_become_markup() {
        let drawn = notice(&Notice::new(Tone::Info, "<script>alert(1)</script>")).into_string();
        assert!(drawn.contains("&lt;script&gt;") && !drawn.contains("<script>"), "{drawn}");
    }
}
