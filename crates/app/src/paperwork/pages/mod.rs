//! The pages about papers; one file is one page.

mod acquaintances;
mod amendment;
mod awards;
mod batch;
mod cancellation;
mod common;
mod consent;
mod edit;
mod editing;
mod elsewhere;
mod example;
mod journal;
mod journals;
mod list;
mod names;
mod new;
mod new_of_kind;
mod own_file;
mod registration;
mod rows;
mod show;
mod signature;
mod wording;
mod wordings;

pub use common::state_badge;

use super::paths;
use crate::{
    access::{Access, Right},
    consents::paths as consents,
    participation::paths as participation,
    partners::paths as partners,
    web::Routes,
};

/// Who reads papers; which, `Sight` decides.
const READERS: Access = Access::May(Right::ReadPapers);

/// Who reads what is about nobody in particular.
const ALL_READERS: Access = Access::May(Right::ReadWordings);

/// Who makes papers and changes what is open.
const COORDINATOR: Access = Access::May(Right::MakePapers);

/// Who registers, files signed copies and cancels.
const SIGNERS: Access = Access::May(Right::SignPapers);

/// Who prints: the class teacher what is about the own class.
const PRINTERS: Access = Access::May(Right::PrintPapers);

/// Who takes papers out as files.
const TAKERS: Access = Access::May(Right::TakePapers);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::PAPERS, READERS, list::show)
        .post(paths::PRINTING, PRINTERS, batch::print)
        .get(paths::NEW, ALL_READERS, new::show)
        .get(paths::NEW_OF_KIND, COORDINATOR, new_of_kind::show)
        .post(paths::NEW_OF_KIND, COORDINATOR, new_of_kind::submit)
        .get(paths::EXAMPLE, ALL_READERS, example::show)
        .get(paths::PAPER, READERS, show::show)
        .get(paths::FILE, TAKERS, show::file)
        .get(paths::SCAN, TAKERS, show::scan)
        .get(paths::ROWS, COORDINATOR, rows::show)
        .post(paths::ROWS, COORDINATOR, rows::submit)
        .get(paths::ACQUAINTANCES, READERS, acquaintances::show)
        .post(paths::ACQUAINTANCES, COORDINATOR, acquaintances::add)
        .get(paths::ACQUAINTANCE_PRINT, READERS, acquaintances::print)
        .post(paths::ACQUAINTANCE, COORDINATOR, acquaintances::note)
        .get(paths::WORDINGS, ALL_READERS, wordings::show)
        .get(paths::WORDING, ALL_READERS, wording::show)
        .post(paths::WORDING, COORDINATOR, wording::submit)
        .post(paths::WORDING_RESTORATION, COORDINATOR, wording::restore)
        .post_files(paths::WORDING_FILE, COORDINATOR, own_file::submit)
        .get(paths::WORDING_BEGINNING, TAKERS, own_file::beginning)
        .get(paths::WORDING_SAMPLE, TAKERS, own_file::sample)
        .get(paths::WORDING_EDITION, TAKERS, own_file::edition)
        .get(paths::JOURNALS, ALL_READERS, journals::show)
        .get(paths::JOURNAL, COORDINATOR, journal::show)
        .post(paths::JOURNAL, COORDINATOR, journal::submit)
        .get(paths::NAME_FORMS, COORDINATOR, names::show)
        .post(paths::NAME_FORMS, COORDINATOR, names::submit)
        .get(paths::EDIT, COORDINATOR, edit::show)
        .post(paths::EDIT, COORDINATOR, edit::submit)
        .post(paths::RENEWAL, COORDINATOR, edit::renew)
        .get(paths::AMENDMENT, COORDINATOR, amendment::show)
        .post(paths::AMENDMENT, COORDINATOR, amendment::submit)
        .get(paths::SIGNATURE, SIGNERS, signature::show)
        .post_files(paths::SIGNATURE, SIGNERS, signature::submit)
        .get(paths::REGISTRATION, SIGNERS, registration::show)
        .post(paths::REGISTRATION, SIGNERS, registration::submit)
        .get(paths::CANCELLATION, SIGNERS, cancellation::show)
        .post(paths::CANCELLATION, SIGNERS, cancellation::submit)
        .post(partners::AGREEMENT_PAPER, COORDINATOR, elsewhere::agreement)
        .post(participation::REGISTER_PAPER, COORDINATOR, elsewhere::register)
        .post(consents::PAPER, PRINTERS, consent::print)
        .post(consents::CLASS_PAPERS, PRINTERS, consent::print_class)
        .post(consents::PAPERS, PRINTERS, consent::print_all)
}
