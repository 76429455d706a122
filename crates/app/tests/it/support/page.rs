//! What a browser shows.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Response, header},
};

/// An answer, ready to be looked at.
pub struct Seen {
    pub status: u16,
    pub location: Option<String>,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Seen {
    /// Reads the whole answer.
    pub async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            status: parts.status.as_u16(),
            location: parts.headers.get(header::LOCATION).map(|location| location.to_str().unwrap().to_owned()),
            headers: parts.headers,
            bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }

    /// Returns the source of the page.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Returns the words of the page as a person reads them: no tags, no-break spaces as spaces, runs of blanks as one.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut in_tag = false;
        for c in self.html().chars() {
            match c {
                '<' => {
                    in_tag = true;
                    text.push(' ');
                }
                '>' => in_tag = false,
                _ if in_tag => {}
                c => text.push(c),
            }
        }
        let text = text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Tells whether a person reads these words on the page.
    pub fn says(&self, words: &str) -> bool {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text().contains(&words)
    }

    /// Fails with the page's text unless it says the words.
    #[track_caller]
    pub fn must_say(&self, words: &str) -> &Self {
        assert!(self.says(words), "the page does not say «{words}» (status {}):\n{}", self.status, self.text());
        self
    }

    /// Fails with the page's text if it says the words.
    #[track_caller]
    pub fn must_not_say(&self, words: &str) -> &Self {
        assert!(!self.says(words), "the page says «{words}»:\n{}", self.text());
        self
    }

    /// Fails unless the status is the expected one.
    #[track_caller]
    pub fn must_be(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Returns the addresses of links and forms whose address begins with `prefix`.
    pub fn links(&self, prefix: &str) -> Vec<String> {
        let html = self.html();
        let mut links: Vec<String> =
            html.split(['"']).filter(|part| part.starts_with(prefix)).map(|part| part.replace("&amp;", "&")).collect();
        links.dedup();
        links
    }

    /// Returns the value of a form field of the page.
    #[track_caller]
    pub fn value_of(&self, field: &str) -> String {
        let html = self.html();
        let tag = html
            .split('<')
            .find(|tag| tag.contains(&format!("name=\"{field}\"")))
            .unwrap_or_else(|| panic!("no field {field} on the page:\n{}", self.text()));
        let value = tag.split("value=\"").nth(1).unwrap_or_default();
        value.split('"').next().unwrap_or_default().to_owned()
    }
}
