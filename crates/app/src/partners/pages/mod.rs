//! The pages about partners: the list, the register of agreements, one partner, one agreement.

mod agreement;
mod common;
mod organisations;
mod partner;
mod partners;
mod partners_file;
mod register;
mod register_file;

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

const READ: Access = Access::May(Right::ReadPartners);
const TAKE: Access = Access::May(Right::TakePartners);
const EDIT: Access = Access::May(Right::KeepPartners);

/// The routes of the slice.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::PARTNERS, READ, partners::show)
        .get(paths::PARTNERS_XLSX, TAKE, partners_file::xlsx)
        .get(paths::PARTNERS_PRINT, READ, partners_file::print)
        .get(paths::AGREEMENTS, READ, register::show)
        .get(paths::AGREEMENTS_XLSX, TAKE, register_file::xlsx)
        .get(paths::AGREEMENTS_PRINT, READ, register_file::print)
        .get(paths::ORGANISATIONS, READ, organisations::show)
        .post(paths::ORGANISATIONS, EDIT, organisations::submit)
        .get(paths::NEW_PARTNER, EDIT, partner::edit::new)
        .post(paths::NEW_PARTNER, EDIT, partner::edit::create)
        .get(paths::PARTNER, READ, partner::show)
        .get(paths::EDIT, EDIT, partner::edit::show)
        .post(paths::EDIT, EDIT, partner::edit::submit)
        .get(paths::ENDING, EDIT, partner::ending::show)
        .post(paths::ENDING, EDIT, partner::ending::submit)
        .post(paths::RETURN, EDIT, partner::ending::take_back)
        .get(paths::NEW_CONTACT, EDIT, partner::contact::new)
        .post(paths::NEW_CONTACT, EDIT, partner::contact::create)
        .get(paths::CONTACT, EDIT, partner::contact::show)
        .post(paths::CONTACT, EDIT, partner::contact::submit)
        .get(paths::CONTACT_REMOVAL, EDIT, partner::contact::removal)
        .post(paths::CONTACT_REMOVAL, EDIT, partner::contact::remove)
        .get(paths::NEW_AGREEMENT, EDIT, agreement::edit::new)
        .post(paths::NEW_AGREEMENT, EDIT, agreement::edit::create)
        .get(paths::AGREEMENT, READ, agreement::show)
        .get(paths::AGREEMENT_EDIT, EDIT, agreement::edit::show)
        .post(paths::AGREEMENT_EDIT, EDIT, agreement::edit::submit)
        .get(paths::AGREEMENT_FILE, TAKE, agreement::download)
        .post_files(paths::AGREEMENT_FILE, EDIT, agreement::attach)
        .get(paths::TERMINATION, EDIT, agreement::termination::show)
        .post(paths::TERMINATION, EDIT, agreement::termination::submit)
        .post(paths::RESTORATION, EDIT, agreement::termination::restore)
}
