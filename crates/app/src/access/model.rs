//! Schools, users, roles and the visitor of a request. Pure.

use super::{
    policy::{Relation, Right, may},
    second_factor::Standing,
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

database::id_type! {
    /// The id of a school, and the capability to touch its data: only a [`Visitor`], the command line of the server and
    /// the demo have one.
    pub SchoolId;
    /// The id of a person who may sign in.
    pub UserId;
}

database::stored_as_text! {
    /// What somebody may do in the program. A person may have several roles.
    pub enum Role {
        Coordinator = "coordinator" => "куратор программы",
        Head = "head" => "директор",
        ClassTeacher = "class_teacher" => "классный руководитель",
        GroupCurator = "group_curator" => "куратор группы",
        Psychologist = "psychologist" => "педагог-психолог",
        /// A methodist, a social pedagogue and others who answer for rows of the road map.
        Contributor = "contributor" => "ответственный исполнитель",
        /// Sees, changes nothing.
        Inspector = "inspector" => "наблюдатель (только чтение)",
        Administrator = "administrator" => "администратор",
    }

    /// What kind of organisation the school is.
    pub enum SchoolKind {
        School = "school" => "общеобразовательная школа",
        Gymnasium = "gymnasium" => "гимназия",
        Lyceum = "lyceum" => "лицей",
        Boarding = "boarding" => "школа-интернат",
        Additional = "additional" => "организация дополнительного образования",
        College = "college" => "колледж (СПО)",
    }
}

database::record! {
    /// A school: the tenant everything belongs to.
    #[derive(Debug, Clone, PartialEq)]
    pub struct School {
        pub id: SchoolId,
        pub name: String,
        pub short_name: String,
        pub kind: SchoolKind,
        /// «Малокомплектная»: some targets of the road map are lower.
        pub is_small: bool,
        pub address: String,
        pub municipality: String,
        pub head_name: String,
        pub head_post: String,
        pub time_zone: String,
        pub version: i64,
    }

    /// A person who may sign in.
    #[derive(Debug, Clone, PartialEq)]
    pub struct User {
        pub id: UserId,
        pub school_id: SchoolId,
        pub login: String,
        pub full_name: String,
        pub post: String,
        pub is_active: bool,
        pub password_is_temporary: bool,
        pub created_at: DateTime<Utc>,
        pub version: i64,
        /// Words of the roles, separated by commas; see [`User::roles`].
        pub role_words: String,
    }
}

impl Role {
    /// Returns what the role is for, in one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Coordinator => "Ведёт программу наставничества: дорожную карту, сроки, ответственных, отчёты.",
            Self::Head => "Видит всё, принимает выполнение мероприятий.",
            Self::ClassTeacher => "Видит дорожную карту, ведёт мероприятия, за которые отвечает.",
            Self::GroupCurator => "Ведёт свою группу наставников и мероприятия, за которые отвечает.",
            Self::Psychologist => "Ведёт мероприятия, за которые отвечает; позже — собеседования и диагностику.",
            Self::Contributor => "Методист, социальный педагог и другие, кто отвечает за отдельные мероприятия.",
            Self::Inspector => "Смотрит, ничего не меняет: проверяющий, методист района.",
            Self::Administrator => "Заводит учётные записи, меняет сведения о школе, читает журнал действий.",
        }
    }
}

impl School {
    /// Returns the zone in which the school's days begin; Moscow when the stored name is unknown.
    pub fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::Europe__Moscow)
    }
}

impl User {
    /// Returns the roles in the order of their definition.
    pub fn roles(&self) -> Vec<Role> {
        roles_of(&self.role_words)
    }
}

/// Reads roles out of «head,inspector».
pub fn roles_of(words: &str) -> Vec<Role> {
    let mut roles: Vec<Role> = words.split(',').filter_map(|word| word.parse().ok()).collect();
    roles.sort_unstable();
    roles
}

/// Whom a route serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Everybody who has signed in.
    SignedIn,
    /// Who has this right over some record of the school; over which, the statements behind the route know.
    May(Right),
}

impl Access {
    /// Tells whether somebody with `roles` (`None`: not signed in) is served.
    pub fn admits(self, roles: Option<&[Role]>) -> bool {
        match (self, roles) {
            (Self::Public, _) | (Self::SignedIn, Some(_)) => true,
            (Self::May(right), Some(roles)) => right.is_of(roles),
            (Self::SignedIn | Self::May(_), None) => false,
        }
    }
}

/// The person behind a request, with everything a page of it needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Visitor {
    pub user: UserId,
    pub full_name: String,
    pub post: String,
    pub roles: Vec<Role>,
    pub school: School,
    /// The current day where the school is.
    pub today: NaiveDate,
    pub password_is_temporary: bool,
    /// Whether a second factor is there or must come.
    pub factor: Standing,
}

impl Visitor {
    /// Returns the capability for the data of the visitor's school.
    pub fn school_id(&self) -> SchoolId {
        self.school.id
    }

    /// Tells whether the visitor has a right over some record of the school.
    pub fn may(&self, right: Right) -> bool {
        right.is_of(&self.roles)
    }

    /// Tells whether the visitor has a right over a record that stands to the visitor in a relation.
    pub fn may_over(&self, right: Right, relation: Relation) -> bool {
        may(&self.roles, right, relation)
    }

    /// Tells whether the visitor has a right over every record of the school.
    pub fn may_everywhere(&self, right: Right) -> bool {
        self.may_over(right, Relation::OwnSchool)
    }

    /// Returns the roles in words.
    pub fn roles_text(&self) -> String {
        self.roles.iter().map(|role| role.label()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_for_some_roles_admits_a_person_who_has_one_of_them() {
        let access = Access::May(Right::ReadWithdrawn);
        assert!(access.admits(Some(&[Role::Inspector, Role::Head])));
        assert!(!access.admits(Some(&[Role::Inspector])));
        assert!(!access.admits(None));
        assert!(Access::Public.admits(None));
        assert!(!Access::SignedIn.admits(None));
        assert!(Access::SignedIn.admits(Some(&[])));
    }

    #[test]
    fn an_unknown_role_word_gives_no_role() {
        assert_eq!(roles_of("inspector,owner,head"), [Role::Head, Role::Inspector]);
        assert_eq!(roles_of(""), []);
    }
}
