//! A plain HTTP/1.1 client on a kept connection: what it adds to a time is some hundredths of a millisecond.

use super::Outcome;
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

/// A connection to a server on this machine.
pub struct Client {
    host: String,
    stream: BufReader<TcpStream>,
}

/// An answer without its body.
struct Head {
    status: u16,
    length: Option<usize>,
    chunked: bool,
    cookie: Option<String>,
}

impl Client {
    /// Connects to `http://host:port`.
    pub fn open(url: &str) -> Outcome<Self> {
        let host = url.strip_prefix("http://").ok_or("the address must begin with http://")?.trim_end_matches('/');
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { host: host.to_owned(), stream: BufReader::new(stream) })
    }

    /// Asks for a page as browsers do, compressed, and returns the bytes that came.
    pub fn get(&mut self, path: &str, cookie: &str) -> Outcome<usize> {
        let cookie = if cookie.is_empty() { String::new() } else { format!("Cookie: {cookie}\r\n") };
        let ask = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip\r\n{cookie}\r\n", self.host);
        self.stream.get_mut().write_all(ask.as_bytes())?;
        let head = self.head()?;
        let bytes = self.body(&head)?;
        if head.status != 200 || bytes == 0 {
            return Err(format!("{path} answered {}", head.status).into());
        }
        Ok(bytes)
    }

    /// Signs in and returns the cookie of the session.
    pub fn sign_in(&mut self, login: &str, password: &str) -> Outcome<String> {
        let form = format!("login={login}&password={password}");
        let ask = format!(
            "POST /sign-in HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.host,
            form.len()
        );
        self.stream.get_mut().write_all(ask.as_bytes())?;
        let head = self.head()?;
        self.body(&head)?;
        head.cookie.ok_or_else(|| format!("{login} cannot sign in: {}", head.status).into())
    }

    fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(line.trim_end().to_owned())
    }

    fn head(&mut self) -> Outcome<Head> {
        let status = self.line()?.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("not HTTP")?;
        let mut head = Head { status, length: None, chunked: false, cookie: None };
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { return Ok(head) };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.length = value.parse().ok(),
                "transfer-encoding" => head.chunked = value.eq_ignore_ascii_case("chunked"),
                "set-cookie" => head.cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
    }

    fn body(&mut self, head: &Head) -> Outcome<usize> {
        if !head.chunked {
            return self.skip(head.length.unwrap_or(0));
        }
        let mut all = 0;
        loop {
            let line = self.line()?;
            let size = usize::from_str_radix(&line, 16)?;
            all += self.skip(size)?;
            self.line()?;
            if size == 0 {
                return Ok(all);
            }
        }
    }

    fn skip(&mut self, bytes: usize) -> Outcome<usize> {
        let mut body = vec![0; bytes];
        self.stream.read_exact(&mut body)?;
        Ok(bytes)
    }
}
