//! Marks at the beginning of a line, and what stands between them.
//!
//! | line | block |
//! |---|---|
//! | `# …`, `## …`, `### …` | heading |
//! | `1. …`, further in for lower levels | numbered clause; the numbers themselves are counted anew |
//! | `- …` | line of a list with a dash |
//! | `>< …`, `-> …`, `<- …` | in the middle, at the right, at the left without an indent |
//! | `>> …` | requisite in the right half: to whom, approval |
//! | `left <-> right` | the two ends of one line: date and number |
//! | `\| … \|` | table, see `table.rs` |
//! | `@ post \| name` | line to sign |
//! | `!code … \| …` | QR code and the words below it |
//! | `===` | page break |
//! | `!page landscape long`, `!size 12`, `!cells 10`, `!lines 1`, `!name …` | the page, sizes, spacing, name of the file |
//! | anything else | paragraph, up to an empty line; `\` at the end of a line breaks it |

use super::expand::{VALUE_BEGINS, VALUE_ENDS};
use super::{Slip, inline, table};
use crate::block::{
    Align, Block, Clause, Document, HeadingLevel, Keeping, Orientation, Page, Paragraph, Signature, Spacing,
};
use crate::words::capitalised;

/// Levels of clauses that the formats have.
const CLAUSE_LEVELS: usize = 9;

/// A line of a filled text and the byte where it begins.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub text: &'a str,
    pub offset: usize,
}

impl Line<'_> {
    /// Returns what follows a mark at the beginning of the line.
    fn after(self, mark: &str) -> Option<Self> {
        let rest = self.text.strip_prefix(mark)?;
        Some(Self { text: rest, offset: self.offset + mark.len() })
    }

    fn trimmed(self) -> Self {
        let text = self.text.trim_start_matches(' ');
        Self { text: text.trim_end(), offset: self.offset + self.text.len() - text.len() }
    }

    /// Returns the line without its indent and the width of the indent, when it is a numbered clause.
    fn as_clause(self) -> Option<(usize, Self)> {
        let inner = self.trimmed();
        let number = inner.text.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
        let digits = inner.text.len() - number.len();
        let numbered = inner.text.starts_with(|character: char| character.is_ascii_digit())
            && inner.text[..digits].ends_with('.')
            && number.starts_with(' ');
        numbered.then(|| (inner.offset - self.offset, Line { text: number, offset: inner.offset + digits }.trimmed()))
    }

    fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    fn is_indented(self) -> bool {
        self.text.starts_with("  ")
    }

    fn paragraph(self, align: Align) -> Result<Block, Slip> {
        let line = self.trimmed();
        Ok(Block::Paragraph(Paragraph { runs: inline::runs(line.text, line.offset)?, align }))
    }

    /// Splits the line in two at a `|`; the second half may be missing.
    fn halves(self) -> Result<(String, String), Slip> {
        let pieces = inline::split(self.text, "|");
        let half = |index: usize| match pieces.get(index) {
            Some((at, text)) => {
                let line = Line { text, offset: self.offset + at }.trimmed();
                inline::plain(line.text, line.offset)
            }
            None => Ok(String::new()),
        };
        if pieces.len() > 2 {
            return Err(Slip::new(self.offset + pieces[2].0, "Здесь бывает одна черта |."));
        }
        Ok((half(0)?, half(1)?))
    }
}

/// Reads a filled text.
pub fn read(text: &str) -> Result<Document, Slip> {
    let mut offset = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push(Line { text: line.trim_end_matches(['\n', '\r']), offset });
        offset += line.len();
    }
    let mut document = Document::new("", Page::portrait());
    let mut rest = lines.as_slice();
    while let Some((first, below)) = rest.split_first() {
        rest = if first.is_blank() {
            below
        } else if let Some(setting) = first.after("!") {
            set(&mut document, setting)?;
            below
        } else {
            let (block, taken) = block(rest)?;
            document.blocks.push(block);
            &rest[taken..]
        };
    }
    Ok(document)
}

