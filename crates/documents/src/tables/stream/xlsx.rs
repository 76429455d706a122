//! The rows of an .xlsx: one pass over each sheet, the shared strings in one piece of memory.

use super::super::package::Package;
use super::super::xlsx::sheet::parse_place;
use super::super::xlsx::styles::{Look, Styles};
use super::super::xlsx::value::{Raw, show};
use super::super::xlsx::{Contents, contents, read_rich_text, unescaped};
use super::super::xml::{Element, Step, Token, Xml};
use super::super::{Limits, Unreadable};
use super::{Item, Sink, Spent, Stopped, tidy_into};

/// Hands over the rows of every visible sheet.
pub fn stream(package: &mut Package<'_>, spent: &mut Spent<'_>, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    let limits = package.limits();
    let Contents { sheets, strings, styles, since_1904 } = contents(package)?;
    let strings = match strings {
        Some(name) => package.read(&name, |xml| Strings::read(xml, limits))?.unwrap_or_default(),
        None => Strings::default(),
    };
    let book = Book { strings, styles, since_1904 };
    for sheet in sheets {
        sink(Item::Sheet(&sheet.name))?;
        let mut stopped = None;
        let read = package.read(&sheet.part, |xml| {
            if let Err(why) = rows(xml, &book, spent, sink) {
                stopped = Some(why);
            }
            Ok(())
        })?;
        if let Some(why) = stopped {
            return Err(why);
        }
        read.ok_or(Unreadable::Broken)?;
    }
    if spent.rows == 0 { Err(Unreadable::NoTables.into()) } else { Ok(()) }
}

/// What the sheets share.
struct Book {
    strings: Strings,
    styles: Styles,
    since_1904: bool,
}

/// Texts that cells name by number: half a million boxes would cost more than what stands in them.
#[derive(Default)]
struct Strings {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl Strings {
    /// Reads the texts. The announced count is not looked at: it may say 99 999 999 999.
    fn read(xml: &mut Xml<'_>, limits: &Limits) -> Result<Self, Unreadable> {
        let mut strings = Self::default();
        let mut tidied = String::new();
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "si" => {
                    tidy_into(&mut tidied, &read_rich_text(xml, "si")?, limits)?;
                    strings.text.push_str(&tidied);
                    if strings.text.len() > limits.text {
                        return Err(Unreadable::TooMuchText);
                    }
                    if strings.ends.len() == limits.cells {
                        return Err(Unreadable::TooManyCells { limit: limits.cells });
                    }
                    strings.ends.push(u32::try_from(strings.text.len()).map_err(|_| Unreadable::TooMuchText)?);
                }
                Token::End => return Ok(strings),
                _ => {}
            }
        }
    }

    fn get(&self, index: usize) -> &str {
        let end = |index: usize| self.ends.get(index).and_then(|end| usize::try_from(*end).ok());
        let begin = if index == 0 { Some(0) } else { end(index - 1) };
        begin.zip(end(index)).and_then(|(begin, end)| self.text.get(begin..end)).unwrap_or_default()
    }
}

/// A cell while it is being read; its buffers serve all cells of a sheet.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    /// The text stands in the cell itself.
    inline: bool,
}

fn rows(xml: &mut Xml<'_>, book: &Book, spent: &mut Spent<'_>, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    let (mut line, mut next) = (0, 0);
    let mut cells: Vec<String> = Vec::new();
    let mut cell = Cell::default();
    let mut in_value = false;
    loop {
        // What lends from the parser is done with before the parser goes on.
        let inline = match xml.step()? {
            Step::Open(element) => {
                match element.name() {
                    "row" => {
                        line = element.number::<usize>("r").unwrap_or(line + 1);
                        next = 0;
                        cells.iter_mut().for_each(String::clear);
                    }
                    "c" => cell.begin(&element, next),
                    name => in_value = name == "v",
                }
                element.name() == "is"
            }
            Step::Text(text) if in_value => {
                cell.value.push_str(&text);
                false
            }
            Step::Close(closed) => {
                in_value = false;
                match closed.name() {
                    "c" => {
                        next = cell.column.saturating_add(1);
                        cell.put(&mut cells, book, spent)?;
                    }
                    "row" => spent.row(line, &cells, sink)?,
                    _ => {}
                }
                false
            }
            Step::End => return Ok(()),
            Step::Text(_) | Step::Nothing => false,
        };
        if inline {
            cell.value = read_rich_text(xml, "is")?;
            cell.inline = true;
        }
    }
}

impl Cell {
    fn begin(&mut self, element: &Element<'_>, next: usize) {
        self.column = next;
        self.kind.clear();
        self.style = 0;
        self.value.clear();
        self.inline = false;
        element.each_attribute(|name, value| match name {
            "r" => self.column = parse_place(value).map_or(next, |(_, column)| column),
            "t" => self.kind.push_str(value),
            "s" => self.style = value.parse().unwrap_or(0),
            _ => {}
        });
    }

    fn put(&self, cells: &mut Vec<String>, book: &Book, spent: &Spent<'_>) -> Result<(), Unreadable> {
        if self.value.is_empty() {
            return Ok(());
        }
        spent.check_column(self.column)?;
        if cells.len() <= self.column {
            cells.resize(self.column + 1, String::new());
        }
        let Some(cell) = cells.get_mut(self.column) else { return Ok(()) };
        match self.kind.as_str() {
            "s" => {
                let index = self.value.trim().parse::<usize>().ok();
                cell.clear();
                cell.push_str(index.map_or("", |index| book.strings.get(index)));
                Ok(())
            }
            "str" => tidy_into(cell, &unescaped(&self.value), spent.limits),
            "inlineStr" | "e" => tidy_into(cell, &self.value, spent.limits),
            _ if self.inline => tidy_into(cell, &self.value, spent.limits),
            "b" => tidy_into(cell, &show(&Raw::Truth(self.value.trim() == "1"), Look::General, false), spent.limits),
            "d" => tidy_into(cell, &show(&Raw::Iso(self.value.clone()), Look::General, false), spent.limits),
            _ => self.put_number(cell, book, spent.limits),
        }
    }

    fn put_number(&self, cell: &mut String, book: &Book, limits: &Limits) -> Result<(), Unreadable> {
        let look = book.styles.look(self.style);
        let is_plain = self.value.len() <= 15 && self.value.bytes().all(|byte| byte.is_ascii_digit());
        match self.value.trim().parse::<f64>() {
            Ok(number) if number.is_finite() && !(is_plain && look == Look::General) => {
                tidy_into(cell, &show(&Raw::Number(number), look, book.since_1904), limits)
            }
            _ => tidy_into(cell, &self.value, limits),
        }
    }
}
