//! A real provider in a process of its own, and somebody's way through its pages.

use nastavnik::access::Terms;
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

const CLIENT: &str = "nastavnik";
const SECRET: &str = "a:b%c+d=e";
const HOME: &str = "http://school.test";

/// What people call it.
pub const NAME: &str = "Рябина ID";

/// A running provider; it ends with the story.
pub struct ProviderProcess {
    child: Child,
    pub issuer: String,
    authority: Option<rcgen::Certificate>,
    /// What it says besides; with nobody at the other end it would end.
    _said: BufReader<ChildStdout>,
}

impl ProviderProcess {
    /// Starts a provider that knows the school of the stories.
    pub fn start() -> Self {
        Self::run(&[], None)
    }

    /// Starts one that speaks HTTPS with a certificate no computer believes by itself.
    pub fn encrypted(dir: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (certificate, key) = (dir.join("cert.pem"), dir.join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        Self::run(&[certificate, key], Some(made.cert))
    }

    fn run(files: &[PathBuf], authority: Option<rcgen::Certificate>) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../browser/support/provider.mjs");
        let back = format!("{HOME}/sign-in/provider/return");
        let mut child = Command::new("node")
            .arg(script)
            .args([CLIENT, SECRET, &back])
            .args(files)
            // It ends when nobody holds the other end any more, however the story ended.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Node.js runs the provider: make setup");
        let mut issuer = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut issuer).unwrap();
        assert!(
            issuer.starts_with("http"),
            "the provider did not start; are the packages of browser/ there? make setup"
        );
        Self { child, issuer: issuer.trim().to_owned(), authority, _said: said }
    }

    /// Returns the terms on which the school speaks to it.
    pub fn terms(&self) -> Terms {
        let authority = self.authority.as_ref().map(|certificate| certificate.pem().into_bytes());
        Terms { name: NAME.into(), authority, ..Terms::of(&self.issuer, (CLIENT, SECRET), HOME) }
    }

    /// Ends the process: nobody answers at its address any more.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    /// Goes where the program sends the browser, signs in there and returns the path by which the browser comes back.
    pub async fn sign_in(&self, address: &str, login: &str) -> String {
        let mut visit = Visit { provider: self, cookies: BTreeMap::new() };
        let mut answer = visit.ask("GET", address, "").await;
        for _ in 0..12 {
            let Some(to) = answer.location.clone() else {
                let form = format!("login={login}");
                answer = visit.ask("POST", &answer.path.clone(), &form).await;
                continue;
            };
            if let Some(path) = to.strip_prefix(HOME) {
                return path.to_owned();
            }
            answer = visit.ask("GET", &to, "").await;
        }
        panic!("the provider leads nowhere from {}: {}", answer.path, answer.text);
    }

    /// Goes there, and away again without signing in.
    pub async fn turn_back(&self, address: &str) -> String {
        let mut visit = Visit { provider: self, cookies: BTreeMap::new() };
        let form = visit.ask("GET", address, "").await.location.unwrap();
        let mut to = visit.ask("GET", &format!("{form}/abort"), "").await.location.unwrap();
        while !to.starts_with(HOME) {
            to = visit.ask("GET", &to, "").await.location.unwrap();
        }
        to[HOME.len()..].to_owned()
    }
}

impl Drop for ProviderProcess {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A browser on the pages of the provider.
struct Visit<'a> {
    provider: &'a ProviderProcess,
    cookies: BTreeMap<String, String>,
}

struct Shown {
    path: String,
    location: Option<String>,
    text: String,
}

impl Visit<'_> {
    async fn ask(&mut self, method: &str, to: &str, form: &str) -> Shown {
        let path = to.strip_prefix(&self.provider.issuer).unwrap_or(to).to_owned();
        let host = self.provider.issuer.rsplit('/').next().unwrap();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        // HTTP/1.0: the answer ends with the connection.
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {host}\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            cookies.join("; "),
            form.len()
        );
        let stream = TcpStream::connect(host).await.unwrap();
        let text = match &self.provider.authority {
            None => exchange(stream, &request).await,
            Some(certificate) => exchange(encrypted(stream, certificate).await, &request).await,
        };
        let head = text.split("\r\n\r\n").next().unwrap();
        let of = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": ")).collect::<Vec<_>>();
            let values = lines.into_iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
            values.map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
        };
        for set in of("Set-Cookie") {
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        self.cookies.retain(|_, value| !value.is_empty());
        Shown { path, location: of("Location").pop(), text }
    }
}

async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut said = vec![];
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

async fn encrypted(stream: TcpStream, certificate: &rcgen::Certificate) -> impl AsyncRead + AsyncWrite + Unpin {
    let mut trusted = RootCertStore::empty();
    trusted.add(certificate.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
}
