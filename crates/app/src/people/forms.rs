//! What browsers send about people, turned into what the model wants; errors are sentences by field.

use super::{
    model::{ClassId, ClassName, Grounds, Kind, Person, PersonFacts, PersonId, Sex, Staff},
    name::FullName,
};
use crate::{web::Errors, words::one_line};
use chrono::NaiveDate;
use serde::Deserialize;

/// The longest name, post or address, in characters.
const LINE_MAX: usize = 200;

/// The longest note, in characters.
const NOTE_MAX: usize = 2000;

/// The oldest person a school may know: a day of birth before it is a slip of the pen.
const BORN_FROM: i32 = 1900;

/// What is known about a person.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PersonForm {
    /// The id a new person gets, so that a form sent twice makes one record.
    pub id: String,
    pub surname: String,
    pub given_name: String,
    pub patronymic: String,
    pub born_on: String,
    pub sex: String,
    pub kinds: Vec<String>,
    pub phone: String,
    pub email: String,
    pub journal_id: String,
    pub workplace: String,
    pub note: String,
    pub version: i64,
}

impl PersonForm {
    /// Returns the form of a new person.
    pub fn fresh() -> Self {
        Self { id: PersonId::fresh().to_string(), ..Self::default() }
    }

    /// Returns the form of a person as it is saved.
    pub fn of(person: Person, kinds: &[Kind]) -> Self {
        Self {
            id: person.id.to_string(),
            surname: person.surname,
            given_name: person.given_name,
            patronymic: person.patronymic,
            born_on: person.born_on.map_or_else(String::new, |day| day.to_string()),
            sex: person.sex.map_or("", Sex::word).to_owned(),
            kinds: kinds.iter().map(|kind| kind.word().to_owned()).collect(),
            phone: person.phone,
            email: person.email,
            journal_id: person.journal_id,
            workplace: person.workplace,
            note: person.note,
            version: person.version,
        }
    }

    /// Returns what the form says, or what is wrong with it.
    pub fn check(&self, today: NaiveDate) -> Result<PersonFacts, Errors> {
        let mut errors = Errors::none();
        let name = FullName {
            surname: errors.text("surname", &one_line(&self.surname), LINE_MAX),
            given: errors.text("given_name", &one_line(&self.given_name), LINE_MAX),
            patronymic: errors.optional_text("patronymic", &one_line(&self.patronymic), LINE_MAX),
        };
        let born_on = birthday(&self.born_on, today, &mut errors);
        let sex = self.sex.parse().ok();
        errors.expect(self.sex.is_empty() || sex.is_some(), "sex", "Выберите пол из списка.");
        let mut kinds: Vec<Kind> = self.kinds.iter().filter_map(|word| word.parse().ok()).collect();
        errors.expect(kinds.len() == self.kinds.len(), "kinds", "Выберите из списка.");
        errors.expect(!self.kinds.is_empty(), "kinds", "Отметьте, кем человек является для школы.");
        kinds.sort_unstable();
        kinds.dedup();
        let email = errors.optional_text("email", &self.email, LINE_MAX);
        errors.expect(email.is_empty() || is_email(&email), "email", "Адрес пишется так: имя@школа.рф.");
        let mut line = |field, value: &str| errors.optional_text(field, value, LINE_MAX);
        let phone = line("phone", &self.phone);
        let journal_id = line("journal_id", &self.journal_id);
        let workplace = line("workplace", &self.workplace);
        let note = errors.optional_text("note", &self.note, NOTE_MAX);
        let facts = PersonFacts { name, born_on, sex, phone, email, journal_id, workplace, note, kinds };
        if errors.is_empty() { Ok(facts) } else { Err(errors) }
    }
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace)
}

fn birthday(text: &str, today: NaiveDate, errors: &mut Errors) -> Option<NaiveDate> {
    let day = optional_day("born_on", text, errors)?;
    let first = NaiveDate::from_ymd_opt(BORN_FROM, 1, 1).unwrap_or(NaiveDate::MIN);
    errors.expect((first..=today).contains(&day), "born_on", "Проверьте дату рождения: её не может быть.");
    Some(day)
}

