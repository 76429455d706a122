//! A part of a document as tokens: marks as they stand in the file, texts apart, and whose they are.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Unfilled;

/// Nesting of elements; tables in tables in text boxes of real files stay under 60.
const DEEPEST: usize = 256;

/// Fields of Word that read other files or start programs.
const FIELDS: [&str; 9] =
    ["DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE", "MACROBUTTON"];

/// What an element is to a filling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    Row,
    Run,
    /// What must end with a paragraph: a cell, a header, a text box.
    Frame,
    Text,
    Instruction,
    Other,
}

/// A piece of a part.
#[derive(Debug)]
pub enum Token<'a> {
    Open(Kind, &'a str),
    Close(Kind, &'a str),
    /// A comment, a declaration, space between elements.
    Raw(&'a str),
    /// What is written: a place in [`Part::texts`].
    Text(usize),
}

/// What is written in one `w:t`.
#[derive(Debug)]
pub struct Text {
    pub said: String,
    pub paragraph: usize,
    /// The element around the run: a tag that opens and one that closes must stand in the same.
    pub home: usize,
}

/// From a token to a token, both included.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub from: usize,
    pub to: usize,
}

/// A paragraph.
#[derive(Debug)]
pub struct Paragraph {
    pub span: Span,
    /// The element around it.
    pub home: usize,
    /// A paragraph that ends a section never disappears.
    pub ends_section: bool,
    /// Its places in [`Part::texts`].
    pub texts: Vec<usize>,
}

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    pub span: Span,
    /// The table.
    pub home: usize,
    /// The paragraphs that stand in it and in no row inside it.
    pub paragraphs: Vec<usize>,
}

/// A part, read.
#[derive(Debug, Default)]
pub struct Part<'a> {
    pub tokens: Vec<Token<'a>>,
    pub texts: Vec<Text>,
    pub paragraphs: Vec<Paragraph>,
    pub rows: Vec<Row>,
}

/// An element that is open while reading.
struct Opened {
    kind: Kind,
    /// Its number, for what stands directly in it.
    id: usize,
    /// Its place among paragraphs or rows.
    place: usize,
}

impl<'a> Part<'a> {
    /// Reads a part.
    pub fn read(xml: &'a str) -> Result<Self, Unfilled> {
        let mut reading = Reading { part: Self::default(), stack: Vec::new(), elements: 0, instruction: String::new() };
        let mut reader = Reader::from_str(xml);
        let mut from = 0;
        loop {
            let event = reader.read_event().map_err(|_| Unfilled::Broken)?;
            let to = usize::try_from(reader.buffer_position()).map_err(|_| Unfilled::Broken)?;
            let raw = xml.get(from..to).ok_or(Unfilled::Broken)?;
            from = to;
            match event {
                Event::Start(element) => reading.open(&element, raw)?,
                Event::Empty(element) => reading.empty(&element, raw)?,
                Event::End(_) => reading.close(raw)?,
                Event::Text(text) => reading.text(&text.xml10_content(), raw),
                Event::CData(text) => reading.text(&text.xml10_content(), raw),
                Event::GeneralRef(reference) => {
                    let said = match reference.resolve_char_ref().map_err(|_| Unfilled::Broken)? {
                        Some(character) => character.to_string(),
                        None => quick_xml::escape::resolve_predefined_entity(&reference)
                            .ok_or(Unfilled::Entities)?
                            .to_owned(),
                    };
                    reading.text(&said, raw);
                }
                Event::DocType(_) => return Err(Unfilled::Entities),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => reading.part.tokens.push(Token::Raw(raw)),
                Event::Eof if reading.stack.is_empty() => return Ok(reading.part),
                Event::Eof => return Err(Unfilled::Broken),
            }
        }
    }

    /// Returns what is written in a paragraph.
    pub fn said(&self, paragraph: usize) -> String {
        self.paragraphs[paragraph].texts.iter().map(|text| self.texts[*text].said.as_str()).collect()
    }
}

struct Reading<'a> {
    part: Part<'a>,
    stack: Vec<Opened>,
    elements: usize,
    /// The field code of the paragraph, which Word splits over runs.
    instruction: String,
}

