//! Measures declension of names against a list: kind, gender, nominative and five cases, separated by tabs.
//!
//! A kind is `Surn`, `Name` or `Patr`, a gender `m`, `f` or `x` (both); a case may hold several forms with slashes
//! between. A letter ё counts as е. Usage: `evaluate LIST [--mistakes]`; see `scripts/bench-names`.

use russian::{Case, Gender, Name, Part, decline};
use std::{collections::BTreeMap, env, error::Error, fs};

/// What was right and how many there were.
type Score = (u32, u32);

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: evaluate LIST [--mistakes]")?;
    let shows_mistakes = env::args().any(|argument| argument == "--mistakes");
    let list = fs::read_to_string(path)?;
    let mut cases: BTreeMap<(&str, &str), [Score; 5]> = BTreeMap::new();
    let mut genders: BTreeMap<(&str, &str), [Score; 2]> = BTreeMap::new();
    for line in list.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind, gender, nominative, expected @ ..] = fields.as_slice() else { continue };
        let Some(part) = part(kind) else { continue };
        for (name, gender) in bearers(gender) {
            for ((case, expected), score) in
                Case::ALL.iter().skip(1).zip(expected).zip(cases.entry((kind, name)).or_default())
            {
                let form = decline(nominative, part, Some(gender), *case);
                let is_right = expected.split('/').any(|expected| folded(expected) == folded(&form));
                count(score, is_right);
                if shows_mistakes && !is_right {
                    println!("{kind}\t{name}\t{nominative}\t{case:?}\t{form}\t{expected}");
                }
            }
        }
        if let (Some((name, gender)), 1) = (bearers(gender).first(), bearers(gender).len()) {
            let guess = guess(part, nominative);
            let [guessed, right] = genders.entry((kind, name)).or_default();
            count(guessed, guess.is_some());
            if guess.is_some() {
                count(right, guess == Some(*gender));
                if shows_mistakes && guess != Some(*gender) {
                    println!("{kind}\t{name}\t{nominative}\tgender\t{guess:?}");
                }
            }
        }
    }
    report(&cases, &genders);
    Ok(())
}

fn part(kind: &str) -> Option<Part> {
    match kind {
        "Surn" => Some(Part::Surname),
        "Name" => Some(Part::Given),
        "Patr" => Some(Part::Patronymic),
        _ => None,
    }
}

fn bearers(gender: &str) -> Vec<(&'static str, Gender)> {
    let man = ("men", Gender::Masculine);
    let woman = ("women", Gender::Feminine);
    match gender {
        "m" => vec![man],
        "f" => vec![woman],
        _ => vec![man, woman],
    }
}

fn guess(part: Part, text: &str) -> Option<Gender> {
    match part {
        Part::Surname => Name::new(text, "", ""),
        Part::Given => Name::new("", text, ""),
        Part::Patronymic => Name::new("", "", text),
    }
    .gender()
}

fn folded(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

fn count((right, all): &mut Score, is_right: bool) {
    *right += u32::from(is_right);
    *all += 1;
}

fn report(cases: &BTreeMap<(&str, &str), [Score; 5]>, genders: &BTreeMap<(&str, &str), [Score; 2]>) {
    println!("{:<12}{:>8}{:>10}{:>10}{:>10}{:>10}{:>10}", "", "names", "gen", "dat", "acc", "ins", "prep");
    for ((kind, name), scores) in cases {
        let shares = scores.map(|score| format!("{:>10}", percent(score))).concat();
        println!("{:<12}{:>8}{shares}", format!("{kind} {name}"), scores[0].1);
    }
    println!("\n{:<12}{:>10}{:>10}   gender told, and told right", "", "told", "right");
    for ((kind, name), [told, right]) in genders {
        println!("{:<12}{:>10}{:>10}", format!("{kind} {name}"), percent(*told), percent(*right));
    }
}

fn percent((right, all): Score) -> String {
    format!("{:.2} %", 100.0 * f64::from(right) / f64::from(all.max(1)))
}
