//! Automatic numbers: the «1.» of a list stands in no text, Word counts it when it draws the page.
//!
//! Counts what ECMA-376 part 1, 17.9 describes and road maps use: nine levels, starts, restarts, numbers of the levels
//! above (`%1.%2.`), lists named by a style. Bullets give nothing: a dash is no number.

use super::super::Unreadable;
use super::super::xml::{Element, Token, Xml};
use std::collections::{HashMap, HashSet};

/// Levels of one list.
const LEVELS: usize = 9;
/// Lists and styles in one document; Word itself stops at 2 047 lists and 4 079 styles.
const DEFINITIONS_MAX: usize = 10_000;
/// Steps along `basedOn` before a style counts as going round in a circle.
const STYLE_STEPS: usize = 16;

/// The lists of a document and where their counting stands.
#[derive(Default)]
pub struct Numbering {
    /// Levels by the id of an abstract list.
    abstracts: HashMap<u32, Vec<Level>>,
    lists: HashMap<u32, List>,
    styles: HashMap<String, Style>,
    /// Last number given, by abstract list: lists that share one go on counting.
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    restarted: HashSet<u32>,
}

#[derive(Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new(), style: None }
    }
}

#[derive(Default)]
struct List {
    base: u32,
    restarts: Vec<(usize, u32)>,
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read_lists(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let (mut base, mut list, mut level) = (0, None, 0);
        loop {
            match xml.next()? {
                Token::Open(element) => match element.name() {
                    "abstractNum" => {
                        base = element.number("abstractNumId").unwrap_or(0);
                        self.abstracts.insert(base, Vec::new());
                    }
                    "num" => {
                        list = element.number("numId");
                        self.lists.insert(list.unwrap_or(0), List::default());
                    }
                    "abstractNumId" => self.list_mut(list).base = element.number("val").unwrap_or(0),
                    "lvlOverride" => level = element.number("ilvl").unwrap_or(0),
                    "startOverride" => {
                        let restart = (level, element.number("val").unwrap_or(1));
                        self.list_mut(list).restarts.push(restart);
                    }
                    // A level written inside an override replaces the look of the level, not its counting.
                    "lvl" if list.is_none() => {
                        level = element.number("ilvl").unwrap_or(0);
                        self.read_level(base, level, &element);
                    }
                    _ if list.is_none() => self.read_level(base, level, &element),
                    _ => {}
                },
                Token::Close(name) if name == "num" => list = None,
                Token::End => return Ok(()),
                _ => {}
            }
            if self.abstracts.len() + self.lists.len() > DEFINITIONS_MAX {
                return Err(Unreadable::TooDeep);
            }
        }
    }

    fn list_mut(&mut self, list: Option<u32>) -> &mut List {
        self.lists.entry(list.unwrap_or(0)).or_default()
    }

    fn read_level(&mut self, base: u32, level: usize, element: &Element<'_>) {
        if level >= LEVELS {
            return;
        }
        let levels = self.abstracts.entry(base).or_default();
        if levels.len() <= level {
            levels.resize(level + 1, Level::default());
        }
        let Some(level) = levels.get_mut(level) else { return };
        let value = element.attribute("val");
        match (element.name(), value) {
            ("start", _) => level.start = element.number("val").unwrap_or(1),
            ("numFmt", Some(format)) => level.format = format,
            ("lvlText", text) => level.text = text.unwrap_or_default(),
            ("pStyle", style) => level.style = style,
            _ => {}
        }
    }