fn optional_day(field: &'static str, text: &str, errors: &mut Errors) -> Option<NaiveDate> {
    if text.trim().is_empty() {
        return None;
    }
    errors.value(field, text.trim().parse::<NaiveDate>().map_err(|_| "Выберите дату в календаре."))
}

fn day(field: &'static str, text: &str, errors: &mut Errors) -> Option<NaiveDate> {
    errors.expect(!text.trim().is_empty(), field, "Укажите дату.");
    optional_day(field, text, errors)
}

/// Putting a pupil into a class.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnrolmentForm {
    pub class: String,
    pub entered_on: String,
}

impl EnrolmentForm {
    /// Returns the class and the first day in it.
    pub fn check(&self, today: NaiveDate) -> Result<(ClassId, NaiveDate), Errors> {
        let mut errors = Errors::none();
        let class = errors.value("class", self.class.parse().map_err(|()| "Выберите класс из списка."));
        let on = day("entered_on", &self.entered_on, &mut errors);
        errors.expect(on.is_none_or(|on| on <= today), "entered_on", "Этот день ещё не наступил.");
        class.zip(on).filter(|_| errors.is_empty()).ok_or(errors)
    }
}

/// The post of a member of staff.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffForm {
    pub post: String,
    pub is_teaching: String,
    pub teaches_since: String,
    pub user: String,
}

impl StaffForm {
    /// Returns the form of a post as it is saved.
    pub fn of(staff: &Staff) -> Self {
        Self {
            post: staff.post.clone(),
            is_teaching: if staff.is_teaching { "on" } else { "" }.to_owned(),
            teaches_since: staff.teaches_since.map_or_else(String::new, |day| day.to_string()),
            user: staff.user_id.map_or_else(String::new, |id| id.to_string()),
        }
    }

    /// Returns the post.
    pub fn check(&self, today: NaiveDate) -> Result<Staff, Errors> {
        let mut errors = Errors::none();
        let post = errors.text("post", &one_line(&self.post), LINE_MAX);
        let teaches_since = optional_day("teaches_since", &self.teaches_since, &mut errors);
        errors.expect(teaches_since.is_none_or(|on| on <= today), "teaches_since", "Этот день ещё не наступил.");
        let user_id = self.user.parse().ok();
        errors.expect(self.user.is_empty() || user_id.is_some(), "user", "Выберите учётную запись из списка.");
        let staff = Staff { post, is_teaching: self.is_teaching == "on", teaches_since, user_id };
        if errors.is_empty() { Ok(staff) } else { Err(errors) }
    }
}

/// Naming a representative: somebody on record, or somebody new.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GuardianForm {
    /// The id of somebody on record; empty for somebody new.
    pub guardian: String,
    /// The id somebody new gets.
    pub id: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub grounds: String,
    pub paper: String,
}

/// A representative as the form names one.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedGuardian {
    pub id: PersonId,
    /// The facts of somebody new; nothing for somebody on record.
    pub facts: Option<PersonFacts>,
    pub grounds: Grounds,
    pub paper: String,
}

impl GuardianForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        Self { id: PersonId::fresh().to_string(), ..Self::default() }
    }

    /// Returns the representative.
    pub fn check(&self) -> Result<NamedGuardian, Errors> {
        let mut errors = Errors::none();
        let grounds = errors.value("grounds", self.grounds.parse().map_err(|_| "Выберите основание из списка."));
        let paper = errors.optional_text("paper", &one_line(&self.paper), LINE_MAX);
        let (id, facts) = if self.guardian.is_empty() {
            (self.id.parse().ok(), Some(self.facts(&mut errors)))
        } else {
            (self.guardian.parse().ok(), None)
        };
        let id = errors.value("guardian", id.ok_or("Выберите человека из списка."));
        match id.zip(grounds).filter(|_| errors.is_empty()) {
            Some((id, grounds)) => Ok(NamedGuardian { id, facts, grounds, paper }),
            None => Err(errors),
        }
    }

    fn facts(&self, errors: &mut Errors) -> PersonFacts {
        let name = FullName::split(&self.name);
        errors.expect(name.is_some(), "name", "Введите фамилию, имя и отчество.");
        PersonFacts {
            name: name.unwrap_or_default(),
            phone: errors.optional_text("phone", &self.phone, LINE_MAX),
            email: errors.optional_text("email", &self.email, LINE_MAX),
            kinds: vec![Kind::Parent],
            ..PersonFacts::default()
        }
    }
}

