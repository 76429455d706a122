//! The pages about consents; one file is one page.

mod asking;
mod card;
mod categories;
mod category;
mod class;
mod clearance;
mod clearances;
mod common;
mod consent;
mod destruction;
mod link;
mod links;
mod person;
mod register;
mod renewals;
mod withdrawal;
mod withdrawn;

pub use card::person_card;

use super::paths;
use crate::{
    access::{Access, Role},
    people::SEE_SOME,
    web::Routes,
};

/// Who reads consents; whose, `Sight` decides.
const READERS: Access = Access::Only(SEE_SOME);

/// Who records what was printed and signed: the class teacher for the own class.
const KEEPERS: Access = Access::Only(KEEPS);

const KEEPS: &[Role] = &[Role::Coordinator, Role::ClassTeacher];

/// Who sees withdrawals: nobody else ever reads the name of somebody who has withdrawn.
const WITHDRAWN_TO: &[Role] = &[Role::Coordinator, Role::Head];

/// Who sees special categories (152-FZ art. 10): the class teacher and the head do not.
const CATEGORIES_TO: &[Role] = &[Role::Coordinator, Role::Psychologist];

const COORDINATOR: Access = Access::Only(&[Role::Coordinator]);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::CONSENTS, READERS, register::show)
        .get(paths::CONSENTS_XLSX, READERS, register::xlsx)
        .get(paths::PRINT, READERS, register::print)
        .get(paths::ASKING, COORDINATOR, asking::show)
        .post(paths::ASKING, COORDINATOR, asking::submit)
        .get(paths::RENEWALS, READERS, renewals::show)
        .get(paths::CLASS, READERS, class::show)
        .post(paths::PRINTING, KEEPERS, class::print)
        .get(paths::PERSON, READERS, person::show)
        .get(paths::CONSENT, READERS, consent::show)
        .post_files(paths::SIGNATURE, KEEPERS, consent::sign)
        .get(paths::SCAN, READERS, consent::scan)
        .get(paths::WITHDRAWAL, COORDINATOR, withdrawal::show)
        .post(paths::WITHDRAWAL, COORDINATOR, withdrawal::submit)
        .get(paths::WITHDRAWN, Access::Only(WITHDRAWN_TO), withdrawn::list)
        .get(paths::WITHDRAWN_PERSON, Access::Only(WITHDRAWN_TO), withdrawn::show)
        .post_files(paths::WITHDRAWN_PERSON, COORDINATOR, withdrawn::restore)
        .post(paths::LINKS, KEEPERS, links::make)
        .post(paths::LINK_REVOCATION, KEEPERS, links::revoke)
        .get(paths::CATEGORIES, Access::Only(CATEGORIES_TO), categories::show)
        .post(paths::CATEGORIES_XLSX, Access::Only(CATEGORIES_TO), categories::export)
        .get(paths::CATEGORIES_OF, Access::Only(CATEGORIES_TO), category::show)
        .post(paths::CATEGORIES_OF, Access::Only(CATEGORIES_TO), category::add)
        .get(paths::CATEGORIES_DESTRUCTION, COORDINATOR, destruction::show)
        .post(paths::CATEGORIES_DESTRUCTION, COORDINATOR, destruction::submit)
        .post(paths::CATEGORY_END, Access::Only(CATEGORIES_TO), category::end)
        .get(paths::CLEARANCES, READERS, clearances::show)
        .get(paths::CLEARANCES_OF, READERS, clearance::show)
        .post(paths::CLEARANCES_OF, COORDINATOR, clearance::add)
        .get(paths::CLEARANCE_REVOCATION, COORDINATOR, clearance::ask)
        .post(paths::CLEARANCE_REVOCATION, COORDINATOR, clearance::revoke)
        .get(paths::LINK, Access::Public, link::show)
        .get(paths::LINK_WITHDRAWAL, Access::Public, link::ask)
        .post(paths::LINK_WITHDRAWAL, Access::Public, link::withdraw)
}
