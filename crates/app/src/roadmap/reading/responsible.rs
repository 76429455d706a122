//! Splits the cell of responsibles into posts, persons and groups.
//!
//! Names are only told from posts, never matched with people of the school: that is for a person to do.

use serde::{Deserialize, Serialize};

use crate::roadmap::template::Post;
use crate::words;

/// Somebody who answers for a row, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadResponsible {
    pub text: String,
    /// The post, when it is one the program knows.
    pub post: Option<Post>,
    /// The name, when one is printed.
    pub name: Option<String>,
    /// Many people at once: «классные руководители», «рабочая группа».
    pub is_group: bool,
}

impl ReadResponsible {
    /// Says whether the program can tell who is meant.
    pub fn is_understood(&self) -> bool {
        self.post.is_some() || self.name.is_some() || self.is_group
    }
}

/// Splits «Зам. директора по ВР, классные руководители; Иванова И.И.».
pub(super) fn split(cell: &str) -> Vec<ReadResponsible> {
    pieces(cell).iter().flat_map(|piece| read(piece)).collect()
}

/// Cuts at semicolons, commas, lines and «и», where what is cut off names somebody by itself.
fn pieces(cell: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in lines(cell) {
        for part in line.split([';', ',']) {
            let part = words::one_line(part);
            match pieces.last_mut() {
                _ if part.is_empty() => {}
                // «по УВР, ВР» is one post; so are initials cut off from their surname.
                Some(last) if !names_somebody(&part) && part.chars().count() <= 4 => {
                    last.push_str(", ");
                    last.push_str(&part);
                }
                _ => pieces.extend(parts_of_and(&part)),
            }
        }
    }
    pieces
}

/// Joins lines that only wrap: a line that begins with a small letter or with initials goes on.
fn lines(cell: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in cell.lines().map(words::one_line).filter(|line| !line.is_empty()) {
        let wraps =
            line.starts_with(char::is_lowercase) && Post::recognise(&line).is_none_or(|_| !is_whole(lines.last()));
        let first = line.split(' ').next().unwrap_or_default();
        match lines.last_mut() {
            Some(last) if wraps || is_initials(first) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => lines.push(line),
        }
    }
    lines
}

/// Says whether a line already names somebody and may stand without the next one.
fn is_whole(line: Option<&String>) -> bool {
    line.is_some_and(|line| names_somebody(line))
}

fn parts_of_and(part: &str) -> Vec<String> {
    let parts: Vec<&str> = part.split(" и ").collect();
    if parts.len() > 1 && parts.iter().all(|part| names_somebody(part)) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        vec![part.to_owned()]
    }
}

fn names_somebody(text: &str) -> bool {
    read(text).iter().any(ReadResponsible::is_understood)
}

/// Reads one piece: a post, a name, a post with a name, or several names.
fn read(piece: &str) -> Vec<ReadResponsible> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let mut names = Vec::new();
    let mut rest = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(length) = name_length(&words[at..]) {
            names.push(words[at..at + length].join(" "));
            at += length;
        } else {
            rest.push(words[at]);
            at += 1;
        }
    }
    let rest = rest.join(" ").trim_matches(['-', '–', '—', '(', ')', ' ', '.']).to_owned();
    let post = Post::recognise(&rest);
    let is_group = post.map_or_else(|| is_group(&rest), Post::is_group);
    if let [name] = names.as_slice() {
        let name = Some(name.trim_matches(['(', ')']).to_owned());
        return vec![ReadResponsible { text: piece.to_owned(), post, name, is_group: is_group && post.is_some() }];
    }
    let mut read: Vec<ReadResponsible> = Vec::new();
    if rest.chars().any(char::is_alphabetic) {
        read.push(ReadResponsible { text: rest, post, name: None, is_group });
    }
    read.extend(names.into_iter().map(|name| ReadResponsible {
        text: name.clone(),
        post: None,
        name: Some(name),
        is_group: false,
    }));
    read
}

/// Counts the words of a name at the beginning: «Иванова И. И.», «И.И. Иванова», «Иванова Анна Петровна».
fn name_length(words: &[&str]) -> Option<usize> {
    match words {
        [surname, first, second, ..] if is_name(surname) && is_initials(first) && is_initials(second) => Some(3),
        [first, second, surname, ..] if is_initials(first) && is_initials(second) && is_name(surname) => Some(3),
        [surname, initials, ..] | [initials, surname, ..] if is_name(surname) && is_initials(initials) => Some(2),
        [surname, first, patronymic, ..] if is_name(surname) && is_name(first) && is_patronymic(patronymic) => Some(3),
        _ => None,
    }
}

