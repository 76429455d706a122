//! Cells of the two bases as values: years, ages, yes and no, counts, names.

use crate::words;
use matching::people::model::AgeRange;

/// The oldest age a wish can name.
const OLDEST: u16 = 130;

/// A pupil of the first grade is seven years old or becomes so, one of the eleventh seventeen.
const FIRST_GRADE_AGE: u16 = 6;
const GRADES: std::ops::RangeInclusive<u16> = 1..=12;

fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// Returns the year of birth: «2012», «2012 г. р.», «07.03.2012».
pub fn year_of_birth(text: &str) -> Option<i32> {
    let years: Vec<i32> = numbers(text)
        .into_iter()
        .filter_map(|number| i32::try_from(number).ok())
        .filter(|y| (1900..=2100).contains(y))
        .collect();
    if let [year] = years[..] { Some(year) } else { None }
}

/// Returns an age: «12», «12 лет».
pub fn age(text: &str) -> Option<u16> {
    let numbers = numbers(text);
    let [age] = numbers[..] else { return None };
    u16::try_from(age).ok().filter(|age| (3..=OLDEST).contains(age))
}

/// A wish for an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeWish {
    Any,
    Within(AgeRange),
    Unclear,
}

/// Reads a wish for an age: «10–12», «от 10 до 14 лет», «с 12», «до 15», «5–7 классы», «любой».
pub fn age_wish(text: &str) -> AgeWish {
    let text = words::fold(text);
    if text.is_empty() || ["люб", "не важ", "неваж", "без огран", "все"].iter().any(|word| text.contains(word))
    {
        return AgeWish::Any;
    }
    let numbers: Option<Vec<u16>> = numbers(&text).into_iter().map(|number| u16::try_from(number).ok()).collect();
    let numbers = numbers.unwrap_or_default();
    let of_grades = text.contains("кл") && numbers.iter().all(|number| GRADES.contains(number));
    let ages = |from: u16, to: u16| {
        let to_of_grade = if of_grades { to + FIRST_GRADE_AGE + 1 } else { to };
        (if of_grades { from + FIRST_GRADE_AGE } else { from }, to_of_grade)
    };
    let begins = |word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|own| own == word);
    let up = text.contains('+') || ["от", "с", "старше"].iter().any(|word| begins(word));
    let down = ["до", "младше"].iter().any(|word| begins(word));
    let (from, to) = match numbers[..] {
        [one] if up => (ages(one, one).0, OLDEST),
        [one] if down => (0, ages(one, one).1),
        [one] => ages(one, one),
        [from, to] => ages(from, to),
        _ => return AgeWish::Unclear,
    };
    if from <= to && to <= OLDEST { AgeWish::Within(AgeRange { from, to }) } else { AgeWish::Unclear }
}

/// Reads yes or no; the number or the date of a paper is a yes, an empty cell is a no.
pub fn yes_or_no(text: &str) -> Option<bool> {
    let text = words::fold(text);
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let yes = ["да", "есть", "имеется", "получено", "дано", "истина", "v", "х", "x"].contains(&first);
    let no = ["нет", "не", "отсутствует", "отозвано", "ложь", "0"].contains(&first);
    match text.as_str() {
        "" | "-" | "–" | "—" => Some(false),
        "+" | "✓" | "✔" => Some(true),
        _ if no => Some(false),
        _ if yes || text.chars().any(|c| c.is_ascii_digit()) => Some(true),
        _ => None,
    }
}

/// Reads how many: «2», «до 3», «1–2 человека» (the largest number counts). A fraction, a date, a negative number and
/// more than a hundred are no counts of people.
pub fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    let negative =
        text.strip_prefix(['-', '–', '−']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let mut parts = text.split(['.', ',', '/']).map(str::as_bytes);
    let mut before = parts.next().unwrap_or_default();
    let divided = parts.any(|after| {
        let digits = before.last().is_some_and(u8::is_ascii_digit) && after.first().is_some_and(u8::is_ascii_digit);
        before = after;
        digits
    });
    numbers(text).into_iter().max().filter(|&count| count <= 100 && !negative && !divided)
}

