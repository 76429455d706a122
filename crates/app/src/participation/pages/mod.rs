//! The pages about who takes part, one file each.

mod act;
mod applications;
mod apply;
mod card;
mod choice;
mod common;
mod coverage;
mod departure;
mod edit;
mod invited;
mod links;
mod list;
mod person;
mod registers;
mod settings;
mod words;

pub use person::person_card;

use super::paths;
use crate::{
    access::{Access, Role},
    people::{SEE_ALL, SEE_SOME},
    web::Routes,
};

/// Who decides about people.
const COORDINATOR: Access = Access::Only(&[Role::Coordinator]);

/// Who records interviews.
const INTERVIEWERS: &[Role] = &[Role::Coordinator, Role::Psychologist];

const SOME: Access = Access::Only(SEE_SOME);
const ALL: Access = Access::Only(SEE_ALL);
const TALKING: Access = Access::Only(INTERVIEWERS);

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::PARTICIPANTS, SOME, list::show)
        .get(paths::SETTINGS, ALL, settings::show)
        .post(paths::SETTINGS, COORDINATOR, settings::submit)
        .get(paths::COVERAGE, ALL, coverage::show)
        .get(paths::CHOICE, SOME, choice::show)
        .post(paths::CANDIDATES, COORDINATOR, choice::submit)
        .get(paths::INVITED, COORDINATOR, invited::show)
        .get(paths::ACT, TALKING, act::show)
        .post(paths::INTERVIEWS, TALKING, act::submit_interviews)
        .post(paths::DECISIONS, COORDINATOR, act::submit_decisions)
        .get(paths::REGISTERS, ALL, registers::index)
        .get(paths::REGISTRY, ALL, registers::registry)
        .get(paths::REGISTER, ALL, registers::show)
        .get(paths::REGISTER_PRINT, ALL, registers::print)
        .get(paths::REGISTER_XLSX, ALL, registers::xlsx)
        .get(paths::WORDS, ALL, words::show)
        .post(paths::FORMS, COORDINATOR, words::add_form)
        .post(paths::FORM_REMOVAL, COORDINATOR, words::remove_form)
        .post(paths::TOPICS, COORDINATOR, words::add_topic)
        .post(paths::TOPIC_REMOVAL, COORDINATOR, words::remove_topic)
        .get(paths::PARTICIPATION, SOME, card::show)
        .get(paths::EDIT, COORDINATOR, edit::show)
        .post(paths::EDIT, COORDINATOR, edit::submit)
        .get(paths::DEPARTURE, COORDINATOR, departure::show)
        .post(paths::DEPARTURE, COORDINATOR, departure::submit)
        .post(paths::RETURN, COORDINATOR, departure::take_back)
        .get(paths::LINKS, COORDINATOR, links::show)
        .post(paths::LINKS, COORDINATOR, links::submit)
        .post(paths::LINK_CLOSING, COORDINATOR, links::close)
        .get(paths::APPLICATIONS, COORDINATOR, applications::show)
        .get(paths::APPLICATION, COORDINATOR, applications::one)
        .post(paths::APPLICATION_MATCH, COORDINATOR, applications::submit_match)
        .post(paths::APPLICATION_PERSON, COORDINATOR, applications::submit_person)
        .post(paths::APPLICATION_REJECTION, COORDINATOR, applications::reject)
        .get(paths::APPLY, Access::Public, apply::show)
        .post(paths::APPLY, Access::Public, apply::submit)
}
