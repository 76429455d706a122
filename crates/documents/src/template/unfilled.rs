//! A wording laid out with its fields as they are written: what a school changes in Word and uploads as its own file.
//!
//! A command on a line of its own must disappear from the filled file without a trace, so it goes where [`crate::filling`]
//! takes it away whole: into a row of the table it repeats, into a clause of the list it stands in (another paragraph
//! would begin the numbers anew), into the sentence it is a part of, else into a paragraph of its own.

use super::expand::{VALUE_BEGINS, VALUE_ENDS};
use crate::filling::tags;

/// Where a command is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Row,
    /// With the indent of the clauses it stands among.
    Clause(usize),
    Sentence,
    Paragraph,
}

/// What draws the code of the paper where a wording does not do it.
const CODE: [&str; 4] = ["{% if code %}", "{{ code | qr }}", "{{ code }}", "{% endif %}"];

/// Returns a text in which every tag is a value, so that nothing in it is taken for a mark.
pub fn with_fields(text: &str) -> String {
    let text = without_comments(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut writing = Writing { lines: &lines, written: Vec::new(), opened: Vec::new(), glues: false };
    for at in 0..lines.len() {
        writing.line(at);
    }
    let mut written = writing.written;
    if !text.contains("\n!code ") {
        written.extend(CODE.map(|line| format!("<- {}", as_values(line))));
    }
    written.join("\n")
}

struct Writing<'a> {
    lines: &'a [&'a str],
    written: Vec<String>,
    opened: Vec<Place>,
    /// The next line goes on with the sentence without a space.
    glues: bool,
}

