//! What can be done with people: read, rule, write, trace, in one transaction each.
//!
//! Each act has a form that works inside a transaction of somebody else (`…_in`): an import, the demo and the command
//! line do many at once. Values of a person are never repeated in the trace.

mod classes;
mod merging;
mod persons;
mod promotion;
mod relatives;
mod school_life;

pub use classes::{NewClass, create_class, create_class_in, set_class_teacher, set_class_teacher_in};
pub use merging::{merge_people, undo_merge};
pub use persons::{create_person, create_person_in, edit_person};
pub use promotion::promote_classes;
pub use relatives::{add_guardian, add_guardian_in, remove_guardian};
pub use school_life::{
    mark_left, mark_left_in, mark_returned, mark_returned_in, put_in_class, put_in_class_in, set_staff, set_staff_in,
};

use super::model::{Class, PersonId};
use crate::audit::{Subject, SubjectKind};

/// Returns a person as the subject of an act: the id without the name.
pub fn subject(person: PersonId) -> Subject {
    Subject { kind: SubjectKind::Person, id: Some(person.uuid()), name: String::new() }
}

fn class_subject(class: &Class) -> Subject {
    Subject { kind: SubjectKind::Class, id: Some(class.id.uuid()), name: class.name() }
}
