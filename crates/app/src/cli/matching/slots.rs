//! Free time as people write it, cut into parts of days of the week.

use crate::words;
use std::collections::BTreeSet;

const DAYS: [(&str, &[&str]); 7] = [
    ("пн", &["пн", "понедел"]),
    ("вт", &["вт", "вторн"]),
    ("ср", &["ср", "сред"]),
    ("чт", &["чт", "четв"]),
    ("пт", &["пт", "пятн"]),
    ("сб", &["сб", "субб"]),
    ("вс", &["вс", "воскр"]),
];

const PARTS: [&str; 3] = ["утро", "день", "вечер"];
const WHOLE_DAY: [usize; 3] = [0, 1, 2];

/// Hours at which the day and the evening begin.
const DAY_FROM: u32 = 12;
const EVENING_FROM: u32 = 17;

/// All slots of a week.
pub fn all() -> BTreeSet<String> {
    slots(0..DAYS.len(), &WHOLE_DAY)
}

fn slots(days: impl IntoIterator<Item = usize>, parts: &[usize]) -> BTreeSet<String> {
    let slot = |day: usize, part: usize| format!("{} {}", DAYS[day].0, PARTS[part]);
    days.into_iter().flat_map(|day| parts.iter().map(move |&part| slot(day, part))).collect()
}

/// Reads free time: «пн, ср после 15:00», «вторник и четверг», «будни вечером», «сб 10:00–12:00».
///
/// Nothing without a day: «2 часа в неделю» says how long, not when.
pub fn read(text: &str) -> BTreeSet<String> {
    let text = words::fold(text).replace("каждый день", "ежедневно");
    // A day begins a new entry; the hours after it belong to all days just before them.
    let mut found = BTreeSet::new();
    let mut days: Vec<usize> = Vec::new();
    let mut rest = String::new();
    for piece in text.split(|c: char| c.is_whitespace() || ",;/()".contains(c)).filter(|piece| !piece.is_empty()) {
        let named = days_of(piece);
        if named.is_empty() {
            rest = format!("{rest} {piece}");
            continue;
        }
        let said = hours_said(&rest);
        if !said.is_empty() {
            found.extend(slots(days.drain(..), &said));
        }
        rest.clear();
        days.extend(named);
    }
    let said = hours_said(&rest);
    found.extend(slots(days, if said.is_empty() { &WHOLE_DAY } else { &said }));
    found
}

fn days_of(piece: &str) -> Vec<usize> {
    let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
    if ["будн", "рабоч"].iter().any(|word| piece.starts_with(word)) {
        return (0..5).collect();
    }
    if piece.starts_with("выходн") {
        return vec![5, 6];
    }
    if ["ежедн", "любо"].iter().any(|word| piece.starts_with(word)) {
        return (0..7).collect();
    }
    let ends: Vec<Option<usize>> = piece.split(['-', '–', '—']).map(day_of).collect();
    match ends[..] {
        [Some(day)] => vec![day],
        [Some(from), Some(to)] if from <= to => (from..=to).collect(),
        _ => Vec::new(),
    }
}

fn day_of(word: &str) -> Option<usize> {
    let short = |stem: &&str| stem.chars().count() == 2;
    DAYS.iter().position(|(_, stems)| {
        stems.iter().any(|stem| if short(stem) { word == *stem } else { word.starts_with(stem) })
    })
}

/// Returns the parts of the day that a text names; nothing where it names none.
fn hours_said(text: &str) -> Vec<usize> {
    let has = |word: &str| text.split_whitespace().any(|own| own.starts_with(word));
    let named = [has("утр"), has("днем") || text.contains("урок"), has("вечер")];
    if named.contains(&true) {
        return (0..PARTS.len()).filter(|&part| named[part]).collect();
    }
    let hours: Vec<u32> = hours(text);
    let parts = |from: u32, to: u32| (part_of(from)..=part_of(to)).collect();
    match hours[..] {
        // The end is not inside: «10–12» and «12–14» do not meet.
        [from, to] if from < to => parts(from, to - 1),
        [from] if has("после") || has("с") => parts(from, 23),
        [to] if has("до") => parts(0, to.saturating_sub(1)),
        [hour] => parts(hour, hour),
        _ => Vec::new(),
    }
}

/// Hours of «15:30», «15.30», «15-17», «15 ч»: minutes are left out.
fn hours(text: &str) -> Vec<u32> {
    let clocks = text.split(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'));
    clocks.filter_map(|clock| clock.split([':', '.']).next()?.parse().ok()).filter(|&hour| hour < 24).collect()
}

fn part_of(hour: u32) -> usize {
    usize::from(hour >= DAY_FROM) + usize::from(hour >= EVENING_FROM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("пн", "пн вечер, пн день, пн утро")]
    #[case("пн, ср после 15:00", "пн вечер, пн день, ср вечер, ср день")]
    #[case("Вторник и четверг вечером", "вт вечер, чт вечер")]
    #[case("сб 10:00–12:00", "сб утро")]
    #[case("сб 11–14", "сб день, сб утро")]
    #[case("каждый понедельник в 16:00", "пн день")]
    #[case("сб 10-11 ч; вс до 12", "вс утро, сб утро")]
    #[case("пн 9:00, вт 18:30", "вт вечер, пн утро")]
    #[case("пт–сб утром", "пт утро, сб утро")]
    #[case("вт после уроков", "вт день")]
    #[case("2 часа в неделю", "")]
    #[case("", "")]
    fn free_time_is_parts_of_days(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(read(text).into_iter().collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn working_days_and_all_days_are_known() {
        assert_eq!(read("будни").len(), 15);
        assert_eq!(read("выходные днём"), BTreeSet::from(["сб день".to_owned(), "вс день".to_owned()]));
        assert_eq!((read("любое время"), read("каждый день")), (all(), all()));
    }

    proptest! {
        #[test]
        fn whatever_is_written_gives_slots_of_the_week(text in "([а-я]{1,6}|пн|сб|[0-9]{1,2}(:[0-9]{2})?|[-–,; ]){0,12}") {
            prop_assert!(read(&text).is_subset(&all()));
        }
    }
}
