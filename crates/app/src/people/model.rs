//! A person, a class, who represents whom. Pure.

use super::name::FullName;
use crate::access::UserId;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use database::Json;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

database::id_type! {
    /// The id of a person the school keeps a record of.
    pub PersonId;
    /// The id of a class of a school year.
    pub ClassId;
    /// The id of the time a pupil spent in a class.
    pub EnrolmentId;
    /// The id of an upload of class and staff lists.
    pub PeopleImportId;
    /// The id of a merge of two records.
    pub MergeId;
}

database::stored_as_text! {
    /// «Пол».
    pub enum Sex {
        Female = "female" => "женский",
        Male = "male" => "мужской",
    }

    /// What somebody is to the school; several may be true of one person.
    pub enum Kind {
        Pupil = "pupil" => "обучающийся",
        Teacher = "teacher" => "педагог",
        Staff = "staff" => "сотрудник",
        Parent = "parent" => "родитель (законный представитель)",
        Graduate = "graduate" => "выпускник",
        Student = "student" => "студент",
        Employer = "employer_rep" => "представитель работодателя",
        Other = "other" => "другое лицо",
    }

    /// On which grounds somebody represents a minor (Family Code art. 64, 145; 48-FZ art. 2).
    pub enum Grounds {
        Mother = "mother" => "мать",
        Father = "father" => "отец",
        /// A parent whose sex the school's file does not say.
        Parent = "parent" => "родитель",
        AdoptiveParent = "adoptive_parent" => "усыновитель",
        Guardian = "guardian" => "опекун",
        Custodian = "custodian" => "попечитель",
        FosterParent = "foster_parent" => "приёмный родитель",
        Institution = "institution" => "организация для детей-сирот",
    }
}

database::record! {
    /// A person as it is seen: neither hidden nor merged into another record.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Person {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        /// Empty where there is none.
        pub patronymic: String,
        pub born_on: Option<NaiveDate>,
        pub sex: Option<Sex>,
        pub phone: String,
        pub email: String,
        /// The id in the school's electronic journal; empty where unknown.
        pub journal_id: String,
        /// «Место работы (учёбы)» of somebody from outside.
        pub workplace: String,
        pub note: String,
        pub left_on: Option<NaiveDate>,
        pub left_reason: String,
        pub version: i64,
    }

    /// A person as a line of a list.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ListedPerson {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub born_on: Option<NaiveDate>,
        pub sex: Option<Sex>,
        pub phone: String,
        pub email: String,
        pub left_on: Option<NaiveDate>,
        pub grade: Option<i64>,
        pub letter: Option<String>,
        pub post: Option<String>,
        /// Words of the kinds, separated by commas; see [`ListedPerson::kinds`].
        pub kind_words: String,
    }

    /// A merge of two records that can be undone.
    #[derive(Debug, Clone)]
    pub struct Merge {
        pub id: MergeId,
        pub kept_id: PersonId,
        pub merged_id: PersonId,
        pub moved: Json<Vec<Moved>>,
        pub merged_at: DateTime<Utc>,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
    }

    /// A class of a school year with who leads it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Class {
        pub id: ClassId,
        pub school_year: i64,
        pub grade: i64,
        pub letter: String,
        pub teacher_id: Option<UserId>,
        pub teacher_name: Option<String>,
    }

    /// The time a pupil spent in a class; the current one has no last day.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Enrolment {
        pub id: EnrolmentId,
        pub class_id: ClassId,
        pub school_year: i64,
        pub grade: i64,
        pub letter: String,
        pub entered_on: NaiveDate,
        pub left_on: Option<NaiveDate>,
    }

    /// The post of a member of staff.
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Staff {
        pub post: String,
        pub is_teaching: bool,
        /// The day from which pedagogical service counts.
        pub teaches_since: Option<NaiveDate>,
        /// The account of the person.
        pub user_id: Option<UserId>,
    }

    /// Somebody who represents a minor, or the minor.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Relative {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub phone: String,
        pub email: String,
        pub grounds: Grounds,
        pub paper: String,
    }
}

/// Rows that a merge moved from one record to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub table: String,
    pub column: String,
    /// What tells the rows of the table apart.
    pub keys: Vec<String>,
}

/// What a person or a file says about somebody; the class, the post and representatives stand elsewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonFacts {
    pub name: FullName,
    pub born_on: Option<NaiveDate>,
    pub sex: Option<Sex>,
    pub phone: String,
    pub email: String,
    pub journal_id: String,
    pub workplace: String,
    pub note: String,
    pub kinds: Vec<Kind>,
}

impl Merge {
    /// Returns the name of the kept record.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }
}

impl ListedPerson {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }

    /// Returns the kinds in the order of their definition.
    pub fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.kind_words.split(',').filter_map(|word| word.parse().ok()).collect();
        kinds.sort_unstable();
        kinds
    }

    /// Returns «7Б» for a pupil.
    pub fn class_name(&self) -> Option<String> {
        Some(format!("{}{}", self.grade?, self.letter.as_deref().unwrap_or_default()))
    }

    /// Returns the full years of age on a day.
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        full_years(self.born_on?, day)
    }
}