/// Noting that somebody left.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LeavingForm {
    pub left_on: String,
    pub reason: String,
}

impl LeavingForm {
    /// Returns the last day and the reason.
    pub fn check(&self, today: NaiveDate) -> Result<(NaiveDate, String), Errors> {
        let mut errors = Errors::none();
        let on = day("left_on", &self.left_on, &mut errors);
        errors.expect(on.is_none_or(|on| on <= today), "left_on", "Этот день ещё не наступил.");
        let reason = errors.text("reason", &one_line(&self.reason), LINE_MAX);
        on.filter(|_| errors.is_empty()).map(|on| (on, reason)).ok_or(errors)
    }
}

/// Adding a class.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClassForm {
    pub id: String,
    pub name: String,
    pub teacher: String,
}

impl ClassForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        Self { id: ClassId::fresh().to_string(), ..Self::default() }
    }

    /// Returns the id and the name of the class.
    pub fn check(&self) -> Result<(ClassId, ClassName), Errors> {
        let mut errors = Errors::none();
        let name = errors.value("name", self.name.parse::<ClassName>());
        name.map(|name| (self.id.parse().unwrap_or_else(|()| ClassId::fresh()), name)).ok_or(errors)
    }
}

/// Naming the teacher of a class; empty for nobody.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TeacherForm {
    pub teacher: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn filled() -> PersonForm {
        PersonForm {
            surname: " Ёлкина ".into(),
            given_name: "Анна".into(),
            kinds: vec!["teacher".into(), "pupil".into()],
            ..PersonForm::fresh()
        }
    }

    #[test]
    fn a_name_and_a_kind_are_enough() {
        let facts = filled().check(today()).unwrap();
        assert_eq!((facts.name.to_string().as_str(), facts.born_on), ("Ёлкина Анна", None));
        assert_eq!(facts.kinds, [Kind::Pupil, Kind::Teacher]);
    }

    #[rstest]
    #[case("born_on", PersonForm { born_on: "2026-11-23".into(), ..filled() })]
    #[case("born_on", PersonForm { born_on: "0012-05-01".into(), ..filled() })]
    #[case("born_on", PersonForm { born_on: "завтра".into(), ..filled() })]
    #[case("surname", PersonForm { surname: " ".into(), ..filled() })]
    #[case("kinds", PersonForm { kinds: vec![], ..filled() })]
    #[case("kinds", PersonForm { kinds: vec!["wizard".into()], ..filled() })]
    #[case("sex", PersonForm { sex: "?".into(), ..filled() })]
    #[case("email", PersonForm { email: "нет".into(), ..filled() })]
    fn what_cannot_be_is_refused_by_field(#[case] field: &'static str, #[case] form: PersonForm) {
        assert!(form.check(today()).unwrap_err().of(field).is_some());
    }

    #[test]
    fn a_representative_is_chosen_or_named() {
        let chosen = PersonId::fresh();
        let form = GuardianForm { guardian: chosen.to_string(), grounds: "mother".into(), ..GuardianForm::fresh() };
        assert_eq!(form.check().unwrap().id, chosen);
        let named =
            GuardianForm { name: "Ёлкин Пётр".into(), grounds: "father".into(), ..GuardianForm::fresh() };
        assert_eq!(named.check().unwrap().facts.unwrap().kinds, [Kind::Parent]);
        let nobody = GuardianForm { grounds: "father".into(), ..GuardianForm::fresh() };
        assert!(nobody.check().unwrap_err().of("name").is_some());
    }
}
