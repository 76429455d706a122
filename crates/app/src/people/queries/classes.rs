//! Classes of school years.

use crate::{
    access::{SchoolId, UserId},
    people::{
        Sight,
        model::{Class, ClassId, ClassName},
    },
    school_year::SchoolYear,
};
use database::{Result, Tx, args};

database::queries! {
    /// The classes of a school year with their teachers.
    CLASSES = "
        SELECT c.id, c.school_year, c.grade, c.letter, c.teacher_id, u.full_name AS teacher_name
        FROM classes c
        LEFT JOIN users u ON u.id = c.teacher_id
        WHERE c.school_id = $1 AND c.school_year = $2
        ORDER BY c.grade, c.letter COLLATE russian";
    /// One class.
    CLASS = "
        SELECT c.id, c.school_year, c.grade, c.letter, c.teacher_id, u.full_name AS teacher_name
        FROM classes c
        LEFT JOIN users u ON u.id = c.teacher_id
        WHERE c.id = $1 AND c.school_id = $2";
    /// How many pupils whom the viewer may see the classes of a year have.
    PUPILS_BY_CLASS = "
        SELECT e.class_id, COUNT(*)
        FROM enrolments e
        JOIN classes c ON c.id = e.class_id
        JOIN people p ON p.id = e.person_id
        WHERE e.school_id = $1 AND c.school_year = $3 AND e.left_on IS NULL
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
        GROUP BY e.class_id";
    /// Adds a class; nothing happens when the year has one of this name.
    INSERT_CLASS = "
        INSERT INTO classes (id, school_id, school_year, grade, letter, teacher_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING";
    /// Says who leads a class.
    SET_TEACHER = "UPDATE classes SET teacher_id = $3 WHERE id = $1 AND school_id = $2";
}

/// Returns the classes of a year by grade and letter.
pub async fn classes(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Vec<Class>> {
    tx.all(CLASSES, args![school, year.start_year()]).await
}

/// Returns how many pupils the classes of a year have; a class without pupils is absent.
pub async fn pupils_by_class(tx: &mut Tx, sight: Sight, year: SchoolYear) -> Result<Vec<(ClassId, i64)>> {
    tx.all(PUPILS_BY_CLASS, args![sight.school(), sight.viewer(), year.start_year()]).await
}

/// Returns a class of the school.
pub async fn class(tx: &mut Tx, school: SchoolId, id: ClassId) -> Result<Class> {
    tx.one(CLASS, args![id, school]).await
}

/// Adds a class; `false` when the year has a class of this name, or the id is there already.
pub async fn insert_class(
    tx: &mut Tx,
    (school, id): (SchoolId, ClassId),
    year: SchoolYear,
    name: &ClassName,
    teacher: Option<UserId>,
) -> Result<bool> {
    let facts = args![id, school, year.start_year(), i64::from(name.grade), &name.letter, teacher];
    Ok(tx.run(INSERT_CLASS, facts).await? == 1)
}

/// Says who leads a class.
pub async fn set_teacher(tx: &mut Tx, (school, id): (SchoolId, ClassId), teacher: Option<UserId>) -> Result<()> {
    tx.run(SET_TEACHER, args![id, school, teacher]).await.map(|_| ())
}
