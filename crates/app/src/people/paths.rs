//! Addresses of the pages about people.

use super::model::{ClassId, PersonId};

pub const PEOPLE: &str = "/people";
pub const PEOPLE_XLSX: &str = "/people.xlsx";
pub const NEW_PERSON: &str = "/people/new";
pub const DUPLICATES: &str = "/people/duplicates";
pub const MERGE: &str = "/people/duplicates/merge";
pub const MERGE_UNDOING: &str = "/people/duplicates/undoing";
pub const PERSON: &str = "/people/{person}";
pub const READERS: &str = "/people/{person}/readers";
pub const EDIT: &str = "/people/{person}/edit";
pub const ENROLMENT: &str = "/people/{person}/enrolment";
pub const POST: &str = "/people/{person}/post";
pub const GUARDIANS: &str = "/people/{person}/guardians";
pub const GUARDIAN_REMOVAL: &str = "/people/{person}/guardians/removal";
pub const LEAVING: &str = "/people/{person}/leaving";
pub const RETURN: &str = "/people/{person}/return";
/// Acts about the destruction of data; shown by a later slice.
pub const ERASURES: &str = "/people/erasures";
pub const CLASSES: &str = "/classes";
pub const PROMOTION: &str = "/classes/promotion";
pub const CLASS_TEACHER: &str = "/classes/{class}/teacher";

/// Returns the path of a person's card.
pub fn person_path(id: PersonId) -> String {
    format!("{PEOPLE}/{id}")
}

/// Returns the path of a part of a person's card: «edit», «guardians».
pub fn part_path(id: PersonId, part: &str) -> String {
    format!("{PEOPLE}/{id}/{part}")
}

/// Returns the path of the pupils of a class.
pub fn class_path(id: ClassId) -> String {
    format!("{PEOPLE}?class={id}")
}

/// Returns the path where the teacher of a class is named.
pub fn class_teacher_path(id: ClassId) -> String {
    format!("{CLASSES}/{id}/teacher")
}

/// Returns the path of the question whether two records are of one person.
pub fn merge_path(kept: PersonId, merged: PersonId) -> String {
    format!("{MERGE}?kept={kept}&merged={merged}")
}
