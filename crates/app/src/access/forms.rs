//! What browsers send about access, turned into what the model wants; errors are sentences by field.
//!
//! Forms with passwords have no `Debug`: what cannot be printed does not reach a log.

use super::{
    login::check_login,
    model::{Role, School, SchoolId, SchoolKind, User, UserId},
    queries::provider_links::ProviderLinkId,
    rules::check_password,
    zones::zones,
};
use crate::{web::Errors, words::one_line};
use chrono_tz::Tz;
use serde::Deserialize;

/// The longest name of a person, a post or a place, in characters.
const LINE_MAX: usize = 200;

/// The longest full name of a school, in characters: charters write half a page.
const SCHOOL_NAME_MAX: usize = 500;

/// Signing in.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInForm {
    pub login: String,
    pub password: String,
    /// Where the person wanted to go.
    pub next: String,
}

impl SignInForm {
    /// Tells what is missing.
    pub fn check(&self) -> Errors {
        let mut errors = Errors::none();
        errors.expect(!self.login.trim().is_empty(), "login", "Введите логин.");
        errors.expect(!self.password.is_empty(), "password", "Введите пароль.");
        errors
    }
}

/// Changing one's own password.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasswordForm {
    pub current: String,
    pub new: String,
    pub again: String,
}

impl PasswordForm {
    /// Tells what is missing or does not agree; the rules of passwords are checked where the login is known.
    pub fn check(&self) -> Errors {
        let mut errors = Errors::none();
        errors.expect(!self.current.is_empty(), "current", "Введите прежний пароль.");
        errors.expect(!self.new.is_empty(), "new", "Придумайте новый пароль.");
        errors.expect(self.new == self.again, "again", "Пароли не совпадают. Введите новый пароль дважды одинаково.");
        errors
    }
}

/// Setting one's own password by a link.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EntryForm {
    pub new: String,
    pub again: String,
}

impl EntryForm {
    /// Tells what is missing or does not agree.
    pub fn check(&self) -> Errors {
        let mut errors = Errors::none();
        errors.expect(!self.new.is_empty(), "new", "Придумайте пароль.");
        errors.expect(self.new == self.again, "again", "Пароли не совпадают. Введите пароль дважды одинаково.");
        errors
    }
}

/// Linking an account at a provider; the password proves who asks.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkingForm {
    pub password: String,
}

/// Unlinking one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlinkingForm {
    pub link: ProviderLinkId,
}

/// A code of the second factor.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CodeForm {
    pub code: String,
    /// Where the person wanted to go.
    pub next: String,
}

/// Of whom the school demands a second factor.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DemandForm {
    pub demand: String,
}

/// What is known about a school.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SchoolForm {
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub is_small: String,
    pub address: String,
    pub municipality: String,
    pub head_name: String,
    pub head_post: String,
    pub time_zone: String,
    pub version: i64,
}

impl SchoolForm {
    /// Returns the form of a school as it is saved.
    pub fn of(school: &School) -> Self {
        Self {
            name: school.name.clone(),
            short_name: school.short_name.clone(),
            kind: school.kind.word().to_owned(),
            is_small: if school.is_small { "on" } else { "" }.to_owned(),
            address: school.address.clone(),
            municipality: school.municipality.clone(),
            head_name: school.head_name.clone(),
            head_post: school.head_post.clone(),
            time_zone: school.time_zone.clone(),
            version: school.version,
        }
    }

    /// Returns the school, noting what is wrong.
    pub fn school(&self, id: SchoolId, errors: &mut Errors) -> Option<School> {
        let name = errors.text("name", &one_line(&self.name), SCHOOL_NAME_MAX);
        let short_name = errors.text("short_name", &self.short_name, LINE_MAX);
        let kind = self.kind.parse::<SchoolKind>().ok();
        errors.expect(kind.is_some(), "kind", "Выберите тип организации из списка.");
        let known = zones().iter().any(|(zone, _)| *zone == self.time_zone) || self.time_zone.parse::<Tz>().is_ok();
        errors.expect(known, "time_zone", "Выберите часовой пояс из списка.");
        let mut line = |field, value: &str| errors.optional_text(field, value, LINE_MAX);
        let address = line("address", &self.address);
        let municipality = line("municipality", &self.municipality);
        let head_name = line("head_name", &self.head_name);
        let head_post = line("head_post", &self.head_post);
        let (is_small, time_zone, version) = (self.is_small == "on", self.time_zone.clone(), self.version);
        let kind = kind?;
        Some(School {
            id,
            name,
            short_name,
            kind,
            is_small,
            address,
            municipality,
            head_name,
            head_post,
            time_zone,
            version,
        })
    }
}

/// The first school and its administrator.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FirstRunForm {
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub is_small: String,
    pub address: String,
    pub municipality: String,
    pub head_name: String,
    pub head_post: String,
    pub time_zone: String,
    pub full_name: String,
    pub post: String,
    pub login: String,
    pub password: String,
    pub again: String,
}

impl FirstRunForm {
    /// Returns the part about the school.
    pub fn school_form(&self) -> SchoolForm {
        SchoolForm {
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            kind: self.kind.clone(),
            is_small: self.is_small.clone(),
            address: self.address.clone(),
            municipality: self.municipality.clone(),
            head_name: self.head_name.clone(),
            head_post: self.head_post.clone(),
            time_zone: self.time_zone.clone(),
            version: 1,
        }
    }

