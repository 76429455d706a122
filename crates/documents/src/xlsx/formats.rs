//! The looks of cells, made once for a workbook.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::sheet::Kind;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    Title,
    Header,
    Note,
    Text,
    Number,
    Integer,
    Date,
    DateTime,
    Percent,
    Link,
}

impl Look {
    const ALL: [Self; 10] = [
        Self::Title,
        Self::Header,
        Self::Note,
        Self::Text,
        Self::Number,
        Self::Integer,
        Self::Date,
        Self::DateTime,
        Self::Percent,
        Self::Link,
    ];

    /// Returns the look of an empty cell in a column.
    pub const fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Link => Self::Text,
            Kind::Number => Self::Number,
            Kind::Integer => Self::Integer,
            Kind::Date => Self::Date,
            Kind::DateTime => Self::DateTime,
            Kind::Percent => Self::Percent,
        }
    }

    fn format(self) -> Format {
        let font = Format::new().set_font_name("Times New Roman").set_font_size(11);
        let cell = font.clone().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
        let centred = cell.clone().set_align(FormatAlign::Center);
        match self {
            Self::Title => font.set_bold().set_font_size(14),
            Self::Note => font.set_italic().set_font_size(10),
            Self::Header => centred
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00E8_EEF4)),
            Self::Text => cell.set_text_wrap(),
            Self::Number => cell.set_num_format("General"),
            Self::Integer => cell.set_num_format("0"),
            Self::Date => centred.set_num_format("dd.mm.yyyy"),
            Self::DateTime => centred.set_num_format("dd.mm.yyyy hh:mm"),
            Self::Percent => cell.set_num_format("0.0%"),
            Self::Link => {
                cell.set_text_wrap().set_font_color(Color::RGB(0x0005_63C1)).set_underline(FormatUnderline::Single)
            }
        }
    }
}

/// All formats of a workbook.
pub struct Formats {
    plain: HashMap<Look, Format>,
    quoted: HashMap<Look, Format>,
    fallback: Format,
}

impl Formats {
    pub fn new() -> Self {
        Self {
            plain: Look::ALL.into_iter().map(|look| (look, look.format())).collect(),
            quoted: Look::ALL.into_iter().map(|look| (look, look.format().set_quote_prefix())).collect(),
            fallback: Format::new(),
        }
    }

    /// Returns the format of a look.
    pub fn of(&self, look: Look) -> &Format {
        self.plain.get(&look).unwrap_or(&self.fallback)
    }

    /// Returns the same format for a text that begins like a formula.
    pub fn quoted(&self, look: Look) -> &Format {
        self.quoted.get(&look).unwrap_or(&self.fallback)
    }
}
