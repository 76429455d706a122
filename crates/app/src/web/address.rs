//! Where a request comes from.

use crate::{error::Failure, state::App};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
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