/// Reads the block that begins with the first line; returns how many lines it took.
fn block(lines: &[Line<'_>]) -> Result<(Block, usize), Slip> {
    let first = lines[0];
    for (mark, level) in [("### ", HeadingLevel::Third), ("## ", HeadingLevel::Second), ("# ", HeadingLevel::First)] {
        if let Some(line) = first.after(mark) {
            return Ok((Block::Heading { level, text: inline::plain(line.text.trim(), line.offset)? }, 1));
        }
    }
    for (mark, align) in [(">< ", Align::Centre), ("-> ", Align::End), ("<- ", Align::Start)] {
        if let Some(line) = first.after(mark) {
            return Ok((line.paragraph(align)?, 1));
        }
    }
    if first.text.trim() == "===" {
        return Ok((Block::PageBreak, 1));
    }
    if first.text.starts_with('|') {
        return table::read(lines);
    }
    if first.text.starts_with(">> ") {
        return aside(lines);
    }
    if first.text.starts_with("@ ") {
        return signatures(lines);
    }
    if first.text.starts_with("- ") {
        return dashes(lines);
    }
    if first.as_clause().is_some() {
        return clauses(lines);
    }
    match inline::split(first.text, " <-> ").as_slice() {
        [(_, left), (at, right)] => {
            let ends = Block::Ends {
                left: inline::runs(left.trim(), first.offset)?,
                right: inline::runs(right.trim(), first.offset + at)?,
            };
            Ok((ends, 1))
        }
        _ => paragraph(lines),
    }
}

/// Joins lines up to an empty one, or to one that begins another block, into a paragraph.
fn paragraph(lines: &[Line<'_>]) -> Result<(Block, usize), Slip> {
    let mut runs = Vec::new();
    let mut taken = 0;
    for line in lines.iter().take_while(|line| !line.is_blank()) {
        if taken > 0 && begins_a_block(line.text) {
            break;
        }
        add_line(&mut runs, *line)?;
        taken += 1;
    }
    Ok((Block::Paragraph(Paragraph::new(runs)), taken))
}

/// Adds a line to runs, with a space between it and the last unless that one breaks.
fn add_line(runs: &mut Vec<crate::block::Run>, line: Line<'_>) -> Result<(), Slip> {
    let line = line.trimmed();
    if let Some(last) = runs.last_mut().filter(|run| !run.text.ends_with('\n')) {
        last.text.push(' ');
    }
    runs.extend(inline::runs(line.text, line.offset)?);
    Ok(())
}

/// Tells whether a line begins another block than a paragraph.
pub fn begins_a_block(text: &str) -> bool {
    const MARKS: [&str; 11] = ["# ", "## ", "### ", ">< ", "-> ", "<- ", ">> ", "@ ", "- ", "|", "!"];
    MARKS.iter().any(|mark| text.starts_with(mark))
        || text.trim() == "==="
        || Line { text, offset: 0 }.as_clause().is_some()
}

fn aside(lines: &[Line<'_>]) -> Result<(Block, usize), Slip> {
    let marked: Vec<_> = lines.iter().map_while(|line| line.after(">> ")).collect();
    let mut read: Vec<_> =
        marked.iter().map(|line| inline::runs(line.text.trim(), line.offset)).collect::<Result<_, _>>()?;
    // Posts are kept as they stand inside of a sentence; an address and a signature begin with a capital letter.
    if let Some(first) = read.first_mut().and_then(|runs| runs.first_mut()) {
        first.text = capitalised(&first.text);
    }
    Ok((Block::Aside(read), marked.len()))
}

fn signatures(lines: &[Line<'_>]) -> Result<(Block, usize), Slip> {
    let marked: Vec<_> = lines.iter().map_while(|line| line.after("@ ")).collect();
    let read = marked.iter().map(|line| line.halves().map(|(post, name)| Signature { post: capitalised(&post), name }));
    Ok((Block::Signatures(read.collect::<Result<_, _>>()?), marked.len()))
}

fn dashes(lines: &[Line<'_>]) -> Result<(Block, usize), Slip> {
    let mut items: Vec<Vec<crate::block::Run>> = Vec::new();
    let mut taken = 0;
    for line in lines {
        match (line.after("- "), items.last_mut()) {
            (Some(item), _) => items.push(inline::runs(item.text.trim(), item.offset)?),
            (None, Some(item)) if line.is_indented() && line.as_clause().is_none() && !line.is_blank() => {
                add_line(item, *line)?;
            }
            _ => break,
        }
        taken += 1;
    }
    Ok((Block::Dashes(items), taken))
}

/// Reads clauses and what is below them; empty lines between clauses do not end the list.
fn clauses(lines: &[Line<'_>]) -> Result<(Block, usize), Slip> {
    let mut flat: Vec<(usize, Clause)> = Vec::new();
    let mut indents: Vec<usize> = Vec::new();
    let (mut taken, mut pending) = (0, 0);
    for line in lines {
        pending += 1;
        if line.is_blank() {
            continue;
        }
        if let Some((indent, text)) = line.as_clause() {
            while indents.last().is_some_and(|outer| *outer > indent) {
                indents.pop();
            }
            if indents.last().is_none_or(|outer| *outer < indent) {
                indents.push(indent);
            }
            if indents.len() > CLAUSE_LEVELS {
                return Err(Slip::new(text.offset, "Пункты вложены глубже девяти уровней."));
            }
            flat.push((indents.len(), Clause { runs: inline::runs(text.text, text.offset)?, clauses: Vec::new() }));
        } else if line.is_indented() && pending == 1 {
            if let Some((_, clause)) = flat.last_mut() {
                add_line(&mut clause.runs, *line)?;
            }
        } else {
            break;
        }
        taken += pending;
        pending = 0;
    }
    Ok((Block::NumberedClauses(nested(&mut flat.into_iter().peekable(), 1)), taken))
}

/// Puts clauses of lower levels below those they follow.
fn nested(flat: &mut std::iter::Peekable<std::vec::IntoIter<(usize, Clause)>>, level: usize) -> Vec<Clause> {
    let mut clauses = Vec::new();
    while let Some((_, mut clause)) = flat.next_if(|(below, _)| *below >= level) {
        clause.clauses = nested(flat, level + 1);
        clauses.push(clause);
    }
    clauses
}

/// Reads a line that begins with `!`.
fn set(document: &mut Document, line: Line<'_>) -> Result<(), Slip> {
    let (word, rest) = line.text.split_once(' ').unwrap_or((line.text, ""));
    let argument = Line { text: rest, offset: line.offset + word.len() + 1 };
    let number = |from: u8, to: u8| {
        let bare = rest.replace([VALUE_BEGINS, VALUE_ENDS], "");
        let number = bare.trim().parse().ok().filter(|number| (from..=to).contains(number));
        number.ok_or_else(|| Slip::new(argument.offset, format!("Здесь нужно число от {from} до {to}.")))
    };
    match word {
        "page" => document.page = page(argument)?,
        "size" => document.look.size = number(8, 20)?,
        "cells" => document.look.cells = number(7, 16)?,
        "lines" => {
            document.look.spacing = match rest.trim() {
                "1" => Spacing::Single,
                "1.15" => Spacing::Usual,
                "1.5" => Spacing::OneAndHalf,
                _ => return Err(Slip::new(argument.offset, "Межстрочный интервал бывает 1, 1.15 или 1.5.")),
            }
        }
        "name" => document.name = inline::plain(rest.trim(), argument.offset)?.replace('\n', " "),
        "code" => {
            let (text, caption) = argument.halves()?;
            document.blocks.push(Block::Code { text, caption });
        }
        _ => {
            let sentence = format!("Строки «!{word}» не бывает: есть !page, !size, !cells, !lines, !name и !code.");
            return Err(Slip::new(line.offset, sentence));
        }
    }
    Ok(())
}

fn page(line: Line<'_>) -> Result<Page, Slip> {
    let mut page = Page::portrait();
    for word in line.text.split_whitespace() {
        match word {
            "portrait" => page.orientation = Orientation::Portrait,
            "landscape" => page.orientation = Orientation::Landscape,
            "long" => page.keeping = Keeping::Long,
            _ => {
                let sentence =
                    format!("Страница бывает portrait или landscape, и long, если её подшивают; не «{word}».");
                return Err(Slip::new(line.offset, sentence));
            }
        }
    }
    Ok(page)
}
