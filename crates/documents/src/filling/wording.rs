//! A part as a text for the templates, and the filled text as a part again.
//!
//! Marks of the file travel as numbers between private signs: the template moves, repeats and drops them without
//! seeing them, and nothing a school types in an attribute is taken for a field.

use std::collections::HashMap;

use minijinja::value::Value;

use super::part::{Kind, Part, Row, Span, Token};
use super::picture;
use super::tags;
use super::{Misplaced, Unfilled};
use crate::template::{self, CODE_BEGINS, CODE_ENDS, Mistake, NameForms, VALUE_BREAK};

/// The number of a piece of the file stands between these two.
const PIECE_BEGINS: char = '\u{E010}';
const PIECE_ENDS: char = '\u{E011}';
/// Bytes of a filled part: a register of 5 000 lines.
const LONGEST: usize = 32 << 20;
/// Signs of a paragraph that are enough to find it.
const EXCERPT: usize = 60;
const MISPLACED: &str = "Условие или список начинается в одном месте, а кончается в другом: поставьте обе скобки в один абзац, в одну ячейку или в отдельные строки.";

/// A part whose tags are found.
pub struct Wording<'a> {
    title: &'static str,
    part: Part<'a>,
    template: String,
    pieces: Vec<Piece<'a>>,
    /// Where in the template each paragraph begins, in characters, with its number.
    places: Vec<(usize, usize)>,
}

/// Marks of the file that stay together.
#[derive(Default)]
struct Piece<'a> {
    marks: Vec<&'a str>,
    /// Whether the last of them ends a paragraph, and the first of them a frame.
    ends_paragraph: bool,
    closes_frame: bool,
}

/// A filled part.
pub struct Filled {
    pub xml: String,
    /// The texts of the codes that are drawn in it.
    pub pictures: Vec<String>,
}

impl<'a> Wording<'a> {
    /// Finds the tags of a part; `title` is what its paragraphs are called.
    pub fn of(xml: &'a str, title: &'static str) -> Result<Self, Unfilled> {
        let mut part = Part::read(xml)?;
        for paragraph in 0..part.paragraphs.len() {
            tags::gather(&mut part, paragraph);
        }
        let mut wording = Self { title, part, template: String::new(), pieces: Vec::new(), places: Vec::new() };
        wording.write()?;
        Ok(wording)
    }

    /// Checks what can be checked without values.
    pub fn check(&self) -> Result<(), Unfilled> {
        template::check_file(&self.template).map_err(|mistake| self.placed(&mistake))
    }

