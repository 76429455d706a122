//! The tables of people: every statement of the slice and the functions that ask it.
//!
//! Who leaves the program reads through the view `people` and a [`super::Sight`]; `persons` itself is only written to, but
//! for the undoing of a merge.

mod classes;
mod enrolments;
mod guardianships;
mod kinds;
mod list;
mod merges;
mod persons;
mod staff;

pub use classes::{class, classes, insert_class, pupils_by_class, set_teacher};
pub use enrolments::{NewEnrolment, close_enrolments, enrolments, insert_enrolment, pupils_of_year};
pub use guardianships::{NewGuardianship, delete_guardianship, insert_guardianship, relatives};
pub use kinds::{add_kind, kinds, remove_kind, set_kinds};
pub use list::{Wanted, count, listed};
pub use merges::{
    REFERENCES, Reference, STAYING, give_back, hide_duplicate, insert_merge, merges, show_duplicate, take, undo_merge,
};
pub use persons::{
    insert_person, leave, person, person_maybe, return_person, set_partner, update_person, withdrawn_names,
};
pub use staff::{set_staff, staff};

/// Every statement of the slice.
pub(crate) const ALL: &[&[(&str, &str)]] = &[
    classes::ALL,
    enrolments::ALL,
    guardianships::ALL,
    kinds::ALL,
    list::ALL,
    merges::ALL,
    persons::ALL,
    staff::ALL,
    super::import::queries::LISTS,
    super::import::queries::RECORDS,
];
