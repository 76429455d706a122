//! Tables of a .docx, read in one pass over its XML.
//!
//! Our own reader rather than a library's: decision 0010 compares them.

mod body;
mod numbering;
mod rows;

use super::formats::{self, Format};
use super::package::{Kind, Package};
use super::{Limits, Table, Unreadable};
use body::Body;
use numbering::Numbering;

/// Reads all tables of a Word document, in their order; a table inside a cell is text of that cell.
pub fn read_docx(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, Unreadable> {
    if formats::recognise(bytes, limits)? != Format::Archive {
        return Err(Unreadable::UnknownFormat);
    }
    let mut package = Package::open(bytes, limits)?;
    if package.kind()? != Kind::Document {
        return Err(Unreadable::UnknownFormat);
    }
    read_package(&mut package)
}

/// Reads the tables of an archive that is known to be a document.
pub fn read_package(package: &mut Package<'_>) -> Result<Vec<Table>, Unreadable> {
    let limits = package.limits();
    let main = package.main_part("word/document.xml")?;
    let relationships = package.relationships(&main)?;
    let part = |kind: &str| relationships.iter().find(|it| it.kind == kind).map(|it| it.target.clone());

    let mut numbering = Numbering::default();
    if let Some(name) = part("numbering") {
        package.read(&name, |xml| numbering.read_lists(xml))?;
    }
    if let Some(name) = part("styles") {
        package.read(&name, |xml| numbering.read_styles(xml))?;
    }
    let tables = package.read(&main, |xml| Body::new(limits, numbering).read(xml))?.ok_or(Unreadable::Broken)?;
    if tables.is_empty() { Err(Unreadable::NoTables) } else { Ok(tables) }
}
