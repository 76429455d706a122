//! Whom a visitor may see: decided once, carried into every statement about people.

use crate::{
    access::{Right, SchoolId, UserId, Visitor},
    audit::Author,
    error::Failure,
};

/// The capability to read personal data of a school, everybody's or only of those a user works with.
///
/// Made of a [`Visitor`] or of the program itself, never of a form. A statement takes its two parts as parameters:
///
/// ```sql
/// WHERE p.school_id = $1
///   AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
/// ```
///
/// The comparison stands first: PostgreSQL takes the type of a parameter from where it is met first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    school: SchoolId,
    viewer: Option<UserId>,
}

impl Sight {
    /// Asks the table of rights whom a visitor sees: everybody, or those the view `sight` calls the visitor's own.
    ///
    /// # Errors
    /// Somebody without the right to read people is refused.
    pub fn of(visitor: &Visitor) -> Result<Self, Failure> {
        if visitor.may_everywhere(Right::ReadPeople) {
            Ok(Self { school: visitor.school_id(), viewer: None })
        } else if visitor.may(Right::ReadPeople) {
            Ok(Self { school: visitor.school_id(), viewer: Some(visitor.user) })
        } else {
            Err(Failure::Forbidden)
        }
    }

    /// Returns the sight of an author: of the visitor, or of the program itself, which sees the whole school.
    pub fn of_author(author: Author<'_>) -> Result<Self, Failure> {
        match author.visitor {
            Some(visitor) => Self::of(visitor),
            None => Ok(Self { school: author.school_id(), viewer: None }),
        }
    }

    /// Returns the school whose people are seen.
    pub fn school(self) -> SchoolId {
        self.school
    }

    /// Returns the user whose people are meant, or nothing for everybody: the second parameter of statements.
    pub fn viewer(self) -> Option<UserId> {
        self.viewer
    }
}