/// Splits a list: by «;», by lines, else by commas.
pub fn list(text: &str) -> Vec<String> {
    let separators: &[char] = if text.contains([';', '\n']) { &[';', '\n'] } else { &[','] };
    let parts = text
        .split(separators)
        .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit() || " .)•–—-".contains(c)));
    parts.map(words::one_line).filter(|part| part.chars().any(char::is_alphanumeric)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("2012", Some(2012))]
    #[case("2012 г. р.", Some(2012))]
    #[case("07.03.2012", Some(2012))]
    #[case("07.03.12", None)]
    #[case("2012-2013", None)]
    #[case("", None)]
    fn a_year_of_birth_is_one_year(#[case] text: &str, #[case] year: Option<i32>) {
        assert_eq!(year_of_birth(text), year);
    }

    #[rstest]
    #[case("12 лет", Some(12))]
    #[case("2", None)]
    #[case("12-13", None)]
    #[case("двенадцать", None)]
    fn an_age_is_one_number(#[case] text: &str, #[case] expected: Option<u16>) {
        assert_eq!(age(text), expected);
    }

    #[rstest]
    #[case("10–12", 10, 12)]
    #[case("от 10 до 14 лет", 10, 14)]
    #[case("с 12", 12, OLDEST)]
    #[case("14+", 14, OLDEST)]
    #[case("до 15", 0, 15)]
    #[case("11", 11, 11)]
    #[case("5–7 классы", 11, 14)]
    #[case("8 кл.", 14, 15)]
    fn a_wish_for_an_age_has_two_ends(#[case] text: &str, #[case] from: u16, #[case] to: u16) {
        assert_eq!(age_wish(text), AgeWish::Within(AgeRange { from, to }));
    }

    #[rstest]
    #[case("любой", AgeWish::Any)]
    #[case("", AgeWish::Any)]
    #[case("не важно", AgeWish::Any)]
    #[case("подростки", AgeWish::Unclear)]
    #[case("14-10", AgeWish::Unclear)]
    #[case("10, 12, 14", AgeWish::Unclear)]
    fn a_wish_without_an_age_is_told_from_an_unclear_one(#[case] text: &str, #[case] wish: AgeWish) {
        assert_eq!(age_wish(text), wish);
    }

    #[rstest]
    #[case("да", Some(true))]
    #[case("Есть (№ 12)", Some(true))]
    #[case("от 01.09.2026", Some(true))]
    #[case("+", Some(true))]
    #[case("нет", Some(false))]
    #[case("не получено", Some(false))]
    #[case("", Some(false))]
    #[case("—", Some(false))]
    #[case("в работе", None)]
    fn consent_is_yes_or_no_or_a_question(#[case] text: &str, #[case] expected: Option<bool>) {
        assert_eq!(yes_or_no(text), expected);
    }

    #[test]
    fn lists_are_split_at_their_strongest_separator() {
        assert_eq!(list("а, б"), ["а", "б"]);
        assert_eq!(list("1. а, б;\n2) в"), ["а, б", "в"]);
        assert_eq!(list(" , ;"), Vec::<String>::new());
        assert_eq!((count("1–2 человека"), count("до 3"), count("много")), (Some(2), Some(3), None));
        assert_eq!(
            (count("2, лучше 3"), count("2 чел."), count("3-4"), count("0")),
            (Some(3), Some(2), Some(4), Some(0))
        );
        for text in ["-3", "2,5", "2.5", "01.09.2025", "2025", "1/2", "−1"] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_wish_that_is_understood_is_in_order(text in ".{0,20}|[0-9]{1,3}[-–+ ][0-9]{0,3} (лет|кл)?") {
            if let AgeWish::Within(range) = age_wish(&text) {
                prop_assert!(range.from <= range.to && range.to <= OLDEST);
            }
        }
    }
}