impl Writing<'_> {
    fn line(&mut self, at: usize) {
        let line = self.lines[at];
        if tags::is_only_commands(line) {
            self.command(at);
            return;
        }
        let goes_on = std::mem::take(&mut self.glues);
        if let Some(code) = line.strip_prefix("!code ") {
            let (code, caption) = code.split_once(" | ").unwrap_or((code, ""));
            let drawn = code.trim().trim_end_matches("}}").trim_end();
            self.written.push(format!("<- {}", as_values(&format!("{drawn} | qr }}}}"))));
            self.written.push(format!("<- {}", as_values(caption)));
        } else if let Some(signature) = line.strip_prefix("@ ") {
            self.written.push(format!("@ {}", as_values(&compact(&capital(signature)))));
        } else if let Some(requisite) = line.strip_prefix(">> ") {
            let is_first = !self.written.last().is_some_and(|last| last.starts_with(">> "));
            let requisite = if is_first { capital(requisite) } else { requisite.to_owned() };
            self.written.push(format!(">> {}", as_values(&requisite)));
        } else if let Some(last) = self.written.last_mut().filter(|_| goes_on) {
            last.push_str(&as_values(line.trim_start()));
        } else {
            self.written.push(as_values(line));
        }
    }

    /// Writes a line that is nothing but commands.
    fn command(&mut self, at: usize) {
        let line = self.lines[at].trim();
        let mut place = None;
        for tag in tags::find(line) {
            let here = match tags::command(&line[tag]) {
                Some("for" | "if") => {
                    let here = self.place(at);
                    self.opened.push(here);
                    here
                }
                Some("endfor" | "endif") => self.opened.pop().unwrap_or(Place::Paragraph),
                _ => self.opened.last().copied().unwrap_or(Place::Paragraph),
            };
            place.get_or_insert(here);
        }
        let tag = as_values(line);
        match place.unwrap_or(Place::Paragraph) {
            Place::Row => self.written.push(format!("| {tag} |")),
            Place::Clause(indent) => self.written.push(format!("{}1. {tag}", " ".repeat(indent))),
            Place::Paragraph => self.written.push(format!("<- {tag}")),
            Place::Sentence => self.in_sentence(&tag, line),
        }
    }

    /// Writes a command into the sentence: what follows an end goes on behind a space.
    fn in_sentence(&mut self, tag: &str, line: &str) {
        let ends = line.starts_with("{% end");
        match self.written.last_mut().filter(|last| is_sentence(last)) {
            Some(last) => last.push_str(tag),
            None => self.written.push(tag.to_owned()),
        }
        self.glues = !ends;
    }

    /// Decides where a command that opens something is written.
    fn place(&self, at: usize) -> Place {
        let follows_row = self.written.last().is_some_and(|last| last.starts_with('|'));
        let next = self.lines[at + 1..].iter().find(|line| !line.trim().is_empty() && !tags::is_only_commands(line));
        match next {
            Some(next) if follows_row && next.starts_with('|') => return Place::Row,
            Some(next) if is_clause(next) => return Place::Clause(next.len() - next.trim_start().len()),
            _ => {}
        }
        // A part of a sentence touches its words on both sides; an empty line makes a paragraph of it.
        let touches = |outer: Option<usize>, inner: Option<usize>| {
            [outer, inner]
                .into_iter()
                .all(|at| at.and_then(|at| self.lines.get(at)).is_some_and(|line| is_sentence(line)))
        };
        let end = self.end_of(at);
        let goes_on = touches(at.checked_sub(1), at.checked_add(1));
        let is_gone_on = touches(end.map(|end| end + 1), end.and_then(|end| end.checked_sub(1)));
        if goes_on || is_gone_on { Place::Sentence } else { Place::Paragraph }
    }

    /// Returns the line that closes what a line opens.
    fn end_of(&self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (index, line) in self.lines.iter().enumerate().skip(at) {
            if !tags::is_only_commands(line) {
                continue;
            }
            for tag in tags::find(line) {
                match tags::command(&line[tag]) {
                    Some("for" | "if") => depth += 1,
                    Some("endfor" | "endif") => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            if depth == 0 {
                return Some(index);
            }
        }
        None
    }
}

fn is_clause(line: &str) -> bool {
    let inner = line.trim_start();
    let rest = inner.trim_start_matches(|character: char| character.is_ascii_digit());
    rest.len() < inner.len() && rest.starts_with(". ")
}

/// Tells whether a line is a part of a paragraph: it is neither empty nor begins another block.
fn is_sentence(line: &str) -> bool {
    !line.trim().is_empty()
        && !tags::is_only_commands(line)
        && !super::markup::begins_a_block(line)
        && super::inline::split(line, " <-> ").len() == 1
}

fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, comment)) = rest.split_once("{#") {
        kept.push_str(before);
        rest = comment.split_once("#}").map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// Makes every tag of a line a value.
fn as_values(line: &str) -> String {
    replaced(line, |tag| format!("{VALUE_BEGINS}{tag}{VALUE_ENDS}"))
}

/// Takes the spaces out of fields that stand in a line to sign, which is broken at spaces.
fn compact(line: &str) -> String {
    replaced(line, |tag| if tag.starts_with("{{") { tag.replace(' ', "") } else { tag.to_owned() })
}

/// Begins with a capital letter, as the layout of a wording does where it knows the value.
fn capital(line: &str) -> String {
    let inner = line.trim_start();
    match tags::find(inner).first() {
        Some(tag) if tag.start == 0 && inner.starts_with("{{") => {
            let (field, rest) = inner.split_at(tag.end);
            format!("{} | capital }}}}{rest}", field.trim_end_matches("}}").trim_end())
        }
        _ => inner.to_owned(),
    }
}

fn replaced(line: &str, with: impl Fn(&str) -> String) -> String {
    let mut written = String::with_capacity(line.len());
    let mut at = 0;
    for tag in tags::find(line) {
        written.push_str(&line[at..tag.start]);
        written.push_str(&with(&line[tag.clone()]));
        at = tag.end;
    }
    written + &line[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows values in brackets.
    fn written(text: &str) -> String {
        with_fields(&format!("{text}\n!code {{{{ code }}}} | {{{{ code }}}}"))
            .replace(VALUE_BEGINS, "⟨")
            .replace(VALUE_ENDS, "⟩")
    }

    #[test]
    fn a_command_goes_where_it_disappears_whole() {
        let rows = written("| А |\n|---|\n{% for a in b %}\n| {{ a }} |\n{% endfor %}\n");
        assert!(rows.contains("|---|\n| ⟨{% for a in b %}⟩ |\n| ⟨{{ a }}⟩ |\n| ⟨{% endfor %}⟩ |"), "{rows}");
        let clauses = written("1. Раз\n{% if a %}\n   1. {{ a }}\n{% endif %}\n1. Два");
        assert!(
            clauses.contains("1. Раз\n   1. ⟨{% if a %}⟩\n   1. ⟨{{ a }}⟩\n   1. ⟨{% endif %}⟩\n1. Два"),
            "{clauses}"
        );
        let sentence = written("\n{% if a %}\nЯ,\n{% else %}\nМы,\n{% endif %}\nсвободно");
        assert!(sentence.contains("\n⟨{% if a %}⟩Я,⟨{% else %}⟩Мы,⟨{% endif %}⟩\nсвободно"), "{sentence}");
        let apart = written("Слушали.\n{% if a %}\n\nВыступили:\n\n{% endif %}\nРешили:");
        assert!(apart.contains("Слушали.\n<- ⟨{% if a %}⟩\n\nВыступили:\n\n<- ⟨{% endif %}⟩"), "{apart}");
        let paragraph = written("\n{% if a %}\nТекст\n{% endif %}\n");
        assert!(paragraph.contains("<- ⟨{% if a %}⟩\nТекст\n<- ⟨{% endif %}⟩"), "{paragraph}");
    }

    #[test]
    fn posts_begin_with_a_capital_letter_and_the_code_is_drawn() {
        let written = written(
            "{# Почему. #}\n>> {{ head.post }}\n>> {{ head.name }}\n@ {{ head.post | lower }} | {{ head.name }}",
        );
        assert!(written.contains(">> ⟨{{ head.post | capital }}⟩\n>> ⟨{{ head.name }}⟩"), "{written}");
        assert!(written.contains("@ ⟨{{head.post|lower|capital}}⟩ | ⟨{{head.name}}⟩"), "{written}");
        assert!(written.ends_with("<- ⟨{{ code | qr }}⟩\n<- ⟨{{ code }}⟩") && !written.contains("Почему"), "{written}");
    }

    #[test]
    fn a_wording_without_a_code_gets_one() {
        let written = with_fields("Текст");
        assert!(written.contains("{{ code | qr }}") && written.contains("{% if code %}"), "{written}");
    }
}
