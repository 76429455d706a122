//! Tags in a paragraph: Word splits `{{ name }}` over runs as it likes, here each is one again.

use std::ops::Range;

use super::part::Part;

/// What opens a tag and what closes it.
const BRACKETS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];

/// Moves every tag of the paragraph into the text it begins in; its formatting is that of its first sign.
pub fn gather(part: &mut Part<'_>, paragraph: usize) {
    let texts = part.paragraphs[paragraph].texts.clone();
    let joined: String = texts.iter().map(|text| part.texts[*text].said.as_str()).collect();
    let tags = find(&joined);
    if tags.is_empty() {
        return;
    }
    let mut begins = 0;
    for text in texts {
        let ends = begins + part.texts[text].said.len();
        let mut kept = String::new();
        let mut at = begins;
        for tag in &tags {
            // A tag that began before this text has been moved already.
            let (from, to) = (tag.start.max(begins), tag.end.min(ends));
            if from >= to {
                continue;
            }
            kept.push_str(&joined[at..from]);
            if tag.start >= begins {
                kept.push_str(&straightened(&joined[tag.clone()]));
            }
            at = to;
        }
        kept.push_str(&joined[at..ends]);
        part.texts[text].said = kept;
        begins = ends;
    }
}

/// Finds the tags of a text, from bracket to bracket; one that is not closed is none.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some((from, closing)) = next(text, at) {
        let Some(length) = text[from + 2..].find(closing) else { break };
        at = from + 2 + length + 2;
        tags.push(from..at);
    }
    tags
}

fn next(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let found = BRACKETS.iter().filter_map(|(opening, closing)| Some((at + text[at..].find(opening)?, *closing)));
    found.min_by_key(|(from, _)| *from)
}

/// Tells whether nothing but commands and comments is written: `{% for … %}`.
pub fn is_only_commands(text: &str) -> bool {
    let tags = find(text);
    let mut rest = String::new();
    let mut at = 0;
    for tag in &tags {
        rest.push_str(&text[at..tag.start]);
        at = tag.end;
    }
    rest.push_str(&text[at..]);
    !tags.is_empty() && rest.trim().is_empty() && tags.iter().all(|tag| !text[tag.clone()].starts_with("{{"))
}

/// Returns the first word of a command: `for` of `{% for row in rows %}`; nothing for other tags.
pub fn command(tag: &str) -> Option<&str> {
    let inside = tag.strip_prefix("{%")?.trim_start_matches(['-', '+']).trim_start();
    Some(inside.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default())
}

/// Undoes what Word makes of straight quotes and spaces while one types.
fn straightened(tag: &str) -> String {
    tag.chars()
        .map(|character| match character {
            '“' | '”' | '„' | '«' | '»' | '‟' => '"',
            '‘' | '’' | '‚' | '‛' => '\'',
            '\u{a0}' | '\u{202f}' => ' ',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_where_their_own_bracket_closes() {
        let found: Vec<String> =
            find("а {{ x }} б {% if y %}{# z }} #}").into_iter().map(|tag| format!("{tag:?}")).collect();
        assert_eq!(found.len(), 3);
        assert!(find("{{ x").is_empty());
        assert!(find("}} {{").is_empty());
    }

    #[test]
    fn commands_alone_are_told_from_commands_with_a_text() {
        for alone in ["{% endfor %}", " {% if x %} {# почему #}", "{% for a in b %}{% for c in a %}"] {
            assert!(is_only_commands(alone), "{alone}");
        }
        for not in ["", "{{ x }}", "{% if x %}да", "текст"] {
            assert!(!is_only_commands(not), "{not}");
        }
        assert_eq!(command("{%- for x in y %}"), Some("for"));
        assert_eq!(command("{{ x }}"), None);
    }
}
