//! Listens, serves, stops.
//!
//! Half-sent heads, silent and dripping bodies and sockets that say nothing cost a place for a bounded time only; there
//! are more places than a school has browsers, and one beyond them waits (security rule 26).

pub mod metrics;
pub mod observe;
mod tls;

pub use tls::{Tls, acceptor};

use crate::{cli::Trouble, jobs::Runner, router, state::App};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use database::Db;
use hyper::{Request, body::Incoming};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, oneshot},
};
use tower::{Service as _, ServiceExt as _};
use tower_http::timeout::TimeoutBody;

/// How long a browser may take to send the head of a request, and to agree on encryption.
const HEADER_PATIENCE: Duration = Duration::from_secs(15);

/// How long a browser may be silent in the middle of a request's body.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// How long a request may take from its head to its answer: 20 MB at a megabit a second take less than three minutes.
const REQUEST_PATIENCE: Duration = Duration::from_mins(5);

/// How many connections are open at the same time, if the system lets the program have as many.
const CONNECTIONS: u64 = 4096;

/// Files the program opens beside its connections.
const OTHER_FILES: u64 = 128;

/// How long requests under way may take after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// How often the database counts again what its indexes hold.
const LEARNING: Duration = Duration::from_hours(24);

/// Lets the database learn, now and every day.
pub fn keep_learning(db: Db) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = db.learn().await {
                tracing::warn!(%error, "the database has not counted its indexes; pages may be slower than they could be");
            }
            tokio::time::sleep(LEARNING).await;
        }
    });
}

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
pub async fn serve(app: App, listener: TcpListener, tls: Option<Tls>, stop: impl Future<Output = ()>) {
    let runner = Runner::start(&app);
    let (told, stopping) = oneshot::channel();
    let stop = async {
        stop.await;
        let _ = told.send(());
    };
    let jobs = async {
        let _ = stopping.await;
        runner.stop().await;
    };
    tokio::join!(serve_router(router::router(app), listener, tls, stop), jobs);
}

/// Serves any routes in the same way.
///
/// hyper's HTTP/1 builder is used directly because `axum::serve` waits for half-sent headers for ever.
pub async fn serve_router(service: Router, listener: TcpListener, tls: Option<Tls>, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(connections()));
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
        let (service, tls, watcher) = (service.clone(), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _place = place;
            match tls {
                None => talk(stream, service, peer, watcher).await,
                Some(tls) => encrypted(&tls, stream, service, peer, watcher).await,
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off at the stop");
    }
}

/// Returns how many connections may be open, after asking the system for as many files as that takes.
fn connections() -> usize {
    #[cfg(unix)]
    let files = rlimit::increase_nofile_limit(CONNECTIONS + OTHER_FILES).unwrap_or(CONNECTIONS);
    #[cfg(not(unix))]
    let files = CONNECTIONS + OTHER_FILES;
    let most = files.saturating_sub(OTHER_FILES).clamp(64, CONNECTIONS);
    usize::try_from(most).unwrap_or(64)
}

async fn encrypted(tls: &Tls, stream: TcpStream, service: Router, peer: SocketAddr, watcher: Watcher) {
    match tokio::time::timeout(HEADER_PATIENCE, tls.accept(stream)).await {
        Ok(Ok(stream)) => talk(stream, service, peer, watcher).await,
        Ok(Err(error)) => tracing::debug!(%error, "a browser did not agree on encryption"),
        Err(_) => tracing::debug!("a browser took too long to agree on encryption"),
    }
}

async fn talk<S>(stream: S, service: Router, peer: SocketAddr, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let answer = hyper::service::service_fn(move |request: Request<Incoming>| answer(service.clone(), request, peer));
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_PATIENCE)
        .serve_connection(TokioIo::new(stream), answer);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

async fn answer(service: Router, request: Request<Incoming>, peer: SocketAddr) -> Result<Response, Infallible> {
    let mut request = request.map(|body| Body::new(TimeoutBody::new(BODY_PATIENCE, body)));
    request.extensions_mut().insert(ConnectInfo(peer));
    let mut service = service.into_service();
    let service = service.ready().await?;
    match tokio::time::timeout(REQUEST_PATIENCE, service.call(request)).await {
        Ok(answer) => answer,
        // A body that drips is never silent long enough for the other limit.
        Err(_) => Ok((StatusCode::REQUEST_TIMEOUT, "Запрос передаётся слишком медленно.").into_response()),
    }
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
