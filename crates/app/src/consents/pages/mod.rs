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
    access::{Access, Right},
    web::Routes,
};

/// Who reads consents; whose, `Sight` decides.
const READERS: Access = Access::May(Right::ReadPeople);
const TAKERS: Access = Access::May(Right::TakeConsents);

/// Who records what was printed and signed: the class teacher for the own class.
const KEEPERS: Access = Access::May(Right::KeepConsents);
const DECIDERS: Access = Access::May(Right::DecideConsents);

/// Who sees withdrawals: nobody else ever reads the name of somebody who has withdrawn.
const WITHDRAWN: Access = Access::May(Right::ReadWithdrawn);

/// Who sees special categories (152-FZ art. 10): the class teacher and the head do not.
const CATEGORIES: Access = Access::May(Right::KeepCategories);
const CLEARERS: Access = Access::May(Right::KeepClearances);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::CONSENTS, READERS, register::show)
        .get(paths::CONSENTS_XLSX, TAKERS, register::xlsx)
        .get(paths::PRINT, READERS, register::print)
        .get(paths::ASKING, DECIDERS, asking::show)
        .post(paths::ASKING, DECIDERS, asking::submit)
        .get(paths::RENEWALS, READERS, renewals::show)
        .get(paths::CLASS, READERS, class::show)
        .post(paths::PRINTING, KEEPERS, class::print)
        .get(paths::PERSON, READERS, person::show)
        .get(paths::CONSENT, READERS, consent::show)
        .post_files(paths::SIGNATURE, KEEPERS, consent::sign)
        .get(paths::SCAN, TAKERS, consent::scan)
        .get(paths::WITHDRAWAL, DECIDERS, withdrawal::show)
        .post(paths::WITHDRAWAL, DECIDERS, withdrawal::submit)
        .get(paths::WITHDRAWN, WITHDRAWN, withdrawn::list)
        .get(paths::WITHDRAWN_PERSON, WITHDRAWN, withdrawn::show)
        .post_files(paths::WITHDRAWN_PERSON, DECIDERS, withdrawn::restore)
        .post(paths::LINKS, KEEPERS, links::make)
        .post(paths::LINK_REVOCATION, KEEPERS, links::revoke)
        .get(paths::CATEGORIES, CATEGORIES, categories::show)
        .post(paths::CATEGORIES_XLSX, Access::May(Right::TakeCategories), categories::export)
        .get(paths::CATEGORIES_OF, CATEGORIES, category::show)
        .post(paths::CATEGORIES_OF, CATEGORIES, category::add)
        .get(paths::CATEGORIES_DESTRUCTION, DECIDERS, destruction::show)
        .post(paths::CATEGORIES_DESTRUCTION, DECIDERS, destruction::submit)
        .post(paths::CATEGORY_END, CATEGORIES, category::end)
        .get(paths::CLEARANCES, READERS, clearances::show)
        .get(paths::CLEARANCES_OF, READERS, clearance::show)
        .post(paths::CLEARANCES_OF, CLEARERS, clearance::add)
        .get(paths::CLEARANCE_REVOCATION, CLEARERS, clearance::ask)
        .post(paths::CLEARANCE_REVOCATION, CLEARERS, clearance::revoke)
        .get(paths::LINK, Access::Public, link::show)
        .get(paths::LINK_WITHDRAWAL, Access::Public, link::ask)
        .post(paths::LINK_WITHDRAWAL, Access::Public, link::withdraw)
}
