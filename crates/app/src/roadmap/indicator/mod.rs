//! The indicator of a row: rules that compare a measure of the school's records with a target.
//!
//! A rule is data («доля охваченных в каждой группе не менее 55 %»), a reading is what the records say on a day, and a
//! verdict is whether the one satisfies the other and how much is missing. All comparisons are made in whole numbers, so
//! 55 % of 101 is 56 people and not 55.55. What a number of nobody would be is «нет данных», never 0 % or 100 %.

mod comparison;
mod wording;

#[cfg(test)]
mod tests;

pub use crate::measure::{GroupReading, Reading, Subject};
pub use comparison::Comparison;

use serde::{Deserialize, Serialize};

/// What the records are compared with, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The key of the measure: slice and name, e.g. `participants.coverage`.
    pub measure: String,
    pub title: String,
    pub unit: Unit,
    pub operator: Operator,
}

/// The noun counted, after 1, 2 and 5: «участник», «участника», «участников».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit(pub [String; 3]);

/// How the numerator of a reading is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Operator {
    /// «не менее 5 публикаций».
    AtLeast { target: Target },
    /// «не менее 90 % педагогического состава».
    ShareAtLeast { percent: Target },
    /// «не менее 3 занятий для каждой группы».
    EachGroupAtLeast { target: Target },
    /// «не менее 55 % членов каждой целевой группы».
    EachGroupShareAtLeast { percent: Target },
    /// «100 % участников».
    All,
    /// «создан реестр».
    Exists,
}

/// A target number, which a small school may have its own of: 500 parents, or 70.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "TargetForm", into = "TargetForm")]
pub struct Target {
    pub usual: u32,
    pub small_school: Option<u32>,
}

/// What a school is, as far as targets depend on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolTraits {
    /// «малокомплектная школа».
    pub small_school: bool,
}

/// What a rule says about a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    NoData,
    Behind {
        missing: i64,
        /// How much is missing in each group that is behind.
        in_groups: Vec<(String, i64)>,
    },
    Met,
}

/// A rule that no record could ever satisfy, or every record does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    #[error("Укажите целевое значение больше нуля.")]
    NoTarget,
    #[error("Доля не может быть больше 100 %.")]
    MoreThanAll,
}

impl Target {
    pub const fn new(usual: u32) -> Self {
        Self { usual, small_school: None }
    }

    /// Sets the number for small schools.
    #[must_use]
    pub const fn or_in_small_school(self, target: u32) -> Self {
        Self { small_school: Some(target), ..self }
    }

    /// Picks the number that holds for a school.
    pub fn resolve(self, traits: SchoolTraits) -> i64 {
        i64::from(self.small_school.filter(|_| traits.small_school).unwrap_or(self.usual))
    }
}

impl Operator {
    /// Says whether a reading must have a denominator, of its own or of its groups.
    pub const fn needs_denominator(self) -> bool {
        matches!(self, Self::ShareAtLeast { .. } | Self::EachGroupShareAtLeast { .. } | Self::All)
    }

    /// Says whether a reading must be made of groups.
    pub const fn needs_groups(self) -> bool {
        matches!(self, Self::EachGroupAtLeast { .. } | Self::EachGroupShareAtLeast { .. })
    }

    /// Checks the target that a person or a template gives.
    pub fn check(self) -> Result<(), BadRule> {
        let (target, is_share) = match self {
            Self::AtLeast { target } | Self::EachGroupAtLeast { target } => (target, false),
            Self::ShareAtLeast { percent } | Self::EachGroupShareAtLeast { percent } => (percent, true),
            Self::All | Self::Exists => return Ok(()),
        };
        for value in [Some(target.usual), target.small_school].into_iter().flatten() {
            match value {
                0 => return Err(BadRule::NoTarget),
                101.. if is_share => return Err(BadRule::MoreThanAll),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Rule {
    /// Compares a reading with the target of a school; without a reading there is no data.
    pub fn judge(&self, reading: Option<&Reading>, traits: SchoolTraits) -> Verdict {
        let Some(reading) = reading else { return Verdict::NoData };
        let missing = match self.operator {
            Operator::AtLeast { target } => Some(missing_to(target.resolve(traits), reading.numerator)),
            Operator::Exists => Some(missing_to(1, reading.numerator)),
            Operator::All => missing_to_share(100, reading.numerator, reading.denominator),
            Operator::ShareAtLeast { percent } => {
                missing_to_share(percent.resolve(traits), reading.numerator, reading.denominator)
            }
            Operator::EachGroupAtLeast { target } => {
                let target = target.resolve(traits);
                return judge_groups(&reading.groups, |group| Some(missing_to(target, group.numerator)));
            }
            Operator::EachGroupShareAtLeast { percent } => {
                let percent = percent.resolve(traits);
                return judge_groups(&reading.groups, |group| {
                    missing_to_share(percent, group.numerator, group.denominator)
                });
            }
        };
        match missing {
            None => Verdict::NoData,
            Some(0) => Verdict::Met,
            Some(missing) => Verdict::Behind { missing, in_groups: Vec::new() },
        }
    }
}

/// Says whether a row is proven: it has rules and every one of them is met.
///
/// A row without a rule is never proven by itself, because no row is closed by a tick.
pub fn is_proven<'a>(verdicts: impl IntoIterator<Item = &'a Verdict>) -> bool {
    let mut verdicts = verdicts.into_iter().peekable();
    verdicts.peek().is_some() && verdicts.all(|verdict| *verdict == Verdict::Met)
}

fn missing_to(target: i64, numerator: i64) -> i64 {
    target.saturating_sub(numerator.max(0)).max(0)
}

/// Counts how many are missing to a whole percentage; nothing when there is nobody to take it of.
fn missing_to_share(percent: i64, numerator: i64, denominator: Option<i64>) -> Option<i64> {
    let denominator = denominator.filter(|denominator| *denominator > 0)?;
    let needed = (i128::from(percent) * i128::from(denominator) + 99) / 100;
    Some(missing_to(i64::try_from(needed).unwrap_or(i64::MAX), numerator))
}

/// A group that is behind decides; otherwise a group without data leaves the whole without data.
fn judge_groups(groups: &[GroupReading], missing: impl Fn(&GroupReading) -> Option<i64>) -> Verdict {
    let found: Vec<_> = groups.iter().map(|group| (&group.name, missing(group))).collect();
    let in_groups: Vec<(String, i64)> = found
        .iter()
        .filter_map(|(name, missing)| missing.filter(|missing| *missing > 0).map(|missing| ((*name).clone(), missing)))
        .collect();
    if !in_groups.is_empty() {
        let missing = in_groups.iter().fold(0_i64, |sum, (_, missing)| sum.saturating_add(*missing));
        Verdict::Behind { missing, in_groups }
    } else if found.is_empty() || found.iter().any(|(_, missing)| missing.is_none()) {
        Verdict::NoData
    } else {
        Verdict::Met
    }
}

/// How a target is written: a number, or numbers by kind of school.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum TargetForm {
    Same(u32),
    BySchool { usual: u32, small_school: u32 },
}

impl From<TargetForm> for Target {
    fn from(form: TargetForm) -> Self {
        match form {
            TargetForm::Same(usual) => Self::new(usual),
            TargetForm::BySchool { usual, small_school } => Self::new(usual).or_in_small_school(small_school),
        }
    }
}

impl From<Target> for TargetForm {
    fn from(Target { usual, small_school }: Target) -> Self {
        small_school.map_or(Self::Same(usual), |small_school| Self::BySchool { usual, small_school })
    }
}