    /// Returns the school and its administrator, or what is wrong.
    pub fn check(&self) -> Result<(School, Person), Errors> {
        let mut errors = Errors::none();
        let school = self.school_form().school(SchoolId::fresh(), &mut errors);
        let login = self.login.trim();
        errors.value("login", check_login(login));
        errors.value("password", check_password(&self.password, login, &[&self.name, &self.short_name]));
        errors.expect(self.password == self.again, "again", "Пароли не совпадают. Введите пароль дважды одинаково.");
        let words = [Role::Coordinator, Role::Administrator].map(|role| role.word().to_owned());
        let person = person(&mut errors, (&self.full_name, &self.post), &words);
        match school {
            Some(school) if errors.is_empty() => Ok((school, person)),
            _ => Err(errors),
        }
    }
}

/// What a form says about a person who may sign in.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub full_name: String,
    pub post: String,
    pub roles: Vec<Role>,
}

fn person(errors: &mut Errors, (full_name, post): (&str, &str), roles: &[String]) -> Person {
    let full_name = errors.text("full_name", full_name, LINE_MAX);
    let post = errors.optional_text("post", post, LINE_MAX);
    let known: Option<Vec<Role>> = roles.iter().map(|word| word.parse().ok()).collect();
    errors.expect(!roles.is_empty(), "roles", "Отметьте хотя бы одну роль.");
    errors.expect(known.is_some(), "roles", "Выберите роли из списка.");
    let mut roles = known.unwrap_or_default();
    roles.sort_unstable();
    roles.dedup();
    Person { full_name, post, roles }
}

/// A new account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUserForm {
    /// Made with the form, so that sending it twice makes one account.
    pub id: UserId,
    #[serde(default)]
    pub full_name: String,
    #[serde(default)]
    pub post: String,
    #[serde(default)]
    pub login: String,
    #[serde(default)]
    pub roles: Vec<String>,
    /// `suggest` asks for a login only.
    #[serde(default)]
    pub step: String,
}

impl NewUserForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        let empty = String::new;
        Self { id: UserId::fresh(), full_name: empty(), post: empty(), login: empty(), roles: vec![], step: empty() }
    }

    /// Returns the person, or what is wrong; an empty login will be made from the name.
    pub fn check(&self) -> Result<Person, Errors> {
        let mut errors = Errors::none();
        let person = person(&mut errors, (&self.full_name, &self.post), &self.roles);
        if !self.login.trim().is_empty() {
            errors.value("login", check_login(self.login.trim()));
        }
        if errors.is_empty() { Ok(person) } else { Err(errors) }
    }
}

/// An account that exists.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UserForm {
    pub full_name: String,
    pub post: String,
    pub roles: Vec<String>,
    pub is_active: String,
    pub version: i64,
}

impl UserForm {
    /// Returns the form of a user as saved.
    pub fn of(user: &User) -> Self {
        Self {
            full_name: user.full_name.clone(),
            post: user.post.clone(),
            roles: user.roles().iter().map(|role| role.word().to_owned()).collect(),
            is_active: if user.is_active { "on" } else { "" }.to_owned(),
            version: user.version,
        }
    }

    /// Returns the user with what the form says and the roles, or what is wrong.
    pub fn check(&self, saved: &User) -> Result<(User, Vec<Role>), Errors> {
        let mut errors = Errors::none();
        let Person { full_name, post, roles } = person(&mut errors, (&self.full_name, &self.post), &self.roles);
        if !errors.is_empty() {
            return Err(errors);
        }
        let is_active = self.is_active == "on";
        Ok((User { full_name, post, is_active, version: self.version, ..saved.clone() }, roles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_run() -> FirstRunForm {
        let text = |text: &str| text.to_owned();
        FirstRunForm {
            name: text("Муниципальное общеобразовательное учреждение «Школа № 7»"),
            short_name: text(" Школа № 7 "),
            kind: text("school"),
            time_zone: text("Asia/Omsk"),
            full_name: text("Петрова Анна Сергеевна"),
            login: text("petrova"),
            password: text("зелёный чайник у окна"),
            again: text("зелёный чайник у окна"),
            ..FirstRunForm::default()
        }
    }

    #[test]
    fn the_first_person_is_coordinator_and_administrator_of_the_school() {
        let (school, person) = first_run().check().unwrap();
        assert_eq!((school.short_name.as_str(), school.is_small, school.version), ("Школа № 7", false, 1));
        assert_eq!(person.roles, [Role::Coordinator, Role::Administrator]);
    }

    #[test]
    fn every_field_of_the_first_run_says_what_is_wrong_with_it() {
        let form =
            FirstRunForm { again: "другой".into(), password: "коротко".into(), ..FirstRunForm::default() };
        let errors = form.check().unwrap_err();
        for field in ["name", "short_name", "kind", "time_zone", "full_name", "login", "password", "again"] {
            assert!(errors.of(field).is_some_and(|sentence| sentence.ends_with('.')), "{field}");
        }
        assert_eq!(errors.of("head_name"), None);
    }

    #[test]
    fn a_school_survives_its_form() {
        let (school, _) = first_run().check().unwrap();
        let school = School { is_small: true, head_post: "директор".into(), ..school };
        let mut errors = Errors::none();
        assert_eq!(SchoolForm::of(&school).school(school.id, &mut errors), Some(school));
        assert!(errors.is_empty());
    }

    #[test]
    fn roles_come_from_the_list_and_at_least_one_is_needed() {
        let form = |roles: &[&str]| NewUserForm {
            full_name: "Сидорова Вера".into(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            ..NewUserForm::fresh()
        };
        assert_eq!(form(&["head", "coordinator", "head"]).check().unwrap().roles, [Role::Coordinator, Role::Head]);
        assert!(form(&[]).check().unwrap_err().of("roles").is_some());
        assert!(form(&["owner"]).check().unwrap_err().of("roles").is_some());
    }
}
