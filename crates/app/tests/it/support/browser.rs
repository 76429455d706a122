//! A browser: keeps cookies, sends forms, shows what came back.

use super::page::Seen;
use axum::{
    Router,
    body::Body,
    http::{Method, Request, Response, header, request::Builder},
};
use std::{collections::BTreeMap, sync::Mutex};
use tower::ServiceExt as _;

/// A browser of one person.
pub struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    headers: Vec<(&'static str, String)>,
}

const BOUNDARY: &str = "----grenze-7d1f";

impl Browser {
    /// Opens a browser without cookies.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: Mutex::default(), headers: vec![] }
    }

    /// Sends a header with every request from now on.
    #[must_use]
    pub fn sending(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Signs in and checks that it worked.
    pub async fn sign_in(&self, login: &str, password: &str) {
        let seen = self.post("/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(seen.status, 303, "{login} signs in: {}", seen.text());
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Seen {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// Sends a request without a body by any method.
    pub async fn ask(&self, method: Method, path: &str) -> Seen {
        self.send(method, path, None, Body::empty()).await
    }

    /// Returns the value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the browser.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let pairs: Vec<String> =
            fields.iter().map(|(key, value)| format!("{}={}", encoded(key), encoded(value))).collect();
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), Body::from(pairs.join("&"))).await
    }

    /// Sends a form and follows to the page it leads to.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let seen = self.post(path, fields).await;
        self.follow(seen).await
    }

    /// Sends a form with a file.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Seen {
        self.upload_all(path, fields, &[file]).await
    }

    /// Sends a form with several files of one field.
    pub async fn upload_all(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Seen {
        let mut body = Vec::new();
        for (key, value) in fields {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Method::POST, path, Some(&kind), Body::from(body)).await
    }

    /// Opens the page an answer leads to; an answer that leads nowhere stays.
    pub async fn follow(&self, seen: Seen) -> Seen {
        match seen.location.clone() {
            Some(path) => self.get(&path).await,
            None => seen,
        }
    }

    async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Seen {
        let mut request = self.request(method, path);
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        self.receive(request.body(body).unwrap()).await
    }

    fn request(&self, method: Method, path: &str) -> Builder {
        let cookies = {
            let jar = self.cookies.lock().unwrap();
            jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
        };
        let request = Request::builder().method(method).uri(path).header(header::HOST, "school.test");
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies) }
    }

    async fn receive(&self, request: Request<Body>) -> Seen {
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.keep_cookies(&response);
        Seen::of(response).await
    }

    fn keep_cookies(&self, response: &Response<Body>) {
        let mut jar = self.cookies.lock().unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            if set.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// Encodes a piece of a form.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
