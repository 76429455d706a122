//! What the log and the figures know of a request: a number, the route, the status, the time. Never an address as it
//! was asked for: it may carry a secret link or a name that was searched (security rule 28).

use super::metrics::{Metrics, Served};
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use tracing::Instrument as _;

/// The header that carries the number of a request.
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// A layer: numbers a request, counts it and writes a line about it.
pub async fn observe(metrics: Metrics, request: Request, next: Next) -> Response {
    let number = crate::error::short_number();
    let route = request.extensions().get::<MatchedPath>().map_or("—", MatchedPath::as_str).to_owned();
    let method = request.method().as_str().to_owned();
    let begun = Instant::now();
    let span = tracing::info_span!("request", number, method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    span.in_scope(|| tracing::info!(status, milliseconds = took.as_secs_f64() * 1000.0, "answered"));
    metrics.note(&Served { method, route, status }, took);
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, number);
    }
    response
}
