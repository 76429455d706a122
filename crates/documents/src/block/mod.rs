//! The model of a document on paper: what the school reads, without a word on how a format stores it.
//!
//! Writers take it as it is: [`crate::docx`], [`crate::pdf`], the preview in the browser. A document is made of blocks
//! that Russian office work knows: headings, paragraphs, numbered clauses of an order, tables, requisites, signatures.
//!
//! ```
//! use documents::block::{Block, Document, Page, Paragraph, TableBlock, TableCell};
//!
//! let table = TableBlock::new(&[1, 4, 2])
//!     .header(["№", "Мероприятие", "Срок"])
//!     .row([TableCell::text("Раздел 1").across(3)])
//!     .row([TableCell::text("1"), TableCell::text("Педсовет"), TableCell::text("октябрь 2026").down(2)])
//!     .row([TableCell::text("2"), TableCell::text("Анкетирование")]);
//! let document = Document::new("Дорожная карта", Page::landscape())
//!     .with(Paragraph::text("Школа № 1"))
//!     .with(Block::Table(table));
//! let bytes = documents::docx::write(&document)?;
//! # Ok::<(), documents::block::Unwritable>(())
//! ```

mod table;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use table::{Place, TableBlock, TableCell};

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Written at the top of the first page and into the file's properties; empty for a document without one.
    pub title: String,
    /// Title of the file where none is written on the paper.
    #[serde(default)]
    pub name: String,
    pub page: Page,
    #[serde(default)]
    pub look: Look,
    pub blocks: Vec<Block>,
}

/// Sizes of letters in points, and the space between lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    pub size: u8,
    pub cells: u8,
    pub spacing: Spacing,
}

/// Space between lines; ГОСТ Р 7.0.97-2016, 3.3 has one to one and a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spacing {
    Single,
    /// 1.15.
    Usual,
    OneAndHalf,
}

/// A sheet of A4 with the margins of ГОСТ Р 7.0.97-2016, 3.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub orientation: Orientation,
    pub keeping: Keeping,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Orientation {
    Portrait,
    Landscape,
}

/// How long the document is kept; what is kept for more than ten years gets a wider margin to be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keeping {
    /// Left margin 20 mm.
    Usual,
    /// Left margin 30 mm.
    Long,
}

/// A piece of a document that stands on its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    Heading {
        level: HeadingLevel,
        text: String,
    },
    Paragraph(Paragraph),
    /// Clauses of an order or a regulation: 1., 1.1., 1.1.1. Every such block begins with 1.
    NumberedClauses(Vec<Clause>),
    /// Lines of a list with a dash.
    Dashes(Vec<Vec<Run>>),
    Table(TableBlock),
    /// A requisite in the right half of the page, line by line: to whom it goes, who approved it.
    Aside(Vec<Vec<Run>>),
    /// Two texts at the ends of one line: date and number.
    Ends {
        left: Vec<Run>,
        right: Vec<Run>,
    },
    Signatures(Vec<Signature>),
    /// A QR code of a text, at the right, with words below it.
    Code {
        text: String,
        caption: String,
    },
    PageBreak,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeadingLevel {
    First,
    Second,
    Third,
}

/// A paragraph. A line break inside a run stays a line break, a tab a tab.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    pub runs: Vec<Run>,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    Start,
    Centre,
    End,
    /// Even on both sides; in the body of a document with an indented first line.
    #[default]
    Justify,
}

/// A stretch of text of one look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
}

/// A numbered clause and the clauses below it, at most nine levels deep.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub runs: Vec<Run>,
    pub clauses: Vec<Clause>,
}

/// A line to be signed: post, room for the signature, name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub post: String,
    pub name: String,
}

/// Why a document cannot be written; each is a mistake of the program that made the model.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unwritable {
    #[error("В строке {row} таблицы ячеек больше, чем столбцов.")]
    RowTooWide { row: usize },
    #[error("В таблице нет столбцов.")]
    NoColumns,
    #[error("Пункты вложены глубже девяти уровней.")]
    ClausesTooDeep,
    #[error("Строк или столбцов больше, чем вмещает лист Excel.")]
    SheetTooLarge,
    #[error("Текст для QR-кода слишком длинный: не больше 500 знаков.")]
    CodeTooLong,
    #[error("Нет шрифтов для PDF: выполните make assets и соберите программу заново.")]
    NoFonts,
    #[error("На диске закончилось место.")]
    DiskFull,
    #[error("Файл не удалось собрать: {0}.")]
    Packing(String),
}

impl Document {
    /// Begins a document.
    pub fn new(title: impl Into<String>, page: Page) -> Self {
        Self { title: title.into(), name: String::new(), page, look: Look::default(), blocks: Vec::new() }
    }

    /// Returns the title of the file.
    pub fn name(&self) -> &str {
        if self.name.is_empty() { &self.title } else { &self.name }
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: impl Into<Block>) -> Self {
        self.blocks.push(block.into());
        self
    }
}

impl Default for Look {
    fn default() -> Self {
        Self { size: 14, cells: 11, spacing: Spacing::Usual }
    }
}

impl Page {
    pub const fn portrait() -> Self {
        Self { orientation: Orientation::Portrait, keeping: Keeping::Usual }
    }

    pub const fn landscape() -> Self {
        Self { orientation: Orientation::Landscape, keeping: Keeping::Usual }
    }

    /// Makes room for binding, for what is kept over ten years.
    #[must_use]
    pub const fn kept_long(self) -> Self {
        Self { keeping: Keeping::Long, ..self }
    }

    /// Returns width and height in millimetres.
    pub const fn size_mm(self) -> (u32, u32) {
        match self.orientation {
            Orientation::Portrait => (210, 297),
            Orientation::Landscape => (297, 210),
        }
    }

    /// Returns the margins in millimetres.
    pub const fn margins_mm(self) -> Margins {
        let left = match self.keeping {
            Keeping::Usual => 20,
            Keeping::Long => 30,
        };
        Margins { left, right: 10, top: 20, bottom: 20 }
    }

    /// Returns the width left for text, in millimetres.
    pub const fn text_width_mm(self) -> u32 {
        let margins = self.margins_mm();
        self.size_mm().0 - margins.left - margins.right
    }
}

/// Margins of a page in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    pub left: u32,
    pub right: u32,
    pub top: u32,
    pub bottom: u32,
}

impl Paragraph {
    /// Makes a justified paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new([Run::plain(text)])
    }

    /// Makes a justified paragraph of runs.
    pub fn new(runs: impl IntoIterator<Item = Run>) -> Self {
        Self { runs: runs.into_iter().collect(), align: Align::Justify }
    }

    #[must_use]
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self { bold: true, ..Self::plain(text) }
    }

    pub fn italic(text: impl Into<String>) -> Self {
        Self { italic: true, ..Self::plain(text) }
    }
}

impl Clause {
    pub fn text(text: impl Into<String>) -> Self {
        Self { runs: vec![Run::plain(text)], clauses: Vec::new() }
    }

    /// Adds a clause below this one.
    #[must_use]
    pub fn with(mut self, clause: Self) -> Self {
        self.clauses.push(clause);
        self
    }
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Self {
        Self::Paragraph(paragraph)
    }
}

impl From<TableBlock> for Block {
    fn from(table: TableBlock) -> Self {
        Self::Table(table)
    }
}
