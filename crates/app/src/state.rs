//! What every request may use.

use crate::{
    access::{Hasher, Provider, SchoolId, Throttle, Visitor},
    backup::Keeper,
    clock::Clock,
    files::FileStore,
    jobs::Jobs,
    serve::metrics::Metrics,
    vault::Vault,
    web::ui::layout::MenuGroup,
    worker::Worker,
};
use database::Db;
use std::sync::Arc;

/// The running program: cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub files: FileStore,
    pub vault: Vault,
    pub worker: Worker,
    pub jobs: Jobs,
    pub hasher: Hasher,
    pub throttle: Throttle,
    /// Where people may sign in elsewhere, if the server's administrator has named a place.
    pub provider: Option<Provider>,
    pub backups: Keeper,
    pub metrics: Metrics,
    pub web: Arc<WebSettings>,
}

impl App {
    /// Returns the same program for work that touches one school, in whichever task it runs.
    #[must_use]
    pub fn of_school(&self, school: SchoolId) -> Self {
        Self { db: self.db.of_school(school.uuid()), ..self.clone() }
    }
}

/// How the program is seen from a browser.
#[derive(Debug)]
pub struct WebSettings {
    /// The address people use begins with `https://`: cookies are then `Secure` and carry the `__Host-` prefix.
    pub https: bool,
    /// Draws the menu of a visitor for the page at a path, with so many jobs that ended unnoticed; the slices fill it in
    /// `menu.rs`.
    pub menu: fn(&Visitor, &str, i64) -> Vec<MenuGroup>,
}
