//! When somebody has time in a week. Pure.

use serde::{Deserialize, Serialize};

database::stored_as_text! {
    /// A day on which a school works.
    pub enum Weekday {
        Monday = "mon" => "пн",
        Tuesday = "tue" => "вт",
        Wednesday = "wed" => "ср",
        Thursday = "thu" => "чт",
        Friday = "fri" => "пт",
        Saturday = "sat" => "сб",
    }

    /// A part of a day; schools with two shifts free their pupils in either.
    pub enum DayPart {
        Morning = "morning" => "до обеда",
        Afternoon = "afternoon" => "после обеда",
        Evening = "evening" => "вечером",
    }
}

/// A part of a day of the week: «ср, после обеда».
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Slot {
    pub weekday: Weekday,
    pub part: DayPart,
}

/// A word that names no part of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Выберите время из списка.")]
pub struct NotASlot;

impl Slot {
    /// Returns every part of the week, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        Weekday::ALL.iter().flat_map(|weekday| DayPart::ALL.iter().map(|part| Self { weekday: *weekday, part: *part }))
    }

    /// Returns the word that stands in forms and in the database: «wed-afternoon».
    pub fn word(self) -> String {
        format!("{}-{}", self.weekday.word(), self.part.word())
    }

    /// Returns «ср, после обеда».
    pub fn label(self) -> String {
        format!("{}, {}", self.weekday.label(), self.part.label())
    }
}

impl From<Slot> for String {
    fn from(slot: Slot) -> Self {
        slot.word()
    }
}

impl TryFrom<String> for Slot {
    type Error = NotASlot;

    fn try_from(word: String) -> Result<Self, NotASlot> {
        word.parse()
    }
}

impl std::str::FromStr for Slot {
    type Err = NotASlot;

    fn from_str(word: &str) -> Result<Self, NotASlot> {
        let (weekday, part) = word.split_once('-').ok_or(NotASlot)?;
        Ok(Self { weekday: weekday.parse().map_err(|_| NotASlot)?, part: part.parse().map_err(|_| NotASlot)? })
    }
}

/// Returns the time of a week in words: «2 ч в неделю: пн, вечером; ср, после обеда».
pub fn time_text(hours_per_week: Option<i64>, slots: &[Slot], note: &str) -> String {
    let hours = hours_per_week.map(|hours| format!("{hours} ч в неделю"));
    let days: Vec<String> = slots.iter().map(|slot| slot.label()).collect();
    let days = (!days.is_empty()).then(|| days.join("; "));
    let note = (!note.is_empty()).then(|| note.to_owned());
    [hours, days, note].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_week_is_read_back_from_its_word() {
        assert_eq!(Slot::all().count(), 18);
        for slot in Slot::all() {
            assert_eq!(slot.word().parse(), Ok(slot));
        }
        for bad in ["", "mon", "sun-morning", "mon-night", "mon-morning-1"] {
            assert_eq!(bad.parse::<Slot>(), Err(NotASlot), "{bad}");
        }
    }

    #[test]
    fn time_is_told_in_one_line_without_what_is_unknown() {
        let slots = ["mon-evening".parse().unwrap(), "wed-afternoon".parse().unwrap()];
        assert_eq!(time_text(Some(2), &slots, ""), "2 ч в неделю: пн, вечером; ср, после обеда");
        assert_eq!(time_text(None, &[], "по договорённости"), "по договорённости");
        assert_eq!(time_text(None, &[], ""), "");
    }
}
