//! What a person should look at in a term that was read, as a sentence and, where one is likely, a correction.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Term;
use crate::school_year::SchoolYear;

/// A reason not to trust a term before a person has looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub kind: DoubtKind,
    /// What is printed, on one line.
    pub text: String,
    /// The school year the road map belongs to.
    pub year: SchoolYear,
    /// What the term was read as; free text when it was not understood.
    pub read: Term,
    /// What was probably meant.
    pub suggestion: Option<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtKind {
    /// No term is printed.
    Missing,
    NotUnderstood,
    /// Some words were left aside.
    PartlyRead,
    StartsAfterYear,
    EndsBeforeYear,
    /// Several dates were joined into one range.
    SeveralDates,
    /// The end precedes the beginning.
    Reversed,
    /// «с октября 2023» without an end: read to the end of the school year.
    OpenEnd,
    /// «до октября 2023»: read as before the month begins.
    DeadlineByMonth,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, text, year, read, .. } = self;
        match kind {
            DoubtKind::Missing => f.write_str("Срок не указан."),
            DoubtKind::NotUnderstood => {
                write!(f, "Срок «{text}» не похож на дату или период и оставлен текстом: напоминаний по нему не будет.")
            }
            DoubtKind::PartlyRead => write!(f, "Срок «{text}» понят не полностью, как «{read}»."),
            DoubtKind::StartsAfterYear => write!(f, "Срок «{text}» начинается после конца учебного года {year}."),
            DoubtKind::EndsBeforeYear => write!(f, "Срок «{text}» заканчивается до начала учебного года {year}."),
            DoubtKind::SeveralDates => write!(f, "В сроке «{text}» несколько дат, он понят как «{read}»."),
            DoubtKind::Reversed => write!(f, "В сроке «{text}» конец раньше начала."),
            DoubtKind::OpenEnd => {
                write!(f, "У срока «{text}» нет конца, он понят как «{read}» – до конца учебного года.")
            }
            DoubtKind::DeadlineByMonth => {
                write!(f, "Срок «{text}» понят как «{read}». Возможно, имелся в виду конец месяца.")
            }
        }?;
        match &self.suggestion {
            Some(term) if self.is_a_guess() => write!(f, " Возможно, имелось в виду: {term}."),
            _ => Ok(()),
        }
    }
}

impl Doubt {
    fn is_a_guess(&self) -> bool {
        matches!(self.kind, DoubtKind::StartsAfterYear | DoubtKind::EndsBeforeYear | DoubtKind::Reversed)
    }
}
