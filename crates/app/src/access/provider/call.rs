//! Calls to the provider: the only ones the program makes to the outside, and only to a server its administrator names.
//!
//! One request is one connection. Nothing is followed, nothing is kept, no answer is longer than [`LONGEST`].

use super::BadTerms;
use axum::body::{Body, to_bytes};
use hyper::{Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinSet,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    },
};
use url::{Host, Url};

/// How long a connection may take; what follows is within the patience of the whole way.
const CONNECTING: Duration = Duration::from_secs(5);

/// Bytes of the longest answer: keys and addresses of a provider are a few thousand.
const LONGEST: usize = 256 * 1024;

/// Why the provider gave no answer; for the log.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error("no connection: {0}")]
    Connection(#[from] io::Error),
    #[error("it takes too long")]
    Slow,
    #[error("the connection broke: {0}")]
    Broken(#[from] hyper::Error),
    #[error("it answers with the status {0}")]
    Status(StatusCode),
    #[error("its answer is too long or broke off")]
    Length,
    #[error("its address {0} is not one that is called")]
    Address(String),
}

/// What makes the calls.
pub struct Caller {
    tls: TlsConnector,
}

impl Caller {
    /// Returns a caller that believes the certificates this computer believes, and those of a file in PEM.
    pub fn trusting(more: Option<&[u8]>) -> Result<Self, BadTerms> {
        let mut trusted = RootCertStore::empty();
        trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(pem) = more {
            let chain: Result<Vec<CertificateDer<'static>>, _> = CertificateDer::pem_slice_iter(pem).collect();
            let (added, _) = trusted.add_parsable_certificates(chain.map_err(|_| BadTerms::Authority)?);
            if added == 0 {
                return Err(BadTerms::Authority);
            }
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| BadTerms::Authority)?;
        let config = config.with_root_certificates(trusted).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Reads what stands at an address.
    pub async fn get(&self, to: &Url) -> Result<Vec<u8>, NoAnswer> {
        self.ask(to, Request::get(path_of(to)), Body::empty()).await
    }

    /// Sends a form, with the words that say who sends it.
    pub async fn post(&self, to: &Url, form: String, authorization: Option<String>) -> Result<Vec<u8>, NoAnswer> {
        let request = Request::post(path_of(to)).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = match authorization {
            Some(words) => request.header(header::AUTHORIZATION, words),
            None => request,
        };
        self.ask(to, request, Body::from(form)).await
    }

    async fn ask(&self, to: &Url, request: hyper::http::request::Builder, body: Body) -> Result<Vec<u8>, NoAnswer> {
        let unknown = || NoAnswer::Address(to.to_string());
        let host = to.host().filter(|_| may_be_called(to)).ok_or_else(unknown)?;
        let port = to.port_or_known_default().ok_or_else(unknown)?;
        let named = to.port().map_or_else(|| host.to_string(), |port| format!("{host}:{port}"));
        let request = request
            .header(header::HOST, named)
            .header(header::ACCEPT, "application/json")
            .header(header::CONNECTION, "close")
            .body(body)
            .map_err(|_| unknown())?;
        let stream = tokio::time::timeout(CONNECTING, connect(&host, port)).await.map_err(|_| NoAnswer::Slow)??;
        if to.scheme() == "http" {
            return answer(stream, request).await;
        }
        let name = match host {
            Host::Domain(name) => ServerName::try_from(name.to_owned()).map_err(|_| unknown())?,
            Host::Ipv4(ip) => ServerName::from(std::net::IpAddr::from(ip)),
            Host::Ipv6(ip) => ServerName::from(std::net::IpAddr::from(ip)),
        };
        answer(self.tls.connect(name, stream).await?, request).await
    }
}

/// Tells whether an address is called at all: encrypted, or on this very computer.
pub fn may_be_called(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => return false,
    };
    let bare = url.username().is_empty() && url.password().is_none();
    bare && (url.scheme() == "https" || (url.scheme() == "http" && here))
}

fn path_of(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

async fn connect(host: &Host<&str>, port: u16) -> io::Result<TcpStream> {
    match host {
        Host::Domain(name) => TcpStream::connect((*name, port)).await,
        Host::Ipv4(ip) => TcpStream::connect(SocketAddr::from((*ip, port))).await,
        Host::Ipv6(ip) => TcpStream::connect(SocketAddr::from((*ip, port))).await,
    }
}

async fn answer<S>(stream: S, request: Request<Body>) -> Result<Vec<u8>, NoAnswer>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Ends with this call, however it ends.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let response = sender.send_request(request).await?;
    if response.status() != StatusCode::OK {
        return Err(NoAnswer::Status(response.status()));
    }
    let body = to_bytes(Body::new(response.into_body()), LONGEST).await.map_err(|_| NoAnswer::Length)?;
    Ok(body.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://sso.school.test/realms/7", true)]
    #[case("https://10.0.0.5:8443/", true)]
    #[case("http://127.0.0.1:3000/", true)]
    #[case("http://[::1]:3000/", true)]
    #[case("http://localhost:3000/", true)]
    #[case("http://sso.school.test/", false)]
    #[case("http://10.0.0.5/", false)]
    #[case("http://localhost.school.test/", false)]
    #[case("http://127.0.0.1@school.test/", false)]
    #[case("https://name:secret@sso.school.test/", false)]
    #[case("file:///etc/passwd", false)]
    #[case("javascript:alert(1)", false)]
    fn only_encrypted_addresses_and_this_computer_are_called(#[case] address: &str, #[case] expected: bool) {
        assert_eq!(may_be_called(&Url::parse(address).unwrap()), expected);
    }
}