    /// Fills the part.
    pub fn fill(&self, values: &Value, names: &NameForms) -> Result<Filled, Unfilled> {
        let filled = template::expand_file(&self.template, values, names).map_err(|mistake| self.placed(&mistake))?;
        let (mut xml, mut pictures) = (String::with_capacity(filled.len() * 2), Vec::new());
        let mut ended_paragraph = true;
        let mut signs = filled.chars();
        while let Some(sign) = signs.next() {
            match sign {
                PIECE_BEGINS => {
                    let number: String = signs.by_ref().take_while(|sign| *sign != PIECE_ENDS).collect();
                    let Some(piece) = number.parse().ok().and_then(|number: usize| self.pieces.get(number)) else {
                        continue;
                    };
                    if piece.closes_frame && !ended_paragraph {
                        // A cell that lost its last paragraph would be a broken file to Word.
                        xml.push_str("<w:p/>");
                    }
                    piece.marks.iter().for_each(|mark| xml.push_str(mark));
                    ended_paragraph = piece.ends_paragraph;
                }
                CODE_BEGINS => {
                    let text: String = signs.by_ref().take_while(|sign| *sign != CODE_ENDS).collect();
                    pictures.push(text);
                    xml.push_str("</w:t>");
                    xml.push_str(&picture::drawing(pictures.len()));
                    xml.push_str("<w:t xml:space=\"preserve\">");
                }
                VALUE_BREAK => xml.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">"),
                '&' => xml.push_str("&amp;"),
                '<' => xml.push_str("&lt;"),
                '>' => xml.push_str("&gt;"),
                '\t' => xml.push_str("</w:t><w:tab/><w:t xml:space=\"preserve\">"),
                '\u{E000}'..='\u{E01F}' | '\u{FFFE}' | '\u{FFFF}' => {}
                sign if sign.is_control() => {}
                sign => xml.push(sign),
            }
            if xml.len() > LONGEST {
                return Err(Unfilled::TooLargeUnpacked);
            }
        }
        Ok(Filled { xml, pictures })
    }

    /// Names the paragraph a mistake of the template stands in; the template is one line.
    fn placed(&self, mistake: &Mistake) -> Unfilled {
        let at = mistake.column.saturating_sub(1);
        let paragraph = self.places.iter().rev().find(|(from, _)| *from <= at).map_or(0, |(_, paragraph)| *paragraph);
        self.misplaced(paragraph, &mistake.sentence)
    }

    fn misplaced(&self, paragraph: usize, sentence: &str) -> Unfilled {
        let said = self.part.said(paragraph);
        let mut excerpt: String = said.trim().chars().take(EXCERPT).collect();
        if excerpt.len() < said.trim().len() {
            excerpt.push('…');
        }
        Unfilled::Mistake(Misplaced {
            place: format!("{} {}", self.title, paragraph + 1),
            excerpt,
            sentence: sentence.to_owned(),
        })
    }

    /// Writes the template.
    fn write(&mut self) -> Result<(), Unfilled> {
        let lifted = self.lifted();
        let mut writing = Writing { template: String::new(), written: 0, pieces: Vec::new(), places: Vec::new() };
        let mut commands = Commands::default();
        let mut at = 0;
        while at < self.part.tokens.len() {
            if let Some(lift) = lifted.before.get(&at) {
                self.write_lift(lift, &mut writing, &mut commands)?;
                if let Some(to) = lift.instead_of {
                    at = to + 1;
                    continue;
                }
            }
            match self.part.tokens[at] {
                Token::Open(kind, raw) => writing.mark(self.opening(kind, at, raw), kind == Kind::Frame, false, false),
                Token::Close(kind, raw) => writing.mark(raw, false, kind == Kind::Paragraph, kind == Kind::Frame),
                Token::Raw(raw) => writing.mark(raw, false, false, false),
                Token::Text(text) => {
                    let text = &self.part.texts[text];
                    writing.place(text.paragraph);
                    for tag in tags::find(&text.said) {
                        let met = commands.meet(&text.said[tag], text.home);
                        met.map_err(|()| self.misplaced(text.paragraph, MISPLACED))?;
                    }
                    writing.say(&text.said);
                }
            }
            if let Some(lift) = lifted.after.get(&at) {
                self.write_lift(lift, &mut writing, &mut commands)?;
            }
            at += 1;
        }
        self.template = writing.template;
        self.pieces = writing.pieces;
        self.places = writing.places;
        Ok(())
    }

    fn write_lift(&self, lift: &Lift, writing: &mut Writing<'a>, commands: &mut Commands) -> Result<(), Unfilled> {
        writing.place(lift.paragraph);
        for tag in &lift.tags {
            commands.meet(tag, lift.home).map_err(|()| self.misplaced(lift.paragraph, MISPLACED))?;
            writing.say(tag);
        }
        Ok(())
    }

    /// Returns the opening mark of an element; a text keeps its outer spaces once it is filled.
    fn opening(&self, kind: Kind, at: usize, raw: &'a str) -> &'a str {
        let text = match self.part.tokens.get(at + 1) {
            Some(Token::Text(text)) if kind == Kind::Text => &self.part.texts[*text].said,
            _ => return raw,
        };
        if tags::find(text).is_empty() { raw } else { "<w:t xml:space=\"preserve\">" }
    }

    /// Takes the commands that stand alone out of their paragraphs and rows.
    fn lifted(&mut self) -> Lifts {
        let mut lifts = Lifts::default();
        for row in 0..self.part.rows.len() {
            self.lift_row(row, &mut lifts);
        }
        for (index, paragraph) in self.part.paragraphs.iter().enumerate() {
            let said = self.part.said(index);
            if !paragraph.ends_section && tags::is_only_commands(&said) {
                let lift = Lift::of(index, paragraph.home, &said).instead_of(paragraph.span);
                lifts.before.insert(paragraph.span.from, lift);
            }
        }
        lifts
    }

    /// Lifts the commands of a row: those of a row that has nothing else, those a row begins and ends with.
    fn lift_row(&mut self, row: usize, lifts: &mut Lifts) {
        let Row { span, home, paragraphs } = &self.part.rows[row];
        let (span, home) = (*span, *home);
        let said: String = paragraphs.iter().map(|paragraph| self.part.said(*paragraph)).collect();
        let texts: Vec<usize> =
            paragraphs.iter().flat_map(|paragraph| self.part.paragraphs[*paragraph].texts.iter().copied()).collect();
        let tags = tags::find(&said);
        let (Some(&first), Some(&last)) = (texts.first(), texts.last()) else { return };
        let (Some(opening), Some(closing)) = (tags.first(), tags.last()) else { return };
        let (begins, ends) = (self.part.texts[first].paragraph, self.part.texts[last].paragraph);
        if tags::is_only_commands(&said) {
            lifts.before.insert(span.from, Lift::of(begins, home, &said).instead_of(span));
            return;
        }
        let is_pair = matches!(
            (tags::command(&said[opening.clone()]), tags::command(&said[closing.clone()])),
            (Some("for"), Some("endfor")) | (Some("if"), Some("endif"))
        );
        let stands_outside = said[..opening.start].trim().is_empty() && said[closing.end..].trim().is_empty();
        // In one paragraph they repeat what stands between them there.
        if !is_pair || !stands_outside || begins == ends {
            return;
        }
        let (opening, closing) = (&said[opening.clone()], &said[closing.clone()]);
        let mut texts = texts.into_iter();
        if let Some(text) = texts.clone().find(|text| self.part.texts[*text].said.contains(opening)) {
            let text = &mut self.part.texts[text].said;
            *text = text.replacen(opening, "", 1);
        }
        if let Some(text) = texts.rfind(|text| self.part.texts[*text].said.contains(closing)) {
            let text = &mut self.part.texts[text].said;
            if let Some(at) = text.rfind(closing) {
                text.replace_range(at..at + closing.len(), "");
            }
        }
        lifts.before.insert(span.from, Lift::of(begins, home, opening));
        lifts.after.insert(span.to, Lift::of(ends, home, closing));
    }
}