impl<'a> Reading<'a> {
    fn open(&mut self, element: &BytesStart<'_>, raw: &'a str) -> Result<(), Unfilled> {
        if self.stack.len() == DEEPEST {
            return Err(Unfilled::TooDeep);
        }
        check_field(element)?;
        let kind = kind_of(element);
        let home = self.stack.last().map_or(0, |opened| opened.id);
        let span = Span { from: self.part.tokens.len(), to: usize::MAX };
        let place = match kind {
            Kind::Paragraph => {
                let place = self.part.paragraphs.len();
                if let Some(row) = self.nearest(Kind::Row) {
                    self.part.rows[row].paragraphs.push(place);
                }
                self.part.paragraphs.push(Paragraph { span, home, ends_section: false, texts: Vec::new() });
                place
            }
            Kind::Row => {
                self.part.rows.push(Row { span, home, paragraphs: Vec::new() });
                self.part.rows.len() - 1
            }
            _ => 0,
        };
        if element.local_name().as_ref() == "sectPr"
            && let Some(paragraph) = self.nearest(Kind::Paragraph)
        {
            self.part.paragraphs[paragraph].ends_section = true;
        }
        self.elements += 1;
        self.part.tokens.push(Token::Open(kind, raw));
        self.stack.push(Opened { kind, id: self.elements, place });
        Ok(())
    }

    fn empty(&mut self, element: &BytesStart<'_>, raw: &'a str) -> Result<(), Unfilled> {
        check_field(element)?;
        self.part.tokens.push(match kind_of(element) {
            // An empty paragraph ends a cell as well as a written one does.
            Kind::Paragraph => Token::Close(Kind::Paragraph, raw),
            _ => Token::Raw(raw),
        });
        Ok(())
    }

    fn close(&mut self, raw: &'a str) -> Result<(), Unfilled> {
        let opened = self.stack.pop().ok_or(Unfilled::Broken)?;
        let to = self.part.tokens.len();
        match opened.kind {
            Kind::Paragraph => {
                self.part.paragraphs[opened.place].span.to = to;
                check_instruction(&std::mem::take(&mut self.instruction))?;
            }
            Kind::Row => self.part.rows[opened.place].span.to = to,
            _ => {}
        }
        self.part.tokens.push(Token::Close(opened.kind, raw));
        Ok(())
    }

    fn text(&mut self, said: &str, raw: &'a str) {
        let kind = self.stack.last().map_or(Kind::Other, |opened| opened.kind);
        if kind == Kind::Instruction {
            self.instruction.push_str(said);
        }
        let (Kind::Text, Some(paragraph)) = (kind, self.nearest(Kind::Paragraph)) else {
            self.part.tokens.push(Token::Raw(raw));
            return;
        };
        // Text, references and text again are one text.
        if let Some(Token::Text(last)) = self.part.tokens.last() {
            self.part.texts[*last].said.push_str(said);
            return;
        }
        let run = self.stack.iter().rposition(|opened| opened.kind == Kind::Run);
        let home = run.and_then(|run| run.checked_sub(1)).map_or(0, |around| self.stack[around].id);
        self.part.tokens.push(Token::Text(self.part.texts.len()));
        self.part.paragraphs[paragraph].texts.push(self.part.texts.len());
        self.part.texts.push(Text { said: said.to_owned(), paragraph, home });
    }

    fn nearest(&self, kind: Kind) -> Option<usize> {
        self.stack.iter().rev().find(|opened| opened.kind == kind).map(|opened| opened.place)
    }
}

fn kind_of(element: &BytesStart<'_>) -> Kind {
    let name = element.name();
    // Drawings have paragraphs and texts of another vocabulary, which are not filled.
    if !name.as_ref().starts_with("w:") {
        return Kind::Other;
    }
    match element.local_name().as_ref() {
        "p" => Kind::Paragraph,
        "tr" => Kind::Row,
        "r" => Kind::Run,
        "tc" | "hdr" | "ftr" | "txbxContent" | "footnote" | "endnote" => Kind::Frame,
        "t" => Kind::Text,
        "instrText" => Kind::Instruction,
        _ => Kind::Other,
    }
}

/// Refuses the short form of a dangerous field: `<w:fldSimple w:instr="DDEAUTO …">`.
fn check_field(element: &BytesStart<'_>) -> Result<(), Unfilled> {
    if element.local_name().as_ref() != "fldSimple" {
        return Ok(());
    }
    let attributes = element.attributes().with_checks(false).filter_map(Result::ok).collect::<Vec<_>>();
    let instruction = attributes.iter().find(|attribute| attribute.key.local_name().as_ref() == "instr");
    let instruction = instruction.and_then(|found| found.normalized_value(XmlVersion::Implicit1_0).ok());
    check_instruction(&instruction.unwrap_or_default())
}

fn check_instruction(instruction: &str) -> Result<(), Unfilled> {
    let mut words = instruction.split(|character: char| !character.is_alphabetic()).map(str::to_uppercase);
    match words.find(|word| FIELDS.contains(&word.as_str())) {
        Some(field) => Err(Unfilled::Field(field)),
        None => Ok(()),
    }
}
