//! The pages about people; one file is one page, or the few pages of one subject.
//!
//! The card of a person stands in `crate::pages::person`: it looks into later slices.

mod classes;
mod duplicates;
mod edit;
mod fields;
mod guardians;
pub mod list;
mod post;
mod promotion;
mod school_life;

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

/// Who keeps the records of people.
const KEEPERS: Access = Access::May(Right::KeepPeople);

/// Who sees somebody; whom, the sight of the visitor decides.
const READERS: Access = Access::May(Right::ReadPeople);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::PEOPLE, READERS, list::show)
        .get(paths::PEOPLE_XLSX, Access::May(Right::TakePeople), list::xlsx)
        .get(paths::NEW_PERSON, KEEPERS, edit::show_new)
        .post(paths::NEW_PERSON, KEEPERS, edit::submit_new)
        .get(paths::EDIT, KEEPERS, edit::show)
        .post(paths::EDIT, KEEPERS, edit::submit)
        .get(paths::ENROLMENT, KEEPERS, school_life::show_enrolment)
        .post(paths::ENROLMENT, KEEPERS, school_life::submit_enrolment)
        .get(paths::POST, KEEPERS, post::show)
        .post(paths::POST, KEEPERS, post::submit)
        .get(paths::GUARDIANS, KEEPERS, guardians::show)
        .post(paths::GUARDIANS, KEEPERS, guardians::submit)
        .post(paths::GUARDIAN_REMOVAL, KEEPERS, guardians::remove)
        .get(paths::LEAVING, KEEPERS, school_life::show_leaving)
        .post(paths::LEAVING, KEEPERS, school_life::submit_leaving)
        .post(paths::RETURN, KEEPERS, school_life::submit_return)
        .get(paths::CLASSES, READERS, classes::show)
        .post(paths::CLASSES, KEEPERS, classes::submit)
        .get(paths::PROMOTION, KEEPERS, promotion::show)
        .post(paths::PROMOTION, KEEPERS, promotion::submit)
        .get(paths::DUPLICATES, KEEPERS, duplicates::show)
        .get(paths::MERGE, KEEPERS, duplicates::ask)
        .post(paths::MERGE, KEEPERS, duplicates::merge)
        .post(paths::MERGE_UNDOING, KEEPERS, duplicates::undo)
        .get(paths::CLASS_TEACHER, KEEPERS, classes::show_teacher)
        .post(paths::CLASS_TEACHER, KEEPERS, classes::submit_teacher)
}