/// Commands that leave their place, by the token before or behind which they stand.
#[derive(Default)]
struct Lifts {
    before: HashMap<usize, Lift>,
    after: HashMap<usize, Lift>,
}

/// Commands that leave their place.
struct Lift {
    /// The token up to which they replace what was there.
    instead_of: Option<usize>,
    home: usize,
    paragraph: usize,
    tags: Vec<String>,
}

impl Lift {
    fn of(paragraph: usize, home: usize, said: &str) -> Self {
        let tags = tags::find(said).into_iter().map(|tag| said[tag].to_owned()).collect();
        Self { instead_of: None, home, paragraph, tags }
    }

    fn instead_of(self, span: Span) -> Self {
        Self { instead_of: Some(span.to), ..self }
    }
}

/// The commands that are open: what closes one must stand where it was opened, or the file would fall apart.
#[derive(Default)]
struct Commands(Vec<usize>);

impl Commands {
    fn meet(&mut self, tag: &str, home: usize) -> Result<(), ()> {
        match tags::command(tag) {
            Some("for" | "if") => {
                self.0.push(home);
                Ok(())
            }
            Some("elif" | "else") if self.0.last().is_some_and(|opened| *opened != home) => Err(()),
            Some("endfor" | "endif") if self.0.pop().is_some_and(|opened| opened != home) => Err(()),
            // What is not opened at all is named by the template.
            _ => Ok(()),
        }
    }
}

/// The template while it is written.
struct Writing<'a> {
    template: String,
    /// Characters so far.
    written: usize,
    pieces: Vec<Piece<'a>>,
    places: Vec<(usize, usize)>,
}

impl<'a> Writing<'a> {
    fn mark(&mut self, raw: &'a str, opens_frame: bool, ends_paragraph: bool, closes_frame: bool) {
        // A frame that closes begins a piece, so that what was written before it is known.
        let joins = !closes_frame && self.template.ends_with(PIECE_ENDS);
        if !joins || self.pieces.is_empty() {
            let number = format!("{PIECE_BEGINS}{}{PIECE_ENDS}", self.pieces.len());
            self.push(&number);
            self.pieces.push(Piece { closes_frame, ..Piece::default() });
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.marks.push(raw);
            let is_space = raw.trim().is_empty();
            piece.ends_paragraph = ends_paragraph || (piece.ends_paragraph && is_space && !opens_frame);
        }
    }

    /// Writes a text and its tags; marks of ours in it are dropped.
    fn say(&mut self, text: &str) {
        let clean: String = text
            .chars()
            .filter(|sign| !('\u{E000}'..='\u{E01F}').contains(sign))
            .map(|sign| if sign == '\n' || sign == '\r' { ' ' } else { sign })
            .collect();
        self.push(&clean);
    }

    fn push(&mut self, text: &str) {
        self.written += text.chars().count();
        self.template.push_str(text);
    }

    fn place(&mut self, paragraph: usize) {
        if self.places.last().is_none_or(|(_, last)| *last != paragraph) {
            self.places.push((self.written, paragraph));
        }
    }
}
