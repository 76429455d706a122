//! Names as people write them into one cell: «Ёлкина Анна Ивановна, 7Б; Берёзов П. И. (6 «А»)».

use super::values::{self, says_nothing};
use crate::{
    people::{ClassName, reading::class_in},
    words,
};
use std::fmt;

/// Somebody who is named, with what tells him from namesakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    name: String,
    /// Folded: the surname first, then given names or their initials.
    words: Vec<String>,
    pub class: Option<ClassName>,
    pub born: Option<i32>,
    /// «№ 2»: which of several with this name.
    pub order: Option<usize>,
}

/// Whom a cell names.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Names {
    pub people: Vec<Named>,
    /// A class or a year without a name.
    pub stray: Vec<String>,
}

/// What stands beside a name.
enum Trait {
    Class(ClassName),
    Born(i32),
    Order(usize),
}

impl Named {
    pub fn new(name: &str) -> Self {
        let name = words::one_line(name.trim_matches(|c: char| !c.is_alphanumeric() && !".()«»".contains(c)));
        Self { words: words_of(&name), name, class: None, born: None, order: None }
    }

    /// Returns the name as it is compared.
    pub fn key(&self) -> String {
        words::fold(&self.name)
    }

    /// Tells whether a person of this name may be meant: «Фамилия», «Фамилия Имя», «Фамилия И. О.», «И. О. Фамилия».
    pub fn may_mean(&self, other: &[String]) -> bool {
        let mut pairs = self.words.iter().zip(other);
        let begins = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        let no_more_said = || self.words.iter().skip(other.len()).all(|word| word.starts_with(char::is_alphabetic));
        pairs.next().is_some_and(|(own, other)| own == other)
            && pairs.all(|(own, other)| own == other || begins(own, other) || begins(other, own))
            && no_more_said()
    }

    fn add(&mut self, said: Trait) {
        match said {
            Trait::Class(class) => self.class = Some(class),
            Trait::Born(year) => self.born = Some(year),
            Trait::Order(order) => self.order = Some(order),
        }
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = self.class.as_ref().map(ClassName::to_string);
        let born = self.born.map(|year| format!("{year} г. р."));
        let order = self.order.map(|order| format!("№ {order}"));
        let told: Vec<String> = [class, born, order].into_iter().flatten().collect();
        if told.is_empty() { f.write_str(&self.name) } else { write!(f, "{} ({})", self.name, told.join(", ")) }
    }
}

/// Returns the words of a name, folded, the surname first; initials are words of one letter.
pub fn words_of(name: &str) -> Vec<String> {
    let shouted = !name.chars().any(char::is_lowercase);
    let mut found: Vec<String> = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || c == '.').filter(|word| !word.is_empty()) {
        let initials = !shouted && word.chars().count() == 2 && word.chars().all(char::is_uppercase);
        if initials && !found.is_empty() {
            found.extend(word.chars().map(|letter| words::fold(&letter.to_string())));
        } else {
            found.push(words::fold(word));
        }
    }
    let is_initial = |word: &String| word.chars().count() == 1;
    let surname_is_last = found.first().is_some_and(is_initial) && found.last().is_some_and(|word| !is_initial(word));
    if surname_is_last {
        found.rotate_right(1);
    }
    found
}

/// Reads the names of a cell; words such as «нет» and «не назначен» name nobody.
pub fn read(text: &str) -> Names {
    let mut read = Names::default();
    if says_nothing(text) {
        return read;
    }
    let text = open_brackets(text);
    for piece in text.split([';', '\n', ',']).flat_map(|piece| piece.split(" и ")).map(words::one_line) {
        if says_nothing(&piece) {
            continue;
        }
        match (trait_of(&piece), read.people.last_mut()) {
            (Some(said), Some(last)) => last.add(said),
            (Some(_), None) => read.stray.push(piece),
            (None, _) => match named(&piece) {
                Some(named) => read.people.push(named),
                None => read.stray.push(piece),
            },
        }
    }
    read
}

/// Puts what stands in brackets behind a comma, where it tells of a person: a maiden name stays.
fn open_brackets(text: &str) -> String {
    let mut opened = String::new();
    let mut rest = text;
    while let Some((before, inside, after)) = rest
        .split_once('(')
        .and_then(|(before, rest)| rest.split_once(')').map(|(inside, after)| (before, inside, after)))
    {
        opened.push_str(before);
        let tells = inside.split(',').all(|part| trait_of(&words::one_line(part)).is_some());
        let marks = if tells { [",", ","] } else { ["(", ")"] };
        opened.extend([marks[0], inside, marks[1]]);
        rest = after;
    }
    opened + rest
}

/// Reads a piece with a name: a number of the list before it, a class before or behind it.
fn named(piece: &str) -> Option<Named> {
    let bare = piece.trim_start_matches(|c: char| c.is_ascii_digit());
    let piece = if bare.starts_with(['.', ')']) { bare } else { piece };
    let tokens: Vec<&str> = piece.split_whitespace().collect();
    let leads = |token: &&&str| token.starts_with(|c: char| c.is_ascii_digit()) || !token.contains(char::is_alphabetic);
    let (lead, rest) = tokens.split_at(tokens.iter().take_while(leads).count());
    let is_behind = |token: &&str| token.starts_with(|c: char| c.is_ascii_digit()) || is_of_class(token);
    let behind = rest.iter().skip(1).position(is_behind).map_or(rest.len(), |place| place + 1);
    let (name, tail) = rest.split_at(behind);
    let (name, said_behind) = match trait_of(&tail.join(" ")) {
        Some(said) => (name.join(" "), Some(said)),
        None => (rest.join(" "), None),
    };
    let mut named = Named::new(&name);
    // «2 Ёлкина Анна» is the second of a list, not somebody of the second class.
    let said_before = trait_of(lead.join(" ").trim_end_matches([':', '.', '-', '–', '—', ' ']));
    let said_before = said_before.filter(|said| matches!(said, Trait::Class(class) if !class.letter.is_empty()));
    said_before.into_iter().chain(said_behind).for_each(|said| named.add(said));
    named.name.contains(char::is_alphabetic).then_some(named)
}

