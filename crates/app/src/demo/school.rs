//! The invented school itself and the people who may sign in to it.

use super::population::{Class, Population, Teacher};
use crate::{
    access::{
        Demand, Hasher, Role, School, SchoolId, SchoolKind,
        actions::{self, NewAccount},
        set_demand,
    },
    error::Answer,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use database::Tx;
use uuid::Uuid;

/// The password of every account; it protects nothing but invented people.
pub const PASSWORD: &str = "uchimsya-vmeste";

/// The id by which a database is known to hold the invented school.
const ID: Uuid = Uuid::from_u128(0x00de_a000_0000_7000_8000_0000_0000_0012);

/// Where the school is.
pub const ZONE: Tz = Tz::Europe__Moscow;

/// People of the school who act in its year. The first of each role stands for it in the list of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Staff {
    Coordinator,
    Head,
    /// Leads 7А.
    ClassTeacher,
    GroupCurator,
    Psychologist,
    Methodist,
    Inspector,
    Administrator,
    Deputy,
    SocialPedagogue,
    UnionHead,
    /// Leads 4А.
    PrimaryTeacher,
    /// Leads 9Б.
    SeniorTeacher,
}

/// An account of the invented school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub who: Staff,
    pub role: Role,
    pub login: &'static str,
    pub name: String,
    pub post: String,
}

impl Staff {
    pub const ALL: [Self; 13] = [
        Self::Coordinator,
        Self::Head,
        Self::ClassTeacher,
        Self::GroupCurator,
        Self::Psychologist,
        Self::Methodist,
        Self::Inspector,
        Self::Administrator,
        Self::Deputy,
        Self::SocialPedagogue,
        Self::UnionHead,
        Self::PrimaryTeacher,
        Self::SeniorTeacher,
    ];

    pub const fn role(self) -> Role {
        match self {
            Self::Coordinator => Role::Coordinator,
            Self::Head => Role::Head,
            Self::ClassTeacher | Self::PrimaryTeacher | Self::SeniorTeacher => Role::ClassTeacher,
            Self::GroupCurator => Role::GroupCurator,
            Self::Psychologist => Role::Psychologist,
            Self::Methodist | Self::Deputy | Self::SocialPedagogue | Self::UnionHead => Role::Contributor,
            Self::Inspector => Role::Inspector,
            Self::Administrator => Role::Administrator,
        }
    }

    pub const fn login(self) -> &'static str {
        match self {
            Self::Coordinator => "kurator",
            Self::Head => "direktor",
            Self::ClassTeacher => "klass-7a",
            Self::GroupCurator => "kurator-gruppy",
            Self::Psychologist => "psiholog",
            Self::Methodist => "metodist",
            Self::Inspector => "nablyudatel",
            Self::Administrator => "administrator",
            Self::Deputy => "zamdirektora",
            Self::SocialPedagogue => "socpedagog",
            Self::UnionHead => "rukovoditel-mo",
            Self::PrimaryTeacher => "klass-4a",
            Self::SeniorTeacher => "klass-9b",
        }
    }

    /// Finds the person among the staff of the school; two people come from outside.
    fn of(self, population: &Population) -> Option<&Teacher> {
        let led = |grade, letter| move |teacher: &&Teacher| teacher.class == Some(Class { grade, letter });
        let at = |place| population.teachers.get::<usize>(place);
        match self {
            Self::Head => at(0),
            Self::Coordinator => at(1),
            Self::Deputy => at(2),
            Self::Methodist => at(3),
            Self::Psychologist => at(4),
            Self::SocialPedagogue => at(5),
            Self::UnionHead => at(6),
            Self::GroupCurator => at(7),
            Self::PrimaryTeacher => population.teachers.iter().find(led(4, 'А')),
            Self::ClassTeacher => population.teachers.iter().find(led(7, 'А')),
            Self::SeniorTeacher => population.teachers.iter().find(led(9, 'Б')),
            Self::Inspector | Self::Administrator => None,
        }
    }
}

