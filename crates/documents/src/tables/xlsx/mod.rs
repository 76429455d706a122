//! Sheets of an .xlsx, read cell by cell in one pass.
//!
//! Our own reader rather than calamine's: decision 0010 says why. What a file announces about itself (dimensions,
//! counts) is never believed, so a book of 1.5 KB cannot ask for memory.

pub mod sheet;
pub mod styles;
pub mod value;

use super::formats::{self, Format};
use super::grid::Spent;
use super::package::{Kind, Package};
use super::xml::{Token, Xml};
use super::{Limits, Table, Unreadable};
use styles::Styles;

/// What the sheets of a workbook share.
pub struct Workbook {
    strings: Vec<Box<str>>,
    styles: Styles,
    /// Days are counted from 1904, as on a Macintosh of that time.
    since_1904: bool,
}

/// A visible sheet and the part that holds it.
pub struct Listed {
    pub name: String,
    pub part: String,
}

/// What a workbook says about itself before its cells are looked at.
pub struct Contents {
    pub sheets: Vec<Listed>,
    /// The part with the texts that cells name by number.
    pub strings: Option<String>,
    pub styles: Styles,
    pub since_1904: bool,
}

/// Reads the list of sheets and the looks of a workbook.
pub fn contents(package: &mut Package<'_>) -> Result<Contents, Unreadable> {
    let limits = package.limits();
    let main = package.main_part("xl/workbook.xml")?;
    let relationships = package.relationships(&main)?;
    let part = |kind: &str| relationships.iter().find(|it| it.kind == kind).map(|it| it.target.clone());
    let (listed, since_1904) = package.read(&main, |xml| read_list(xml, limits))?.ok_or(Unreadable::Broken)?;
    let styles = match part("styles") {
        Some(name) => package.read(&name, Styles::read)?.unwrap_or_default(),
        None => Styles::default(),
    };
    let sheets = listed.into_iter().filter_map(|(name, id)| {
        let found = relationships.iter().find(|it| it.id == id && it.kind == "worksheet")?;
        Some(Listed { name, part: found.target.clone() })
    });
    Ok(Contents { sheets: sheets.collect(), strings: part("sharedStrings"), styles, since_1904 })
}

/// Reads the visible sheets of an Excel workbook, each as one table titled with the sheet's name.
///
/// Hidden sheets are passed over, hidden rows and columns are read: a filter that somebody forgot must not lose rows.
pub fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, Unreadable> {
    if formats::recognise(bytes, limits)? != Format::Archive {
        return Err(Unreadable::UnknownFormat);
    }
    let mut package = Package::open(bytes, limits)?;
    if package.kind()? != Kind::Workbook {
        return Err(Unreadable::UnknownFormat);
    }
    read_package(&mut package)
}

/// Reads the sheets of an archive that is known to be a workbook.
pub fn read_package(package: &mut Package<'_>) -> Result<Vec<Table>, Unreadable> {
    let limits = package.limits();
    let Contents { sheets, strings, styles, since_1904 } = contents(package)?;
    let strings = match strings {
        Some(name) => package.read(&name, |xml| read_strings(xml, limits))?.unwrap_or_default(),
        None => Vec::new(),
    };
    let workbook = Workbook { strings, styles, since_1904 };

    let mut tables = Vec::new();
    let mut spent = Spent::default();
    for Listed { name, part } in sheets {
        let grid = package.read(&part, |xml| sheet::read(xml, &workbook, limits))?.ok_or(Unreadable::Broken)?;
        tables.extend(grid.finish(Some(name), &mut spent)?);
    }
    if tables.is_empty() { Err(Unreadable::NoTables) } else { Ok(tables) }
}

/// Reads the names and the relationships of the visible sheets and the beginning of the calendar.
fn read_list(xml: &mut Xml<'_>, limits: &Limits) -> Result<(Vec<(String, String)>, bool), Unreadable> {
    let mut sheets = Vec::new();
    let mut since_1904 = false;
    loop {
        match xml.next()? {
            Token::Open(element) if element.name() == "workbookPr" => {
                // Excel's own extension list has an element of this name without the switch.
                since_1904 |= matches!(element.attribute("date1904").as_deref(), Some("1" | "true"));
            }
            Token::Open(element) if element.name() == "sheet" => {
                let visible = matches!(element.attribute("state").as_deref(), None | Some("visible"));
                if let (true, Some(relationship)) = (visible, element.attribute("id")) {
                    sheets.push((element.attribute("name").unwrap_or_default(), relationship));
                }
                if sheets.len() > limits.tables {
                    return Err(Unreadable::TooManyTables { limit: limits.tables });
                }
            }
            Token::End => return Ok((sheets, since_1904)),
            _ => {}
        }
    }
}

/// Reads the texts that cells name by number. The announced count is not looked at: it may say 99 999 999 999.
fn read_strings(xml: &mut Xml<'_>, limits: &Limits) -> Result<Vec<Box<str>>, Unreadable> {
    let mut strings = Vec::new();
    loop {
        match xml.next()? {
            Token::Open(element) if element.name() == "si" => {
                strings.push(read_rich_text(xml, "si")?.into_boxed_str());
                if strings.len() > limits.cells {
                    return Err(Unreadable::TooManyCells { limit: limits.cells });
                }
            }
            Token::End => return Ok(strings),
            _ => {}
        }
    }
}

/// Reads the runs of a text up to the end of `element`, without the phonetic ones.
pub fn read_rich_text(xml: &mut Xml<'_>, element: &str) -> Result<String, Unreadable> {
    let mut text = String::new();
    let mut in_text = false;
    loop {
        match xml.next()? {
            Token::Open(inner) if inner.name() == "rPh" => xml.skip()?,
            Token::Open(inner) => in_text = inner.name() == "t",
            Token::Text(part) if in_text => text.push_str(&unescaped(&part)),
            Token::Close(name) if name == element => return Ok(text),
            Token::Close(_) => in_text = false,
            Token::Text(_) => {}
            Token::End => return Err(Unreadable::Broken),
        }
    }
}

/// Resolves `_x000D_`, the way Excel writes characters that XML cannot hold.
pub fn unescaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (before, after) = match character {
            Some(_) => (at, at + 7),
            None => (at + 2, at + 2),
        };
        result.push_str(&rest[..before]);
        result.extend(character);
        rest = &rest[after..];
    }
    result.push_str(rest);
    result
}
