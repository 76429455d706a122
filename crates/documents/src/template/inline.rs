//! Marks inside a line: **bold**, *italic*, `\n` for a new line, `\` before a mark that is none.

use super::Slip;
use super::expand::{VALUE_BEGINS, VALUE_BREAK, VALUE_ENDS};
use crate::block::Run;

/// Reads the marks of a line; `offset` is the byte where it begins.
pub fn runs(line: &str, offset: usize) -> Result<Vec<Run>, Slip> {
    let mut runs: Vec<Run> = Vec::new();
    let mut look = Run::default();
    let mut opened = None;
    let mut in_value = false;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            VALUE_BEGINS => in_value = true,
            VALUE_ENDS => in_value = false,
            VALUE_BREAK => push(&mut runs, &look, '\n'),
            '\\' if !in_value => match characters.next() {
                Some((_, 'n')) | None => push(&mut runs, &look, '\n'),
                Some((_, escaped)) => push(&mut runs, &look, escaped),
            },
            '*' if !in_value => {
                opened = Some(at);
                if characters.next_if(|(_, next)| *next == '*').is_some() {
                    look.bold = !look.bold;
                } else {
                    look.italic = !look.italic;
                }
            }
            _ => push(&mut runs, &look, character),
        }
    }
    match opened {
        Some(at) if look.bold || look.italic => {
            Err(Slip::new(offset + at, "Выделение не закрыто: звёздочек в начале и в конце должно быть поровну."))
        }
        _ => Ok(runs),
    }
}

fn push(runs: &mut Vec<Run>, look: &Run, character: char) {
    match runs.last_mut() {
        Some(run) if (run.bold, run.italic) == (look.bold, look.italic) => run.text.push(character),
        _ => runs.push(Run { text: character.to_string(), ..look.clone() }),
    }
}

/// Splits a line at a mark that stands neither in a value nor behind `\`; pieces come with their bytes.
pub fn split<'a>(line: &'a str, mark: &str) -> Vec<(usize, &'a str)> {
    let mut pieces = Vec::new();
    let (mut from, mut at, mut in_value) = (0, 0, false);
    while let Some(character) = line[at..].chars().next() {
        match character {
            VALUE_BEGINS => in_value = true,
            VALUE_ENDS => in_value = false,
            '\\' if !in_value => at += line[at + 1..].chars().next().map_or(0, char::len_utf8),
            _ if !in_value && line[at..].starts_with(mark) => {
                pieces.push((from, &line[from..at]));
                from = at + mark.len();
                at = from;
                continue;
            }
            _ => {}
        }
        at += character.len_utf8();
    }
    pieces.push((from, &line[from..]));
    pieces
}

/// Returns the plain text of a line.
pub fn plain(line: &str, offset: usize) -> Result<String, Slip> {
    Ok(runs(line, offset)?.into_iter().map(|run| run.text).collect())
}
