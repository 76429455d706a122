//! The body of a Word document: paragraphs, and tables made of them.

use super::super::grid::{Spent, check_length, tidy};
use super::super::xml::{Element, Token, Xml};
use super::super::{Limits, Table, Unreadable};
use super::numbering::Numbering;
use super::rows::{Down, Rows};

/// Elements that hold nothing of what the page shows: deleted and moved text, text boxes and drawings, field codes,
/// properties as they were before a tracked change, the second copy of what newer programs draw themselves.
const UNSEEN: [&str; 17] = [
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "drawing",
    "pict",
    "object",
    "txbxContent",
    "Fallback",
    "sdtPr",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "numberingChange",
];

/// The state of one pass over `document.xml`.
pub struct Body<'a> {
    limits: &'a Limits,
    numbering: Numbering,
    tables: Vec<Table>,
    spent: Spent,
    /// The nearest paragraph above, until a table takes it as its title.
    above: Option<String>,
    rows: Option<Rows<'a>>,
    table_depth: usize,
    in_row_properties: bool,
    paragraph: Paragraph,
}

/// The paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
    in_run: bool,
    in_text: bool,
    hidden: bool,
}

impl<'a> Body<'a> {
    pub fn new(limits: &'a Limits, numbering: Numbering) -> Self {
        Self {
            limits,
            numbering,
            tables: Vec::new(),
            spent: Spent::default(),
            above: None,
            rows: None,
            table_depth: 0,
            in_row_properties: false,
            paragraph: Paragraph::default(),
        }
    }

    /// Reads the whole part and returns its tables.
    pub fn read(mut self, xml: &mut Xml<'_>) -> Result<Vec<Table>, Unreadable> {
        loop {
            match xml.next()? {
                Token::Open(element) if self.in_row_properties && element.name() == "del" => {
                    self.outer_rows().map(Rows::delete_row);
                }
                Token::Open(element) if UNSEEN.contains(&element.name()) => xml.skip()?,
                Token::Open(element) => self.open(&element)?,
                Token::Close(name) => self.close(&name)?,
                Token::Text(text) => self.text(&text)?,
                Token::End => return Ok(self.tables),
            }
        }
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Unreadable> {
        match element.name() {
            "tbl" => {
                self.table_depth += 1;
                if self.table_depth == 1 {
                    self.rows = Some(Rows::new(self.limits, self.above.take()));
                }
            }
            "p" => self.paragraph = Paragraph::default(),
            name if self.table_depth == 1 && self.open_in_table(name, element)? => {}
            name => self.open_in_paragraph(name, element)?,
        }
        Ok(())
    }

    /// Takes an element that describes a row or a cell of the outer table; `false` for any other.
    fn open_in_table(&mut self, name: &str, element: &Element<'_>) -> Result<bool, Unreadable> {
        let Some(rows) = self.rows.as_mut() else { return Ok(false) };
        match name {
            "tr" => rows.begin_row(),
            "trPr" => self.in_row_properties = true,
            "gridBefore" => rows.skip_before(element.number("val").unwrap_or(0))?,
            "gridAfter" => rows.skip_after(element.number("val").unwrap_or(0)),
            "tc" => rows.begin_cell(),
            "gridSpan" => rows.cell.span = element.number("val").unwrap_or(1),
            "hMerge" => rows.cell.continues_left = element.attribute("val").as_deref() != Some("restart"),
            "vMerge" => {
                let begins = element.attribute("val").as_deref() == Some("restart");
                rows.cell.down = if begins { Down::Begins } else { Down::Continues };
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn open_in_paragraph(&mut self, name: &str, element: &Element<'_>) -> Result<(), Unreadable> {
        let paragraph = &mut self.paragraph;
        match name {
            "pStyle" => paragraph.style = element.attribute("val"),
            "numId" => paragraph.list = element.number("val"),
            "ilvl" => paragraph.level = element.number("val"),
            "r" => (paragraph.in_run, paragraph.hidden) = (true, false),
            "vanish" if paragraph.in_run => paragraph.hidden = element.is_on(),
            "t" => paragraph.in_text = true,
            "br" | "cr" if paragraph.in_run => return self.push("\n"),
            "tab" | "ptab" if paragraph.in_run => return self.push("\t"),
            "noBreakHyphen" if paragraph.in_run => return self.push("-"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unreadable> {
        if self.paragraph.in_text { self.push(text) } else { Ok(()) }
    }

    /// Adds to the paragraph. One outside tables is kept only as long as a title may be.
    fn push(&mut self, text: &str) -> Result<(), Unreadable> {
        if self.paragraph.hidden || (self.rows.is_none() && self.paragraph.text.len() > self.limits.cell_text) {
            return Ok(());
        }
        self.paragraph.text.push_str(text);
        if self.rows.is_some() { check_length(&self.paragraph.text, self.limits) } else { Ok(()) }
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "t" => self.paragraph.in_text = false,
            "r" => (self.paragraph.in_run, self.paragraph.hidden) = (false, false),
            "p" => self.end_paragraph()?,
            "trPr" => self.in_row_properties = false,
            "tc" => self.outer_rows().map_or(Ok(()), Rows::end_cell)?,
            "tr" => self.outer_rows().map_or(Ok(()), Rows::end_row)?,
            "tbl" => self.end_table()?,
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), Unreadable> {
        let paragraph = std::mem::take(&mut self.paragraph);
        // A continued or struck out cell shows nothing, so its paragraphs take no number of the list.
        let shown = self.rows.as_ref().is_none_or(|rows| !rows.row_is_deleted() && rows.cell.down != Down::Continues);
        let label = if shown {
            self.numbering.label(paragraph.style.as_deref(), paragraph.list, paragraph.level)
        } else {
            None
        };
        let text = match label {
            Some(label) => format!("{label} {}", paragraph.text),
            None => paragraph.text,
        };
        let Some(rows) = self.rows.as_mut() else {
            let text = tidy(&text);
            if !text.is_empty() {
                self.above = Some(text);
            }
            return Ok(());
        };
        rows.cell.text.push_str(&text);
        rows.cell.text.push('\n');
        check_length(rows.cell.text.trim_end(), self.limits)
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        self.table_depth = self.table_depth.saturating_sub(1);
        if self.table_depth == 0
            && let Some(rows) = self.rows.take()
        {
            self.tables.extend(rows.finish(&mut self.spent)?);
        }
        Ok(())
    }

    /// Returns the table whose rows are being read, not when inside a table that is nested in it.
    fn outer_rows(&mut self) -> Option<&mut Rows<'a>> {
        if self.table_depth == 1 { self.rows.as_mut() } else { None }
    }
}
