//! A streaming XML reader that refuses what an office file never needs: DTD, entities, bottomless nesting.

use std::borrow::Cow;
use std::io::BufRead;
use std::str::FromStr;

use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::Unreadable;

/// What the office readers see of an XML part; names are local, since prefixes differ between programs.
pub enum Token {
    Open(Element<'static>),
    Close(String),
    Text(String),
    End,
}

/// The same as [`Token`], lent for a moment: readers of a million cells have no time to own every name.
pub enum Step<'a> {
    Open(Element<'a>),
    Close(Closed<'a>),
    Text(Cow<'a, str>),
    /// A comment or an instruction.
    Nothing,
    End,
}

/// The end of an element.
pub struct Closed<'a>(BytesEnd<'a>);

impl Closed<'_> {
    /// Returns the local name.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// An opened element.
pub struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Returns the local name.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns an attribute by its local name, unescaped; a broken one counts as absent.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
            .map(Cow::into_owned)
    }

    /// Shows every attribute by its local name, as it stands in the file; a broken one is passed over.
    pub fn each_attribute(&self, mut show: impl FnMut(&str, &str)) {
        for attribute in self.0.attributes().with_checks(false).filter_map(Result::ok) {
            show(attribute.key.local_name().into_inner(), &attribute.value);
        }
    }

    /// Returns a numeric attribute.
    pub fn number<T: FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Tells whether a switch is on: `<w:vanish/>` is, `<w:vanish w:val="0"/>` is not.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off"))
    }
}

/// The reader of one XML part.
pub struct Xml<'a> {
    reader: Reader<Box<dyn BufRead + 'a>>,
    buffer: Vec<u8>,
    depth: usize,
    depth_limit: usize,
}

impl<'a> Xml<'a> {
    /// Begins to read a part.
    pub fn new(source: impl BufRead + 'a, depth_limit: usize) -> Self {
        let mut reader = Reader::from_reader(Box::new(source) as Box<dyn BufRead + 'a>);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0, depth_limit }
    }

    /// Returns the next token. An empty element gives `Open` and `Close`; comments and instructions are passed over.
    pub fn next(&mut self) -> Result<Token, Unreadable> {
        loop {
            return Ok(match self.step()? {
                Step::Open(Element(start)) => Token::Open(Element(start.into_owned())),
                Step::Close(closed) => Token::Close(closed.name().to_owned()),
                Step::Text(text) => Token::Text(text.into_owned()),
                Step::Nothing => continue,
                Step::End => Token::End,
            });
        }
    }

    /// Returns what comes next without owning it.
    pub fn step(&mut self) -> Result<Step<'_>, Unreadable> {
        self.buffer.clear();
        Ok(match self.reader.read_event_into(&mut self.buffer).map_err(|error| refusal(&error))? {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > self.depth_limit {
                    return Err(Unreadable::TooDeep);
                }
                Step::Open(Element(start))
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Step::Close(Closed(end))
            }
            Event::Text(text) => Step::Text(text.xml10_content()),
            Event::CData(text) => Step::Text(text.xml10_content()),
            Event::GeneralRef(reference) => Step::Text(resolve(&reference)?.into()),
            Event::DocType(_) => return Err(Unreadable::Entities),
            Event::Eof if self.depth == 0 => Step::End,
            Event::Eof | Event::Empty(_) => return Err(Unreadable::Broken),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Step::Nothing,
        })
    }

    /// Passes over the rest of the element that was opened last.
    pub fn skip(&mut self) -> Result<(), Unreadable> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Token::End) {
                break;
            }
        }
        Ok(())
    }
}

/// Resolves a character reference or one of the five names every XML file has; any other name needs a DTD.
fn resolve(reference: &BytesRef<'_>) -> Result<String, Unreadable> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Ok(character.to_string()),
        Ok(None) => {
            quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned).ok_or(Unreadable::Entities)
        }
        Err(_) => Err(Unreadable::Broken),
    }
}

/// Turns a parser's error into a refusal; a bound met while unpacking comes through the parser as an input error.
fn refusal(error: &Error) -> Unreadable {
    match error {
        Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref::<Unreadable>()).cloned(),
        _ => None,
    }
    .unwrap_or(Unreadable::Broken)
}
