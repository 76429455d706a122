//! When pupils were in which class.

use crate::{
    access::SchoolId,
    people::model::{ClassId, Enrolment, EnrolmentId, PersonId},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// The classes of one person, the newest first.
    ENROLMENTS = "
        SELECT e.id, e.class_id, c.school_year, c.grade, c.letter, e.entered_on, e.left_on
        FROM enrolments e
        JOIN classes c ON c.id = e.class_id
        WHERE e.person_id = $1 AND e.school_id = $2
        ORDER BY e.entered_on DESC, e.id DESC";
    /// Who is in the classes of a year now: pupils, whoever may see them.
    PUPILS_OF_YEAR = "
        SELECT e.person_id, e.class_id
        FROM enrolments e
        JOIN classes c ON c.id = e.class_id
        WHERE e.school_id = $1 AND c.school_year = $2 AND e.left_on IS NULL
        ORDER BY e.id";
    /// Puts a person into a class.
    INSERT_ENROLMENT = "
        INSERT INTO enrolments (id, school_id, person_id, class_id, entered_on)
        VALUES ($1, $2, $3, $4, $5)";
    /// Ends the time in the current class.
    CLOSE_ENROLMENTS = "
        UPDATE enrolments
        SET left_on = CASE WHEN entered_on > $3 THEN entered_on ELSE $3 END
        WHERE person_id = $1 AND school_id = $2 AND left_on IS NULL";
}

/// Returns the classes of a person, the newest first; the current one has no last day.
pub async fn enrolments(tx: &mut Tx, (school, person): (SchoolId, PersonId)) -> Result<Vec<Enrolment>> {
    tx.all(ENROLMENTS, args![person, school]).await
}

/// Returns who is in the classes of a year now, by class.
pub async fn pupils_of_year(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Vec<(PersonId, ClassId)>> {
    tx.all(PUPILS_OF_YEAR, args![school, year.start_year()]).await
}

/// The beginning of somebody's time in a class.
#[derive(Debug, Clone, Copy)]
pub struct NewEnrolment {
    pub person: PersonId,
    pub class: ClassId,
    pub entered_on: NaiveDate,
}

/// Puts a person into a class; the former one must have been closed ([`database::Error::Taken`] otherwise).
pub async fn insert_enrolment(tx: &mut Tx, school: SchoolId, new: NewEnrolment) -> Result<()> {
    let facts = args![EnrolmentId::fresh(), school, new.person, new.class, new.entered_on];
    tx.run(INSERT_ENROLMENT, facts).await.map(|_| ())
}

/// Ends the time in the current class, if there is one; not before it began.
pub async fn close_enrolments(tx: &mut Tx, (school, person): (SchoolId, PersonId), on: NaiveDate) -> Result<bool> {
    Ok(tx.run(CLOSE_ENROLMENTS, args![person, school, on]).await? > 0)
}
