//! The server on a real socket: encrypted when it has a certificate, and patient with nobody for too long.

use crate::support::Town;
use database::Dialect;
use nastavnik::serve;
use std::{net::SocketAddr, sync::Arc, time::Instant};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

const ASK: &[u8] = b"GET /sign-in HTTP/1.1\r\nHost: school.test\r\nConnection: close\r\n\r\n";

/// A served school; it stops when the story ends.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

async fn served(town: &Town, tls: Option<serve::Tls>) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let app = town.app.clone();
    let running = tokio::spawn(async move {
        serve::serve(app, listener, tls, async {
            let _ = stopped.await;
        })
        .await;
    });
    Served { address, stop, running }
}

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> String {
    stream.write_all(ASK).await.unwrap();
    let mut said = vec![];
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_makes_every_connection_encrypted() {
    let town = Town::on(Dialect::Sqlite).await;
    let made = rcgen::generate_simple_self_signed(vec!["school.test".to_owned()]).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (certificate, key) = (dir.path().join("cert.pem"), dir.path().join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let served = served(&town, Some(serve::acceptor(&certificate, &key).unwrap())).await;

    let mut trusted = RootCertStore::empty();
    trusted.add(made.cert.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let stream = TcpStream::connect(served.address).await.unwrap();
    let name = ServerName::try_from("school.test").unwrap();
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap();
    let said = answer(stream).await;
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    assert!(said.to_lowercase().contains("x-request-id: "), "{said}");
    let plain = answer(TcpStream::connect(served.address).await.unwrap()).await;
    assert!(!plain.contains("200 OK"), "nothing is said in clear: {plain}");
    served.stop.send(()).unwrap();
    served.running.await.unwrap();

    let swapped = serve::acceptor(&key, &certificate).map(|_| ()).unwrap_err().to_string();
    assert!(swapped.starts_with("Не удалось прочитать сертификат"), "{swapped}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_browser_is_served_among_thousands_that_say_nothing_or_half() {
    const IDLE: usize = 2_000;
    const HALF: usize = 500;
    const DRIPPING: usize = 200;
    // Both ends of every connection are files of this process.
    let files = rlimit::increase_nofile_limit(8_192).unwrap();
    let share = usize::try_from(files.min(8_192)).unwrap();
    let of = |count: usize| count * share / 8_192;
    let town = Town::on(Dialect::Sqlite).await;
    let served = served(&town, None).await;
    let mut crowd = vec![];
    for n in 0..of(IDLE + HALF + DRIPPING) {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        if n < of(HALF) {
            stream.write_all(b"GET /sign-in HTTP/1.1\r\nHost: sch").await.unwrap();
        } else if n < of(HALF + DRIPPING) {
            let head = b"POST /sign-in HTTP/1.1\r\nHost: school.test\r\nContent-Length: 1000\r\n\r\nl";
            stream.write_all(head).await.unwrap();
        }
        crowd.push(stream);
    }
    let mut took = vec![];
    for _ in 0..50 {
        for stream in crowd.iter_mut().take(of(HALF + DRIPPING)).skip(of(HALF)) {
            // Drips on; a connection that was given up may be gone.
            let _ = stream.write_all(b"o").await;
        }
        let begun = Instant::now();
        let said = answer(TcpStream::connect(served.address).await.unwrap()).await;
        assert!(said.starts_with("HTTP/1.1 200"), "{said}");
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    println!("{} connections beside: p50 {:?}, p99 {:?}", crowd.len(), took[took.len() / 2], took[took.len() - 1]);
    drop(crowd);
    served.stop.send(()).unwrap();
    served.running.await.unwrap();
}
