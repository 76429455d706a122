//! Forms of a page, as a browser without scripts would send them.

use super::{Browser, Seen};
use std::collections::BTreeMap;

/// A form that changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedForm {
    pub action: String,
    pub has_files: bool,
    pub fields: Vec<(String, String)>,
}

impl PostedForm {
    /// Sets a field, whatever it was before.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends the form.
    pub async fn send(&self, browser: &Browser) -> Seen {
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if self.has_files {
            browser.upload(&self.action, &fields, ("Проверка.pdf", b"%PDF-1.7 proof")).await
        } else {
            browser.post(&self.action, &fields).await
        }
    }
}

impl Seen {
    /// Returns the forms of the page that are posted, with what a person would send: what stands there, and something
    /// plausible where a field is empty.
    pub fn forms(&self) -> Vec<PostedForm> {
        let html = self.html();
        html.split("<form").skip(1).filter_map(|part| read(part.split("</form>").next()?)).collect()
    }

    /// Returns the form that is sent to an address.
    #[track_caller]
    pub fn form(&self, action: &str) -> PostedForm {
        let found = self.forms().into_iter().find(|form| form.action == action);
        found.unwrap_or_else(|| panic!("no form to {action} on the page:\n{}", self.text()))
    }
}

fn read(part: &str) -> Option<PostedForm> {
    let (head, inside) = part.split_once('>')?;
    let head = attributes(head);
    if head.get("method").map(String::as_str) != Some("post") {
        return None;
    }
    let has_files = head.get("enctype").is_some_and(|kind| kind.starts_with("multipart"));
    let mut form = PostedForm { action: head.get("action")?.clone(), has_files, fields: vec![] };
    let mut choices: BTreeMap<String, String> = BTreeMap::new();
    let mut select = None;
    for tag in inside.split('<') {
        let (words, text) = tag.split_once('>').unwrap_or((tag, ""));
        let about = attributes(words);
        let named = |form: &mut PostedForm, value: String| {
            if let Some(name) = about.get("name") {
                form.fields.push((name.clone(), value));
            }
        };
        let is = |word: &str| words == word || words.starts_with(&format!("{word} "));
        if is("input") {
            let value = about.get("value").cloned().unwrap_or_default();
            match about.get("type").map(String::as_str) {
                Some("checkbox" | "radio") if about.contains_key("checked") => named(&mut form, value),
                Some("radio") => {
                    choices.entry(about.get("name").cloned().unwrap_or_default()).or_insert(value);
                }
                Some("checkbox" | "file" | "submit") => {}
                kind => named(&mut form, if value.is_empty() { plausible(kind, &about) } else { value }),
            }
        } else if is("textarea") {
            named(&mut form, if text.trim().is_empty() { "Проверка".into() } else { decoded(text) });
        } else if is("select") {
            select = about.get("name").cloned();
        } else if is("option")
            && let Some(name) = &select
        {
            let value = about.get("value").cloned().unwrap_or_default();
            if about.contains_key("selected") {
                form.fields.push((name.clone(), value));
                select = None;
            } else {
                choices.entry(name.clone()).or_insert(value);
            }
        }
    }
    for (name, value) in choices {
        if form.fields.iter().all(|(known, _)| *known != name) {
            form.fields.push((name, value));
        }
    }
    Some(form)
}

fn plausible(kind: Option<&str>, about: &BTreeMap<String, String>) -> String {
    match (kind, about.get("inputmode").map(String::as_str)) {
        (Some("hidden"), _) => String::new(),
        (Some("date"), _) => "2026-11-20".into(),
        (_, Some("numeric" | "decimal")) => "1".into(),
        _ => "Проверка".into(),
    }
}

/// Reads `name="value"` and bare names.
fn attributes(words: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = words.trim_end_matches('/').trim();
    while let Some(end) = rest.find(|c: char| c == '=' || c.is_whitespace()) {
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let (value, after) = value.split_once('"').unwrap_or((value, ""));
            found.insert(name, decoded(value));
            rest = after.trim_start();
        } else {
            found.insert(name, String::new());
            rest = rest.trim_start();
        }
    }
    if !rest.is_empty() {
        found.insert(rest.to_owned(), String::new());
    }
    found
}

fn decoded(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