    /// Reads from `styles.xml` which paragraph styles are numbered.
    pub fn read_styles(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let mut id = String::new();
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "style" => {
                    id = element.attribute("styleId").unwrap_or_default();
                    self.styles.insert(id.clone(), Style::default());
                }
                Token::Open(element) => {
                    let Some(style) = self.styles.get_mut(&id) else { continue };
                    match element.name() {
                        "basedOn" => style.based_on = element.attribute("val"),
                        "numId" => style.list = element.number("val"),
                        "ilvl" => style.level = element.number("val"),
                        _ => {}
                    }
                }
                Token::End => return Ok(()),
                _ => {}
            }
            if self.styles.len() > DEFINITIONS_MAX {
                return Err(Unreadable::TooDeep);
            }
        }
    }

    /// Counts a paragraph and returns the number it shows; `None` for one without a number.
    pub fn label(&mut self, style: Option<&str>, list: Option<u32>, level: Option<usize>) -> Option<String> {
        let (list, level) = match list {
            Some(list) => (list, level),
            None => self.list_of_style(style?)?,
        };
        // List 0 says «not numbered after all», against a style that is.
        let base = if list == 0 { None } else { self.lists.get(&list).map(|list| list.base) }?;
        let level = level.or_else(|| self.level_of_style(base, style?)).unwrap_or(0).min(LEVELS - 1);
        self.count(list, base, level);
        let definition = self.abstracts.get(&base).and_then(|levels| levels.get(level));
        match definition {
            Some(definition) if definition.format == "bullet" || definition.format == "none" => None,
            Some(definition) => Some(self.show(base, &definition.text)).filter(|label| !label.is_empty()),
            None => Some(self.show(base, &format!("%{}.", level + 1))),
        }
    }

    fn list_of_style(&self, style: &str) -> Option<(u32, Option<usize>)> {
        let mut name = style.to_owned();
        for _ in 0..STYLE_STEPS {
            let style = self.styles.get(&name)?;
            if let Some(list) = style.list {
                return Some((list, style.level));
            }
            name.clone_from(style.based_on.as_ref()?);
        }
        None
    }

    fn level_of_style(&self, base: u32, style: &str) -> Option<usize> {
        self.abstracts.get(&base)?.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Moves the list on: this level by one, the levels below back to their start.
    fn count(&mut self, list: u32, base: u32, level: usize) {
        let starts: [u32; LEVELS] = std::array::from_fn(|level| {
            self.abstracts.get(&base).and_then(|levels| levels.get(level)).map_or(1, |level| level.start)
        });
        let counters = self.counters.entry(base).or_default();
        let first_use = self.restarted.insert(list);
        for &(level, start) in self.lists.get(&list).filter(|_| first_use).map_or(&[][..], |list| &list.restarts) {
            if let Some(counter) = counters.get_mut(level) {
                // One below the start, since the paragraph itself is counted next.
                *counter = start.checked_sub(1);
            }
        }
        for (index, counter) in counters.iter_mut().enumerate() {
            let start = starts.get(index).copied().unwrap_or(1);
            match index.cmp(&level) {
                std::cmp::Ordering::Less => *counter = counter.or(Some(start)),
                std::cmp::Ordering::Equal => *counter = Some(counter.map_or(start, |count| count.saturating_add(1))),
                std::cmp::Ordering::Greater => *counter = None,
            }
        }
    }

    /// Puts the counted numbers into a pattern such as `%1.%2.`.
    fn show(&self, base: u32, pattern: &str) -> String {
        let mut shown = String::new();
        let mut characters = pattern.chars().peekable();
        while let Some(character) = characters.next() {
            let digit = if character == '%' { characters.peek().and_then(|next| next.to_digit(10)) } else { None };
            let Some(level) = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)) else {
                shown.push(character);
                continue;
            };
            characters.next();
            let number = self.counters.get(&base).and_then(|it| it.get(level).copied().flatten()).unwrap_or(1);
            let format = self.abstracts.get(&base).and_then(|it| it.get(level)).map_or("decimal", |it| &it.format);
            shown.push_str(&numeral(number, format));
        }
        shown.trim().to_owned()
    }
}

/// Writes a number the way a list format asks; formats of other languages fall back to digits.
fn numeral(number: u32, format: &str) -> String {
    match format {
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letter(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => letter(number, "abcdefghijklmnopqrstuvwxyz"),
        // The alphabet without ё, й, ъ, ы, ь: those are not used to number.
        "russianUpper" => letter(number, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
        "russianLower" => letter(number, "абвгдежзиклмнопрстуфхцчшщэюя"),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 3_999 {
        return number.to_string();
    }
    let mut left = number;
    let mut signs = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            signs.push_str(sign);
            left -= value;
        }
    }
    signs
}

/// Returns the letter of a number; past the alphabet Word repeats it: aa, bb.
fn letter(number: u32, alphabet: &str) -> String {
    let letters: Vec<char> = alphabet.chars().collect();
    let Some(index) = usize::try_from(number).ok().and_then(|number| number.checked_sub(1)) else {
        return number.to_string();
    };
    let repeats = index / letters.len() + 1;
    match letters.get(index % letters.len()) {
        Some(letter) if repeats <= 4 => letter.to_string().repeat(repeats),
        _ => number.to_string(),
    }
}
