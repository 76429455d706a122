//! Routes that know whom they serve.

use super::gate::gate;
use crate::{access::Access, files::MAX_BYTES, state::App};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    middleware,
    routing::{MethodRouter, get, post},
};

/// One line of the table of routes.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteEntry {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
}

/// The routes of a slice: a router and the table of whom each route serves.
///
/// The table is what the test `routes_and_roles` walks; a route cannot be added without saying whom it serves.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    table: Vec<RouteEntry>,
}

impl Routes {
    /// Returns no routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page (answers GET and HEAD).
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, path, access, get(handler))
    }

    /// Adds the receiver of a form.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, path, access, post(handler))
    }

    /// Adds the receiver of a form with files: its body may be large.
    #[must_use]
    pub fn post_files<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.post_up_to(path, access, MAX_BYTES, handler)
    }

    /// Adds the receiver of a form with files of so many bytes together.
    #[must_use]
    pub fn post_up_to<H, T>(self, path: &'static str, access: Access, bytes: usize, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        // Room for the other fields beside the files.
        let limit = DefaultBodyLimit::max(bytes + 1024 * 1024);
        self.add(Method::POST, path, access, post(handler).layer(limit))
    }

    fn add(mut self, method: Method, path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        let guarded = handler.layer(middleware::from_fn(move |request, next| gate(access, request, next)));
        self.router = self.router.route(path, guarded);
        self.table.push(RouteEntry { method, path, access });
        self
    }

    /// Joins the routes of two slices.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// Returns the table.
    pub fn table(&self) -> &[RouteEntry] {
        &self.table
    }

    /// Returns the router.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