impl Class {
    /// Returns «7Б».
    pub fn name(&self) -> String {
        format!("{}{}", self.grade, self.letter)
    }
}

impl Enrolment {
    /// Returns «7Б».
    pub fn class_name(&self) -> String {
        format!("{}{}", self.grade, self.letter)
    }
}

impl Relative {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }
}

impl Person {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }

    /// Returns what is known about the person, with the kinds.
    pub fn facts(self, kinds: Vec<Kind>) -> PersonFacts {
        PersonFacts {
            name: self.name(),
            born_on: self.born_on,
            sex: self.sex,
            phone: self.phone,
            email: self.email,
            journal_id: self.journal_id,
            workplace: self.workplace,
            note: self.note,
            kinds,
        }
    }

    /// Returns the full years of age on a day; nothing without a date of birth or before it.
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        full_years(self.born_on?, day)
    }
}

/// Returns the full years between two days; nothing when the second is before the first.
///
/// Somebody born on 29 February becomes a year older on 1 March of common years (the day after the birthday's date in
/// the practice of Plenum of the Supreme Court 01.02.2011 № 1, p. 5, is left to who asks).
pub fn full_years(since: NaiveDate, day: NaiveDate) -> Option<u32> {
    let had_birthday = (day.month(), day.day()) >= (since.month(), since.day());
    u32::try_from(day.year() - since.year() - i32::from(!had_birthday)).ok()
}

/// The name of a class: «7Б», «10А», «11».
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassName {
    /// 1 to 12.
    pub grade: u8,
    /// A capital letter, sometimes a word; empty where a grade has one class.
    pub letter: String,
}

/// The highest grade of a Russian school; evening schools have a twelfth.
const LAST_GRADE: u8 = 12;

/// The longest «letter»: «10 ИМ», «11 хим-био».
const LETTERS_MAX: usize = 12;

/// Latin letters that look like Russian ones, as they come out of files.
const LOOKALIKES: &[(char, char)] = &[
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('K', 'К'),
    ('M', 'М'),
    ('H', 'Н'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
];

/// A text that names no class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Класс пишется так: «7Б» или «11».")]
pub struct NotAClass;

impl FromStr for ClassName {
    type Err = NotAClass;

    /// Reads «7Б», «7 «Б»», «7-б», «7б класс», «07 Б».
    fn from_str(text: &str) -> Result<Self, NotAClass> {
        let upper = text.trim().to_uppercase();
        let text = upper.strip_suffix("КЛАСС").or_else(|| upper.strip_suffix("КЛ.")).unwrap_or(&upper);
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let grade: u8 = digits.parse().map_err(|_| NotAClass)?;
        let letter: String = text[digits.len()..]
            .trim_matches(|c: char| c.is_whitespace() || "«»\"'„“”-–—_.()".contains(c))
            .chars()
            .map(|c| LOOKALIKES.iter().find(|(latin, _)| *latin == c).map_or(c, |(_, russian)| *russian))
            .collect();
        let is_letter = letter.chars().all(|c| c.is_alphanumeric() || "-–/ ".contains(c));
        let is_class = (1..=LAST_GRADE).contains(&grade) && is_letter && letter.chars().count() <= LETTERS_MAX;
        if is_class { Ok(Self { grade, letter }) } else { Err(NotAClass) }
    }
}

impl fmt::Display for ClassName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.grade, self.letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[rstest]
    #[case("7Б")]
    #[case("7 «Б»")]
    #[case("7-б")]
    #[case("07 \"Б\" класс")]
    #[case("7б кл.")]
    #[case("7\u{a0}Б")]
    fn a_class_is_read_in_the_spellings_of_schools(#[case] text: &str) {
        assert_eq!(text.parse::<ClassName>().map(|class| class.to_string()), Ok("7Б".to_owned()));
    }

    #[test]
    fn a_latin_letter_that_looks_russian_is_the_russian_one() {
        assert_eq!("8A".parse::<ClassName>(), "8А".parse());
    }

    #[rstest]
    #[case("")]
    #[case("Б")]
    #[case("13А")]
    #[case("0А")]
    #[case("2026/27")]
    #[case("7 очень длинное название")]
    fn what_is_no_class_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<ClassName>(), Err(NotAClass));
    }

    #[test]
    fn a_grade_of_one_class_has_no_letter_and_classes_sort_by_grade() {
        let mut classes: Vec<ClassName> = ["11", "7Б", "7А", "10А"].iter().map(|text| text.parse().unwrap()).collect();
        classes.sort();
        let names: Vec<String> = classes.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["7А", "7Б", "10А", "11"]);
    }

    #[test]
    fn full_years_are_counted_from_the_birthday_on() {
        let born = day(2012, 2, 29);
        assert_eq!(full_years(born, day(2026, 2, 28)), Some(13));
        assert_eq!(full_years(born, day(2026, 3, 1)), Some(14));
        assert_eq!(full_years(born, day(2028, 2, 29)), Some(16));
        assert_eq!(full_years(born, day(2012, 2, 28)), None);
    }
}
