//! Blocks become paragraphs of Word.

use docx_rs::{
    AbstractNumbering, BreakType, Docx, IndentLevel, Level, LevelJc, LevelSuffixType, LevelText, NumberFormat,
    Numbering, NumberingId, Paragraph, Pic, Run, SpecialIndentType, Start, Tab, TabLeaderType, TabValueType,
};

use super::{table, twips};
use crate::block::{self, Align, Block, Clause, Document, HeadingLevel, Page, Signature, Unwritable};
use crate::code::Code;

/// Levels of numbered clauses; the format has nine.
const CLAUSE_LEVELS: usize = 9;
/// The list that docx-rs puts into every document under this number.
const DEFAULT_LIST: usize = 1;
/// The list of lines with a dash; lists of clauses follow.
const DASHES: usize = DEFAULT_LIST + 1;
/// The indent of the first line, 12.5 mm, as in the style `BodyText`.
const FIRST_LINE: i32 = 709;

/// Puts the blocks of a document into an empty one.
pub fn fill(mut docx: Docx, document: &Document) -> Result<Docx, Unwritable> {
    if !document.title.is_empty() {
        docx = docx.add_paragraph(styled("Title", &[block::Run::plain(document.title.as_str())]));
    }
    if document.blocks.iter().any(|block| matches!(block, Block::Dashes(_))) {
        docx = with_dashes(docx);
    }
    let mut lists = DASHES;
    for (index, block) in document.blocks.iter().enumerate() {
        let signed_next = matches!(document.blocks.get(index + 1), Some(Block::Signatures(_)));
        docx = add(docx, block, document, (&mut lists, signed_next))?;
    }
    Ok(docx)
}

/// Adds a block; what stands above a signature stays on its page, so that nobody signs an empty sheet.
fn add(
    docx: Docx,
    block: &Block,
    document: &Document,
    (lists, signed_next): (&mut usize, bool),
) -> Result<Docx, Unwritable> {
    let lines = |docx: Docx, style: &str, lines: &[Vec<block::Run>]| {
        lines.iter().fold(docx, |docx, runs| docx.add_paragraph(styled(style, runs).keep_next(true)))
    };
    Ok(match block {
        Block::Heading { level, text } => {
            docx.add_paragraph(styled(heading(*level), &[block::Run::plain(text.as_str())]))
        }
        Block::Paragraph(paragraph) => {
            let written = styled(body_style(paragraph.align), &paragraph.runs);
            docx.add_paragraph(if signed_next { written.keep_next(true) } else { written })
        }
        Block::NumberedClauses(clauses) => {
            *lists += 1;
            add_clauses(with_list(docx, *lists), clauses, (*lists, 0), signed_next)?
        }
        Block::Dashes(items) => {
            let item =
                |runs: &Vec<block::Run>| styled("Dash", runs).numbering(NumberingId::new(DASHES), IndentLevel::new(0));
            items.iter().fold(docx, |docx, runs| docx.add_paragraph(item(runs)))
        }
        // Two tables in a row would grow together, and a document must not end with one.
        Block::Table(table) => docx
            .add_table(table::build(table, document.page)?)
            .add_paragraph(Paragraph::new().style("AfterTable").keep_next(signed_next)),
        Block::Aside(requisite) => lines(docx, "Requisite", requisite).add_paragraph(styled("Requisite", &[])),
        Block::Ends { left, right } => docx.add_paragraph(ends(left, right, document.page)),
        Block::Signatures(signatures) => signatures.iter().enumerate().fold(docx, |docx, (index, signature)| {
            let line = signature_line(signature, document.page);
            docx.add_paragraph(line.keep_next(index + 1 < signatures.len()))
        }),
        Block::Code { text, caption } => {
            docx.add_paragraph(code(text)?).add_paragraph(styled("CodeCaption", &[block::Run::plain(caption.as_str())]))
        }
        Block::PageBreak => {
            docx.add_paragraph(Paragraph::new().style("AfterTable").add_run(Run::new().add_break(BreakType::Page)))
        }
    })
}

/// Writes two texts at the ends of a line.
fn ends(left: &[block::Run], right: &[block::Run], page: Page) -> Paragraph {
    let stop = Tab::new().val(TabValueType::Right).pos(twips(page.text_width_mm()) as usize);
    let line = styled("TextStart", left).add_tab(stop).add_run(Run::new().add_tab());
    right.iter().fold(line, |line, run| line.add_run(write_run(run)))
}

/// Draws a QR code of 22 mm, which a scan of 150 dots per inch still reads.
fn code(text: &str) -> Result<Paragraph, Unwritable> {
    const SIDE: u32 = 22 * 36_000;
    let image = Code::of(text)?.png()?;
    let picture = Pic::new_with_dimensions(image, 1, 1).size(SIDE, SIDE);
    Ok(Paragraph::new().style("Code").keep_next(true).add_run(Run::new().add_image(picture)))
}

const fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::First => "Heading1",
        HeadingLevel::Second => "Heading2",
        HeadingLevel::Third => "Heading3",
    }
}

const fn body_style(align: Align) -> &'static str {
    match align {
        Align::Start => "TextStart",
        Align::Centre => "TextCentre",
        Align::End => "TextEnd",
        Align::Justify => "BodyText",
    }
}

/// Makes a paragraph of a named style.
pub fn styled(style: &str, runs: &[block::Run]) -> Paragraph {
    runs.iter().fold(Paragraph::new().style(style), |paragraph, run| paragraph.add_run(write_run(run)))
}

fn write_run(run: &block::Run) -> Run {
    let mut written = Run::new();
    if run.bold {
        written = written.bold();
    }
    if run.italic {
        written = written.italic();
    }
    for (index, line) in run.text.split('\n').enumerate() {
        if index > 0 {
            written = written.add_break(BreakType::TextWrapping);
        }
        for (index, text) in line.split('\t').enumerate() {
            if index > 0 {
                written = written.add_tab();
            }
            if !text.is_empty() {
                written = written.add_text(printable(text));
            }
        }
    }
    written
}

/// Drops what XML cannot hold: control characters and the two that are no characters.
pub fn printable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}')).collect()
}

/// Adds the list of lines with a dash.
fn with_dashes(docx: Docx) -> Docx {
    let (format, dash) = (NumberFormat::new("bullet"), LevelText::new("–"));
    let level = Level::new(0, Start::new(1), format, dash, LevelJc::new("left")).suffix(LevelSuffixType::Space).indent(
        Some(0),
        Some(SpecialIndentType::FirstLine(FIRST_LINE)),
        None,
        None,
    );
    docx.add_abstract_numbering(AbstractNumbering::new(DASHES).add_level(level))
        .add_numbering(Numbering::new(DASHES, DASHES))
}

/// Adds a list of its own for a block of clauses, so that each begins with 1.
fn with_list(docx: Docx, list: usize) -> Docx {
    let mut levels = AbstractNumbering::new(list);
    let mut pattern = String::new();
    for level in 0..CLAUSE_LEVELS {
        pattern = format!("{pattern}%{}.", level + 1);
        let text = LevelText::new(pattern.as_str());
        levels = levels.add_level(
            Level::new(level, Start::new(1), NumberFormat::new("decimal"), text, LevelJc::new("left"))
                .suffix(LevelSuffixType::Space)
                .indent(Some(0), Some(SpecialIndentType::FirstLine(FIRST_LINE)), None, None),
        );
    }
    docx.add_abstract_numbering(levels).add_numbering(Numbering::new(list, list))
}

fn add_clauses(
    mut docx: Docx,
    clauses: &[Clause],
    (list, level): (usize, usize),
    signed_next: bool,
) -> Result<Docx, Unwritable> {
    if level >= CLAUSE_LEVELS && !clauses.is_empty() {
        return Err(Unwritable::ClausesTooDeep);
    }
    for (index, clause) in clauses.iter().enumerate() {
        let followed = signed_next && index + 1 == clauses.len();
        let paragraph = styled("Clause", &clause.runs).numbering(NumberingId::new(list), IndentLevel::new(level));
        let paragraph = if followed && clause.clauses.is_empty() { paragraph.keep_next(true) } else { paragraph };
        docx = add_clauses(docx.add_paragraph(paragraph), &clause.clauses, (list, level + 1), followed)?;
    }
    Ok(docx)
}

/// Writes post, a line to sign on and the name; with tabs rather than a table, so that it is no table for a reader.
fn signature_line(signature: &Signature, page: Page) -> Paragraph {
    let width = page.text_width_mm();
    // A character of Times New Roman 14 takes some 2.6 mm.
    let post = wrapped(&printable(&signature.post), (width / 2 * 10 / 26) as usize);
    let stop = |mm: u32, value| Tab::new().val(value).pos(twips(mm) as usize);
    let run = write_run(&block::Run::plain(post)).add_tab().add_tab().add_tab().add_text(printable(&signature.name));
    Paragraph::new()
        .style("Signature")
        .add_tab(stop(width / 2, TabValueType::Left))
        .add_tab(stop(width / 2 + 35, TabValueType::Left).leader(TabLeaderType::Underscore))
        .add_tab(stop(width, TabValueType::Right))
        .add_run(run)
}

/// Breaks a text into lines at words, so that the last one leaves room for what stands to the right of it.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut filled = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if filled > 0 {
            let breaks = filled + 1 + length > width;
            lines.push(if breaks { '\n' } else { ' ' });
            filled = if breaks { 0 } else { filled + 1 };
        }
        lines.push_str(word);
        filled += length;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_post_is_broken_at_words() {
        assert_eq!(wrapped("Директор", 10), "Директор");
        assert_eq!(
            wrapped("Заместитель директора по воспитательной работе", 25),
            "Заместитель директора по\nвоспитательной работе"
        );
    }
}
