//! A mistake in a text, with its place.

use std::fmt;

/// What is wrong in a text and where; lines and columns are counted from one, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Mistake {
    pub line: usize,
    pub column: usize,
    /// A whole sentence: what is wrong and what to do.
    pub sentence: String,
}

impl Mistake {
    /// Names the mistake at a byte of the text.
    pub(super) fn at(text: &str, offset: usize, sentence: impl Into<String>) -> Self {
        let before = text.get(..offset.min(text.len())).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            sentence: sentence.into(),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Строка {}, столбец {}. {}", self.line, self.column, self.sentence)
    }
}
