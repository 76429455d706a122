//! How a request becomes a [`View`] and a view becomes a page. No rule of the school lives here.

pub mod assets;
mod cookies;
pub mod failure_page;
mod form;
mod gate;
pub mod headers;
mod routes;
pub mod session;
pub mod theme;
pub mod ui;
mod view;

pub use form::{Errors, Form, PathOf, Query, UploadForm};
pub use routes::{RouteEntry, Routes};
pub use session::Session;
pub use view::{View, local_path, see_other, see_other_saying};
