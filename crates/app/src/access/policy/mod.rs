//! Who may do what: the one table, and the one function that answers from it. Pure.
//!
//! A route names a [`Right`] ([`Access::May`](super::Access)), a page asks [`Visitor::may`](super::Visitor::may), the
//! capability to read people (`people::Sight`) is made from the reach of [`Right::ReadPeople`]. Nothing else decides by
//! roles; a test refuses it. Which records are «own» is known by the statements: the view `sight` for people, the
//! responsibles of a row for the road map.

mod table;

pub use table::{COLUMNS, Right, SECTIONS};

use super::model::Role;

/// What a right is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Looking at pages.
    Look,
    /// Writing.
    Keep,
    /// Taking data out of the program as a file.
    Take,
}

/// Over which records of the own school a role has a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    None,
    /// Rows of the road map the person answers for.
    Rows,
    /// Pupils of the classes the person leads, and their representatives.
    Class,
    /// People of the groups the person curates, and their representatives.
    Group,
    /// Everybody who takes part, and their representatives.
    Taking,
    /// Everything of the school.
    School,
}

/// How a record stands to the person who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// A row of the road map the person answers for.
    OwnRow,
    /// A pupil of a class the person leads, or a representative of one.
    OwnClass,
    /// Somebody of a group the person curates, or a representative.
    OwnGroup,
    /// Somebody who takes part, or a representative.
    TakesPart,
    /// Any other record of the own school.
    OwnSchool,
    /// A record of another school.
    OtherSchool,
    /// There is no such record.
    Nothing,
}

/// Fields of people, as the school speaks of them; `personal.rs` says which columns hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Name,
    Birth,
    Contact,
    School,
    Family,
    Staff,
    Journal,
    Note,
    Answers,
    Interview,
    Consents,
    Withdrawal,
    Clearance,
    Categories,
    Applications,
    Papers,
    Partners,
    Employees,
    Accounts,
    SignIn,
}

impl Kind {
    /// Returns the word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Look => "смотреть",
            Self::Keep => "вести",
            Self::Take => "выгружать",
        }
    }
}

impl Reach {
    /// Returns the word of a cell for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "—",
            Self::Rows => "свои мер.",
            Self::Class => "свой класс",
            Self::Group => "своя группа",
            Self::Taking => "участники",
            Self::School => "вся школа",
        }
    }

    /// Tells whether a right that reaches so far holds over a record.
    pub const fn covers(self, relation: Relation) -> bool {
        match (self, relation) {
            (_, Relation::OtherSchool | Relation::Nothing) | (Self::None, _) => false,
            (Self::School, _) => true,
            (Self::Rows, _) => matches!(relation, Relation::OwnRow),
            (Self::Class, _) => matches!(relation, Relation::OwnClass),
            (Self::Group, _) => matches!(relation, Relation::OwnGroup),
            // Whoever is in a group takes part.
            (Self::Taking, _) => matches!(relation, Relation::TakesPart | Relation::OwnGroup),
        }
    }
}

impl Field {
    /// Returns the word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "ФИО",
            Self::Birth => "дата рождения, пол",
            Self::Contact => "телефон и почта",
            Self::School => "класс, кем приходится школе",
            Self::Family => "представители",
            Self::Staff => "должность, стаж, место работы",
            Self::Journal => "номер в журнале",
            Self::Note => "заметка",
            Self::Answers => "ответы анкеты, время, пожелания",
            Self::Interview => "собеседование и решение",
            Self::Consents => "согласия",
            Self::Withdrawal => "отзыв согласия и кто отозвал",
            Self::Clearance => "допуск",
            Self::Categories => "особые категории",
            Self::Applications => "присланные заявки",
            Self::Papers => "документы о человеке",
            Self::Partners => "контактные лица партнёров",
            Self::Employees => "имена и должности сотрудников",
            Self::Accounts => "учётные записи",
            Self::SignIn => "внешний вход в программу",
        }
    }
}

impl Right {
    /// Returns how far the right reaches in the hands of one role.
    pub fn reach(self, role: Role) -> Reach {
        let cells = COLUMNS.iter().zip(self.line());
        cells.filter(|(column, _)| **column == role).map(|(_, reach)| reach).next().unwrap_or(Reach::None)
    }

    /// Tells whether somebody with these roles has the right over some record.
    pub fn is_of(self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.reach(*role) != Reach::None)
    }

    /// Returns the roles that have the right over some record.
    pub fn roles(self) -> impl Iterator<Item = Role> {
        COLUMNS.iter().copied().filter(move |role| self.reach(*role) != Reach::None)
    }
}

/// Tells whether somebody with `roles` has a right over a record that stands to them in a relation.
pub fn may(roles: &[Role], right: Right, relation: Relation) -> bool {
    roles.iter().any(|role| right.reach(*role).covers(relation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_a_column_for_every_role_and_a_line_for_every_right() {
        assert_eq!(COLUMNS, Role::ALL);
        let lines: Vec<Right> = SECTIONS.iter().flat_map(|(_, rights)| rights.iter().copied()).collect();
        assert_eq!(lines, Right::ALL);
        let words: BTreeSet<&str> = Right::ALL.iter().map(|right| right.word()).collect();
        assert_eq!(words.len(), Right::ALL.len(), "two lines have one word");
        assert!(Right::ALL.iter().all(|right| right.roles().next().is_some()), "a right nobody has is none");
    }

    #[test]
    fn no_right_reaches_into_another_school_or_to_nothing() {
        for right in Right::ALL {
            assert!(!may(Role::ALL, *right, Relation::OtherSchool) && !may(Role::ALL, *right, Relation::Nothing));
        }
    }

    #[test]
    fn a_class_teacher_reaches_the_own_class_and_not_the_others() {
        assert!(may(&[Role::ClassTeacher], Right::ReadPeople, Relation::OwnClass));
        assert!(!may(&[Role::ClassTeacher], Right::ReadPeople, Relation::OwnSchool));
        assert!(may(&[Role::ClassTeacher, Role::Head], Right::ReadPeople, Relation::OwnSchool));
        assert!(!may(&[Role::Contributor, Role::Administrator], Right::ReadPeople, Relation::OwnClass));
    }

    #[test]
    fn the_inspector_only_looks() {
        let keeps = Right::ALL.iter().filter(|right| right.kind() == Kind::Keep);
        assert_eq!(keeps.filter(|right| right.reach(Role::Inspector) != Reach::None).count(), 0);
    }
}
