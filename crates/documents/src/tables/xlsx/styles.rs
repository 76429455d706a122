//! Number formats: what makes 45292 a date and 0.55 a percentage.

use super::super::Unreadable;
use super::super::xml::{Token, Xml};
use std::collections::HashMap;

/// Formats a workbook may have; Excel stops at 65 490.
const STYLES_MAX: usize = 65_490;

/// How the number in a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    #[default]
    General,
    /// A fixed number of decimals, in per cent or not.
    Fixed {
        decimals: usize,
        percent: bool,
    },
    Date,
    DateTime,
    Time,
    /// More hours than a day has.
    Elapsed,
    /// «Октябрь 2023» typed into Excel becomes such a date: a person sees no day in it.
    MonthYear,
    Year,
}

/// The looks of a workbook by the number its cells name.
#[derive(Default)]
pub struct Styles {
    looks: Vec<Look>,
}

impl Styles {
    /// Returns the look of a style.
    pub fn look(&self, style: usize) -> Look {
        self.looks.get(style).copied().unwrap_or_default()
    }

    /// Reads `styles.xml`.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, Unreadable> {
        let mut formats = HashMap::new();
        let mut looks = Vec::new();
        let mut in_cells = false;
        loop {
            match xml.next()? {
                Token::Open(element) => match element.name() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) =
                            (element.number::<u32>("numFmtId"), element.attribute("formatCode"))
                        {
                            formats.entry(id).or_insert_with(|| look_of(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = element.number("numFmtId").unwrap_or(0);
                        looks.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                },
                Token::Close(name) if name == "cellXfs" => in_cells = false,
                Token::End => return Ok(Self { looks }),
                _ => {}
            }
            if looks.len() > STYLES_MAX || formats.len() > STYLES_MAX {
                return Err(Unreadable::TooDeep);
            }
        }
    }
}

/// The formats that every workbook has without naming them (ECMA-376 part 1, 18.8.30; 27–58 are East Asian dates).
fn built_in(id: u32) -> Look {
    match id {
        1 | 3 => Look::Fixed { decimals: 0, percent: false },
        2 | 4 => Look::Fixed { decimals: 2, percent: false },
        9 => Look::Fixed { decimals: 0, percent: true },
        10 => Look::Fixed { decimals: 2, percent: true },
        17 => Look::MonthYear,
        22 => Look::DateTime,
        14..=16 | 27..=36 | 50..=58 => Look::Date,
        18..=21 | 45 | 47 => Look::Time,
        46 => Look::Elapsed,
        _ => Look::General,
    }
}

/// Understands a format code as far as a reader of tables needs.
fn look_of(code: &str) -> Look {
    let (letters, elapsed) = significant(code);
    if elapsed {
        return Look::Elapsed;
    }
    if letters.contains("general") || letters.contains('@') {
        return Look::General;
    }
    let has = |letter| letters.contains(letter);
    let time = has('h') || has('s');
    match (has('d'), has('m') && !time, has('y'), time) {
        (true, _, _, true) | (_, _, true, true) => Look::DateTime,
        (_, _, _, true) => Look::Time,
        (true, ..) | (false, true, false, _) => Look::Date,
        (false, true, true, _) => Look::MonthYear,
        (false, false, true, _) => Look::Year,
        (false, false, false, _) => fixed(&letters),
    }
}

/// Reads the decimals of a plain number format such as `# ##0.00` or `0%`; fractions and exponents stay general.
fn fixed(letters: &str) -> Look {
    let plain =
        letters.chars().all(|character| matches!(character, '0' | '#' | '?' | '.' | ',' | '%' | ' ' | '-' | '\u{A0}'));
    if !plain || !letters.contains('0') {
        return Look::General;
    }
    let decimals = letters.split_once('.').map_or(0, |(_, after)| after.chars().take_while(|it| *it == '0').count());
    Look::Fixed { decimals: decimals.min(15), percent: letters.contains('%') }
}

/// Returns the first section of a format in lower case, without quoted text, colours, locales and padding, and whether
/// it counts elapsed time (`[h]:mm`).
fn significant(code: &str) -> (String, bool) {
    let mut letters = String::new();
    let mut elapsed = false;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => while characters.next().is_some_and(|it| it != '"') {},
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|it| *it != ']').collect();
                elapsed |= matches!(inside.to_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
            }
            other => letters.extend(other.to_lowercase()),
        }
    }
    (letters, elapsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_code_tells_dates_from_numbers() {
        for (code, look) in [
            ("General", Look::General),
            ("@", Look::General),
            ("0", Look::Fixed { decimals: 0, percent: false }),
            ("#,##0.00", Look::Fixed { decimals: 2, percent: false }),
            ("0.0%", Look::Fixed { decimals: 1, percent: true }),
            ("0.00E+00", Look::General),
            ("# ?/?", Look::General),
            ("dd.mm.yyyy", Look::Date),
            ("[$-419]d mmmm yyyy\\ \"г.\";@", Look::Date),
            ("[$-FC19]mmmm yyyy", Look::MonthYear),
            ("[$-419]mmm\\.yy;@", Look::MonthYear),
            ("yyyy", Look::Year),
            ("dd.mm.yyyy hh:mm", Look::DateTime),
            ("hh:mm", Look::Time),
            ("[h]:mm:ss", Look::Elapsed),
            ("#,##0\" дней\"", Look::Fixed { decimals: 0, percent: false }),
            ("[Red]0;[Blue]-0", Look::Fixed { decimals: 0, percent: false }),
        ] {
            assert_eq!(look_of(code), look, "{code}");
        }
    }
}
