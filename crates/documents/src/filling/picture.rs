//! A QR code in a school's own file: a drawing in the text, a picture among the parts.

use super::Unfilled;
use super::package::Package;
use crate::code::Code;

/// 22 mm, which a scan of 150 dots per inch still reads, in the units of drawings.
const SIDE: u32 = 22 * 36_000;
/// Ids of drawings that no program gives by itself.
const FIRST_ID: usize = 900_000;
/// How the links to the pictures begin.
const LINK: &str = "codeOfDocument";

/// Draws the picture of a number, counted from one.
pub fn drawing(number: usize) -> String {
    let id = FIRST_ID + number;
    format!(
        r#"<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{SIDE}" cy="{SIDE}"/><wp:docPr id="{id}" name="QR {number}" descr="QR-код документа"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{id}" name="QR {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{SIDE}" cy="{SIDE}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"#,
        link(number)
    )
}

/// Puts the pictures of a part into the file.
pub fn add(package: &mut Package, part: &str, texts: &[String]) -> Result<(), Unfilled> {
    if texts.is_empty() {
        return Ok(());
    }
    let (folder, file) = part.rsplit_once('/').unwrap_or(("word", part));
    let mut links = String::new();
    for (index, text) in texts.iter().enumerate() {
        let name = format!("media/code-{}-{}.png", file.trim_end_matches(".xml"), index + 1);
        let picture = Code::of(text).and_then(|code| code.png()).map_err(|_| Unfilled::TooDeep)?;
        package.replace(&format!("{folder}/{name}"), picture)?;
        links +=
            r#"<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Id=""#;
        links += &link(index + 1);
        links += r#"" Target=""#;
        links += &name;
        links += r#""/>"#;
    }
    let relationships = format!("{folder}/_rels/{file}.rels");
    let old = package.text(&relationships)?.unwrap_or_else(|| {
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#.to_owned()
    });
    package.replace(&relationships, before_end(&old, "Relationships", &links)?)?;
    let types = package.text("[Content_Types].xml")?.ok_or(Unfilled::Broken)?;
    if !types.to_lowercase().contains("extension=\"png\"") {
        let png = r#"<Default Extension="png" ContentType="image/png"/>"#;
        package.replace("[Content_Types].xml", before_end(&types, "Types", png)?)?;
    }
    Ok(())
}

fn link(number: usize) -> String {
    format!("{LINK}{number}")
}

/// Returns the number of the picture that a mark of the file shows.
pub fn number_in(mark: &str) -> Option<usize> {
    let (_, behind) = mark.split_once(&format!("r:embed=\"{LINK}"))?;
    behind.split('"').next()?.parse().ok().filter(|number| *number > 0)
}

/// Writes into an element before its end; one without content is opened.
fn before_end(xml: &str, name: &str, what: &str) -> Result<String, Unfilled> {
    if let Some(at) = xml.rfind(&format!("</{name}>")) {
        return Ok(format!("{}{what}{}", &xml[..at], &xml[at..]));
    }
    let at = xml.rfind("/>").ok_or(Unfilled::Broken)?;
    Ok(format!("{}>{what}</{name}>{}", &xml[..at], &xml[at + 2..]))
}
