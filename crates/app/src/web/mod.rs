//! How a request becomes a [`View`] and a view becomes a page. No rule of the school lives here.

mod address;
pub mod assets;
pub mod cookies;
mod device;
pub mod failure_page;
mod form;
mod gate;
pub mod headers;
mod routes;
pub mod session;
pub mod theme;
mod token;
pub mod ui;
mod view;

pub use address::{BrowserAddress, OwnAddress};
pub use device::Device;
pub use form::{Errors, Form, PathOf, Query, UploadForm};
pub use routes::{RouteEntry, Routes};
pub use session::Session;
pub use token::Token;
pub use view::{View, local_path, see_other, see_other_saying};
