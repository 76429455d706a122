//! Every route of the program behind every layer, in one place.

use crate::{
    access,
    access::Access,
    audit, files, pages, roadmap,
    state::App,
    web::{Routes, assets, failure_page, headers, session, theme},
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse as _, Response},
};
use database::Migration;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, trace::TraceLayer};

/// The schema, one folder for both databases.
pub const MIGRATIONS: &[Migration] = &[
    ("0001_words.sqlite.sql", include_str!("../migrations/0001_words.sqlite.sql")),
    ("0001_words.postgres.sql", include_str!("../migrations/0001_words.postgres.sql")),
    ("0002_access.sql", include_str!("../migrations/0002_access.sql")),
    ("0003_audit.sql", include_str!("../migrations/0003_audit.sql")),
    ("0004_files.sql", include_str!("../migrations/0004_files.sql")),
    ("0005_roadmap.sql", include_str!("../migrations/0005_roadmap.sql")),
];

/// Every statement of the program by slice; a test prepares each on both databases.
pub const QUERIES: &[(&str, &[&[(&str, &str)]])] = &[
    ("access", &[access::QUERIES]),
    ("audit", &[audit::QUERIES]),
    ("files", &[files::QUERIES]),
    ("roadmap", roadmap::QUERIES),
];

/// Returns the routes of all slices with the table of whom each serves.
pub fn routes() -> Routes {
    Routes::new()
        .get("/health/live", Access::Public, || async { "ok" })
        .get("/health/ready", Access::Public, ready)
        .get("/assets/{*path}", Access::Public, asset)
        .post(theme::PATH, Access::Public, theme::change)
        .and(pages::routes())
        .and(access::routes())
        .and(audit::routes())
        .and(roadmap::routes())
}

/// Returns the whole program as a service.
pub fn router(app: App) -> Router {
    let layers = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http())
        .layer(middleware::from_fn(headers::add))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), session::recognise))
        .layer(middleware::from_fn_with_state(app.clone(), failure_page::draw))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new());
    routes().into_router().fallback(failure_page::not_found).layer(layers).with_state(app)
}

/// Answers a request whose handler panicked; the server serves on.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    crate::error::Failure::unforeseen(&std::io::Error::other("a handler panicked")).into_response()
}

/// Says whether the database answers.
async fn ready(State(app): State<App>) -> Response {
    let asked = async {
        let mut tx = app.db.read().await?;
        access::anybody(&mut tx).await
    };
    match asked.await {
        Ok(_) => "ok".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database").into_response()
        }
    }
}

/// Serves an embedded file; its address changes with its content, so browsers may keep it for good.
async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::asset(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|etag| etag.as_bytes() == asset.etag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { asset.bytes.into_owned().into_response() };
    for (name, value) in [
        (header::CONTENT_TYPE, asset.mime.as_str()),
        (header::ETAG, asset.etag.as_str()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
