//! Figures for whoever watches the server, in the text format of Prometheus, on an address of their own.

use crate::{cli::Trouble, state::App};
use axum::{Router, extract::State, http::header, response::IntoResponse as _, routing::get};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// What answers are told apart by: words of the program, nothing a visitor has sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Served {
    pub method: String,
    pub route: String,
    pub status: u16,
}

/// Seconds at which answers are counted.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// The figures of a running program; clones count together.
#[derive(Clone)]
pub struct Metrics {
    served: Family<Served, Counter>,
    took: Histogram,
    backup_age: Gauge,
    registry: Arc<Mutex<Registry>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let (served, took, backup_age) = (Family::default(), Histogram::new(SECONDS), Gauge::default());
        let mut registry = Registry::with_prefix("nastavnik");
        registry.register("requests", "Answers by route and status", served.clone());
        registry.register("request_seconds", "How long answers took", took.clone());
        registry.register("backup_age_seconds", "Age of the newest backup; -1 when there is none", backup_age.clone());
        Self { served, took, backup_age, registry: Arc::new(Mutex::new(registry)) }
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn note(&self, served: &Served, took: Duration) {
        self.served.get_or_create(served).inc();
        self.took.observe(took.as_secs_f64());
    }

    /// Writes all figures.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = encode(&mut text, &self.registry.lock().unwrap_or_else(PoisonError::into_inner));
        text
    }
}

/// Answers with the figures.
async fn show(State(app): State<App>) -> axum::response::Response {
    let newest = app.backups.standing().ok().and_then(|standing| standing.copies.into_iter().next());
    let age = newest.map_or(-1, |copy| (app.clock.now() - copy.made_at).num_seconds());
    app.metrics.backup_age.set(age);
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], app.metrics.text())
        .into_response()
}

/// Serves the figures on an address of their own for as long as the program runs.
pub async fn serve_metrics(app: App, address: SocketAddr) -> Result<(), Trouble> {
    let listener = super::listen(address).await?;
    let routes = Router::new().route("/metrics", get(show)).with_state(app);
    tokio::spawn(super::serve_router(routes, listener, None, std::future::pending()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_route_and_status() {
        let metrics = Metrics::default();
        let served = Served { method: "GET".into(), route: "/people/{person}".into(), status: 200 };
        metrics.note(&served, Duration::from_millis(3));
        metrics.clone().note(&served, Duration::from_millis(7));
        let text = metrics.text();
        let line = r#"nastavnik_requests_total{method="GET",route="/people/{person}",status="200"} 2"#;
        assert!(text.contains(line), "{text}");
        assert!(text.contains(r#"nastavnik_request_seconds_bucket{le="0.005"} 1"#), "{text}");
        assert!(text.ends_with("# EOF\n"), "{text}");
    }
}
