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

use super::{paths, sight::SEE_SOME};
use crate::{
    access::{Access, Role},
    web::Routes,
};

/// Who keeps the records of people.
const COORDINATOR: Access = Access::Only(&[Role::Coordinator]);

/// Who sees somebody; whom, the sight of the visitor decides.
const READERS: Access = Access::Only(SEE_SOME);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::PEOPLE, READERS, list::show)
        .get(paths::PEOPLE_XLSX, READERS, list::xlsx)
        .get(paths::NEW_PERSON, COORDINATOR, edit::show_new)
        .post(paths::NEW_PERSON, COORDINATOR, edit::submit_new)
        .get(paths::EDIT, COORDINATOR, edit::show)
        .post(paths::EDIT, COORDINATOR, edit::submit)
        .get(paths::ENROLMENT, COORDINATOR, school_life::show_enrolment)
        .post(paths::ENROLMENT, COORDINATOR, school_life::submit_enrolment)
        .get(paths::POST, COORDINATOR, post::show)
        .post(paths::POST, COORDINATOR, post::submit)
        .get(paths::GUARDIANS, COORDINATOR, guardians::show)
        .post(paths::GUARDIANS, COORDINATOR, guardians::submit)
        .post(paths::GUARDIAN_REMOVAL, COORDINATOR, guardians::remove)
        .get(paths::LEAVING, COORDINATOR, school_life::show_leaving)
        .post(paths::LEAVING, COORDINATOR, school_life::submit_leaving)
        .post(paths::RETURN, COORDINATOR, school_life::submit_return)
        .get(paths::CLASSES, READERS, classes::show)
        .post(paths::CLASSES, COORDINATOR, classes::submit)
        .get(paths::PROMOTION, COORDINATOR, promotion::show)
        .post(paths::PROMOTION, COORDINATOR, promotion::submit)
        .get(paths::DUPLICATES, COORDINATOR, duplicates::show)
        .get(paths::MERGE, COORDINATOR, duplicates::ask)
        .post(paths::MERGE, COORDINATOR, duplicates::merge)
        .post(paths::MERGE_UNDOING, COORDINATOR, duplicates::undo)
        .get(paths::CLASS_TEACHER, COORDINATOR, classes::show_teacher)
        .post(paths::CLASS_TEACHER, COORDINATOR, classes::submit_teacher)
}