fn is_initials(word: &str) -> bool {
    let word = word.trim_matches(['(', ')']);
    let letters = word.chars().filter(|c| *c != '.').count();
    word.contains('.') && (1..=2).contains(&letters) && word.chars().all(|c| c == '.' || c.is_uppercase())
}

fn is_name(word: &str) -> bool {
    let mut letters = word.trim_matches(['(', ')']).chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() >= 1
        && letters.all(|c| c.is_lowercase() || c == '-' || c.is_uppercase())
        && word.chars().filter(|c| c.is_uppercase()).count() <= 2
}

fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 6] = ["вна", "чна", "вич", "ьич", "оглы", "кызы"];
    is_name(word) && ENDINGS.iter().any(|ending| word.trim_end_matches(')').ends_with(ending))
}

fn is_group(text: &str) -> bool {
    const STEMS: [&str; 16] = [
        "групп",
        "команд",
        "совет",
        "администраци",
        "коллектив",
        "наставники",
        "педагоги",
        "учителя",
        "специалисты",
        "члены",
        "руководители",
        "родители",
        "кураторы",
        "методисты",
        "работники",
        "партнеры",
    ];
    let text = words::fold(text);
    text.split([' ', '-']).any(|word| STEMS.iter().any(|stem| word.starts_with(stem)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows who was read: «пост», «имя», «группа» or «?» before each text.
    fn shown(cell: &str) -> Vec<String> {
        let show = |who: ReadResponsible| {
            let post = who.post.map_or_else(String::new, |post| format!("[{}] ", post.key()));
            let name = who.name.map_or_else(String::new, |name| format!(" = {name}"));
            let group = if who.is_group && post.is_empty() { "[group] " } else { "" };
            format!("{post}{group}{}{name}", who.text)
        };
        split(cell).into_iter().map(show).collect()
    }

    #[test]
    fn posts_are_told_apart() {
        assert_eq!(
            shown("Зам. директора по ВР, классные руководители;\nпедагог-психолог"),
            [
                "[deputy] Зам. директора по ВР",
                "[class_teachers] классные руководители",
                "[psychologist] педагог-психолог"
            ]
        );
        assert_eq!(shown("методист и кураторы групп"), ["[methodist] методист", "[group_curators] кураторы групп"]);
    }

    #[test]
    fn a_wrapped_line_is_one_post() {
        assert_eq!(shown("Заместитель\nдиректора"), ["[deputy] Заместитель директора"]);
        assert_eq!(
            shown("руководитель методического\nобъединения"),
            ["[methodical_union_head] руководитель методического объединения"]
        );
        assert_eq!(shown("Заместители директора по УВР, ВР"), ["[deputy] Заместители директора по УВР, ВР"]);
    }

    #[test]
    fn names_are_kept_as_names_and_matched_with_nobody() {
        assert_eq!(shown("Берёзкина А. Б."), ["Берёзкина А. Б. = Берёзкина А. Б."]);
        assert_eq!(shown("А.Б. Берёзкина"), ["А.Б. Берёзкина = А.Б. Берёзкина"]);
        assert_eq!(shown("Берёзкина\nА.Б."), ["Берёзкина А.Б. = Берёзкина А.Б."]);
        assert_eq!(
            shown("Берёзкина Алла Борисовна, Дубов-Клёнов В.Г."),
            ["Берёзкина Алла Борисовна = Берёзкина Алла Борисовна", "Дубов-Клёнов В.Г. = Дубов-Клёнов В.Г."]
        );
        assert_eq!(shown("Берёзкина А.Б. Дубов В.Г.").len(), 2);
    }

    #[test]
    fn a_post_with_its_holder_stays_together() {
        assert_eq!(
            shown("Заместитель директора Берёзкина А.Б."),
            ["[deputy] Заместитель директора Берёзкина А.Б. = Берёзкина А.Б."]
        );
        assert_eq!(shown("Дубов В.Г. (методист)"), ["[methodist] Дубов В.Г. (методист) = Дубов В.Г."]);
    }

    #[test]
    fn groups_are_known_and_the_rest_is_left_to_a_person() {
        assert_eq!(shown("рабочая группа"), ["[group] рабочая группа"]);
        assert_eq!(shown("наставники"), ["[group] наставники"]);
        let unknown = split("РОИВ");
        assert!(!unknown[0].is_understood());
        assert_eq!(shown(""), Vec::<String>::new());
        assert_eq!(shown("—"), Vec::<String>::new());
    }
}
