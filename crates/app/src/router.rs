//! Every route of the program behind every layer, in one place.

use crate::{
    access,
    access::Access,
    audit, backup, consents, demo, erasures, evidence, files, jobs, numbering, pages, paperwork, participation,
    partners, people, roadmap,
    serve::observe,
    state::App,
    subject, vault,
    web::{Routes, assets, failure_page, headers, session, theme},
};
use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use database::Migration;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate as _,
        predicate::{DefaultPredicate, NotForContentType},
    },
    csrf::CsrfLayer,
};

/// The schema, one folder for both databases.
pub const MIGRATIONS: &[Migration] = &[
    ("0001_words.sqlite.sql", include_str!("../migrations/0001_words.sqlite.sql")),
    ("0001_words.postgres.sql", include_str!("../migrations/0001_words.postgres.sql")),
    ("0002_access.sql", include_str!("../migrations/0002_access.sql")),
    ("0003_audit.sql", include_str!("../migrations/0003_audit.sql")),
    ("0004_files.sql", include_str!("../migrations/0004_files.sql")),
    ("0005_roadmap.sql", include_str!("../migrations/0005_roadmap.sql")),
    ("0006_partners.sql", include_str!("../migrations/0006_partners.sql")),
    ("0007_people.sql", include_str!("../migrations/0007_people.sql")),
    ("0008_participation.sql", include_str!("../migrations/0008_participation.sql")),
    ("0009_consents.sql", include_str!("../migrations/0009_consents.sql")),
    ("0010_sight.sql", include_str!("../migrations/0010_sight.sql")),
    ("0011_agreement_forms.sqlite.sql", include_str!("../migrations/0011_agreement_forms.sqlite.sql")),
    ("0011_agreement_forms.postgres.sql", include_str!("../migrations/0011_agreement_forms.postgres.sql")),
    ("0012_vault.sql", include_str!("../migrations/0012_vault.sql")),
    ("0015_jobs.sql", include_str!("../migrations/0015_jobs.sql")),
    ("0016_indexes.sql", include_str!("../migrations/0016_indexes.sql")),
    ("0020_paperwork.sql", include_str!("../migrations/0020_paperwork.sql")),
    ("0021_scans.sql", include_str!("../migrations/0021_scans.sql")),
    ("0022_school_files.sql", include_str!("../migrations/0022_school_files.sql")),
    ("0030_erasures.sql", include_str!("../migrations/0030_erasures.sql")),
    ("0040_audit_chain.sql", include_str!("../migrations/0040_audit_chain.sql")),
    ("0041_accounts.sql", include_str!("../migrations/0041_accounts.sql")),
    ("0042_erasure_acts.sql", include_str!("../migrations/0042_erasure_acts.sql")),
    ("0043_sealed_factors.sql", include_str!("../migrations/0043_sealed_factors.sql")),
    ("0046_provider_links.sql", include_str!("../migrations/0046_provider_links.sql")),
    ("0050_walls.sqlite.sql", include_str!("../migrations/0050_walls.sqlite.sql")),
    ("0050_walls.postgres.sql", include_str!("../migrations/0050_walls.postgres.sql")),
    ("0051_consent_numbers.sqlite.sql", include_str!("../migrations/0051_consent_numbers.sqlite.sql")),
    ("0051_consent_numbers.postgres.sql", include_str!("../migrations/0051_consent_numbers.postgres.sql")),
];

/// Every kind of work that is done beside the pages.
pub const JOBS: &[jobs::Kind] = &[evidence::JOB, paperwork::PRINTING_JOB, paperwork::SCANS_JOB];

/// The statements of a module with their names.
pub type Statements = &'static [(&'static str, &'static str)];

/// Every statement of the program by slice; a test prepares each on both databases.
pub const QUERIES: &[(&str, &[Statements])] = &[
    ("access", access::QUERIES),
    ("audit", audit::QUERIES),
    ("erasures", &[erasures::QUERIES]),
    ("files", &[files::QUERIES]),
    ("jobs", &[jobs::QUERIES]),
    ("vault", &[vault::QUERIES]),
    ("numbering", &[numbering::QUERIES]),
    ("people", people::QUERIES),
    ("partners", partners::QUERIES),
    ("participation", participation::QUERIES),
    ("consents", consents::QUERIES),
    ("paperwork", paperwork::QUERIES),
    ("subject", subject::QUERIES),
    ("roadmap", roadmap::QUERIES),
    ("demo", &[demo::QUERIES]),
];

/// Returns the routes of all slices with the table of whom each serves.
pub fn routes() -> Routes {
    Routes::new()
        .get("/health/live", Access::Public, || async { "ok" })
        .get("/health/ready", Access::Public, ready)
        .get(assets::PATH, Access::Public, assets::serve)
        .post(theme::PATH, Access::Public, theme::change)
        .and(pages::routes())
        .and(access::routes())
        .and(audit::routes())
        .and(jobs::routes())
        .and(backup::routes())
        .and(people::routes())
        .and(partners::routes())
        .and(participation::routes())
        .and(consents::routes())
        .and(paperwork::routes())
        .and(subject::routes())
        .and(roadmap::routes())
        .and(evidence::routes())
}

/// Returns the whole program as a service, each of whose requests touches the school of who asks.
pub fn router(app: App) -> Router {
    let app = App { db: app.db.of_who_asks(), ..app };
    let metrics = app.metrics.clone();
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn(move |request, next| observe::observe(metrics.clone(), request, next)))
        .layer(middleware::from_fn(headers::add))
        // An archive is as small as it gets, and its size is what a browser measures its way by.
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))),
        )
        .layer(middleware::from_fn_with_state(app.clone(), session::recognise))
        .layer(middleware::from_fn_with_state(app.clone(), settle))
        .layer(middleware::from_fn_with_state(app.clone(), failure_page::draw))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new());
    routes().into_router().fallback(failure_page::not_found).layer(layers).with_state(app)
}

/// A layer: what was changed must be on the disk before anybody is answered that it is.
///
/// Who writes at the same moment shares a transaction and sees the others' changes: «already there» may rest on them.
async fn settle(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_safe = request.method().is_safe();
    let response = next.run(request).await;
    if !is_safe {
        app.db.settle().await;
    }
    response
}

/// Answers a request whose handler panicked; the server serves on.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    crate::error::Failure::unforeseen(&std::io::Error::other("a handler panicked")).into_response()
}

/// Says whether the database answers.
async fn ready(State(app): State<App>) -> Response {
    let asked = async {
        let mut tx = app.db.of_every_school().read().await?;
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
