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
    access::{Access, Right},
    web::Routes,
};

const SOME: Access = Access::May(Right::ReadPeople);
const ALL: Access = Access::May(Right::ReadRegisters);
const TAKE: Access = Access::May(Right::TakeRegisters);

/// Who records interviews.
const TALKING: Access = Access::May(Right::Interview);

/// Who decides about people.
const KEEP: Access = Access::May(Right::KeepParticipants);

/// Who opens links for applications and reads what came.
const APPLICATIONS: Access = Access::May(Right::SettleApplications);

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::PARTICIPANTS, SOME, list::show)
        .get(paths::SETTINGS, ALL, settings::show)
        .post(paths::SETTINGS, KEEP, settings::submit)
        .get(paths::COVERAGE, ALL, coverage::show)
        .get(paths::CHOICE, SOME, choice::show)
        .post(paths::CANDIDATES, KEEP, choice::submit)
        .get(paths::INVITED, KEEP, invited::show)
        .get(paths::ACT, TALKING, act::show)
        .post(paths::INTERVIEWS, TALKING, act::submit_interviews)
        .post(paths::DECISIONS, KEEP, act::submit_decisions)
        .get(paths::REGISTERS, ALL, registers::index)
        .get(paths::REGISTRY, ALL, registers::registry)
        .get(paths::REGISTER, ALL, registers::show)
        .get(paths::REGISTER_PRINT, ALL, registers::print)
        .get(paths::REGISTER_XLSX, TAKE, registers::xlsx)
        .get(paths::WORDS, ALL, words::show)
        .post(paths::FORMS, KEEP, words::add_form)
        .post(paths::FORM_REMOVAL, KEEP, words::remove_form)
        .post(paths::TOPICS, KEEP, words::add_topic)
        .post(paths::TOPIC_REMOVAL, KEEP, words::remove_topic)
        .get(paths::PARTICIPATION, SOME, card::show)
        .get(paths::EDIT, KEEP, edit::show)
        .post(paths::EDIT, KEEP, edit::submit)
        .get(paths::DEPARTURE, KEEP, departure::show)
        .post(paths::DEPARTURE, KEEP, departure::submit)
        .post(paths::RETURN, KEEP, departure::take_back)
        .get(paths::LINKS, APPLICATIONS, links::show)
        .post(paths::LINKS, APPLICATIONS, links::submit)
        .post(paths::LINK_CLOSING, APPLICATIONS, links::close)
        .get(paths::APPLICATIONS, APPLICATIONS, applications::show)
        .get(paths::APPLICATION, APPLICATIONS, applications::one)
        .post(paths::APPLICATION_MATCH, APPLICATIONS, applications::submit_match)
        .post(paths::APPLICATION_PERSON, APPLICATIONS, applications::submit_person)
        .post(paths::APPLICATION_REJECTION, APPLICATIONS, applications::reject)
        .get(paths::APPLY, Access::Public, apply::show)
        .post(paths::APPLY, Access::Public, apply::submit)
}
