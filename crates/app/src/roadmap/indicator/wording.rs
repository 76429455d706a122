//! An indicator in words: what there is, what is asked, what is missing.

use super::{Operator, Reading, Rule, SchoolTraits, Unit, Verdict};
use crate::words::{self, NO_BREAK_SPACE, NO_DATA};

impl Unit {
    pub fn new(one: &str, few: &str, many: &str) -> Self {
        Self([one, few, many].map(str::to_owned))
    }

    /// Writes a number with the noun: «22 встречи».
    pub fn counted(&self, n: i64) -> String {
        words::counted(n, &self.0)
    }

    /// Writes a number with the noun after «не менее» and «не хватает»: «21 встречи».
    pub fn counted_genitive(&self, n: i64) -> String {
        words::counted_genitive(n, &self.0)
    }
}

impl Rule {
    /// Says what the records show: «341 из 620 — 55,0 %», «7 встреч», by groups, or «нет данных».
    pub fn value_text(&self, reading: Option<&Reading>) -> String {
        let Some(reading) = reading else { return NO_DATA.to_owned() };
        if !self.operator.needs_groups() {
            return self.one_value(reading.numerator, reading.denominator);
        }
        if reading.groups.is_empty() {
            return NO_DATA.to_owned();
        }
        let groups = reading
            .groups
            .iter()
            .map(|group| format!("{}: {}", group.name, self.one_value(group.numerator, group.denominator)));
        groups.collect::<Vec<_>>().join("; ")
    }

    fn one_value(&self, numerator: i64, denominator: Option<i64>) -> String {
        match denominator {
            Some(denominator) => words::share(numerator, denominator),
            None if self.operator.needs_denominator() => NO_DATA.to_owned(),
            None => self.unit.counted(numerator),
        }
    }

    /// Says what is asked: «не менее 55 % в каждой группе».
    pub fn target_text(&self, traits: SchoolTraits) -> String {
        match self.operator {
            Operator::AtLeast { target } => format!("не менее {}", self.unit.counted_genitive(target.resolve(traits))),
            Operator::EachGroupAtLeast { target } => {
                format!("не менее {} в каждой группе", self.unit.counted_genitive(target.resolve(traits)))
            }
            Operator::ShareAtLeast { percent } => format!("не менее {}", whole_percent(percent.resolve(traits))),
            Operator::EachGroupShareAtLeast { percent } => {
                format!("не менее {} в каждой группе", whole_percent(percent.resolve(traits)))
            }
            Operator::All => whole_percent(100),
            Operator::Exists => format!("не менее {}", self.unit.counted_genitive(1)),
        }
    }

    /// Says what is missing: «до 55 % не хватает 14 участников: обучающиеся — 9, педагоги — 5».
    ///
    /// Nothing when the rule is met or there is no data.
    pub fn missing_text(&self, verdict: &Verdict, traits: SchoolTraits) -> Option<String> {
        let Verdict::Behind { missing, in_groups } = verdict else { return None };
        let goal = match self.operator {
            Operator::AtLeast { target } | Operator::EachGroupAtLeast { target } => {
                format!("до {} ", words::number(target.resolve(traits)))
            }
            Operator::ShareAtLeast { percent } | Operator::EachGroupShareAtLeast { percent } => {
                format!("до {} ", whole_percent(percent.resolve(traits)))
            }
            Operator::All => format!("до {} ", whole_percent(100)),
            Operator::Exists => String::new(),
        };
        let groups: Vec<String> =
            in_groups.iter().map(|(name, missing)| format!("{name} — {}", words::number(*missing))).collect();
        let groups = if groups.is_empty() { String::new() } else { format!(": {}", groups.join(", ")) };
        Some(format!("{goal}не хватает {}{groups}", self.unit.counted_genitive(*missing)))
    }
}

impl Verdict {
    /// Names the verdict in a table.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::NoData => NO_DATA,
            Self::Behind { .. } => "не достигнут",
            Self::Met => "достигнут",
        }
    }
}

fn whole_percent(percent: i64) -> String {
    format!("{percent}{NO_BREAK_SPACE}%")
}
