//! A code a telephone reads: an address on a poster.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Light modules around the code that readers need (ISO/IEC 18004, section 9.1).
const QUIET: usize = 4;

/// An address as a code.
#[derive(Debug, Clone, Default)]
pub struct Qr {
    pub address: String,
    /// What a screen reader says instead.
    pub label: String,
}

/// Draws an address as a code, dark on light in every theme; an address too long for a code is left to its letters.
pub fn qr(code: &Qr) -> Markup {
    // A quarter of a poster may be torn or dirty: level Q.
    let Ok(drawn) = QrCode::with_error_correction_level(&code.address, EcLevel::Q) else { return html! {} };
    let size = drawn.width() + 2 * QUIET;
    html! {
        svg class="qr" role="img" aria-label=(code.label) viewBox={ "0 0 " (size) " " (size) } width="280" height="280" shape-rendering="crispEdges" {
            rect width="100%" height="100%" fill="#fff" {}
            path fill="#000" d=(dark(&drawn)) {}
        }
    }
}

/// Returns the dark modules as runs along the lines.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for (line, modules) in code.to_colors().chunks(code.width()).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", column + QUIET, line + QUIET, run.len(), run.len());
            }
            column += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_covers_exactly_the_dark_modules() {
        let code = QrCode::with_error_correction_level("http://school.test/apply/0", EcLevel::Q).unwrap();
        let wanted = code.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let path = dark(&code);
        let drawn: usize = path
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|run| run.split('v').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn, wanted);
    }

    #[test]
    fn what_is_too_long_for_a_code_is_left_out() {
        let drawn = qr(&Qr { address: "я".repeat(3000), label: "Код".into() });
        assert_eq!(drawn.into_string(), "");
    }
}
