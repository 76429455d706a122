//! Listens, serves, stops.

use crate::{cli::Trouble, jobs::Runner, router, state::App};
use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::{Service as _, ServiceExt as _};
use tower_http::timeout::TimeoutBody;

/// How long a browser may take to send the head of a request.
const HEADER_PATIENCE: Duration = Duration::from_secs(15);

/// How long a browser may be silent in the middle of a request's body.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// How many connections are open at the same time.
const CONNECTIONS: usize = 1024;

/// How long requests under way may take after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Takes the address.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Trouble::new(format!(
            "Адрес {address} уже занят другой программой. Возможно, «Наставник» уже запущен; иначе выберите другой порт: --listen 127.0.0.1:8081."
        )),
        std::io::ErrorKind::PermissionDenied => Trouble::new(format!(
            "Нет прав открыть адрес {address}. Возьмите порт больше 1024, например --listen 0.0.0.0:8080."
        )),
        _ => Trouble::new(format!("Не удалось открыть адрес {address}. Проверьте, что он принадлежит этому компьютеру.")),
    })
}

/// Serves and does jobs until `stop` completes, then lets the requests under way finish; jobs go back to the queue.
///
/// hyper's HTTP/1 builder is used directly because `axum::serve` waits for half-sent headers for ever.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()>) {
    let runner = Runner::start(&app);
    let service = router::router(app);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors or a connection that was gone at once: the next one may be fine.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place,
            () = &mut stop => break,
        };
        let Ok(place) = place else { break };
        let service = service.clone();
        let answer =
            hyper::service::service_fn(move |request: Request<Incoming>| answer(service.clone(), request, peer));
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_PATIENCE)
            .serve_connection(TokioIo::new(stream), answer);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    let (requests, ()) = tokio::join!(tokio::time::timeout(FAREWELL, graceful.shutdown()), runner.stop());
    if requests.is_err() {
        tracing::warn!("some requests were cut off at the stop");
    }
}

async fn answer(
    service: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
) -> Result<axum::response::Response, std::convert::Infallible> {
    let mut request = request.map(|body| Body::new(TimeoutBody::new(BODY_PATIENCE, body)));
    request.extensions_mut().insert(ConnectInfo(peer));
    let mut service = service.into_service();
    let service = service.ready().await?;
    service.call(request).await
}

/// Completes when the system or a person at the keyboard asks to stop.
pub async fn stop_signal() {
    let keyboard = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let system = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let system = std::future::pending::<()>();
    tokio::select! { () = keyboard => {}, () = system => {} }
}
