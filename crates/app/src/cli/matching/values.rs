//! Cells of the two bases as values: years, ages, days, yes and no, counts, lists.

use crate::{people::reading::date_in, words};
use chrono::{Datelike as _, NaiveDate};
use matching::people::model::AgeRange;

/// The oldest age a wish can name.
const OLDEST: u16 = 130;

/// A pupil of the first grade is seven years old or becomes so, one of the eleventh seventeen.
const FIRST_GRADE_AGE: u16 = 6;
const GRADES: std::ops::RangeInclusive<u16> = 1..=12;

/// The last day that can end a programme; years of two digits are of this century.
const LAST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2099, 12, 31);

/// Words of a cell that is filled and tells nothing: «нет», «не назначен», «пока не выбрана», «без разницы».
const NOTHING: &[&str] = &[
    "нет",
    "не",
    "без",
    "пока",
    "еще",
    "никто",
    "никого",
    "никакой",
    "никаких",
    "отсутствует",
    "отсутствуют",
    "любой",
    "любая",
    "любые",
    "любого",
    "любую",
    "любым",
    "все",
    "равно",
    "кто",
    "угодно",
    "разницы",
    "разница",
    "важно",
    "важен",
    "неважно",
    "безразлично",
    "имеет",
    "имеется",
    "значения",
    "предпочтений",
    "пожеланий",
    "ограничений",
    "назначен",
    "назначена",
    "назначены",
    "назначается",
    "назначить",
    "будет",
    "определен",
    "определена",
    "определено",
    "определяется",
    "выбран",
    "выбрана",
    "выбрали",
    "выбирается",
    "подобран",
    "подобрана",
    "подбирается",
    "подбираем",
    "подбор",
    "подбора",
    "ищем",
    "ищет",
    "ищется",
    "ищут",
    "поиск",
    "поиске",
    "в",
    "процессе",
    "найден",
    "найдена",
    "закреплен",
    "закреплена",
    "прикреплен",
    "прикреплена",
    "требуется",
    "нужен",
    "нужна",
    "вакансия",
    "наставник",
    "наставника",
    "наставники",
    "наставников",
    "наставляемый",
    "наставляемого",
    "наставляемых",
    "указан",
    "указана",
    "указано",
    "известно",
    "данных",
    "сведений",
];

/// Tells whether a cell says nothing: it is empty, a dash, «нет», «не назначен».
///
/// Every word has to be one of those, so that nothing else is passed over.
pub fn says_nothing(text: &str) -> bool {
    let folded = words::fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| NOTHING.contains(&word))
}

/// Whether the programme of a row has come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// No end is named, or one that is only planned.
    Open,
    Over,
    Unclear,
}

/// Reads the day on which a programme ended; a day to come is a plan.
pub fn ending(text: &str, today: NaiveDate) -> Ending {
    let folded = words::fold(text);
    let goes_on = ["не заверш", "не оконч", "продолж", "по настоящее время"];
    if says_nothing(text) || goes_on.iter().any(|words| folded.starts_with(words)) {
        return Ending::Open;
    }
    match date_in(text, LAST_DAY.unwrap_or(today)) {
        Ok(Some(day)) if day <= today => Ending::Over,
        Ok(_) => Ending::Open,
        Err(_) => Ending::Unclear,
    }
}

fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// Returns the only year a text names: «2012», «2012 г. р.», «07.03.2012».
pub fn year_named(text: &str) -> Option<i32> {
    if let [year] = years(text)[..] { Some(year) } else { None }
}

/// Returns the year of birth, also of a day with a short year or of its number as Excel counts days.
pub fn year_of_birth(text: &str, today: NaiveDate) -> Option<i32> {
    let of_day = || date_in(text, today).ok().flatten().map(|day| day.year());
    if years(text).is_empty() { of_day() } else { year_named(text) }
}

fn years(text: &str) -> Vec<i32> {
    let numbers = numbers(text).into_iter().filter_map(|number| i32::try_from(number).ok());
    numbers.filter(|year| (1900..=2100).contains(year)).collect()
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
    if says_nothing(&text) || ["люб", "не важ", "неваж", "без огран", "все"].iter().any(|word| text.contains(word))
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

/// Tells whether a text speaks of time or of meetings where people are to be counted: «4 часа в неделю».
pub fn counts_time(text: &str) -> bool {
    let folded = words::fold(text);
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    words
        .any(|word| word == "ч" || ["час", "минут", "недел", "раз", "встреч"].iter().any(|stem| word.starts_with(stem)))
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

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
    }

    #[rstest]
    #[case("", true)]
    #[case(" — ", true)]
    #[case("Нет", true)]
    #[case("не назначен", true)]
    #[case("подбирается", true)]
    #[case("без разницы", true)]
    #[case("кто угодно", true)]
    #[case("не Иванова", false)]
    #[case("Нетребко Анна", false)]
    #[case("любой учитель физики", false)]
    fn a_cell_says_nothing_only_where_every_word_says_nothing(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(says_nothing(text), expected);
    }

    #[rstest]
    #[case("", Ending::Open)]
    #[case("—", Ending::Open)]
    #[case("нет", Ending::Open)]
    #[case("не завершена", Ending::Open)]
    #[case("31.05.2030", Ending::Open)]
    #[case("31.05.30", Ending::Open)]
    #[case("01.12.2026", Ending::Open)]
    #[case("30.11.2026", Ending::Over)]
    #[case("25.05.26", Ending::Over)]
    #[case("25 мая 2026 г.", Ending::Over)]
    #[case("46167", Ending::Over)]
    #[case("завершена", Ending::Unclear)]
    #[case("01.09.2025–25.05.2026", Ending::Unclear)]
    #[case("31.05.3000", Ending::Unclear)]
    fn a_day_that_has_come_ends_a_programme(#[case] text: &str, #[case] expected: Ending) {
        assert_eq!(ending(text, today()), expected);
    }

    #[rstest]
    #[case("4 часа в неделю", true)]
    #[case("2 ч.", true)]
    #[case("2 человека", false)]
    #[case("3 чел.", false)]
    fn hours_are_no_people(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(counts_time(text), expected);
    }

    #[rstest]
    #[case("2012", Some(2012))]
    #[case("2012 г. р.", Some(2012))]
    #[case("07.03.2012", Some(2012))]
    #[case("07.03.12", Some(2012))]
    #[case("40911", Some(2012))]
    #[case("99999", None)]
    #[case("2012-2013", None)]
    #[case("", None)]
    fn a_year_of_birth_is_one_year(#[case] text: &str, #[case] year: Option<i32>) {
        assert_eq!(year_of_birth(text, today()), year);
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
