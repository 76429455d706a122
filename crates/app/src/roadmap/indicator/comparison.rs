//! How a rule compares, apart from the number it compares with: what a person chooses from.

use super::{Operator, Target};

/// An operator without its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Exists,
    AtLeast,
    ShareAtLeast,
    EachGroupAtLeast,
    EachGroupShareAtLeast,
    All,
}

impl Comparison {
    /// All of them, the simplest first.
    pub const ALL: [Self; 6] = [
        Self::Exists,
        Self::AtLeast,
        Self::ShareAtLeast,
        Self::EachGroupAtLeast,
        Self::EachGroupShareAtLeast,
        Self::All,
    ];

    /// Returns the word that forms send; the operators of a template are written alike.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::AtLeast => "at_least",
            Self::ShareAtLeast => "share_at_least",
            Self::EachGroupAtLeast => "each_group_at_least",
            Self::EachGroupShareAtLeast => "each_group_share_at_least",
            Self::All => "all",
        }
    }

    /// Finds a comparison by its word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|comparison| comparison.key() == key)
    }

    /// Names the comparison in a list.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Exists => "есть хотя бы одно",
            Self::AtLeast => "не менее числа",
            Self::ShareAtLeast => "не менее доли, %",
            Self::EachGroupAtLeast => "не менее числа в каждой группе",
            Self::EachGroupShareAtLeast => "не менее доли в каждой группе, %",
            Self::All => "все (100 %)",
        }
    }

    /// Says what it asks of the records, with an example.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Exists => "Достаточно одной записи: «создан реестр». Цель не нужна.",
            Self::AtLeast => "Сколько нужно записей: «не менее 5 публикаций».",
            Self::ShareAtLeast => {
                "Какая часть целого нужна: «не менее 90 % педагогов». Целое вносят вместе с числом; без него — «нет данных»."
            }
            Self::EachGroupAtLeast => {
                "Число для каждой группы отдельно: «не менее 3 занятий для каждой группы». Отстаёт одна — не достигнут весь показатель."
            }
            Self::EachGroupShareAtLeast => {
                "Доля в каждой группе отдельно: «не менее 55 % обучающихся и не менее 55 % педагогов»."
            }
            Self::All => "Никто не пропущен: «согласия всех участников». Цель не нужна.",
        }
    }

    /// Tells whether it compares with a number that somebody has to name.
    pub const fn takes_target(self) -> bool {
        !matches!(self, Self::Exists | Self::All)
    }

    /// Joins the comparison with a target; one that takes none leaves it out.
    pub const fn with(self, target: Target) -> Operator {
        match self {
            Self::Exists => Operator::Exists,
            Self::AtLeast => Operator::AtLeast { target },
            Self::ShareAtLeast => Operator::ShareAtLeast { percent: target },
            Self::EachGroupAtLeast => Operator::EachGroupAtLeast { target },
            Self::EachGroupShareAtLeast => Operator::EachGroupShareAtLeast { percent: target },
            Self::All => Operator::All,
        }
    }
}

impl Operator {
    /// Returns how it compares.
    pub const fn comparison(self) -> Comparison {
        match self {
            Self::Exists => Comparison::Exists,
            Self::AtLeast { .. } => Comparison::AtLeast,
            Self::ShareAtLeast { .. } => Comparison::ShareAtLeast,
            Self::EachGroupAtLeast { .. } => Comparison::EachGroupAtLeast,
            Self::EachGroupShareAtLeast { .. } => Comparison::EachGroupShareAtLeast,
            Self::All => Comparison::All,
        }
    }

    /// Returns the number it compares with, if it has one.
    pub const fn target(self) -> Option<Target> {
        match self {
            Self::AtLeast { target } | Self::EachGroupAtLeast { target } => Some(target),
            Self::ShareAtLeast { percent } | Self::EachGroupShareAtLeast { percent } => Some(percent),
            Self::All | Self::Exists => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_with_its_target_is_the_operator_it_was_taken_from() {
        for comparison in Comparison::ALL {
            let target = Target::new(55).or_in_small_school(7);
            let operator = comparison.with(target);
            assert_eq!(operator.comparison(), comparison);
            assert_eq!(operator.target(), comparison.takes_target().then_some(target));
        }
    }

    #[test]
    fn forms_and_templates_write_a_comparison_alike() {
        for comparison in Comparison::ALL {
            let written = serde_json::to_value(comparison.with(Target::new(1))).unwrap();
            assert_eq!(written["is"], comparison.key());
            assert_eq!(Comparison::from_key(comparison.key()), Some(comparison));
        }
        assert_eq!(Comparison::from_key("at_most"), None);
    }
}
