//! Classes of school years.

use crate::{
    access::{SchoolId, UserId},
    people::model::{Class, ClassId, ClassName},
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