/// Returns the accounts of the school, first one for every role.
pub fn accounts(population: &Population) -> Vec<Account> {
    Staff::ALL.into_iter().map(|who| account(who, population)).collect()
}

fn account(who: Staff, population: &Population) -> Account {
    let (name, post) = match (who, who.of(population)) {
        (_, Some(teacher)) => {
            let class = teacher.class.map(|class| format!(", классный руководитель {class}")).unwrap_or_default();
            (teacher.name.full(), format!("{}{class}", teacher.post))
        }
        (Staff::Inspector, None) => {
            ("Вересаева Лидия Глебовна".to_owned(), "методист управления образования".to_owned())
        }
        (_, None) => ("Таёжный Глеб Игоревич".to_owned(), "специалист по информационным технологиям".to_owned()),
    };
    Account { who, role: who.role(), login: who.login(), name, post }
}

/// Returns the id of the invented school.
pub fn id() -> SchoolId {
    ID.into()
}

/// Returns what is known about the school.
pub fn school(population: &Population) -> School {
    let head = account(Staff::Head, population);
    School {
        id: id(),
        name:
            "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 12» (учебная)"
                .into(),
        short_name: "Школа № 12 (учебная)".into(),
        kind: SchoolKind::School,
        is_small: false,
        address: "г. Верхнереченск, ул. Школьная, д. 12".into(),
        municipality: "Верхнереченский муниципальный округ".into(),
        head_name: head.name,
        head_post: head.post,
        time_zone: ZONE.name().into(),
        version: 1,
    }
}

/// Founds the school with its accounts.
pub async fn found(tx: &mut Tx, population: &Population, hasher: &Hasher, at: DateTime<Utc>) -> Answer<()> {
    let school = school(population);
    actions::create_school(tx, &school, at).await?;
    // Its password is printed on the screen: a telephone would guard nothing and keep visitors out.
    set_demand(tx, school.id, Demand::Nobody).await?;
    // One hash for all: thirteen would take a second, and the password is printed on the screen anyway.
    let hash = hasher.hash(PASSWORD.to_owned()).await?;
    for account in accounts(population) {
        let new = NewAccount {
            login: account.login.to_owned(),
            full_name: account.name,
            post: account.post,
            roles: vec![account.role],
            password: PASSWORD.to_owned(),
            password_is_temporary: false,
        };
        actions::create_user(tx, school.id, &new, &hash, None, at).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{check_login, check_password},
        school_year::SchoolYear,
    };
    use std::collections::BTreeSet;

    fn everybody() -> Vec<Account> {
        let year = SchoolYear::starting_in(2026).unwrap();
        accounts(&Population::of(year, year))
    }

    #[test]
    fn every_role_has_an_account_and_the_first_ones_are_of_different_roles() {
        let roles: BTreeSet<Role> = everybody().iter().take(8).map(|account| account.role).collect();
        assert_eq!(roles.len(), 8);
        assert!(everybody().iter().all(|account| roles.contains(&account.role)));
    }

    #[test]
    fn accounts_are_of_different_people_with_logins_and_a_password_the_program_accepts() {
        let names: BTreeSet<String> = everybody().into_iter().map(|account| account.name).collect();
        assert_eq!(names.len(), Staff::ALL.len());
        for account in everybody() {
            assert_eq!(check_login(account.login), Ok(()));
            assert_eq!(check_password(PASSWORD, account.login, &[]), Ok(()));
        }
    }

    #[test]
    fn the_class_teachers_lead_the_classes_their_logins_name() {
        for (who, class) in [(Staff::ClassTeacher, "7А"), (Staff::PrimaryTeacher, "4А"), (Staff::SeniorTeacher, "9Б")]
        {
            let post = everybody().into_iter().find(|account| account.who == who).unwrap().post;
            assert!(post.ends_with(&format!("классный руководитель {class}")), "{post}");
        }
    }
}
