//! Finds the row of the template that says the same as a row of a school's own road map.
//!
//! Titles are compared by their words: the weight of a word is how rare it is in the template («нетворкинг» says more than
//! «организация»), and the likeness is the weight of the common words in percent of the weight of all words of both
//! (the weighted Jaccard index). Endings are cut off, for schools decline the words otherwise. Whole numbers only: the same
//! file is read alike on every machine.

use crate::{
    roadmap::template::{Template, TemplateRow},
    words,
};
use std::collections::{BTreeSet, HashMap};

/// Letters that tell words apart: «наставляемых» and «наставников» differ in the seventh.
const STEM: usize = 7;

/// Shorter words («из», «для», «при») say nothing about a row.
const SHORTEST: usize = 4;

/// Titles that have less in common are not said to be the same.
///
/// Shortened titles of the same row («Формирование базы наставников») reach 46 % and more, titles of other rows stay
/// below 35 %.
const LEAST_PERCENT: u64 = 45;

/// A row of the template that says the same, and how closely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness<'t> {
    pub row: &'t TemplateRow,
    pub percent: u64,
}

/// The rows of a template prepared for comparison.
pub struct Likenesses<'t> {
    rows: Vec<(&'t TemplateRow, BTreeSet<String>)>,
    /// In how many rows of the template a word occurs.
    occurrences: HashMap<String, u64>,
}

impl<'t> Likenesses<'t> {
    /// Prepares a template.
    pub fn of(template: &'t Template) -> Self {
        let rows: Vec<_> = template.rows().map(|row| (row, stems(&row.title))).collect();
        let mut occurrences = HashMap::new();
        for stem in rows.iter().flat_map(|(_, stems)| stems) {
            *occurrences.entry(stem.clone()).or_default() += 1;
        }
        Self { rows, occurrences }
    }

    /// Returns the row that says the same as a title; nothing when none does or two do equally well.
    pub fn closest(&self, title: &str) -> Option<Likeness<'t>> {
        let wanted = stems(title);
        let mut found: Vec<Likeness<'t>> = self
            .rows
            .iter()
            .map(|(row, stems)| Likeness { row, percent: self.percent(stems, &wanted) })
            .filter(|likeness| likeness.percent >= LEAST_PERCENT)
            .collect();
        found.sort_by_key(|likeness| std::cmp::Reverse(likeness.percent));
        match found.as_slice() {
            [best, second, ..] if best.percent == second.percent => None,
            found => found.first().copied(),
        }
    }

    fn percent(&self, one: &BTreeSet<String>, other: &BTreeSet<String>) -> u64 {
        let common: u64 = one.intersection(other).map(|stem| self.weight(stem)).sum();
        let all: u64 = one.union(other).map(|stem| self.weight(stem)).sum();
        (common * 100).checked_div(all).unwrap_or(0)
    }

    /// A word of every row weighs 1, a word of one row alone or of none as much as there are rows.
    fn weight(&self, stem: &str) -> u64 {
        let rows = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        (rows / self.occurrences.get(stem).copied().unwrap_or(1)).max(1)
    }
}

fn stems(title: &str) -> BTreeSet<String> {
    let folded = words::fold(title);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    words.map(|word| word.chars().take(STEM).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closest(title: &str) -> Option<&'static str> {
        let template = Template::built_in().unwrap();
        Likenesses::of(template).closest(title).map(|likeness| likeness.row.number.as_str())
    }

    #[test]
    fn every_row_of_the_template_is_like_itself() {
        for row in Template::built_in().unwrap().rows() {
            assert_eq!(closest(&row.title), Some(row.number.as_str()), "{}", row.title);
        }
    }

    #[test]
    fn small_differences_of_wording_do_not_matter() {
        let spellings = [
            ("Формирование базы наставляемых", "1.1"),
            ("Формирование базы наставников", "1.2"),
            ("Выступление на педагогическом совете", "4.3"),
            ("1) ФОРМИРОВАНИЕ БАЗЫ НАСТАВНИКОВ из числа педагогов, обучающихся", "1.2"),
            ("Формирование наставнических пар (групп)", "1.7"),
            ("Утверждение индивидуальных планов наставляемых", "1.11"),
            ("Заключение соглашений с организациями – партнёрами по внедрению целевой модели", "1.4"),
        ];
        for (title, number) in spellings {
            assert_eq!(closest(title), Some(number), "{title}");
        }
    }

    #[test]
    fn other_rows_are_like_none() {
        let titles = [
            "",
            "—",
            "Подготовка приказа о назначении куратора",
            "Проведение Дня здоровья",
            "Формирование базы лучших практик",
            "Утверждение плана работы школы",
            "Итоговая встреча пар и групп",
            "Организация деятельности",
            "Мониторинг реализации программы наставничества",
        ];
        for title in titles {
            assert_eq!(closest(title), None, "{title}");
        }
    }
}
