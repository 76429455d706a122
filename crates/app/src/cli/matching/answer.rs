//! Yes or no, as several rows of one person say it: a refusal is never outvoted.

use crate::words;

/// What the rows of a person answer.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The cell is empty.
    #[default]
    Silent,
    Yes,
    No,
    /// One row says yes, another no.
    Both,
}

impl Answer {
    /// Reads an answer; the number or the date of a paper is a yes. Nothing where it is neither.
    pub fn read(text: &str) -> Option<Self> {
        let text = words::fold(text);
        let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
        let yes = ["да", "есть", "имеется", "получено", "дано", "истина", "v", "х", "x"].contains(&first);
        let no = ["нет", "не", "отсутствует", "отозвано", "ложь", "0"].contains(&first);
        match text.as_str() {
            "" | "-" | "–" | "—" => Some(Self::Silent),
            "+" | "✓" | "✔" => Some(Self::Yes),
            _ if no => Some(Self::No),
            _ if yes || text.chars().any(|c| c.is_ascii_digit()) => Some(Self::Yes),
            _ => None,
        }
    }

    /// Returns the answer of two rows together.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (own, Self::Silent) => own,
            (Self::Silent, other) => other,
            (own, other) if own == other => own,
            _ => Self::Both,
        }
    }

    /// Tells whether somebody said yes and nobody no.
    pub fn is_yes(self) -> bool {
        self == Self::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("да", Some(Answer::Yes))]
    #[case("Есть (№ 12)", Some(Answer::Yes))]
    #[case("от 01.09.2026", Some(Answer::Yes))]
    #[case("+", Some(Answer::Yes))]
    #[case("нет", Some(Answer::No))]
    #[case("не получено", Some(Answer::No))]
    #[case("", Some(Answer::Silent))]
    #[case("—", Some(Answer::Silent))]
    #[case("в работе", None)]
    fn consent_is_yes_or_no_or_a_question(#[case] text: &str, #[case] expected: Option<Answer>) {
        assert_eq!(Answer::read(text), expected);
    }

    #[test]
    fn a_refusal_wins_in_whatever_order_it_stands() {
        use Answer::{Both, No, Silent, Yes};
        for (one, other, together) in
            [(Yes, Silent, Yes), (No, Silent, No), (Yes, Yes, Yes), (Yes, No, Both), (Both, Yes, Both)]
        {
            assert_eq!((one.and(other), other.and(one)), (together, together));
        }
        assert!(Yes.is_yes() && [No, Silent, Both].iter().all(|answer| !answer.is_yes()));
    }
}
