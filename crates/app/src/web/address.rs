//! Where a request comes from, and by which address it came.

use crate::{error::Failure, state::App};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{header, request::Parts},
};
use std::net::SocketAddr;

/// The address attempts are counted by.
///
/// Behind the school's web server every request comes from that server, which writes the browser's address at the end
/// of `X-Forwarded-For`.
pub struct BrowserAddress(pub String);

impl FromRequestParts<App> for BrowserAddress {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_string());
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let browser =
            forwarded.and_then(|list| list.to_str().ok()?.rsplit(',').next()).map(|address| address.trim().to_owned());
        Ok(Self(browser.filter(|_| app.web.https).or(peer).unwrap_or_default()))
    }
}

/// The address by which the browser reached the program: its scheme and host, for links that people pass on.
pub struct OwnAddress(pub String);

impl FromRequestParts<App> for OwnAddress {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let scheme = if app.web.https { "https" } else { "http" };
        Ok(Self(format!("{scheme}://{host}")))
    }
}