/// «ученица», «обучающийся», «класс» stand before a class.
fn is_of_class(word: &str) -> bool {
    let word = words::fold(word);
    ["учен", "обучающ", "класс"].iter().any(|stem| word.starts_with(stem)) || word == "кл" || word == "кл."
}

fn trait_of(text: &str) -> Option<Trait> {
    if let Some(order) = text.strip_prefix('№') {
        return order.trim().parse().ok().map(Trait::Order);
    }
    let begins =
        text.starts_with(|c: char| c.is_ascii_digit()) || text.split_whitespace().next().is_some_and(is_of_class);
    if !begins {
        return None;
    }
    class_of(text).map(Trait::Class).or_else(|| year_of(text).map(Trait::Born))
}

/// Reads «5А», «5 «А» кл», «ученица 5А класса»; «1 Ли» is the first of a list.
fn class_of(text: &str) -> Option<ClassName> {
    let short = text.trim_end_matches('.');
    let text = short.strip_suffix("кл").map_or_else(|| text.to_owned(), |bare| format!("{bare}класс"));
    let mut words = text.split(|c: char| !c.is_alphabetic());
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    if words.any(|word| is_name(word) && !is_of_class(word)) { None } else { class_in(&text) }
}

/// Reads «2012», «2012 г. р.».
fn year_of(text: &str) -> Option<i32> {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let says_year = words.all(|word| ["г", "р", "год", "года", "рождения"].contains(&word));
    says_year.then(|| values::year_named(text)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Ёлкина Анна Ивановна, 7Б; Берёзов П.И. (6А)", &["Ёлкина Анна Ивановна (7Б)", "Берёзов П.И. (6А)"])]
    #[case("Ёлкина Анна, Ким Лю, 8 «А»", &["Ёлкина Анна", "Ким Лю (8А)"])]
    #[case("Ёлкина Анна 7 «Б» кл., Ким Лю - 8А класс", &["Ёлкина Анна (7Б)", "Ким Лю (8А)"])]
    #[case("Ёлкина Анна (7 кл); Ким Лю ученица 8А класса", &["Ёлкина Анна (7)", "Ким Лю (8А)"])]
    #[case("1. Ёлкина А. И.\n2) Ким Лю", &["Ёлкина А. И.", "Ким Лю"])]
    #[case("1 Ли Анна; 5А: Ким Лю", &["Ли Анна", "Ким Лю (5А)"])]
    #[case("Ёлкина Анна и Ким Лю", &["Ёлкина Анна", "Ким Лю"])]
    #[case("Ёлкина Анна (7Б, 2012 г. р.)", &["Ёлкина Анна (7Б, 2012 г. р.)"])]
    #[case("Ёлкина Анна (№ 2)", &["Ёлкина Анна (№ 2)"])]
    #[case("Соснова (Ёлкина) Анна", &["Соснова (Ёлкина) Анна"])]
    #[case("нет, Ким Лю", &["Ким Лю"])]
    #[case("не назначен", &[])]
    #[case("—", &[])]
    fn a_cell_names_people_with_what_stands_beside_them(#[case] text: &str, #[case] expected: &[&str]) {
        let names = read(text);
        assert_eq!(names.people.iter().map(Named::to_string).collect::<Vec<_>>(), expected);
        assert_eq!(names.stray, Vec::<String>::new());
    }

    #[test]
    fn a_class_alone_is_nobody() {
        let names = read("5А");
        assert_eq!((names.people, names.stray), (vec![], vec!["5А".to_owned()]));
    }

    #[rstest]
    #[case("Ёлкина", true)]
    #[case("Елкина Анна", true)]
    #[case("Ёлкина А.И.", true)]
    #[case("Ёлкина А. И.", true)]
    #[case("Ёлкина АИ", true)]
    #[case("А. И. Ёлкина", true)]
    #[case("Ёлкина А.П.", false)]
    #[case("Ёлкина Ольга", false)]
    #[case("Ёлкин", false)]
    fn a_short_name_may_mean_a_full_one(#[case] text: &str, #[case] expected: bool) {
        let anna = words_of("Ёлкина Анна Ивановна");
        assert_eq!(Named::new(text).may_mean(&anna), expected);
        let own = Named::new(text).words;
        assert_eq!(Named::new("Ёлкина Анна Ивановна").may_mean(&own), expected, "the same from the other side");
    }

    proptest! {
        #[test]
        fn no_cell_names_anybody_without_a_letter(text in "[А-Яа-я0-9№(),.;«» \n-]{0,30}") {
            for named in read(&text).people {
                prop_assert!(named.to_string().chars().any(char::is_alphabetic), "{named}");
            }
        }
    }
}
