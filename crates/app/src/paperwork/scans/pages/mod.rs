//! The pages about scans; one file is one page.

mod one;
mod review;
mod tables;
mod upload;

pub use upload::waiting_card;

use super::{model::STACK_MAX, paths};
use crate::{
    access::{Access, Right},
    web::{Routes, ui::layout::Crumb},
    words,
};

/// Who files signed copies.
const SIGNERS: Access = Access::May(Right::SignPapers);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::SCANS, SIGNERS, upload::show)
        .post_up_to(paths::SCANS, SIGNERS, STACK_MAX, upload::submit)
        .get(paths::STACK, SIGNERS, review::show)
        .post(paths::STACK, SIGNERS, review::submit)
        .get(paths::REMOVAL, SIGNERS, review::ask_removal)
        .post(paths::REMOVAL, SIGNERS, review::remove)
        .get(paths::PAGE, SIGNERS, one::show)
        .post(paths::PAGE, SIGNERS, one::submit)
        .get(paths::PICTURE, SIGNERS, one::picture)
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new("Документы", crate::paperwork::paths::PAPERS), Crumb::new("Сканы с подписями", paths::SCANS)]
}

/// Says how many pages there are.
fn pages(count: usize) -> String {
    words::counted(i64::try_from(count).unwrap_or(0), &["страница", "страницы", "страниц"])
}
